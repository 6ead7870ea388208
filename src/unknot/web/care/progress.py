"""How a course goes: its ratings as the core reads them, the report, and a plot of each measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from unknot.knowledge import KnowledgeBase, load
from unknot.outcomes import Ratings, Report, Visit, report, score
from unknot.web.booking.models import Appointment, Status
from unknot.web.care.models import Course, Instrument, Score, Session
from unknot.web.intake.queries import record_of
from unknot.web.site.languages import language

if TYPE_CHECKING:
    from unknot.knowledge.muscles import Part
    from unknot.outcomes import Score as Rated
    from unknot.outcomes import Series

FELL_OUT = (Status.CANCELLED, Status.NO_SHOW)
WIDE, HIGH, EDGE, HEAD, FOOT = 400, 220, 34, 24, 40
LETTER, LINE = 9, 18  # as large as they are on a phone


@dataclass(frozen=True)
class Progress:
    """A course's report, with a plot of each measure that was rated at least once."""

    report: Report
    plots: tuple[tuple[str, SafeString], ...]


def progress(course: Course) -> Progress | None:
    """How a course goes; None where nothing was rated yet."""
    kb = load()
    ratings = ratings_of(course, kb)
    if not ratings.visits:
        return None
    said = report(ratings, kb, lang=language())
    plotted = (o for o in said.outcomes if any(p.value is not None for p in o.series.points))
    return Progress(said, tuple((o.name, plot(o.name, o.series)) for o in plotted))


def ratings_of(course: Course, kb: KnowledgeBase) -> Ratings:
    """What was rated, as the core reads it."""
    rated = scores_by_count(course)
    sessions = list(course.sessions.prefetch_related("checks").order_by("position"))
    first = min((s.given_on for given in rated.values() for s in given), default=None)
    return Ratings(
        tuple(_visit(been, given, first, sessions, kb) for been, given in rated.items() if first),
        _part(course, kb),
    )


def scores_by_count(course: Course) -> dict[int, list[Score]]:
    """
    What was rated, by how many sessions had been by then; by 0 stands the baseline.

    Where a visit was rated for and fell out, or ended at its check, what was rated for the next one stands
    for it; where nothing was rated for the next one, it stands.
    """
    rated: dict[Appointment, list[Score]] = {}
    for score_ in course.scores.select_related("activity", "appointment__check_in"):
        if score_.appointment.status not in FELL_OUT:
            rated.setdefault(score_.appointment, []).append(score_)
    sessions = course.sessions.select_related("appointment", "note").prefetch_related("holds")
    starts = [session.appointment.starts_at for session in sessions if session.counts]
    by_count: dict[int, list[Score]] = {}
    for appointment, given in sorted(rated.items(), key=lambda of: of[0].starts_at):
        before = [start for start in starts if start < appointment.starts_at]
        if _told_after(appointment, before):
            by_count[len(before)] = given
    return by_count


def _told_after(appointment: Appointment, sessions: list[datetime]) -> bool:
    """Whether what was told for a visit says how it was after all sessions before it."""
    told_at = appointment.check_in.told_at
    return told_at is not None and all(told_at > start for start in sessions)


