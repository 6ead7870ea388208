from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class State(models.TextChoices):
    """Where a message is on its way."""

    WAITING = "waiting", "waiting"
    SENDING = "sending", "being handed over"
    SENT = "sent", "handed over"
    REFUSED = "refused", "refused by the mail server"
    UNSURE = "unsure", "perhaps handed over; never sent again by itself"


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages by what is to be done with them."""

    def due(self, now: datetime) -> Self:
        """Those to hand over now, the oldest first."""
        return self.filter(state=State.WAITING, next_try_at__lte=now).order_by("next_try_at", "id")

    def stuck(self, since: datetime) -> Self:
        """Those whose handing over began before ``since`` and never ended: its process died."""
        return self.filter(state=State.SENDING, tried_at__lt=since)

    def troubled(self) -> Self:
        """Those that somebody must look at."""
        return self.filter(state__in=(State.REFUSED, State.UNSURE))


class Message(models.Model):
    """
    An e-mail, written in the transaction that is its reason; a worker hands it over, once at most.

    No subject or text names a complaint, a part of the body or a health answer.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    attachment = models.TextField(blank=True, default="")
    attachment_name = models.CharField(max_length=80, blank=True, default="")
    attachment_type = models.CharField(max_length=80, blank=True, default="")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(db_default=Now())
    tried_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True, default="")

    objects: ClassVar = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        verbose_name_plural = "messages"
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="outbox_waiting"),
            models.Index(
                fields=["tried_at"], condition=~Q(state__in=("waiting", "sent")), name="outbox_open"
            ),
        )
        constraints = (
            models.CheckConstraint(name="message_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="message_subject_is_one_line", condition=~Q(subject__regex=r"[\r\n]") & ~Q(subject="")
            ),
            models.CheckConstraint(
                name="message_attachment_has_its_name",
                condition=Q(attachment="") | (~Q(attachment_name="") & ~Q(attachment_type="")),
            ),
            models.CheckConstraint(
                name="message_tried_once_it_left", condition=Q(state="waiting") | Q(tried_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.state}: {self.subject}"
