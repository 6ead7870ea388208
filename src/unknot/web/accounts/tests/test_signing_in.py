"""By a code that a letter brings, with a second factor where there is one; never with a password."""

from __future__ import annotations

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from unknot.web.accounts.models import User
from unknot.web.outbox.models import Message

pytestmark = pytest.mark.django_db

ADDRESS = "ana@example.org"


@pytest.fixture(autouse=True)
def by_the_outbox(settings: Settings) -> None:
    """As outside of tests, where Django would otherwise keep letters in memory."""
    settings.EMAIL_BACKEND = "unknot.web.outbox.backend.OutboxBackend"
    cache.clear()  # how often somebody tried


@pytest.fixture
def ana() -> User:
    user = User.objects.create_user(ADDRESS)
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=True, primary=True)
    return user


def code_in(letter: Message) -> str:
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", letter.text)
    assert found, letter.text
    return found[0]


def last_letter(to: str = ADDRESS) -> Message:
    return Message.objects.filter(to=to).latest("id")


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("accounts:home")).status_code == 200


def test_an_account_is_made_with_an_address_and_the_code_that_went_there(client: Client) -> None:
    told = client.post(reverse("account_signup"), {"email": " Ana@Example.org "})
    assert told.headers["Location"] == reverse("account_email_verification_sent")
    assert not is_signed_in(client)
    client.post(reverse("account_email_verification_sent"), {"code": code_in(last_letter())})
    assert is_signed_in(client)
    user = User.objects.get()
    assert user.email == ADDRESS
    assert not user.has_usable_password()


def test_one_signs_in_by_a_code(client: Client, ana: User) -> None:
    client.post(reverse("account_login"), {"login": ADDRESS.upper()})
    letter = last_letter()
    assert letter.subject == "Your code for Unknot"
    client.post(reverse("account_confirm_login_code"), {"code": code_in(letter)})
    assert is_signed_in(client)
    assert client.get(reverse("accounts:home")).content.decode().count(ADDRESS) == 1


def test_the_page_for_the_code_is_called_by_our_own_words(client: Client, ana: User) -> None:
    asked = client.post(reverse("account_login"), {"login": ADDRESS}, follow=True)
    assert "<title>Enter the code \N{EN DASH} Unknot</title>" in asked.content.decode()


def test_it_leads_to_where_one_wanted_to_go(client: Client, ana: User) -> None:
    wanted = reverse("account_email")
    asked = client.get(wanted).headers["Location"]
    client.post(asked, {"login": ADDRESS, "next": wanted})
    told = client.post(
        reverse("account_confirm_login_code"), {"code": code_in(last_letter()), "next": wanted}
    )
    assert told.headers["Location"] == wanted


def test_never_to_another_site(client: Client, ana: User) -> None:
    client.post(reverse("account_login"), {"login": ADDRESS, "next": "https://evil.example/"})
    told = client.post(reverse("account_confirm_login_code"), {"code": code_in(last_letter())})
    assert told.headers["Location"] == reverse("desk:appointments")


def test_a_wrong_code_is_told_and_a_few_end_it(client: Client, ana: User) -> None:
    client.post(reverse("account_login"), {"login": ADDRESS})
    right = code_in(last_letter())
    page = client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})
    assert "the code of the latest letter" in page.content.decode()
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})
    client.post(reverse("account_confirm_login_code"), {"code": right})
    assert not is_signed_in(client)


def test_a_code_counts_in_the_browser_that_asked_for_it_only(client: Client, ana: User) -> None:
    client.post(reverse("account_login"), {"login": ADDRESS})
    other = Client()
    other.post(reverse("account_confirm_login_code"), {"code": code_in(last_letter())})
    assert not is_signed_in(other)


