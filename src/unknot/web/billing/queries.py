"""What is owed and what was paid."""

from __future__ import annotations

from uuid import UUID

from unknot.web.billing.models import Payment
from unknot.web.booking.models import Appointment


def payments_of(appointment: Appointment) -> list[Payment]:
    """What was paid for an appointment and given back, in order."""
    return list(appointment.payments.select_related("refunds").order_by("number"))


def paid_minor(payments: list[Payment]) -> int:
    """What was paid less what was given back."""
    return sum(payment.amount_minor for payment in payments)


def payment_of(appointment: Appointment, public_id: UUID) -> Payment | None:
    """One payment of an appointment."""
    return appointment.payments.filter(public_id=public_id).select_related("practice", "refunds").first()
