"""What is owed and what was paid."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Sum

from unknot.web.billing.models import Payment
from unknot.web.booking.models import Appointment


def payments_of(appointment: Appointment) -> list[Payment]:
    """What was paid for an appointment and given back, in order."""
    return list(appointment.payments.select_related("refunds").order_by("number"))


def paid_minor(payments: list[Payment]) -> int:
    """What was paid less what was given back."""
    return sum(payment.amount_minor for payment in payments)


def paid_for(appointments: Collection[Appointment]) -> dict[int, int]:
    """What was paid for each of some appointments less what was given back, by their keys."""
    found = Payment.objects.filter(appointment__in=appointments).order_by()
    return dict(
        found.values("appointment").annotate(paid=Sum("amount_minor")).values_list("appointment", "paid")
    )


def is_final(payment: Payment) -> bool:
    """Whether it was given back, or is itself what was given back."""
    return payment.refunds_id is not None or Payment.objects.filter(refunds=payment).exists()


def payment_of(appointment: Appointment, public_id: UUID) -> Payment | None:
    """One payment of an appointment."""
    return appointment.payments.filter(public_id=public_id).select_related("practice", "refunds").first()
