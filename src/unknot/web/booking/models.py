from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

MINUTES_A_DAY = 24 * 60


class Diary(models.Model):
    """
    How a practitioner takes appointments: the grid of starts, notice, horizon, and buffers around each.

    The hours themselves are by the wall clock of the practitioner's zone.
    """

    practitioner = models.OneToOneField("directory.Practitioner", models.CASCADE, related_name="diary")
    grid_minutes = models.PositiveSmallIntegerField(default=30)
    minimum_notice_minutes = models.PositiveIntegerField(default=120)
    horizon_days = models.PositiveSmallIntegerField(default=60)
    buffer_before_minutes = models.PositiveSmallIntegerField(default=0)
    buffer_after_minutes = models.PositiveSmallIntegerField(default=15)

    class Meta:
        verbose_name = _("diary")
        verbose_name_plural = _("diaries")
        constraints = (
            models.CheckConstraint(
                name="diary_grid", condition=Q(grid_minutes__gte=5, grid_minutes__lte=120)
            ),
            models.CheckConstraint(
                name="diary_horizon", condition=Q(horizon_days__gte=1, horizon_days__lte=365)
            ),
            models.CheckConstraint(
                name="diary_buffers",
                condition=Q(buffer_before_minutes__lte=120, buffer_after_minutes__lte=120),
            ),
        )

    def __str__(self) -> str:
        return f"diary of {self.practitioner}"


class Hours(models.Model):
    """From ``start`` to ``end`` in minutes after midnight, by the wall clock; 1440 is the day's end."""

    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="%(class)s_end_after_they_begin",
                condition=Q(end__gt=F("start"), end__lte=MINUTES_A_DAY),
            ),
        )


class WeeklyHours(Hours):
    """Hours of every week; ``weekday`` 0 is Monday."""

    diary = models.ForeignKey(Diary, models.CASCADE, related_name="weekly")
    weekday = models.PositiveSmallIntegerField()

    class Meta(Hours.Meta):
        verbose_name = _("weekly hours")
        verbose_name_plural = _("weekly hours")
        ordering = ("weekday", "start")
        constraints = (
            *Hours.Meta.constraints,
            models.CheckConstraint(name="weekday", condition=Q(weekday__lte=6)),
        )

    def __str__(self) -> str:
        return f"{self.weekday}: {self.start}-{self.end}"


class Override(models.Model):
    """A date that differs from its week: its hours replace the week's; without any it is closed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    diary = models.ForeignKey(Diary, models.CASCADE, related_name="overrides")
    on = models.DateField()

    class Meta:
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        ordering = ("on",)
        constraints = (models.UniqueConstraint(name="one_override_a_date", fields=["diary", "on"]),)

    def __str__(self) -> str:
        return f"{self.on}"


class OverrideHours(Hours):
    """Hours of one date."""

    override = models.ForeignKey(Override, models.CASCADE, related_name="hours")

    class Meta(Hours.Meta):
        verbose_name = _("hours of a date")
        verbose_name_plural = _("hours of dates")
        ordering = ("start",)

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"


def _only(field: str) -> Func:
    """``[id, id]``: GiST knows ranges and not bigint."""
    return Func(F(field), F(field), Value("[]"), function="int8range", output_field=BigIntegerRangeField())


class TakenTime(models.Model):
    """
    Time of a practitioner's that is taken: the one table that makes double booking impossible.

    What lies in the same layer can't overlap. An appointment or blocked time is in every layer; a buffer only
    in that of its own appointment, so that buffers may overlap each other and nothing else.
    """

    class What(models.TextChoices):
        """Why it is taken."""

        BLOCKED = "blocked", _("blocked")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practitioner = models.ForeignKey("directory.Practitioner", models.PROTECT, related_name="taken")
    what = models.CharField(max_length=12, choices=What)
    during = DateTimeRangeField()
    layer = BigIntegerRangeField()

    class Meta:
        verbose_name = _("taken time")
        verbose_name_plural = _("taken times")
        constraints = (
            models.CheckConstraint(
                name="taken_time_is_some",
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
            ),
            models.CheckConstraint(name="taken_for_a_reason", condition=Q(what__in=["blocked"])),
            ExclusionConstraint(
                name="no_double_booking",
                expressions=[
                    (_only("practitioner"), RangeOperators.OVERLAPS),
                    ("during", RangeOperators.OVERLAPS),
                    ("layer", RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.IMMEDIATE,
                violation_error_code="taken",
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.during}"
