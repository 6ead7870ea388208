"""All of it together: each measure with its plot, change and response, and the re-evaluation."""

from __future__ import annotations

from typing import Any

import msgspec

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.labels import Lang
from unknot.outcomes.change import Change
from unknot.outcomes.measures import Measure, measure
from unknot.outcomes.ratings import Ratings, Visit
from unknot.outcomes.re_evaluation import ReEvaluation, re_evaluate
from unknot.outcomes.response import Response, response
from unknot.outcomes.series import Series, series
from unknot.outcomes.words import Speaker


class Texts(msgspec.Struct, frozen=True):
    """The same in plain words for the client, and with the numbers for the practitioner."""

    client: str
    practitioner: str


class Outcome(msgspec.Struct, frozen=True):
    """
    One measure over the course.

    ``change`` is from the baseline to the latest visit, after so many ``sessions``, at which it was rated;
    it, ``response`` and ``says`` are None where there is nothing to compare. ``less_than_a_week``: the two
    are too near each other to speak of a course. ``gained`` and ``lost`` are places marked since and no more.
    """

    measure: str
    name: str
    sessions: int | None
    change: Change | None
    response: Response | None
    less_than_a_week: bool
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    says: Texts | None
    series: Series
    sources: tuple[str, ...]


class Report(msgspec.Struct, frozen=True):
    """Every measure, the re-evaluation, and the cautions that belong to every number (in English)."""

    outcomes: tuple[Outcome, ...]
    re_evaluation: ReEvaluation
    says: Texts
    missing: tuple[str, ...]
    cautions: tuple[str, ...]


def report(ratings: Ratings, kb: KnowledgeBase, *, lang: Lang = "en") -> Report:
    """What became of every measure, and what the rules say; ``lang`` is the language of what is said."""
    say = Speaker(kb, lang)
    evaluated = re_evaluate(ratings, kb)
    return Report(
        outcomes=tuple(_outcome(ratings, measure(key, kb), kb, say) for key in ratings.keys),
        re_evaluation=evaluated,
        says=Texts(
            client=say.answer_for_client(evaluated.answer, evaluated.reasons),
            practitioner=say.answer_for_practitioner(evaluated.answer, evaluated.reasons),
        ),
        missing=tuple(say.missing(missing) for missing in evaluated.missing),
        cautions=kb.interpretation.cautions,
    )


def to_json(reported: Report) -> dict[str, Any]:
    """The report as the command prints it, in plain lists and dictionaries."""
    document: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(reported))
    return document


def _outcome(ratings: Ratings, of: Measure, kb: KnowledgeBase, say: Speaker) -> Outcome:
    latest = next((v for v in reversed(ratings.since) if v.scores.get(of.key)), None)
    changed = ratings.change_at(latest, of, kb) if latest else None
    called = response(changed, kb) if changed else None
    apart = kb.interpretation.apart_days
    soon = latest is not None and ratings.days_since_baseline(latest) < apart
    gained, lost = _moved(ratings, latest, of)
    return Outcome(
        measure=of.key,
        name=say.measure(of.key),
        sessions=latest.sessions if latest else None,
        change=changed,
        response=called,
        less_than_a_week=soon,
        gained=gained,
        lost=lost,
        says=_texts(changed, called, say, less_than_a_week=soon) if changed and called else None,
        series=series(ratings, of, kb),
        sources=of.instrument.sources,
    )


def _texts(changed: Change, called: Response, say: Speaker, *, less_than_a_week: bool) -> Texts:
    return Texts(
        client=say.change_for_client(changed, less_than_a_week=less_than_a_week),
        practitioner=say.change_for_practitioner(changed, called, less_than_a_week=less_than_a_week),
    )


def _moved(ratings: Ratings, latest: Visit | None, of: Measure) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The places marked since the baseline, and those marked no more."""
    baseline, now = ratings.baseline(of), latest.scores[of.key] if latest else None
    if not baseline or not now:
        return (), ()
    before, after = set(baseline.places), set(now.places)
    return tuple(map(str, sorted(after - before))), tuple(map(str, sorted(before - after)))
