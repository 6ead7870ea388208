from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class How(models.TextChoices):
    """How it was paid."""

    CASH = "cash", _("cash")
    CARD = "card", _("card")
    TRANSFER = "transfer", _("bank transfer")
    OTHER = "other", _("other")


AS_IT_CAME = """
IF NOT EXISTS (
    SELECT FROM billing_payment paid
    WHERE paid.id = NEW.refunds_id AND paid.appointment_id = NEW.appointment_id
      AND paid.amount_minor = -NEW.amount_minor AND paid.currency = NEW.currency
) THEN
    RAISE EXCEPTION 'a refund gives back all of a payment, as it came' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class Payment(models.Model):
    """
    What was paid for an appointment, or given back; nobody changes it, a refund is a payment below nothing.

    ``number`` counts the receipts of a practice, without gaps. Amounts are in minor units of the currency.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practice = models.ForeignKey("accounts.Practice", models.PROTECT, related_name="payments")
    appointment = models.ForeignKey("booking.Appointment", models.PROTECT, related_name="payments")
    number = models.PositiveIntegerField()
    amount_minor = models.IntegerField()
    currency = models.CharField(max_length=3)
    how = models.CharField(max_length=10, choices=How)
    paid_on = models.DateField()  # by the practitioner's calendar
    refunds = models.OneToOneField("self", models.PROTECT, null=True, related_name="refund")
    token = models.UUIDField(unique=True)  # the form's own, so that pressed twice is paid once
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ("number",)
        db_table_comment = "append-only: see unknot.server.roles"
        constraints = (
            models.UniqueConstraint(name="receipt_number_once", fields=["practice", "number"]),
            models.CheckConstraint(name="payment_how", condition=Q(how__in=How.values)),
            models.CheckConstraint(
                name="payment_or_refund",
                condition=Q(amount_minor__gt=0, refunds__isnull=True)
                | Q(amount_minor__lt=0, refunds__isnull=False),
            ),
        )
        triggers = (
            pgtrigger.Protect(name="as_it_was_paid", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="given_back_as_it_came",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__refunds__isnull=False),
                func=AS_IT_CAME,
            ),
        )

    def __str__(self) -> str:
        return f"receipt {self.number}"
