"""What the pages of care read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from unknot.atlas import figure, render_figure
from unknot.knowledge import load
from unknot.knowledge.labels import rule_words
from unknot.knowledge.places import SIDES
from unknot.outcomes import Answer
from unknot.outcomes.words import Speaker as Outcomes
from unknot.planning import OtherWork
from unknot.planning.result import LightWork
from unknot.pressure import find_holds, read_trace
from unknot.pressure.plot import render_trace
from unknot.web.booking.models import Appointment
from unknot.web.care.models import (
    CheckIn,
    Course,
    Finding,
    Hold,
    Instrument,
    Note,
    Reevaluation,
    Session,
)
from unknot.web.care.today import Point, Today, has_agreed, today
from unknot.web.care.words import point_name, technique_name, told_value
from unknot.web.directory.models import Practitioner
from unknot.web.intake.adaptations import changes, side_words
from unknot.web.intake.answer import reasons
from unknot.web.intake.drawing_page import figure_names
from unknot.web.intake.models import Consent
from unknot.web.intake.queries import record_of
from unknot.web.intake.records import is_minor
from unknot.web.learn.references import References
from unknot.web.site.languages import language

WHOLE = ("front", "back")
ENDING = ("absolute", "emergency")
"""Decisions that end a visit whatever else was left open."""


@dataclass(frozen=True)
class InQueue:
    """A planned hold in words; ``why_closed`` is empty where it may be done."""

    point: Point
    name: str
    location: str
    why_closed: str


def next_step(session: Session) -> str:
    """The route of what is to be done next in a session."""
    note = note_of(session)
    if note and note.signed_at:
        return "care:close"
    if session.stopped:
        return "care:note"
    day = today(session)
    if day is None or not day.is_checked:
        return "care:check"
    if not day.may_touch:
        return "care:stop"
    return "care:treat" if has_agreed(session) else "care:consent"


def sessions_at(appointments: Collection[Appointment]) -> dict[int, Session]:
    """The sessions of some appointments, by their keys, with note and holds."""
    found = Session.objects.filter(appointment__in=appointments)
    return {s.appointment_id: s for s in found.select_related("note").prefetch_related("holds")}


def note_of(session: Session) -> Note | None:
    """The note, as far as one was kept."""
    return Note.objects.filter(session=session).first()


def session_before(session: Session) -> Session | None:
    """The last session of the same course."""
    return session.course.sessions.filter(position__lt=session.position).order_by("-position").first()


def areas_asked_before(session: Session) -> tuple[str, ...]:
    """The areas that were asked about in this session already."""
    return tuple(session.areaconsents.values_list("area", flat=True))


def consent_given(session: Session) -> dict[str, object]:
    """What the form of consent begins with; for a minor the guardian who agreed in the booking."""
    consent = session.consent
    said = {f"area-{a.area}": "yes" if a.given else "no" for a in session.areaconsents.all()}
    guardian = session.course.person.consents.filter(to=Consent.To.TREATING_A_MINOR).first()
    likeliest = guardian.given_by if guardian else session.course.person.name
    if minor_of(session) and not guardian:
        likeliest = ""
    return {**said, "plan": consent is not None, "given_by": consent.given_by if consent else likeliest}


def minor_of(session: Session) -> str:
    """The name of a client who is under age; empty for everybody else."""
    intake = session.appointment.intake
    record = record_of(intake) if intake else None
    return session.course.person.name if record and is_minor(record) else ""


def queue_words(day: Today) -> list[InQueue]:
    """Today's protocol in words."""
    return [
        InQueue(
            point,
            point_name(point.muscle.id, point.side, point.trigger_point.id, load()),
            point.trigger_point.location,
            "" if point.hold else _("waits for consent"),
        )
        for point in day.queue()
    ]


def keep_to(day: Today) -> tuple[str, ...]:
    """How work is adapted today, by the rules that the booking and the check fired."""
    return changes(day.screening, load())


