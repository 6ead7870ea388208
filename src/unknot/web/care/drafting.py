"""From a session's chart to the values that the core drafts a note from."""

from __future__ import annotations

import msgspec
from django.utils.translation import gettext as _

from unknot.errors import UnknownId
from unknot.knowledge import load
from unknot.knowledge.labels import rule_words
from unknot.notes import Activity, Charted, Check, Finding, Hold, Measured, Motion, draft
from unknot.notes.words import lowered
from unknot.planning.result import Exercise
from unknot.web.booking.words import when
from unknot.web.care.home_care import as_read, given_after
from unknot.web.care.models import Activity as KeptActivity
from unknot.web.care.models import CheckIn, HomeCare, Instrument, Reevaluation, Score, Session
from unknot.web.care.models import Finding as KeptFinding
from unknot.web.care.models import Hold as KeptHold
from unknot.web.care.models import Motion as KeptMotion
from unknot.web.care.models.notes import SECTIONS
from unknot.web.care.progress import scores_by_count
from unknot.web.care.queries import other_work
from unknot.web.care.today import Today, today
from unknot.web.care.words import POSTURE, area_name
from unknot.web.intake.adaptations import changes, side_words
from unknot.web.intake.course import care_titles
from unknot.web.site.languages import language

SELF_HOLD = "self_hold"
NEW = ("conditions", "symptoms", "medications", "events", "devices", "allergies", "pregnancy")
"""The facts of a check that are something new, and no measurement or agreement."""


def drafted(session: Session) -> dict[str, str]:
    """
    The four parts of the note, a thought a line.

    Where the chart names what the knowledge base no longer has they are empty, and ``warning`` says why.
    """
    try:
        note = draft(charted(session), load(), lang=language())
    except UnknownId as error:
        return {**dict.fromkeys(SECTIONS, ""), "warning": _no_draft(error)}
    return {section: "\n".join(getattr(note, section)) for section in SECTIONS}


def _no_draft(error: UnknownId) -> str:
    return _("Nothing could be drafted from the chart (%(why)s). Write the note by hand.") % {"why": error}


def charted(session: Session) -> Charted:
    """All that was told, found and done; what nobody said stays out."""
    day = today(session)
    appointment = session.appointment
    areas = list(session.areaconsents.all())
    baseline = _baseline(session)
    kb = load()
    return Charted(
        number=session.number if session.was_treated else None,
        minutes=appointment.minutes,
        mode="video" if appointment.mode == "video" else "in_person",
        drawing=day.told.drawing if day else None,
        goals=session.course.goals,
        pain_last_week=_score(session, Instrument.NPRS),
        pain_baseline=next((s.value for s in baseline if s.instrument == Instrument.NPRS), None),
        activities=tuple(_activity(a, session, baseline) for a in session.course.activities.all()),
        changed=session.changed or _told_changed(session),
        check=_check(session, day),
        stopped=session.stopped or None,
        consented=True if session.consent_id else None,
        consented_areas=tuple(area_name(a.area, kb) for a in areas if a.given),
        declined_areas=tuple(area_name(a.area, kb) for a in areas if not a.given),
        findings=tuple(_finding(f) for f in session.findings.all()),
        motions=tuple(_motion(m) for m in session.motions.all()),
        posture=tuple(str(POSTURE[sign]) for sign in session.posture if sign in POSTURE),
        holds=tuple(_hold(h) for h in session.holds.select_related("trace")),
        techniques=tuple(session.techniques),
        lightly=tuple(w.technique for w in other_work(session, day) if w.is_light) if day else (),
        pain_before=session.pain_before,
        pain_after=session.pain_after,
        reaction=session.reaction,
        home_care=tuple(home_care_line(c) for c in given_after(session)),
        next_visit=_next_visit(session),
        decision=_decision(session),
    )


def _check(session: Session, day: Today | None) -> Check | None:
    """The last check of the day, with what it fired and how work is adapted."""
    kept = session.checks.first()
    if kept is None:
        return None
    said = {
        "decision": kept.decision,
        "nothing_new": not any(kept.answers["facts"].get(kind) for kind in NEW),
        "reasons": [_rule_name(fired["rule"]) for fired in kept.result["fired"] if not fired["standing"]],
        "adaptations": changes(day.screening, load()) if day else [],
    }
    return msgspec.convert(said, Check)


