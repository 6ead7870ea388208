from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unknot.web.audit.history import keeps_history
from unknot.web.site.database import NAME_IS_ONE_LINE


@keeps_history
class Person(models.Model):
    """
    A client of one practice, its custodian. A person is no account.

    An account may act for several persons, two persons may share an address or a phone, and one may have
    neither.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practice = models.ForeignKey("accounts.Practice", models.PROTECT, related_name="persons")
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="en")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints = (
            models.CheckConstraint(name="person_name_is_one_line", condition=NAME_IS_ONE_LINE & ~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name


class ContactDetails(models.Model):
    """How to reach a person; in a table of its own without history, so that it can be erased at once."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="contact")
    email = models.EmailField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")  # "+12125550123"

    class Meta:
        verbose_name = _("contact details")
        verbose_name_plural = _("contact details")
        constraints = (
            models.CheckConstraint(
                name="phone_is_international", condition=Q(phone="") | Q(phone__regex=r"^\+[0-9]{5,15}$")
            ),
        )

    def __str__(self) -> str:
        return f"contact of {self.person_id}"


class As(models.TextChoices):
    """In which part an account acts for a person."""

    SELF = "self", _("oneself")
    GUARDIAN = "guardian", _("parent or guardian")
    OTHER = "other", _("somebody they trust")


@keeps_history
class ActsFor(models.Model):
    """An account that may see and do what a person may."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="acts_for")
    person = models.ForeignKey(Person, models.CASCADE, related_name="actors")
    acts_as = models.CharField(max_length=10, choices=As)
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("account that acts for a person")
        verbose_name_plural = _("accounts that act for persons")
        constraints = (
            models.UniqueConstraint(name="acts_for_once", fields=["user", "person"]),
            models.CheckConstraint(name="acts_for_as", condition=Q(acts_as__in=As.values)),
        )

    def __str__(self) -> str:
        return f"{self.user_id} for {self.person_id}"


class Draft(models.Model):
    """
    What somebody told and typed on the way to a booking; deleted soon, unless booked, and kept nowhere else.

    ``drawing`` and ``selection`` are the fields of the visitor's walk, ``typed`` those of the booking's form.
    """

    made_at = models.DateTimeField(default=timezone.now, editable=False)
    drawing = models.TextField(blank=True, default="")
    selection = models.TextField(blank=True, default="")
    typed = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return f"draft {self.pk}"


UNCHANGED = (pgtrigger.Protect(name="as_it_was_told", operation=pgtrigger.Update),)
NEVER_REMOVED = "never removed: see unknot.server.roles"


class Intake(models.Model):
    """
    What a person told once, with consent to keep it: the drawing and the answers about health.

    Nobody changes it: who tells anew makes a new one. ``drawing`` and ``selection`` as in a draft.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practice = models.ForeignKey("accounts.Practice", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="intakes")
    told_at = models.DateTimeField()
    told_on = models.DateField()  # by the practitioner's calendar, from which times are counted
    drawing = models.TextField()
    selection = models.TextField()

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        ordering = ("-told_at", "-id")
        triggers = UNCHANGED
        db_table_comment = NEVER_REMOVED

    def __str__(self) -> str:
        return f"intake of {self.person_id} on {self.told_on}"


class ScreeningResult(models.Model):
    """What screening said of the answers for one day, with the whole result as FORMAT writes it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practice = models.ForeignKey("accounts.Practice", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="screenings")
    intake = models.ForeignKey(Intake, models.CASCADE, related_name="screenings")
    for_day = models.DateField()
    screened_at = models.DateTimeField()
    decision = models.CharField(max_length=12)
    held = models.BooleanField()
    result = models.JSONField()

    class Meta:
        verbose_name = _("screening result")
        verbose_name_plural = _("screening results")
        ordering = ("-screened_at", "-id")
        triggers = UNCHANGED
        db_table_comment = NEVER_REMOVED

    def __str__(self) -> str:
        return f"{self.decision} for {self.for_day}"


@keeps_history
class Clearance(models.Model):
    """
    A note that clears a rule for a person: by whom, when, until when.

    ``until`` is the note's own end, where it names one; how old it may be at all the rule says.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practice = models.ForeignKey("accounts.Practice", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="clearances")
    rule = models.CharField(max_length=60)
    by_whom = models.CharField(max_length=80)  # as the rule names them: "physician"
    given_by = models.CharField(max_length=120)  # their name
    given_on = models.DateField()
    until = models.DateField(null=True)
    pressure_max = models.PositiveSmallIntegerField(null=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    # none: by who had the key of a letter, as a guardian who tells for a minor
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        ordering = ("-given_on", "-id")
        constraints = (
            models.CheckConstraint(
                name="clearance_ends_after_it_was_given",
                condition=Q(until__isnull=True) | Q(until__gte=F("given_on")),
            ),
            models.CheckConstraint(
                name="clearance_pressure",
                condition=Q(pressure_max__isnull=True) | Q(pressure_max__gte=1, pressure_max__lte=5),
            ),
            models.CheckConstraint(name="clearance_by_somebody", condition=~Q(given_by="")),
        )

    def __str__(self) -> str:
        return f"{self.rule}, {self.given_on}"


CONSENTED_TO = ("keeping", "minor", "plan", "area")


class Consent(models.Model):
    """
    What was agreed to, in the words that were shown, and by whom.

    Nobody changes it; an account that goes leaves it behind, without its own name.
    """

    class To(models.TextChoices):
        """What was agreed to."""

        KEEPING = "keeping", _("keeping what was told")
        TREATING_A_MINOR = "minor", _("treatment of a minor")
        PLAN = "plan", _("today's plan")
        AREA = "area", _("work at a sensitive area")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practice = models.ForeignKey("accounts.Practice", models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    to = models.CharField(max_length=10, choices=To)
    words = models.TextField()
    given_by = models.CharField(max_length=120)
    given_at = models.DateTimeField()
    user = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ("-given_at", "-id")
        constraints = (
            models.CheckConstraint(name="consent_to", condition=Q(to__in=CONSENTED_TO)),
            models.CheckConstraint(name="consent_in_words", condition=~Q(words="") & ~Q(given_by="")),
        )
        triggers = (
            pgtrigger.Protect(
                name="as_it_was_agreed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NEW.user_id IS NOT NULL OR to_jsonb(OLD) - 'user_id' <> to_jsonb(NEW) - 'user_id'"
                ),
            ),
        )
        db_table_comment = NEVER_REMOVED

    def __str__(self) -> str:
        return f"{self.to}, {self.given_at:%Y-%m-%d}"