def charts(day: Today) -> list[SafeString]:
    """Front and back with what hurts, to choose a place on; the list beside them does the same."""
    sides = load().labels.side
    return [
        mark_safe(  # noqa: S308 - the atlas escapes what it is given
            render_figure(
                figure(id_),
                title=figure_names()[id_],
                id_prefix=f"guide-{id_}",
                pain=day.told.drawing.regions,
                interactive=True,
                side_names={side: sides[side].in_(language()).capitalize() for side in SIDES},
            )
        )
        for id_ in WHOLE
    ]


def told_before(session: Session) -> dict[str, object]:
    """What the form for the whole session begins with: what the client told at home, until it is charted."""
    told = CheckIn.objects.filter(appointment=session.appointment).first()
    return {} if session.changed or told is None else {"changed": told.changed}


def findings(session: Session) -> list[tuple[str, Finding]]:
    """What palpation found, with the points' names."""
    kb = load()
    return [(point_name(f.muscle, f.side, f.trigger_point, kb), f) for f in session.findings.all()]


def other_work(session: Session, day: Today) -> tuple[OtherWork, ...]:
    """What may be done beside the holds in a session."""
    return day.other_work(hold.point for hold in session.holds.all())


def light_words(day: Today) -> list[tuple[str, str, LightWork]]:
    """Where today's plan works lightly and holds nothing: the point's name and the technique's."""
    kb = load()
    return [
        (point_name(w.muscle, w.side, w.trigger_point, kb), technique_name(w.technique, kb), w)
        for w in day.light_work()
    ]


def charted_at(session: Session) -> dict[str, list[Hold]]:
    """What was pressed, by point."""
    at: dict[str, list[Hold]] = {}
    for hold in session.holds.all():
        at.setdefault(hold.point, []).append(hold)
    return at


def charted_elsewhere(session: Session, day: Today) -> list[tuple[str, list[Hold]]]:
    """What was pressed at points that today's plan doesn't offer, with their names."""
    offered = {point.id for point in day.queue() if point.hold}
    kb = load()
    return [
        (point_name(pressed[0].muscle, pressed[0].side, pressed[0].trigger_point, kb), pressed)
        for at, pressed in charted_at(session).items()
        if at not in offered
    ]


def motions_to_try(day: Today) -> list[str]:
    """Names of motions: what today's muscles restrict, and what the measures of neck and back ask."""
    kb = load()
    of_muscles = (m for point in day.queue() for m in point.muscle.restricted_motion)
    measured = (
        f"{part}, {norm.motion.replace('_', ' ')}"
        for part, id_ in (("neck", "arom_cervical"), ("low back", "arom_lumbar"))
        for norm in kb.instruments[id_].norms
    )
    return list(dict.fromkeys((*of_muscles, *measured)))


def traces(charted: Sequence[Hold]) -> list[tuple[str, Hold, SafeString]]:
    """The holds with a force trace, each with its picture."""
    kb = load()
    return [
        (name, hold, _picture(hold, name))
        for hold in charted
        if hasattr(hold, "trace")
        for name in [point_name(hold.muscle, hold.side, hold.trigger_point, kb)]
    ]


def _picture(hold: Hold, name: str) -> SafeString:
    trace = read_trace(hold.trace.content.encode())
    drawn = render_trace(trace, find_holds(trace), title=name, id_prefix=f"trace-{hold.pk}")
    return mark_safe(drawn)  # noqa: S308 - the core escapes what it is given


def sections(note: Note) -> list[tuple[str, str]]:
    """The four parts of a note with their names."""
    return [
        (_("Subjective"), note.subjective),
        (_("Objective"), note.objective),
        (_("Assessment"), note.assessment),
        (_("Plan"), note.plan),
    ]


def signature(practitioner: Practitioner) -> str:
    """The name under a note, with the kind of practitioner."""
    return f"{practitioner.name}, {practitioner.get_kind_display()}"


def open_course(appointment: Appointment) -> Course | None:
    """The course that the appointment belongs to, or will."""
    courses = Course.objects.filter(practitioner=appointment.practitioner, person=appointment.person)
    return courses.filter(ended_at__isnull=True).first()


def course_of(appointment: Appointment) -> Course | None:
    """The course of an appointment's session; before it, the open one."""
    session = Session.objects.filter(appointment=appointment).select_related("course__practice").first()
    return session.course if session else open_course(appointment)


