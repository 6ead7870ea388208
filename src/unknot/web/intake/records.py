"""What a person told, read back for a day: drawing, answers as they are then, notes that count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from unknot.errors import InputError
from unknot.knowledge import load
from unknot.planning import with_symptoms_of
from unknot.screening import Clearance as Note
from unknot.screening import days_later, screen
from unknot.web.intake.answer import kind_of
from unknot.web.intake.told import Told, read_told
from unknot.web.intake.walk import walk_of
from unknot.web.site.languages import language

if TYPE_CHECKING:
    from unknot.screening.result import Screening
    from unknot.web.intake.models import Clearance

GUARDIAN = "guardian"
INTAKE_STALE = "intake_stale"
"""The rule that fires when answers are too old."""


@dataclass(frozen=True)
class Bookable:
    """
    What FORMAT's table lets a person book for one day, and why not more.

    ``screening`` is None where nothing was told.
    """

    discovery: bool
    sessions: bool
    screening: Screening | None

    def allows(self, *, discovery: bool) -> bool:
        """Whether the discovery call, or a session, may be booked."""
        return self.discovery if discovery else self.sessions


NOTHING_TOLD = Bookable(discovery=True, sessions=False, screening=None)
"""All questions are open, which holds the session and leaves the call."""


@dataclass(frozen=True)
class Record:
    """What was told on a day, with the notes that were recorded since."""

    told: Told
    told_on: date
    notes: tuple[Clearance, ...] = ()
    guardian_consents: bool = False

    def on(self, day: date) -> Told:
        """The drawing, and the answers as they will be on a day with the notes that count then."""
        later = days_later(self.told.answers, max((day - self.told_on).days, 0))
        notes = (*_counting(self.notes, day), *self._consent_of_guardian())
        return Told(self.told.drawing, msgspec.structs.replace(later, clearances=(*later.clearances, *notes)))

    def bookable(self, day: date) -> Bookable:
        """
        What may be booked for a day, by FORMAT's table.

        Symptoms and emergencies count as they are now; what grows older, as it will be then.
        """
        now = screening_on(self, self.told_on)
        if now.decision == "emergency":
            return Bookable(discovery=False, sessions=False, screening=now)
        found = screening_on(self, day)
        if found.decision == "emergency" or kind_of(found) == "stop":
            return Bookable(discovery=False, sessions=False, screening=found)
        held = found.held or found.unplaced or found.treatable == "none"
        sessions = not held and kind_of(found) != "clearance"
        return Bookable(discovery=True, sessions=sessions, screening=found)

    def _consent_of_guardian(self) -> list[Note]:
        """The rules that a guardian's consent clears; it is given in the booking itself, today."""
        if not self.guardian_consents:
            return []
        rules = load().rules.values()
        return [Note(r.id, by=GUARDIAN, days_ago=0) for r in rules if r.clears_with.who == GUARDIAN]


def screening_on(record: Record, day: date) -> Screening:
    """The answers screened for a day, with the symptoms that the drawing told."""
    told = record.on(day)
    return screen(with_symptoms_of(told.drawing, told.answers), load(), lang=language())


def read_record(drawing: str, selection: str, told_on: date, notes: tuple[Clearance, ...] = ()) -> Record:
    """
    From the fields of the walk, as a draft or an intake keeps them.

    Questions left open stay open. Raises InputError where they can't be read.
    """
    told = read_told(walk_of(drawing, selection), load(), asked_again=True)
    fresh = msgspec.structs.replace(told.answers.facts, intake_age_days=0)  # and from then on it grows older
    answers = msgspec.structs.replace(told.answers, facts=fresh)
    return Record(Told(told.drawing, answers), told_on, notes)


def emergency_in(drawing: str, selection: str, told_on: date) -> Screening | None:
    """What screening says of the fields of a walk, where that is an emergency; what can't be read is none."""
    try:
        found = screening_on(read_record(drawing, selection, told_on), told_on)
    except InputError:
        return None
    return found if found.decision == "emergency" else None


def is_minor(record: Record) -> bool:
    """Whether a guardian has to book."""
    found = screening_on(record, record.told_on)
    return any(load().rules[fired.rule].clears_with.who == GUARDIAN for fired in found.fired)


def _counting(notes: Iterable[Clearance], day: date) -> list[Note]:
    return [
        Note(note.rule, by=note.by_whom, days_ago=(day - note.given_on).days, pressure_max=note.pressure_max)
        for note in notes
        if note.given_on <= day and (note.until is None or day <= note.until)
    ]
