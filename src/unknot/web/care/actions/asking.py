"""The letter that asks for half a minute before a visit."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _

from unknot.web.audit.actions import record
from unknot.web.audit.models import Did
from unknot.web.booking.keys import key_of, page_of
from unknot.web.booking.models import Appointment, Status
from unknot.web.booking.words import when
from unknot.web.care.models import CheckIn
from unknot.web.directory.models import Offer
from unknot.web.outbox.actions import enqueue

ASKED_BEFORE = timedelta(hours=26)


def ask_before_visits(now: datetime) -> int:
    """Ask everybody with a session within the next day, once for each time it is at; say how many."""
    soon = Appointment.objects.filter(
        status=Status.BOOKED, starts_at__gt=now, starts_at__lte=now + ASKED_BEFORE
    ).exclude(Q(offer=Offer.DISCOVERY) | Q(check_in__for_start=F("starts_at")))
    return sum(_ask(found.pk, now) for found in soon.exclude(person__contact__email="").only("pk"))


@transaction.atomic
def _ask(key: int, now: datetime) -> bool:
    """Once: the appointment may have been cancelled, moved or answered since it was found."""
    locked = Appointment.objects.select_for_update(of=("self",))
    found = locked.select_related("person__contact", "practitioner", "practice").get(pk=key)
    contact = getattr(found.person, "contact", None)
    if found.status != Status.BOOKED or contact is None or not contact.email or _is_asked(found):
        return False
    CheckIn.objects.update_or_create(
        appointment=found, defaults={"asked_at": now, "for_start": found.starts_at}
    )
    _send(found, contact.email)
    ids, practice = [found.public_id], found.practice.public_id
    record(Did.CHANGED, CheckIn._meta.label_lower, ids, by=None, practice=practice)
    return True


def _is_asked(appointment: Appointment) -> bool:
    return CheckIn.objects.filter(appointment=appointment, for_start=appointment.starts_at).exists()


def _send(appointment: Appointment, email: str) -> None:
    name = appointment.practitioner.name
    link = settings.ORIGIN + page_of(appointment, key_of(appointment), route="desk:check-in")
    with translation.override(appointment.person.language):
        lines = [
            _("Your appointment with %(name)s is near:") % {"name": name},
            when(appointment.starts_at, appointment.client_zone),
            "",
            _("A few short questions before it take half a minute:"),
            link,
            "",
        ]
        enqueue(to=email, subject=_("Appointment with %(name)s") % {"name": name}, text="\n".join(lines))
