"""What was paid, once each, with receipts that count without gaps."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from unknot.web.billing import actions
from unknot.web.billing.models import How, Payment
from unknot.web.booking.keys import key_of
from unknot.web.booking.models import Appointment
from unknot.web.booking.tests.office import open_office, visit, words
from unknot.web.directory.models import Practitioner
from unknot.web.directory.queries import local_date

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen(db: None) -> Appointment:
    return visit(open_office())


@pytest.fixture
def as_ana(seen: Appointment) -> Client:
    client = Client()
    client.force_login(seen.practitioner.user)
    return client


def page(of: Appointment, name: str = "pay", **more: object) -> str:
    return reverse(f"desk:{name}", kwargs={"public_id": of.public_id, **more})


def typed(of: Appointment, **said: object) -> dict[str, object]:
    today = local_date(of.practitioner, timezone.now())
    return {"amount": "80.00", "how": "cash", "paid_on": today, "token": uuid.uuid4()} | said


def test_what_is_owed_is_offered_and_pressed_twice_paid_once(seen: Appointment, as_ana: Client) -> None:
    assert as_ana.get(page(seen)).context["form"].initial["amount"] == "80.00"
    form = typed(seen)
    for _twice in range(2):
        assert as_ana.post(page(seen), form)["Location"] == page(seen)
    paid = Payment.objects.get()
    assert (paid.number, paid.amount_minor, paid.currency) == (1, 8000, "USD")
    assert "All is paid." in words(as_ana, page(seen))


@pytest.mark.parametrize(
    ("wrong", "words_"),
    [
        ({"amount": "0"}, "Write what was paid"),
        ({"amount": "-5"}, "0"),
        ({"amount": "1.005"}, "2"),
        ({"how": "shells"}, "shells"),
        ({"paid_on": "2999-01-01"}, "A day within the last year"),
        ({"paid_on": "soon"}, "date"),
    ],
)
def test_what_cannot_be_meant_is_asked_again(
    seen: Appointment, as_ana: Client, wrong: dict[str, str], words_: str
) -> None:
    answer = as_ana.post(page(seen), typed(seen) | wrong)
    assert answer.status_code == 422
    assert words_ in answer.content.decode()
    assert not Payment.objects.exists()


def back(client: Client, of: Appointment, paid: Payment, **said: object) -> HttpResponse:
    """Give a payment back, sure of it."""
    at = page(of, "give-back", payment=paid.public_id)
    return client.post(at, {"how": "cash", "token": uuid.uuid4()} | said)  # type: ignore[return-value]


def test_it_is_given_back_once_with_a_receipt_of_its_own(seen: Appointment, as_ana: Client) -> None:
    as_ana.post(page(seen), typed(seen))
    paid = Payment.objects.get()
    for _twice in range(2):
        answer = back(as_ana, seen, paid, how="card")
        assert answer["Location"] == page(seen)
    given = Payment.objects.exclude(pk=paid.pk).get()
    assert (given.number, given.amount_minor, given.refunds, given.how) == (2, -8000, paid, "card")
    shown = words(as_ana, page(seen))
    assert "\N{MINUS SIGN}80 USD given back, card" in shown
    assert "Open: 80 USD" in shown
    assert "All is paid" not in shown
    assert back(as_ana, seen, given).status_code == 302
    with pytest.raises(actions.GivenBack):
        actions.give_back(given, How.CASH, on=paid.paid_on, token=uuid.uuid4(), by=seen.practitioner.user)


def test_it_is_asked_first_how_much_to_whom_and_how(seen: Appointment, as_ana: Client) -> None:
    as_ana.post(page(seen), typed(seen))
    at = page(seen, "give-back", payment=Payment.objects.get().public_id)
    assert f'href="{at}"' in as_ana.get(page(seen)).content.decode()
    shown = words(as_ana, at)
    assert "80 USD" in shown
    assert f"to {seen.person.name}" in shown
    assert as_ana.get(at).context["form"]["how"].value() == "cash"
    answer = as_ana.post(at, {"how": "by pigeon", "token": uuid.uuid4()})
    assert answer.status_code == 422
    assert Payment.objects.count() == 1


def test_from_one_page_two_payments_are_given_back(seen: Appointment, as_ana: Client) -> None:
    for _twice in range(2):
        as_ana.post(page(seen), typed(seen, amount="40.00"))
    for paid in as_ana.get(page(seen)).context["payments"]:
        assert back(as_ana, seen, paid).status_code == 302
    assert Payment.objects.filter(refunds__isnull=False).count() == 2


def test_a_token_gives_back_no_other_payment(seen: Appointment, as_ana: Client) -> None:
    for _twice in range(2):
        as_ana.post(page(seen), typed(seen, amount="40.00"))
    first, second = Payment.objects.all()
    token = uuid.uuid4()
    back(as_ana, seen, first, token=token)
    answer = back(as_ana, seen, second, token=token)
    assert answer.status_code == 422
    assert "Nothing was kept" in answer.content.decode()
    assert not Payment.objects.filter(refunds=second).exists()


def test_the_same_page_with_another_amount_asks_first(seen: Appointment, as_ana: Client) -> None:
    form = typed(seen, amount="10.00")
    as_ana.post(page(seen), form)
    answer = as_ana.post(page(seen), form | {"amount": "20.00"})
    assert answer.status_code == 422
    assert "10 USD was kept already, receipt 1" in answer.content.decode()
    assert Payment.objects.count() == 1
    again = answer.context["form"]["token"].value()
    assert as_ana.post(page(seen), form | {"amount": "20.00", "token": again}).status_code == 302
    assert [p.amount_minor for p in Payment.objects.all()] == [1000, 2000]


def test_a_token_of_another_practice_is_no_payment_here(seen: Appointment, as_ana: Client) -> None:
    form = typed(seen)
    as_ana.post(page(seen), form)
    other = visit(open_office("bo@example.org"))
    client = Client()
    client.force_login(other.practitioner.user)
    answer = client.post(page(other), form)
    assert answer.status_code == 422
    assert "kept already" not in answer.content.decode()
    assert not other.payments.exists()


def test_either_side_has_the_receipt_as_pdf_and_nobody_else(seen: Appointment, as_ana: Client) -> None:
    as_ana.post(page(seen), typed(seen))
    paid = Payment.objects.get()
    answer = as_ana.get(page(seen, "receipt", payment=paid.public_id))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    mine = page(seen, "my-receipt", payment=paid.public_id)
    assert Client().get(f"{mine}?key={key_of(seen)}").content[:5] == b"%PDF-"
    assert Client().get(mine).status_code == 302
    other = visit(open_office("bo@example.org"))
    stolen = page(other, "my-receipt", payment=paid.public_id)
    assert Client().get(f"{stolen}?key={key_of(other)}").status_code == 404


def test_a_name_of_other_letters_still_makes_a_receipt(seen: Appointment, as_ana: Client) -> None:
    seen.person.name = "Łukasz Żółć-Nguyễn Ōe #[x] *bold* $1$"
    seen.person.save()
    as_ana.post(page(seen), typed(seen))
    paid = Payment.objects.get()
    assert as_ana.get(page(seen, "receipt", payment=paid.public_id)).content[:5] == b"%PDF-"


@pytest.mark.parametrize(
    "statement", ["UPDATE billing_payment SET amount_minor = 1", "DELETE FROM billing_payment"]
)
def test_the_database_keeps_what_was_paid(seen: Appointment, as_ana: Client, statement: str) -> None:
    as_ana.post(page(seen), typed(seen))
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_refund_is_below_nothing(seen: Appointment, as_ana: Client) -> None:
    as_ana.post(page(seen), typed(seen))
    paid = Payment.objects.get()
    wrong = Payment(
        practice=paid.practice, appointment=seen, number=9, amount_minor=-5, currency="USD", how="cash",
        paid_on=paid.paid_on, token=uuid.uuid4(), recorded_by=paid.recorded_by,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()


@pytest.mark.parametrize(
    "wrong", [{"amount_minor": -1}, {"amount_minor": -80_00, "currency": "EUR"}, {"appointment": "another"}],
    ids=str,
)  # fmt: skip
def test_a_refund_gives_back_what_came(seen: Appointment, as_ana: Client, wrong: dict[str, object]) -> None:
    as_ana.post(page(seen), typed(seen))
    paid = Payment.objects.get()
    refund = Payment(
        practice=paid.practice, appointment=seen, number=2, amount_minor=-80_00, currency="USD", how="cash",
        paid_on=paid.paid_on, refunds=paid, token=uuid.uuid4(), recorded_by=paid.recorded_by,
    )  # fmt: skip
    for field, value in wrong.items():
        setattr(refund, field, value if field != "appointment" else visit(open_office("bo@example.org")))
    with pytest.raises(IntegrityError, match="as it came"), transaction.atomic():
        refund.save()
    assert Payment.objects.get() == paid


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gaps_when_many_pay_at_once() -> None:
    ana: Practitioner = open_office()
    one = visit(ana)
    today = local_date(ana, timezone.now()) - timedelta(days=1)

    def pay() -> None:
        try:
            actions.record_payment(one, 100, How.CASH, paid_on=today, token=uuid.uuid4(), by=ana.user)
        finally:
            connection.close()

    threads = [threading.Thread(target=pay) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(Payment.objects.values_list("number", flat=True)) == list(range(1, 13))
