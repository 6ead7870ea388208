"""What is found and done in a session."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unknot.web.audit.history import keeps_history
from unknot.web.care.models.courses import Charted, is_pain, not_once_signed

LONGEST_HOLD = 90
"""Seconds: as far as any technique of the knowledge base goes."""


MOST_APART = 3
"""Seconds between a hold as it was charted and as a trace shows it; further apart it may be another's."""


class AtPoint(Charted):
    """At one trigger point: ids of the knowledge base, with the side."""

    public_id = models.UUIDField(
        default=uuid.uuid4, unique=True
    )  # the device's own, so that sent twice is once
    muscle = models.CharField(max_length=40)
    side = models.CharField(max_length=5)
    trigger_point = models.CharField(max_length=40)
    charted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(Charted.Meta):
        abstract = True

    @property
    def point(self) -> str:
        """As the pages write it: ``upper_trapezius:left:TrP1``."""
        return f"{self.muscle}:{self.side}:{self.trigger_point}"


@keeps_history
class Finding(AtPoint):
    """What palpation found; what nobody said is none."""

    familiar = models.BooleanField(null=True)  # pressing it brings the pain that the client knows
    tenderness = models.PositiveSmallIntegerField(null=True)
    taut_band = models.BooleanField(null=True)
    twitch = models.BooleanField(null=True)

    class Meta(AtPoint.Meta):
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="finding_once", fields=["session", "muscle", "side", "trigger_point"]
            ),
            models.CheckConstraint(name="finding_tenderness", condition=is_pain("tenderness")),
            models.CheckConstraint(name="finding_side", condition=Q(side__in=["left", "right"])),
        )

    def __str__(self) -> str:
        return f"finding at {self.point}"


class Response(models.TextChoices):
    """What the point did."""

    SOFTENED = "softened", _("softened")
    HALF = "half", _("half")
    NONE = "none", _("no change")


@keeps_history
class Hold(AtPoint):
    """
    Steady pressure on one level; ``pain_during`` and ``pain_after`` are asked of the client (0-10).

    ``from_memory``: ticked afterwards, not timed.
    """

    technique = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()  # 1-5
    seconds = models.PositiveSmallIntegerField()
    pain_during = models.PositiveSmallIntegerField(null=True)
    pain_after = models.PositiveSmallIntegerField(null=True)
    response = models.CharField(max_length=10, choices=Response, blank=True, default="")
    from_memory = models.BooleanField(default=False)

    class Meta(AtPoint.Meta):
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="hold_level", condition=Q(level__gte=1, level__lte=5)),
            models.CheckConstraint(
                name="hold_seconds", condition=Q(seconds__gte=1, seconds__lte=LONGEST_HOLD)
            ),
            models.CheckConstraint(
                name="hold_pain", condition=is_pain("pain_during") & is_pain("pain_after")
            ),
            models.CheckConstraint(name="hold_response", condition=Q(response__in=["", *Response.values])),
            models.CheckConstraint(name="hold_side", condition=Q(side__in=["left", "right"])),
        )

    def __str__(self) -> str:
        return f"{self.seconds} s at {self.point}"


@keeps_history
class Trace(models.Model):
    """The force trace of a hold, as the sensor's file gave it, and what was read in it."""

    hold = models.OneToOneField(Hold, models.CASCADE, related_name="trace")
    content = models.TextField()
    reading = models.JSONField()  # of unknot.pressure
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("force trace")
        verbose_name_plural = _("force traces")
        triggers = (
            not_once_signed("(SELECT session_id FROM care_hold WHERE id IN (NEW.hold_id, OLD.hold_id))"),
        )

    def __str__(self) -> str:
        return f"trace of {self.hold_id}"

    @property
    def differs(self) -> bool:
        """Whether it shows presses, none of which lasts about as long as its hold was charted."""
        apart = [abs(press["seconds"] - self.hold.seconds) for press in self.reading["holds"]]
        return bool(apart) and min(apart) > MOST_APART


@keeps_history
class Motion(Charted):
    """A motion measured in degrees, before and after treatment."""

    name = models.CharField(max_length=80)
    side = models.CharField(max_length=5, blank=True, default="")
    before = models.PositiveSmallIntegerField(null=True)
    after = models.PositiveSmallIntegerField(null=True)

    class Meta(Charted.Meta):
        verbose_name = _("measured motion")
        verbose_name_plural = _("measured motions")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(name="motion_once", fields=["session", "name", "side"]),
            models.CheckConstraint(
                name="motion_degrees",
                condition=(Q(before__isnull=True) | Q(before__lte=180))
                & (Q(after__isnull=True) | Q(after__lte=180)),
            ),
            models.CheckConstraint(
                name="motion_measured", condition=~Q(before__isnull=True, after__isnull=True)
            ),
            models.CheckConstraint(name="motion_side", condition=Q(side__in=["", "left", "right"])),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.before} to {self.after}"
