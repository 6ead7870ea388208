"""The course of treatment and its sessions."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unknot.web.audit.history import keeps_history

MOST_PAIN = 10
ONCE_SIGNED = "UN001"  # the SQLSTATE of what a signed note refuses


def is_pain(field: str) -> Q:
    """A rating from 0 to 10, or none."""
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lte": MOST_PAIN})


@keeps_history
class Course(models.Model):
    """A course of treatment of one person by one practitioner; one at a time is open."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practice = models.ForeignKey("accounts.Practice", models.PROTECT, related_name="+")
    practitioner = models.ForeignKey("directory.Practitioner", models.PROTECT, related_name="courses")
    person = models.ForeignKey("intake.Person", models.PROTECT, related_name="courses")
    goals = models.TextField(max_length=500, blank=True, default="")  # in the client's words
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("course of treatment")
        verbose_name_plural = _("courses of treatment")
        ordering = ("-begun_at", "-id")
        constraints = (
            models.UniqueConstraint(
                name="one_open_course", fields=["practitioner", "person"], condition=Q(ended_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return f"course {self.public_id}"


def not_once_signed(session: str) -> pgtrigger.Trigger:
    """
    Refuse every change once a session's note is signed.

    ``session`` is the session's key in SQL, of the row as ``NEW`` or ``OLD``: one of them is null at times.
    """
    return pgtrigger.Trigger(
        name="not_once_signed",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF EXISTS (SELECT FROM care_note WHERE signed_at IS NOT NULL AND session_id IN ({session})) THEN
                RAISE EXCEPTION 'the note of this session is signed' USING ERRCODE = '{ONCE_SIGNED}';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


@keeps_history
class Session(models.Model):
    """
    What happened at one appointment; its note may be signed, and then nothing of it changes.

    ``stopped`` is what was said to do where the check of the day ended the visit. ``posture`` and
    ``techniques`` (what was done beside the holds) hold ids of the knowledge base.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practice = models.ForeignKey("accounts.Practice", models.PROTECT, related_name="+")
    appointment = models.OneToOneField("booking.Appointment", models.PROTECT, related_name="session")
    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions")
    position = models.PositiveSmallIntegerField()  # among all visits of its course, from 1
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    changed = models.TextField(max_length=1000, blank=True, default="")  # since last time, as the client says
    pain_before = models.PositiveSmallIntegerField(null=True)
    pain_after = models.PositiveSmallIntegerField(null=True)
    reaction = models.TextField(max_length=1000, blank=True, default="")  # anything unwanted
    posture = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    techniques = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    stopped = models.TextField(blank=True, default="")
    consent = models.OneToOneField("intake.Consent", models.PROTECT, null=True, related_name="session")

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ("course", "position")
        constraints = (
            models.UniqueConstraint(name="session_position_once", fields=["course", "position"]),
            models.CheckConstraint(name="session_position", condition=Q(position__gte=1)),
            models.CheckConstraint(
                name="session_pain", condition=is_pain("pain_before") & is_pain("pain_after")
            ),
        )
        triggers = (not_once_signed("NEW.id, OLD.id"),)

    def __str__(self) -> str:
        return f"session {self.public_id}"

    @property
    def was_treated(self) -> bool:
        """Whether anything was done: pressed, or other work charted."""
        return bool(self.techniques) or self.holds.exists()

    @property
    def is_over(self) -> bool:
        """Whether its note is what is left of it: signed, or the visit ended at the check."""
        note = getattr(self, "note", None)
        return bool(self.stopped or (note and note.signed_at))

    @property
    def counts(self) -> bool:
        """Whether it is one of its course's sessions: treated, or still open, so that it will be charted."""
        return self.was_treated or not self.is_over

    @property
    def number(self) -> int | None:
        """Which session of its course it is; None where it is over and nothing was treated, which is none."""
        return self.treated_before() + 1 if self.counts else None

    def treated_before(self) -> int:
        """How many that count were before it in its course."""
        before = self.course.sessions.filter(position__lt=self.position)
        return sum(one.counts for one in before.select_related("note").prefetch_related("holds"))


class Charted(models.Model):
    """Something charted in a session. Once its note is signed, the database refuses every change of it."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True
        triggers: ClassVar[tuple[pgtrigger.Trigger, ...]] = (
            not_once_signed("NEW.session_id, OLD.session_id"),
        )


class Check(Charted):
    """
    The short check on the day, hands on: what was ticked, and what screening says with it.

    ``answers`` is what it adds to the answers of the booking, as FORMAT writes it; asked again,
    the last one counts.
    """

    checked_at = models.DateTimeField(default=timezone.now, editable=False)
    answers = models.JSONField()
    decision = models.CharField(max_length=12)
    held = models.BooleanField()
    treatable = models.CharField(max_length=10)
    result = models.JSONField()

    class Meta(Charted.Meta):
        verbose_name = _("check of the day")
        verbose_name_plural = _("checks of the day")
        ordering = ("-id",)
        triggers = (
            *Charted.Meta.triggers,
            pgtrigger.Protect(name="as_it_was_said", operation=pgtrigger.Update),
        )

    def __str__(self) -> str:
        return f"check, {self.decision}"


@keeps_history
class AreaConsent(Charted):
    """Consent to work at one sensitive area, this time; or that it was declined or taken back."""

    area = models.CharField(max_length=40)  # a region's id
    consent = models.OneToOneField("intake.Consent", models.PROTECT, null=True, related_name="+")

    class Meta(Charted.Meta):
        verbose_name = _("consent to an area")
        verbose_name_plural = _("consents to areas")
        constraints = (models.UniqueConstraint(name="area_asked_once", fields=["session", "area"]),)

    def __str__(self) -> str:
        return f"{self.area}: {self.given}"

    @property
    def given(self) -> bool:
        """Whether it may be worked at."""
        return self.consent_id is not None
