"""The note of a session. Signed it never changes; what is to be added is an addendum."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unknot.web.audit.history import keeps_history
from unknot.web.care.models.courses import Session

SECTIONS = ("subjective", "objective", "assessment", "plan")
SIGNED = pgtrigger.Q(old__signed_at__isnull=False)
NEVER_EMPTIED = pgtrigger.Trigger(
    name="never_emptied",
    level=pgtrigger.Statement,
    when=pgtrigger.Before,
    operation=pgtrigger.Truncate,
    func="RAISE EXCEPTION 'signed notes are kept';",
)


@keeps_history
class Note(models.Model):
    """
    Subjective, objective, assessment, plan.

    ``revision`` counts what was saved, so that a second window doesn't overwrite the first unseen.
    ``saved_as`` is the window's own name for the last saving: one that got no answer knows its own by it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.OneToOneField(Session, models.PROTECT, related_name="note")
    subjective = models.TextField(max_length=10_000, blank=True, default="")
    objective = models.TextField(max_length=10_000, blank=True, default="")
    assessment = models.TextField(max_length=10_000, blank=True, default="")
    plan = models.TextField(max_length=10_000, blank=True, default="")
    revision = models.PositiveIntegerField(default=1)
    saved_as = models.UUIDField(null=True)
    saved_at = models.DateTimeField(default=timezone.now)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    signed_name = models.CharField(max_length=160, blank=True, default="")  # name and credential, as signed

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        triggers = (
            pgtrigger.Protect(
                name="signed_stays", operation=pgtrigger.Update | pgtrigger.Delete, condition=SIGNED
            ),
            NEVER_EMPTIED,
        )
        constraints = (
            models.CheckConstraint(
                name="signed_note_says_something",
                condition=Q(signed_at__isnull=True) | ~Q(subjective="", objective="", assessment="", plan=""),
            ),
            models.CheckConstraint(
                name="note_signed_by_somebody",
                condition=Q(signed_at__isnull=True, signed_by__isnull=True, signed_name="")
                | (Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(signed_name="")),
            ),
        )

    def __str__(self) -> str:
        return f"note of {self.session_id}"


class Addendum(models.Model):
    """What is added to a signed note."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    note = models.ForeignKey(Note, models.PROTECT, related_name="addenda")
    text = models.TextField(max_length=5_000)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("addendum")
        verbose_name_plural = _("addenda")
        ordering = ("id",)
        db_table_comment = "append-only: see unknot.server.roles"
        triggers = (
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            NEVER_EMPTIED,
        )
        constraints = (models.CheckConstraint(name="addendum_says_something", condition=~Q(text="")),)

    def __str__(self) -> str:
        return f"addendum to {self.note_id}"