def told_in(appointment: Appointment) -> dict[str, object]:
    """What the form before a visit begins with: what was told for it already."""
    told = CheckIn.objects.filter(appointment=appointment, told_at__isnull=False).first()
    scores = {(s.instrument, s.activity_id): s.value for s in appointment.scores.all()}
    course = open_course(appointment)
    there = list(course.activities.all()) if course else []
    rated = {f"rated-{n}": scores.get((Instrument.PSFS, one.pk)) for n, one in enumerate(there)}
    named = {f"named-{n}": one.words for n, one in enumerate(there)}
    return {
        "pain_last_week": scores.get((Instrument.NPRS, None)),
        "change": scores.get((Instrument.GROC, None)),
        "changed": told.changed if told else "",
        **rated,
        **named,
    }


def has_told(appointment: Appointment) -> bool:
    """Whether the half minute was spent."""
    return CheckIn.objects.filter(appointment=appointment, told_at__isnull=False).exists()


def visits(course: Course) -> list[tuple[Session, str]]:
    """The sessions of a course, in their order, each with how it was decided to go on."""
    found = course.sessions.select_related("appointment", "note", "reevaluation").order_by("position")
    return [(session, way_on(session)) for session in found]


def way_on(session: Session) -> str:
    """What the client reads of a decision: the practitioner's own words, else the usual ones; or nothing."""
    decision: Reevaluation | None = getattr(session, "reevaluation", None)
    if decision is None:
        return ""
    return decision.words or Outcomes(load(), language()).answer_for_client(Answer(decision.decided), ())


def told_words(appointment: Appointment) -> list[tuple[str, str]]:
    """What was told before a visit, in a line each."""
    told = CheckIn.objects.filter(appointment=appointment, told_at__isnull=False).first()
    if told is None:
        return []
    kb = load()
    lines = [
        (
            score.activity.words if score.activity else capfirst(score.get_instrument_display()),
            told_value(score, kb),
        )
        for score in appointment.scores.select_related("activity").order_by(
            "instrument", "activity__position"
        )
    ]
    return [*lines, (capfirst(_("what has changed")), told.changed)] if told.changed else lines


def done_words(session: Session) -> list[str]:
    """
    What was done, for the client.

    Each muscle with its side, once, and for how long it was pressed in all; then what was done beside.
    """
    kb = load()
    seconds: dict[tuple[str, str], int] = {}
    for hold in session.holds.all():
        where = (hold.muscle, hold.side)
        seconds[where] = seconds.get(where, 0) + hold.seconds
    names = {m: kb.muscles[m].name if m in kb.muscles else m for m, _side in seconds}
    beside = [technique_name(technique, kb) for technique in session.techniques]
    held = [
        ngettext(
            "%(muscle)s, %(side)s: %(seconds)s second of steady pressure",
            "%(muscle)s, %(side)s: %(seconds)s seconds of steady pressure",
            total,
        )
        % {
            "muscle": names[muscle],
            "side": side_words("left" if side == "left" else "right"),
            "seconds": total,
        }
        for (muscle, side), total in seconds.items()
    ]
    return [*held, *beside]


def stopping_words(day: Today) -> list[str]:
    """
    Why a visit can't go on, and what to do now, as screening says it.

    Open questions by name, where they are what holds it.
    """
    kb = load()
    refs = References()
    stopping = {"emergency", "absolute", "clearance"}
    categories = {fired.rule: fired.category for fired in day.screening.fired}
    strict = [r for r in reasons(day.screening, refs, kb) if categories[r.rule] in stopping]
    lines = [f"{reason.name}: {reason.action}" for reason in strict]
    if day.screening.held and day.screening.decision not in ENDING:
        names = ", ".join(
            rule_words(kb.rules[r], kb.rules_es, language()).name for r in day.screening.unanswered
        )
        lines.append(_("Still open, and asked before any touch: %(questions)s.") % {"questions": names})
    return lines or [day.plan.why_not or _("Nothing may be treated today.")]


def looks_back(session: Session) -> bool:
    """Whether enough sessions have been for the re-evaluation."""
    return session.treated_before() >= load().planning.course.re_evaluate_after
