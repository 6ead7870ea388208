"""
Letters about appointments: to the client in their language, to practitioner and administrators in English.

None names a complaint, a part of the body, a health answer, a service's name or anybody's free text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from unknot.web.accounts.models import User
from unknot.web.booking.calendars import FILE_NAME, calendar_file, media_type
from unknot.web.booking.keys import key_of, page_of
from unknot.web.booking.models import Appointment, Status
from unknot.web.booking.words import cancelling, leading_zone, map_of, owed, same_clock, when
from unknot.web.directory.models import Mode, Practitioner
from unknot.web.directory.phones import readable
from unknot.web.outbox.actions import Attachment, enqueue

PRACTICES_LANGUAGE = "en"


@dataclass(frozen=True)
class Reader:
    """
    Who gets a letter: their address and language, whom they meet, and their page of it.

    ``zone`` is the clock that leads, ``own_zone`` their own; ``page`` is the link without a key, since a
    calendar is often shared.
    """

    email: str
    language: str
    zone: str
    own_zone: str
    meets: str
    link: str
    page: str


def booked(appointment: Appointment) -> None:
    """It is confirmed."""
    _send(appointment, _client(appointment), _confirmed, lambda _to: _reach(appointment))
    _send(appointment, _practitioner(appointment), _somebody_booked)


def moved(appointment: Appointment, *, by_practice: bool, before: datetime) -> None:
    """It has another time; ``before`` it began then."""

    def was(to: Reader) -> list[str]:
        return [_("Until now it was: %(time)s") % {"time": when(before, to.zone)}]

    def to_client(to: Reader) -> list[str]:
        return [*was(to), *_message_waits(appointment, by_practice=by_practice), *_reach(appointment)]

    _send(appointment, _client(appointment), _moved if by_practice else _moved_by_reader, to_client)
    if not by_practice:
        _send(appointment, _practitioner(appointment), _moved, was)


def cancelled(appointment: Appointment, *, by_practice: bool) -> None:
    """It will not be."""

    def is_free(_to: Reader) -> list[str]:
        return [] if appointment.owed_minor else [_("Nothing is owed for it.")]

    def to_client(to: Reader) -> list[str]:
        return [*is_free(to), *_message_waits(appointment, by_practice=by_practice)]

    _send(appointment, _client(appointment), _cancelled if by_practice else _cancelled_by_reader, to_client)
    if not by_practice:
        _send(appointment, _practitioner(appointment), _cancelled, is_free)


def licence_ends(appointment: Appointment, last_day: date | None) -> None:
    """What permits the practitioner to work ends before the visit, or, without a last day, has ended."""
    _send(appointment, _client(appointment), _choose_again)
    _send(appointment, _practitioner(appointment), lambda name: _renew_for(name, last_day))
    for administrator in User.objects.filter(is_superuser=True):
        enqueue(
            to=administrator.email,
            subject=_("A licence ends before a visit"),
            text=_to_administrators(appointment.practitioner.name, last_day),
        )


def client_link(appointment: Appointment) -> str:
    """The client's page of an appointment, for who signs in."""
    return settings.ORIGIN + page_of(appointment)


def practice_link(appointment: Appointment) -> str:
    """The practitioner's page of an appointment."""
    return settings.ORIGIN + reverse("desk:visit", kwargs={"public_id": appointment.public_id})


def _client(appointment: Appointment) -> Reader:
    """Who has no address is told by phone, by the practice."""
    person = appointment.person
    contact = getattr(person, "contact", None)
    return Reader(
        email=contact.email if contact else "",
        language=person.language,
        zone=leading_zone(appointment),
        own_zone=appointment.client_zone,
        meets=appointment.practitioner.name,
        link=settings.ORIGIN + page_of(appointment, key_of(appointment)),
        page=client_link(appointment),
    )


def _practitioner(appointment: Appointment) -> Reader:
    practitioner, link = appointment.practitioner, practice_link(appointment)
    return Reader(
        email=practitioner.user.email,
        language=PRACTICES_LANGUAGE,
        zone=practitioner.zone,
        own_zone=practitioner.zone,
        meets=appointment.person.name,
        link=link,
        page=link,
    )


