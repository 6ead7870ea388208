from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from unknot.web.audit.history import keeps_history
from unknot.web.site.database import NAME_IS_ONE_LINE


def label_of(field: str, choices: type[models.TextChoices]) -> Callable[[models.Model], str]:
    """
    A model's ``get_..._display`` by the choice itself: Django's own makes every label to find one.

    As there, what is none of the choices is shown as it is.
    """

    def label(thing: models.Model) -> str:
        value = getattr(thing, field)
        try:
            return str(choices(value).label)
        except ValueError:
            return str(value)

    return label


class Kind(models.TextChoices):
    """Who may join; ids of the knowledge base's kinds of practitioner."""

    MASSAGE_THERAPIST = "massage_therapist", _("Massage therapist")
    PHYSICAL_THERAPIST = "physical_therapist", _("Physical therapist")
    OCCUPATIONAL_THERAPIST = "occupational_therapist", _("Occupational therapist")
    CHIROPRACTOR = "chiropractor", _("Chiropractor")
    ATHLETIC_TRAINER = "athletic_trainer", _("Athletic trainer")


class Practitioner(models.Model):
    """Somebody who treats. Nobody sees the profile before it went live."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField("accounts.User", models.PROTECT, related_name="practitioner")
    practice = models.ForeignKey("accounts.Practice", models.PROTECT, related_name="practitioners")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30, choices=Kind)
    get_kind_display = label_of("kind", Kind)
    jurisdiction = models.CharField(max_length=10)  # which place's law one works under: "US-NY", "GB"
    zone = models.CharField(max_length=64)
    about = models.TextField(max_length=1500, blank=True, default="")
    # parts of the body that one works with most; ids of the knowledge base's groups of regions
    focus = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    meeting_link = models.URLField(max_length=300, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")  # for who has an appointment, nobody else
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    went_live_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("practitioner")
        verbose_name_plural = _("practitioners")
        constraints = (
            models.CheckConstraint(name="practitioner_kind", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="practitioner_name_is_one_line", condition=NAME_IS_ONE_LINE & ~Q(name="")
            ),
            models.CheckConstraint(
                name="meeting_link_is_safe",
                condition=Q(meeting_link="") | Q(meeting_link__startswith="https://"),
            ),
            models.CheckConstraint(
                name="practitioner_phone_is_international",
                condition=Q(phone="") | Q(phone__regex=r"^\+[0-9]{5,15}$"),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Owned(models.Model):
    """Something of one practitioner's."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practitioner = models.ForeignKey(Practitioner, models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True


class Place(Owned):
    """Where a practitioner treats in person."""

    name = models.CharField(max_length=120, blank=True, default="")
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=12, blank=True, default="")
    city = models.CharField(max_length=80)
    jurisdiction = models.CharField(max_length=10)

    class Meta:
        verbose_name = _("place of work")
        verbose_name_plural = _("places of work")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="place_has_street_and_city", condition=~Q(street="") & ~Q(city="")),
        )

    def __str__(self) -> str:
        return f"{self.street}, {self.city}"


class CredentialKind(models.TextChoices):
    """A licence permits to practise; a certificate says what was learnt; an insurance pays for harm."""

    LICENCE = "licence", _("Licence")
    CERTIFICATE = "certificate", _("Certificate")
    INSURANCE = "insurance", _("Liability insurance")


class CredentialState(models.TextChoices):
    """What an administrator found."""

    WAITING = "waiting", _("being checked")
    VERIFIED = "verified", _("verified")
    REFUSED = "refused", _("not accepted")