def test_an_unknown_address_looks_the_same_and_gets_a_letter_that_says_so(client: Client, ana: User) -> None:
    known = client.post(reverse("account_login"), {"login": ADDRESS})
    unknown = Client().post(reverse("account_login"), {"login": "nobody@example.org"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    letter = last_letter("nobody@example.org")
    assert reverse("account_signup") in letter.text
    assert not User.objects.filter(email="nobody@example.org").exists()


def test_an_address_that_has_an_account_is_not_given_away(client: Client, ana: User) -> None:
    taken = client.post(reverse("account_signup"), {"email": ADDRESS})
    free = Client().post(reverse("account_signup"), {"email": "bo@example.org"})
    assert (taken.status_code, taken.headers["Location"]) == (free.status_code, free.headers["Location"])
    assert last_letter().subject == "You have an account already"
    assert reverse("account_login") in last_letter().text
    assert User.objects.filter(email=ADDRESS).count() == 1


def test_what_is_no_address_is_told_and_kept(client: Client) -> None:
    page = client.post(reverse("account_signup"), {"email": "ana at example"})
    assert page.status_code == 200
    assert "ana at example" in page.content.decode()
    assert "valid" in page.content.decode()
    assert not Message.objects.exists()


def test_too_many_tries_are_a_designed_page_across_processes(client: Client) -> None:
    """The counts stand in the database, so they hold whichever process answers."""
    answers = [
        client.post(reverse("account_login"), {"login": f"{n}@example.org"}).status_code for n in range(40)
    ]
    assert answers[0] == 302
    assert answers[-1] == 429
    page = client.post(reverse("account_login"), {"login": "one@example.org"})
    assert page.headers["Retry-After"] == "300"
    assert "Unknot" in page.content.decode()


def test_letters_and_pages_are_in_the_readers_language(client: Client, ana: User) -> None:
    page = client.get("/es/account/login/").content.decode()
    assert "Iniciar sesión" in page
    client.post("/es/account/login/", {"login": ADDRESS})
    assert last_letter().subject == "Su código para Unknot"


def test_where_there_is_a_second_factor_the_code_is_not_enough(client: Client, ana: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(ana, secret)
    client.post(reverse("account_login"), {"login": ADDRESS})
    told = client.post(reverse("account_confirm_login_code"), {"code": code_in(last_letter())})
    assert told.headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not is_signed_in(client)
    number = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    client.post(reverse("mfa_authenticate"), {"code": number})
    assert is_signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_an_authenticator_app_is_set_up(client: Client, ana: User) -> None:
    client.force_login(ana)
    page = client.get(reverse("mfa_activate_totp"))
    assert "<svg" in page.content.decode()
    secret = client.session["mfa.totp.secret"]
    number = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    client.post(reverse("mfa_activate_totp"), {"code": number})
    assert Authenticator.objects.filter(user=ana, type="totp").exists()
    letter = last_letter()
    assert letter.subject == "An authenticator app is set up"
    assert "If it was not you" in letter.text
    assert "second proof" in client.get(reverse("accounts:home")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_was_signed_in_before_there_was_a_second_factor_is_signed_out(client: Client, ana: User) -> None:
    older = Client()
    for each in (older, client):
        each.force_login(ana)
        assert is_signed_in(each)
    client.get(reverse("mfa_activate_totp"))
    number = format_hotp_value(hotp_value(client.session["mfa.totp.secret"], int(time.time()) // 30))
    client.post(reverse("mfa_activate_totp"), {"code": number})
    assert Authenticator.objects.filter(user=ana, type="totp").exists()
    assert is_signed_in(client)
    assert not is_signed_in(older), "it has shown no second factor"


def test_the_secret_of_an_app_is_not_in_the_database(ana: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(ana, secret)
    kept = Authenticator.objects.get(user=ana).data["secret"]
    assert secret not in kept
    assert get_adapter().decrypt(kept) == secret


def test_signing_out_takes_a_press(client: Client, ana: User) -> None:
    client.force_login(ana)
    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "name", ["account_change_password", "account_set_password", "account_reset_password"]
)
def test_there_are_no_passwords(name: str) -> None:
    from django.urls import NoReverseMatch

    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_code_that_counts_no_longer_says_so_and_keeps_address_and_way(client: Client, ana: User) -> None:
    wanted = reverse("account_email")
    client.post(reverse("account_login"), {"login": ADDRESS, "next": wanted})
    for _ in range(3):
        ended = client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA", "next": wanted})
    page = ended.content.decode()
    assert ended.status_code == 422
    assert "mistyped three times" in page
    assert f'value="{ADDRESS}"' in page
    assert f'name="next" value="{wanted}"' in page
    anew = client.post(reverse("account_request_login_code"), {"email": ADDRESS, "next": wanted})
    told = client.post(anew.headers["Location"], {"code": code_in(last_letter()), "next": wanted})
    assert told.headers["Location"] == wanted


def test_who_was_signing_in_too_long_ago_keeps_the_way(client: Client) -> None:
    wanted = reverse("account_email")
    asked = client.get(f"{reverse('account_confirm_login_code')}?next={wanted}").headers["Location"]
    assert asked.startswith(reverse("account_request_login_code"))
    assert wanted in client.get(asked).content.decode()
    away = client.get(f"{reverse('account_confirm_login_code')}?next=https://evil.example/")
    assert "evil" not in away.headers["Location"]