def _rule_name(rule: str) -> str:
    """By its name, since why it fired may hold numbers that nobody gave: "less than 6 hours" is 0."""
    kb = load()
    return rule_words(kb.rules[rule], kb.rules_es, language()).name if rule in kb.rules else rule


def _motion(motion: KeptMotion) -> Motion:
    said = {"name": motion.name, "side": motion.side or None, "before": motion.before, "after": motion.after}
    return msgspec.convert(said, Motion)


def _finding(finding: KeptFinding) -> Finding:
    keys = ("muscle", "side", "trigger_point", "familiar", "tenderness", "taut_band", "twitch")
    return msgspec.convert({key: getattr(finding, key) for key in keys}, Finding)


def _hold(hold: KeptHold) -> Hold:
    keys = (
        "muscle", "side", "trigger_point", "technique", "level", "seconds", "pain_during", "pain_after",
        "from_memory",
    )  # fmt: skip
    said = {key: getattr(hold, key) for key in keys}
    more = {"response": hold.response or None, "measured": _measured(hold)}
    return msgspec.convert({**said, **more}, Hold)


def _measured(hold: KeptHold) -> Measured | None:
    """The longest hold that stands in the trace."""
    trace = getattr(hold, "trace", None)
    found = trace.reading["holds"] if trace else []
    if not found:
        return None
    longest = max(found, key=lambda h: h["seconds"])
    return Measured(seconds=longest["seconds"], mean_n=longest["mean_n"], steadiness=longest["steadiness"])


def home_care_line(given: HomeCare) -> str:
    """A thing to do at home as a colleague calls it, with the muscle it is for and how much of it."""
    kb = load()
    name = _("self-pressure") if given.kind == SELF_HOLD else care_titles()[given.kind].lower()
    muscle = kb.muscles[given.muscle].name.lower() if given.muscle in kb.muscles else ""
    side = f", {side_words('left' if given.side == 'left' else 'right')}" if given.side else ""
    named = f"{name} ({muscle}{side})" if muscle else name
    how_much = _how_much(as_read(given))
    return f"{named}, {how_much}" if how_much else named


def _how_much(told: Exercise) -> str:
    """Of pressing oneself how strongly; else the dose's first sentence."""
    if told.strength:
        low, high, ceiling = told.strength
        strongly = {"low": low, "high": high, "ceiling": ceiling}
        return _("%(low)s to %(high)s of 10, at most %(ceiling)s") % strongly
    return lowered((told.dose or "").partition(". ")[0].rstrip("."))


def _next_visit(session: Session) -> str:
    """When the client comes again, by the practitioner's clock; empty where nothing is booked yet."""
    here = session.appointment
    to_come = here.practitioner.appointments.filter(
        person=here.person, status="booked", starts_at__gt=here.starts_at
    )
    following = to_come.order_by("starts_at").first()
    return when(following.starts_at, here.practitioner.zone) if following else ""


def _decision(session: Session) -> str:
    kept = Reevaluation.objects.filter(session=session).first()
    return str(kept.get_decided_display()) if kept else ""


def _told_changed(session: Session) -> str:
    """What the client told before the visit that has changed; empty where they told nothing."""
    told = CheckIn.objects.filter(appointment=session.appointment).first()
    return told.changed if told else ""


def _score(session: Session, instrument: Instrument) -> int | None:
    given = session.appointment.scores.filter(instrument=instrument).first()
    return given.value if given else None


def _baseline(session: Session) -> list[Score]:
    """What was rated before the first session of the course; in that session itself there is none yet."""
    return scores_by_count(session.course).get(0, []) if session.treated_before() else []


def _activity(kept: KeptActivity, session: Session, baseline: list[Score]) -> Activity:
    """One of the client's own, as it was at first and as it is now."""
    now = session.appointment.scores.filter(activity=kept).first()
    return Activity(
        words=kept.words,
        now=now.value if now else None,
        baseline=next((score.value for score in baseline if score.activity_id == kept.pk), None),
    )