def _send(
    appointment: Appointment,
    to: Reader,
    says: Callable[[str], str],
    more: Callable[[Reader], list[str]] = lambda _to: [],
) -> None:
    if not to.email:
        return
    with translation.override(to.language):
        lines = [says(to.meets), "", *_when(appointment, to), _where(appointment)]
        if appointment.status == Status.BOOKED:
            lines.append(cancelling(appointment, to.zone, timezone.now()))
        elif due := owed(appointment):
            lines.append(due)
        lines += more(to)
        entry = calendar_file(appointment, with_whom=to.meets, link=to.page, now=timezone.now())
        enqueue(
            to=to.email,
            subject=_("Appointment with %(name)s") % {"name": to.meets},
            text="\n".join([*lines, "", _("Open it here:"), to.link, ""]),
            attachment=Attachment(FILE_NAME, media_type(appointment), entry),
        )


def _when(appointment: Appointment, to: Reader) -> list[str]:
    """By the clock that leads, and by the reader's own where it shows another time."""
    lines = [when(appointment.starts_at, to.zone)]
    if to.own_zone != to.zone and not same_clock(appointment):
        lines.append(_("By your own clock: %(time)s") % {"time": when(appointment.starts_at, to.own_zone)})
    return lines


def _where(appointment: Appointment) -> str:
    if appointment.mode == Mode.IN_PERSON:
        return appointment.address
    return _("By video: the way in opens on the page below ten minutes before.")


def _confirmed(name: str) -> str:
    return _("Your appointment with %(name)s is confirmed.") % {"name": name}


def _somebody_booked(name: str) -> str:
    return _("%(name)s has an appointment with you.") % {"name": name}


def _moved(name: str) -> str:
    return _("%(name)s has moved your appointment: it has another time now.") % {"name": name}


def _moved_by_reader(name: str) -> str:
    return _("You have moved your appointment with %(name)s: it has another time now.") % {"name": name}


def _cancelled(name: str) -> str:
    return _("%(name)s has cancelled: your appointment is cancelled.") % {"name": name}


def _cancelled_by_reader(name: str) -> str:
    return _("You have cancelled: your appointment with %(name)s is cancelled.") % {"name": name}


def _message_waits(appointment: Appointment, *, by_practice: bool) -> list[str]:
    """The words themselves stand on the page: nobody can know what they hold."""
    if not (by_practice and appointment.message):
        return []
    return [_("A message to you waits on the page below.")]


def _reach(appointment: Appointment) -> list[str]:
    """How to reach the practice on the day, and the way there."""
    practitioner = appointment.practitioner
    profile = reverse("search:practitioner", kwargs={"public_id": practitioner.public_id})
    lines = [
        "",
        _("To reach %(name)s: %(how)s") % {"name": practitioner.name, "how": _ways_to(practitioner)},
        _("Profile: %(link)s") % {"link": settings.ORIGIN + profile},
    ]
    if appointment.address:
        lines.append(_("The way there: %(link)s") % {"link": map_of(appointment.address)})
    return lines


def _ways_to(practitioner: Practitioner) -> str:
    phone = [readable(practitioner.phone)] if practitioner.phone else []
    return ", ".join([*phone, practitioner.user.email])


def _choose_again(name: str) -> str:
    return _(
        "What permits %(name)s to practise ends before your appointment. If it is renewed in time, nothing"
        " changes. If you would rather not wait, the page below lets you choose an earlier time or cancel,"
        " which costs nothing, and find somebody else."
    ) % {"name": name}


def _renew_for(name: str, last_day: date | None) -> str:
    if last_day is None:
        return _(
            "Nothing that permits you to practise is verified any more, and you have an appointment with"
            " %(name)s. Look at your credentials on your profile, or cancel the appointment."
        ) % {"name": name}
    return _(
        "Your licence, or what stands for it, ends on %(day)s, before your appointment with %(name)s."
        " Renew it and give its new last day on your profile, or move the appointment."
    ) % {"name": name, "day": date_format(last_day, "DATE_FORMAT")}


def _to_administrators(name: str, last_day: date | None) -> str:
    if last_day is None:
        return _(
            "Nothing that permits %(name)s to practise is verified any more, and somebody is booked."
            " Both have been told."
        ) % {"name": name}
    return _(
        "What permits %(name)s to practise ends on %(day)s, and somebody is booked after that day."
        " Both have been told."
    ) % {"name": name, "day": date_format(last_day, "DATE_FORMAT")}
