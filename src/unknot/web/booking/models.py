from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unknot.web.audit.history import keeps_history
from unknot.web.directory.models import Mode, Offer

MINUTES_A_DAY = 24 * 60


class Diary(models.Model):
    """
    How a practitioner takes appointments: the grid of starts, notice, horizon, buffers, cancelling.

    The hours themselves are by the wall clock of the practitioner's zone.
    """

    practitioner = models.OneToOneField("directory.Practitioner", models.CASCADE, related_name="diary")
    grid_minutes = models.PositiveSmallIntegerField(default=30)
    minimum_notice_minutes = models.PositiveIntegerField(default=120)
    horizon_days = models.PositiveSmallIntegerField(default=60)
    buffer_before_minutes = models.PositiveSmallIntegerField(default=0)
    buffer_after_minutes = models.PositiveSmallIntegerField(default=15)
    cancel_free_hours = models.PositiveSmallIntegerField(default=24)  # until so long before, it costs nothing
    late_cancel_percent = models.PositiveSmallIntegerField(default=50)  # of the price, after that

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
            models.CheckConstraint(
                name="diary_cancellation",
                condition=Q(cancel_free_hours__lte=14 * 24, late_cancel_percent__lte=100),
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


class Agreed(models.Model):
    """
    What is agreed on when a time is taken for a client: a later price, place or policy doesn't change it.

    It stands in the reservation already, since that is what the client reads before pressing "Book".
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practitioner = models.ForeignKey("directory.Practitioner", models.PROTECT, related_name="%(class)ss")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    client_zone = models.CharField(max_length=64)
    client_in = models.CharField(max_length=10, blank=True, default="")  # by video: whose law counts, "US-NY"
    offer = models.CharField(max_length=12, choices=Offer)
    mode = models.CharField(max_length=12, choices=Mode)
    minutes = models.PositiveSmallIntegerField()
    price_minor = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    address = models.CharField(max_length=500, blank=True, default="")
    free_until = models.DateTimeField()  # to cancel
    late_fee_minor = models.PositiveIntegerField()

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="%(class)s_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(name="%(class)s_offer", condition=Q(offer__in=Offer.values)),
            models.CheckConstraint(name="%(class)s_mode", condition=Q(mode__in=Mode.values)),
        )


class Reservation(Agreed):
    """
    A time kept for somebody while they say who they are; with its draft it is deleted when that time is up.

    Who holds it is known by the browser's session, which knows its public id. It outlives its service and
    place: what was shown stays agreed on for a quarter of an hour, and its time stays taken. ``press`` is the
    random number of the form that chose it: pressed twice, it is chosen once.
    """

    service = models.ForeignKey("directory.Service", models.SET_NULL, null=True, related_name="+")
    place = models.ForeignKey("directory.Place", models.SET_NULL, null=True, related_name="+")
    press = models.UUIDField(null=True, editable=False)
    draft = models.OneToOneField("intake.Draft", models.CASCADE, related_name="reservation")
    expires_at = models.DateTimeField()

    class Meta(Agreed.Meta):
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        indexes = (models.Index(fields=["expires_at"], name="reservations_that_end"),)

    def __str__(self) -> str:
        return f"reservation until {self.expires_at}"


class Status(models.TextChoices):
    """What became of an appointment."""

    BOOKED = "booked", _("booked")
    ARRIVED = "arrived", _("arrived")
    NO_SHOW = "no_show", _("did not come")
    CANCELLED = "cancelled", _("cancelled")


@keeps_history
class Appointment(Agreed):
    """
    A service for a person at a time, as it was agreed.

    ``local_start`` is the start by the practitioner's wall clock, so that a change of a zone's rules shows.
    """

    reservation = models.UUIDField(null=True, unique=True)  # what it was made of: booked twice is booked once
    practice = models.ForeignKey("accounts.Practice", models.PROTECT, related_name="appointments")
    person = models.ForeignKey("intake.Person", models.PROTECT, related_name="appointments")
    local_start = models.CharField(max_length=16)  # "2026-06-08T10:00"
    zone = models.CharField(max_length=64)
    intake = models.ForeignKey("intake.Intake", models.SET_NULL, null=True, related_name="appointments")
    status = models.CharField(max_length=10, choices=Status, default=Status.BOOKED)
    revision = models.PositiveSmallIntegerField(default=0)  # how often its calendar entry has changed
    message = models.TextField(max_length=1000, blank=True, default="")  # the practice's last, to the client
    booked_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_by_practice = models.BooleanField(null=True)  # who cancelled
    cancelled_at = models.DateTimeField(null=True)
    owed_minor = models.PositiveIntegerField(default=0)  # by who cancelled too late

    class Meta(Agreed.Meta):
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ("starts_at", "id")
        indexes = (models.Index(fields=["practitioner", "starts_at"], name="appointments_of"),)
        constraints = (
            *Agreed.Meta.constraints,
            models.CheckConstraint(name="appointment_status", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="appointment_cancelled_by_somebody",
                condition=Q(ended_by_practice__isnull=True) | Q(status="cancelled"),
            ),
            models.CheckConstraint(
                name="appointment_owed_by_who_cancelled",
                condition=Q(owed_minor=0) | Q(cancelled_at__isnull=False, ended_by_practice=False),
            ),
            models.CheckConstraint(
                name="appointment_cancelled_at",
                condition=Q(cancelled_at__isnull=True) | Q(status="cancelled"),
            ),
        )

    def __str__(self) -> str:
        return f"appointment {self.public_id}"


class LicenceNotice(models.Model):
    """Told once: what permits the practitioner ends before this visit."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="licence_notices")
    last_day = models.DateField(null=True)  # none: nothing permits them any more
    told_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("notice of an ending licence")
        verbose_name_plural = _("notices of ending licences")
        constraints = (
            models.UniqueConstraint(
                name="licence_notice_once", fields=["appointment", "last_day"], nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return f"{self.appointment_id}: {self.last_day}"


class TakenTime(models.Model):
    """
    Time of a practitioner's that is taken: the one table that makes double booking impossible.

    What lies in the same layer can't overlap. An appointment or blocked time is in every layer; a buffer only
    in that of its own appointment, so that buffers may overlap each other and nothing else.
    """

    class What(models.TextChoices):
        """Why it is taken."""

        BLOCKED = "blocked", _("blocked")
        RESERVED = "reserved", _("reserved")
        BOOKED = "booked", _("booked")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practitioner = models.ForeignKey("directory.Practitioner", models.PROTECT, related_name="taken")
    what = models.CharField(max_length=12, choices=What)
    reservation = models.ForeignKey(Reservation, models.CASCADE, null=True, related_name="taken")
    appointment = models.ForeignKey(Appointment, models.CASCADE, null=True, related_name="taken")
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
            models.CheckConstraint(
                name="taken_for_a_reason",
                condition=Q(what="blocked", reservation__isnull=True, appointment__isnull=True)
                | Q(what="reserved", reservation__isnull=False, appointment__isnull=True)
                | Q(what="booked", reservation__isnull=True, appointment__isnull=False),
            ),
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