@keeps_history
class Credential(Owned):
    """
    What permits or qualifies a practitioner, as they say; an administrator verifies it by evidence.

    Given anew it waits again; what it was, who decided on it and by which evidence its history keeps.
    """

    kind = models.CharField(max_length=12, choices=CredentialKind)
    get_kind_display = label_of("kind", CredentialKind)
    issuer = models.CharField(max_length=120)  # a licence's is a jurisdiction: "US-NY"
    number = models.CharField(max_length=40)
    expires_on = models.DateField(null=True)  # its last day, by the practitioner's calendar
    given_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=CredentialState, default=CredentialState.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    evidence = models.CharField(max_length=300, blank=True, default="")  # where it was looked up
    reason = models.CharField(max_length=300, blank=True, default="")  # why it was refused

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = ("kind", "id")
        constraints = (
            models.UniqueConstraint(
                name="credential_given_once",
                fields=["practitioner", "kind", "issuer", "number"],
                violation_error_message=_("You have given this one already."),
            ),
            models.CheckConstraint(name="credential_kind", condition=Q(kind__in=CredentialKind.values)),
            models.CheckConstraint(
                name="credential_expires_unless_a_certificate",
                condition=Q(kind="certificate") | Q(expires_on__isnull=False),
            ),
            models.CheckConstraint(
                name="credential_decided_with_its_grounds",
                condition=Q(state="waiting", decided_at__isnull=True, decided_by__isnull=True)
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False)
                    & (Q(state="verified") & ~Q(evidence="") | Q(state="refused") & ~Q(reason=""))
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def counts(self, today: date) -> bool:
        """Whether it is verified and its last day has not ended; ``today`` in the practitioner's zone."""
        return self.state == CredentialState.VERIFIED and (
            self.expires_on is None or self.expires_on >= today
        )


class Offer(models.TextChoices):
    """What can be booked."""

    DISCOVERY = "discovery", _("Discovery call")
    SINGLE = "single", _("Single session")
    COURSE = "course", _("First session of a course")


class Mode(models.TextChoices):
    """Where it happens."""

    IN_PERSON = "in_person", _("In person")
    VIDEO = "video", _("By video")


ONE_CURRENCY = """
IF EXISTS (
    SELECT FROM directory_service other
    WHERE other.practitioner_id = NEW.practitioner_id AND other.id <> NEW.id
      AND other.currency <> NEW.currency AND 'discovery' NOT IN (other.offer, NEW.offer)
) THEN
    RAISE EXCEPTION 'the prices of a practitioner are in one currency' USING ERRCODE = 'exclusion_violation';
END IF;
RETURN NULL;
"""
"""Without an extension no constraint says so; that two don't write at once is `actions`' to see to."""


class Service(Owned):
    """
    One thing that a practitioner offers, with its price in minor units of a currency.

    It is the same for all sessions of one practitioner, so that the cheapest is really that.
    """

    offer = models.CharField(max_length=12, choices=Offer)
    mode = models.CharField(max_length=12, choices=Mode)
    get_offer_display = label_of("offer", Offer)
    get_mode_display = label_of("mode", Mode)
    minutes = models.PositiveSmallIntegerField()
    price_minor = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ("minutes", "offer", "mode")
        constraints = (
            models.UniqueConstraint(
                name="service_offered_once",
                fields=["practitioner", "offer", "mode", "minutes"],
                violation_error_message=_("You offer this already; change its price there."),
            ),
            models.CheckConstraint(name="service_offer", condition=Q(offer__in=Offer.values)),
            models.CheckConstraint(name="service_mode", condition=Q(mode__in=Mode.values)),
            models.CheckConstraint(name="service_minutes", condition=Q(minutes__gte=15, minutes__lte=180)),
            models.CheckConstraint(
                name="only_a_discovery_call_is_free",
                condition=Q(offer="discovery", mode="video", minutes=15, price_minor=0)
                | (~Q(offer="discovery") & Q(price_minor__gt=0)),
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="one_currency",
                when=pgtrigger.After,  # all of a statement, so that one may change them all
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=ONE_CURRENCY,
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_offer_display()}, {self.minutes} min"

    @property
    def needs_client_in(self) -> bool:
        """
        Whether it is given where the client is, whose law then counts.

        A session by video is; a call to get to know each other is no treatment.
        """
        return self.mode == Mode.VIDEO and self.offer != Offer.DISCOVERY
