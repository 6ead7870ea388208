"""The pages that look after a second factor: each shown, and what its button does."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from unknot.web.accounts.models import User
from unknot.web.directory.tests.people import user

pytestmark = pytest.mark.django_db

SITE, ORIGIN = "testserver", "https://testserver"
SEEN = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
KEY_ID = b"a key of Ana's"


@dataclass
class Key:
    """A security key as the browser answers for it, and what is kept of it."""

    secret: ec.EllipticCurvePrivateKey
    kept: Authenticator

    def answer(self, challenge: str) -> str:
        """To what it is asked."""
        said = CollectedClientData.create("webauthn.get", challenge, ORIGIN)
        shown = AuthenticatorData.create(sha256(SITE.encode()).digest(), SEEN, 1)
        proof = self.secret.sign(shown + sha256(said).digest(), ec.ECDSA(SHA256()))
        return json.dumps(
            {
                "id": websafe_encode(KEY_ID),
                "rawId": websafe_encode(KEY_ID),
                "type": "public-key",
                "response": {
                    "clientDataJSON": websafe_encode(said),
                    "authenticatorData": websafe_encode(shown),
                    "signature": websafe_encode(proof),
                },
            }
        )


def key_of(owner: User) -> Key:
    secret = ec.generate_private_key(ec.SECP256R1())
    public = AttestedCredentialData.create(
        Aaguid.NONE, KEY_ID, ES256.from_cryptography_key(secret.public_key())
    )
    flags = SEEN | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(sha256(SITE.encode()).digest(), flags, 0, public)
    said = CollectedClientData.create("webauthn.create", b"challenge", ORIGIN)
    credential = {
        "id": websafe_encode(KEY_ID),
        "rawId": websafe_encode(KEY_ID),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(said),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
    }
    kept = Authenticator.objects.create(
        user=owner, type="webauthn", data={"name": "My phone", "credential": credential}
    )
    return Key(secret, kept)


@pytest.fixture
def ana() -> User:
    cache.clear()  # how often somebody tried
    return user("ana@example.org")


@pytest.fixture
def secret(ana: User) -> str:
    """Of her authenticator app."""
    made = generate_totp_secret()
    TOTP.activate(ana, made)
    return made


@pytest.fixture
def key(ana: User) -> Key:
    return key_of(ana)


def signed_in(owner: User) -> Client:
    """Only now: whoever sets a factor up is signed out everywhere else."""
    client = Client()
    client.force_login(owner)
    return client


def proved(owner: User, secret: str) -> Client:
    """Signed in, and just now with the number too."""
    client = signed_in(owner)
    assert client.post(reverse("mfa_reauthenticate"), {"code": number(secret)}).status_code == 302
    return client


def number(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def heading(client: Client, page: str) -> str:
    answer = client.get(page)
    assert answer.status_code == 200, answer.headers.get("Location")
    shown = answer.content.decode()
    (found,) = re.findall(r"<h1>(.*?)</h1>", shown)
    assert f"<title>{found}" in shown
    return str(found)


def test_whose_account_is_closed_is_told_so(
    client: Client, ana: User, mailoutbox: list[EmailMessage]
) -> None:
    client.post(reverse("account_login"), {"login": ana.email})
    ana.is_active = False
    ana.save()
    (code,) = re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", str(mailoutbox[-1].body))
    told = client.post(reverse("account_confirm_login_code"), {"code": code})["Location"]
    assert told == reverse("account_inactive")
    assert heading(client, told) == "This account is closed"
    assert client.get(reverse("accounts:home")).status_code == 302


def test_what_could_lock_one_out_asks_for_the_number_first(ana: User, secret: str) -> None:
    client = signed_in(ana)
    wanted = reverse("mfa_deactivate_totp")
    asks = client.get(wanted)["Location"]
    assert unquote(asks) == f"{reverse('mfa_reauthenticate')}?next={wanted}"
    assert heading(client, asks) == "Is it still you?"
    wrong = client.post(asks, {"code": "000000", "next": wanted})
    assert "the number of this half minute" in wrong.content.decode()
    assert client.post(asks, {"code": number(secret), "next": wanted})["Location"] == wanted


def test_one_does_without_the_app(ana: User, secret: str) -> None:
    client = proved(ana, secret)
    page = reverse("mfa_deactivate_totp")
    assert heading(client, page) == "Do without the authenticator app?"
    assert client.post(page)["Location"] == reverse("mfa_index")
    assert not Authenticator.objects.filter(user=ana, type="totp").exists()


def test_a_key_is_called_something_else(ana: User, secret: str, key: Key) -> None:
    client = proved(ana, secret)
    page = reverse("mfa_edit_webauthn", args=[key.kept.pk])
    assert heading(client, page) == "Call it something else"
    empty = client.post(page, {"name": ""})
    assert "required" in empty.content.decode()
    assert client.post(page, {"name": "The <old> phone"})["Location"] == reverse("mfa_list_webauthn")
    assert "The &lt;old&gt; phone" in client.get(reverse("mfa_list_webauthn")).content.decode()


def test_a_key_is_removed_once_it_was_seen_which(ana: User, secret: str, key: Key) -> None:
    client = proved(ana, secret)
    page = reverse("mfa_remove_webauthn", args=[key.kept.pk])
    assert heading(client, page) == "Remove this key?"
    assert "My phone" in client.get(page).content.decode()
    assert client.post(page)["Location"] == reverse("mfa_list_webauthn")
    assert not Authenticator.objects.filter(pk=key.kept.pk).exists()


@pytest.mark.parametrize("page", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_anothers_key_is_not_found(ana: User, secret: str, page: str) -> None:
    client, theirs = proved(ana, secret), key_of(user("bo@example.org"))
    assert client.post(reverse(page, args=[theirs.kept.pk]), {"name": "mine"}).status_code == 404
    theirs.kept.refresh_from_db()
    assert theirs.kept.wrap().name == "My phone"


def test_a_key_proves_it_too(ana: User, key: Key) -> None:
    client = signed_in(ana)
    wanted = reverse("mfa_remove_webauthn", args=[key.kept.pk])
    page = reverse("mfa_reauthenticate_webauthn")
    assert heading(client, page) == "Is it still you?"
    asked = client.session["mfa.webauthn.state"]["challenge"]
    answer = client.post(page, {"credential": key.answer(asked), "next": wanted})
    assert answer["Location"] == wanted
    assert heading(client, wanted) == "Remove this key?"


def test_an_answer_to_another_question_proves_nothing(ana: User, key: Key) -> None:
    client = signed_in(ana)
    page = reverse("mfa_reauthenticate_webauthn")
    client.get(page)
    client.post(page, {"credential": key.answer(websafe_encode(b"an older question"))})
    wanted = reverse("mfa_remove_webauthn", args=[key.kept.pk])
    assert client.get(wanted).status_code == 302