def plot(name: str, series: Series) -> SafeString:
    """
    A measure over the sessions as SVG: its points, the band of measurement error, the lines of real change.

    Getting worse is drawn as plainly as getting better. The numbers stand beside the points; colour says
    nothing that words don't.
    """
    least, most = series.range
    count = max((p.sessions for p in series.points), default=0) or 1

    def x(sessions: int) -> float:
        return EDGE + 12 + (WIDE - 2 * EDGE - 12) * sessions / count

    def y(value: float) -> float:
        return HEAD + (HIGH - HEAD - FOOT) * (most - value) / (most - least)

    label = escape(_told(name, series))
    given = [(x(p.sessions), y(p.value), p.value) for p in series.points if p.value is not None]
    parts = [
        f'<svg class="plot" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{label}">',
        *_ground(series, y, given),
        f'<polyline class="plot-line" points="{" ".join(f"{a:.1f},{b:.1f}" for a, b, _v in given)}"/>',
        *(
            f'<circle class="plot-point" cx="{a:.1f}" cy="{b:.1f}" r="5"/>'
            f'<text class="plot-value" x="{a:.1f}" y="{b - 11:.1f}">{_number(v)}</text>'
            for a, b, v in given
        ),
        *(
            f'<text class="plot-session" x="{x(p.sessions):.1f}" y="{HIGH - 6}">{p.sessions}</text>'
            for p in series.points
        ),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 - numbers of ours, and a name that is escaped


def _ground(
    series: Series, y: Callable[[float], float], given: list[tuple[float, float, float]]
) -> Iterable[str]:
    """The scale's ends, the band and the lines."""
    for end in series.range:
        yield f'<text class="plot-scale" x="{EDGE - 8}" y="{y(end) + 4:.1f}">{_number(end)}</text>'
        yield f'<path class="plot-axis" d="M{EDGE} {y(end):.1f}H{WIDE - 8}"/>'
    if series.band:
        low, high = series.band
        yield (
            f'<rect class="plot-band" x="{EDGE}" y="{y(high):.1f}" width="{WIDE - EDGE - 8}"'
            f' height="{y(low) - y(high):.1f}"/>'
        )
    for line, kind, words in (
        (series.line, "better", _("clearly better")),
        (series.worse_line, "worse", _("clearly worse")),
    ):
        if line is not None:
            is_lower = (kind == "better") == (series.direction == "lower") and line > series.range[0]
            beyond = y(line) + (16 if is_lower else -6)
            at_end = _is_freer_at_end(beyond, LETTER * len(words), given)
            where, side = (WIDE - 12, " plot-beyond--end") if at_end else (EDGE + 4, "")
            yield f'<path class="plot-real plot-real--{kind}" d="M{EDGE} {y(line):.1f}H{WIDE - 8}"/>'
            yield f'<text class="plot-beyond{side}" x="{where}" y="{beyond:.1f}">{escape(words)}</text>'


def _is_freer_at_end(y: float, width: float, given: list[tuple[float, float, float]]) -> bool:
    """Whether a line of text meets a point's number at the beginning of the plot and none at its end."""
    there = [x for x, above, _value in given if abs(above - 11 - y) < LINE]
    at_start = any(x - LETTER < EDGE + 4 + width for x in there)
    at_end = any(x + LETTER > WIDE - 12 - width for x in there)
    return at_start and not at_end


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")


def _told(name: str, series: Series) -> str:
    values = ", ".join(f"{p.sessions}: {p.value:g}" for p in series.points if p.value is not None)
    return _("%(name)s after so many sessions: %(values)s") % {"name": name, "values": values}


def _visit(been: int, given: list[Score], first: date, sessions: list[Session], kb: KnowledgeBase) -> Visit:
    scores: dict[str, Rated | None] = {}
    for instrument in (Instrument.NPRS, Instrument.GROC):
        for one in given:
            if one.instrument == instrument:
                scores[instrument] = score(instrument, one.value, kb)
    if rated := {s.activity.words: s.value for s in given if s.activity}:
        scores[Instrument.PSFS] = score(Instrument.PSFS, rated, kb)
    return Visit(
        sessions=been,
        day=(min(s.given_on for s in given) - first).days,
        scores=scores,
        new_danger_sign=_danger_sign(given[0].appointment_id, sessions),
    )


def _danger_sign(appointment: int, sessions: list[Session]) -> bool | None:
    """Whether that visit's check found an emergency; None where it was not asked yet."""
    session = next((s for s in sessions if s.appointment_id == appointment), None)
    checked = session.checks.first() if session else None
    return checked.decision == "emergency" if checked else None


def _part(course: Course, kb: KnowledgeBase) -> Part | None:
    """Neck pain is noisier than other pain: whether the strongest was drawn there at the beginning."""
    sessions = course.sessions.select_related("appointment__intake__person").order_by("position")
    intake = next((s.appointment.intake for s in sessions if s.appointment.intake), None)
    record = record_of(intake) if intake else None
    regions = record.told.drawing.regions if record else {}
    if not regions:
        return None
    strongest = max(regions, key=lambda place: (regions[place], str(place)))
    return "neck" if kb.regions[strongest.region].group == "neck" else None
