"""What is paid: one function each, in one transaction."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from unknot.errors import UnknotError
from unknot.web.accounts.models import Practice, User
from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.billing.models import How, Payment
from unknot.web.booking.models import Appointment

SAID = ("appointment_id", "amount_minor", "how", "paid_on", "refunds_id")
"""What makes a payment the same."""


class GivenBack(UnknotError):  # noqa: N818 - it reads as what it is
    """This payment was given back already, or is itself a refund."""


class OtherPayment(UnknotError):  # noqa: N818 - it reads as what it is
    """With this form another payment was kept already: ``there``."""

    def __init__(self, there: Payment) -> None:
        super().__init__(f"{there} was kept with the same token")
        self.there = there


@transaction.atomic
def record_payment(
    appointment: Appointment, amount_minor: int, how: How, *, paid_on: date, token: UUID, by: User
) -> Payment:
    """
    Record what was paid for an appointment; with the same token it is the same payment.

    Raises OtherPayment where that was made with other contents.
    """
    return _record(
        Payment(
            practice=appointment.practice,
            appointment=appointment,
            amount_minor=amount_minor,
            currency=appointment.currency,
            how=how,
            paid_on=paid_on,
            token=token,
            recorded_by=by,
        )
    )


@transaction.atomic
def give_back(payment: Payment, how: How, *, on: date, token: UUID, by: User) -> Payment:
    """
    Give all of a payment back, in cash what came by card if need be; with a receipt of its own, and once.

    Raises GivenBack and OtherPayment.
    """
    if payment.refunds_id:
        raise GivenBack
    return _record(
        Payment(
            practice=payment.practice,
            appointment=payment.appointment,
            amount_minor=-payment.amount_minor,
            currency=payment.currency,
            how=how,
            paid_on=on,
            refunds=payment,
            token=token,
            recorded_by=by,
        )
    )


def _one_after_another(practice: Practice) -> None:
    """Numbers have no gaps, so that two payments at once wait for each other."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)


def _record(payment: Payment) -> Payment:
    """Raises OtherPayment where its token made another one, GivenBack where its refund has been made."""
    _one_after_another(payment.practice)
    if made := Payment.objects.filter(token=payment.token).first():
        if any(getattr(made, key) != getattr(payment, key) for key in SAID):
            raise OtherPayment(made)
        return made
    if payment.refunds and Payment.objects.filter(refunds=payment.refunds).exists():
        raise GivenBack
    last = Payment.objects.filter(practice=payment.practice).aggregate(last=Max("number"))["last"]
    payment.number = (last or 0) + 1
    payment.save()
    practice = payment.practice.public_id
    label = Payment._meta.label_lower
    record(Did.CHANGED, label, [payment.public_id], by=payment.recorded_by, practice=practice)
    return payment
