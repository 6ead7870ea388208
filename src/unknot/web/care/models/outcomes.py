"""What the client does at home, and what came of it all."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unknot.web.audit.history import keeps_history
from unknot.web.care.models.courses import Course, Session
from unknot.web.intake.models import NEVER_REMOVED

MOST_ACTIVITIES = 3
STRENGTH_NUMBERS = 3


@keeps_history
class HomeCare(models.Model):
    """
    One thing to do at home, chosen after a session.

    What it is stands in ids, and is told from the knowledge base in the reader's language; ``strength`` and
    ``factors`` are the plan's of that day. ``text``, ``dose`` and ``stop_rule`` hold what somebody wrote
    instead. Chosen no longer it is ended, and what was done of it stays.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="home_care")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    muscle = models.CharField(max_length=40, blank=True, default="")
    side = models.CharField(max_length=5, blank=True, default="")
    strength = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)  # from, to, at most
    factors = ArrayField(
        models.CharField(max_length=120), default=list, blank=True
    )  # a muscle's entry's words
    text = models.TextField(blank=True, default="")
    dose = models.TextField(blank=True, default="")
    stop_rule = models.TextField(blank=True, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("home care")
        verbose_name_plural = _("home care")
        db_table_comment = NEVER_REMOVED
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                name="home_care_once", fields=["session", "kind", "muscle", "side", "text"]
            ),
            models.CheckConstraint(
                name="home_care_strength", condition=Q(strength=[]) | Q(strength__len=STRENGTH_NUMBERS)
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.session_id}"

    @property
    def key(self) -> str:
        """Which it is, as the plan's exercise says it."""
        return f"{self.kind}:{self.muscle}:{self.side}"


@keeps_history
class HomeCareDone(models.Model):
    """The client did it on a day."""

    home_care = models.ForeignKey(HomeCare, models.PROTECT, related_name="done")
    on = models.DateField()

    class Meta:
        verbose_name = _("home care done")
        verbose_name_plural = _("home care done")
        constraints = (models.UniqueConstraint(name="done_once_a_day", fields=["home_care", "on"]),)

    def __str__(self) -> str:
        return f"{self.home_care_id} on {self.on}"


@keeps_history
class Activity(models.Model):
    """An activity of the client's own that is hard now; the same for the whole course."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="activities")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(name="activity_position", fields=["course", "position"]),
            models.CheckConstraint(
                name="activity_number", condition=Q(position__gte=1, position__lte=MOST_ACTIVITIES)
            ),
            models.CheckConstraint(name="activity_words", condition=~Q(words="")),
        )

    def __str__(self) -> str:
        return self.words


@keeps_history
class CheckIn(models.Model):
    """
    The half minute before a visit: when a letter asked for it, when it was told, and what has changed.

    ``for_start`` is when the visit was to begin by then: moved, it is asked about again.
    """

    appointment = models.OneToOneField("booking.Appointment", models.PROTECT, related_name="check_in")
    asked_at = models.DateTimeField(null=True)
    for_start = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    changed = models.TextField(max_length=1000, blank=True, default="")  # in the client's words

    class Meta:
        verbose_name = _("check-in before a visit")
        verbose_name_plural = _("check-ins before visits")

    def __str__(self) -> str:
        return f"check-in for {self.appointment_id}"


class Instrument(models.TextChoices):
    """What is asked; ids of the knowledge base's instruments."""

    NPRS = "nprs", _("average pain of the last week")
    PSFS = "psfs", _("an activity of one's own")
    GROC = "groc", _("global rating of change")


@keeps_history
class Score(models.Model):
    """A number that somebody gave before a visit; asked for one appointment it counts once."""

    practice = models.ForeignKey("accounts.Practice", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="scores")
    appointment = models.ForeignKey("booking.Appointment", models.PROTECT, related_name="scores")
    instrument = models.CharField(max_length=10, choices=Instrument)
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="scores")
    value = models.SmallIntegerField()
    given_on = models.DateField()  # by the practitioner's calendar

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ("given_on", "id")
        constraints = (
            models.UniqueConstraint(
                name="score_once", fields=["appointment", "instrument", "activity"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="score_in_range",
                condition=Q(instrument__in=["nprs", "psfs"], value__gte=0, value__lte=10)
                | Q(instrument="groc", value__gte=-5, value__lte=5),
            ),
            models.CheckConstraint(
                name="score_of_an_activity",
                condition=Q(instrument="psfs", activity__isnull=False)
                | (~Q(instrument="psfs") & Q(activity__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.instrument}: {self.value}"


class Way(models.TextChoices):
    """How a course goes on; ids of the core's answers."""

    GO_ON = "go_on", _("go on as planned")
    SPACE_OUT = "space_out", _("space the sessions out")
    CHANGE_APPROACH = "change_approach", _("change the approach")
    REFER = "refer", _("stop, and refer")


@keeps_history
class Reevaluation(models.Model):
    """
    What the rules proposed after a session, and what the practitioner decided.

    ``proposed`` is an id of the core's answers, ``decided`` one of the ways. The client reads ``words``, or
    where they are empty the usual words for what was decided.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.OneToOneField(Session, models.PROTECT, related_name="reevaluation")
    proposed = models.CharField(max_length=20)
    reasons = models.JSONField()
    decided = models.CharField(max_length=20, choices=Way)
    words = models.TextField(max_length=1000, blank=True, default="")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("re-evaluation")
        verbose_name_plural = _("re-evaluations")
        constraints = (models.CheckConstraint(name="decided_a_way", condition=Q(decided__in=Way.values)),)

    def __str__(self) -> str:
        return f"{self.decided} after {self.session_id}"
