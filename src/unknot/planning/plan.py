"""From a drawing and answers to a plan: the decision first, then a course, then what to do at home."""

from __future__ import annotations

from typing import Any

import msgspec

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.labels import Lang
from unknot.planning import gates
from unknot.planning.bounds import PUBLIC_SCOPE, Bounds, Scope
from unknot.planning.course import course
from unknot.planning.home_care import home_care
from unknot.planning.result import Plan
from unknot.planning.sessions import Work
from unknot.planning.targets import (
    Unit,
    holdable,
    lightly,
    of_aims,
    of_candidates,
    ranked,
    without,
)
from unknot.reasoning.drawing import Drawing
from unknot.reasoning.result import Reasoning
from unknot.screening.answers import Answers, Fact
from unknot.screening.result import Screening


def plan(
    drawing: Drawing,
    answers: Answers,
    kb: KnowledgeBase,
    *,
    client_limit: int | None = None,
    client_pressure: int | None = None,
    scope: Scope = PUBLIC_SCOPE,
    lang: Lang = "en",
) -> Plan:
    """
    Screen the answers with the drawing's symptoms, rank what explains the pain, and plan within both.

    Limits and language are those of ``plan_from``.
    """
    # Late, so that a plan from results at hand needs neither engine.
    from unknot.reasoning import reason
    from unknot.screening import screen

    return plan_from(
        drawing,
        screen(with_symptoms_of(drawing, answers), kb, lang=lang),
        reason(drawing, kb),
        kb,
        client_limit=client_limit,
        client_pressure=client_pressure,
        scope=scope,
        lang=lang,
    )


def with_symptoms_of(drawing: Drawing, answers: Answers) -> Answers:
    """
    The answers, with the drawing's symptoms told as well: a red flag counts wherever it was said.

    A symptom that the answers tell already stays as told there, with what was told about it.
    """
    told = {fact.id for fact in answers.facts.told if fact.kind == "symptom"}
    added = tuple(Fact("symptom", id_) for id_ in dict.fromkeys(drawing.symptoms) if id_ not in told)
    facts = msgspec.structs.replace(answers.facts, told=(*answers.facts.told, *added))
    return msgspec.structs.replace(answers, facts=facts)


def plan_from(
    drawing: Drawing,
    screening: Screening,
    reasoning: Reasoning,
    kb: KnowledgeBase,
    *,
    client_limit: int | None = None,
    client_pressure: int | None = None,
    scope: Scope = PUBLIC_SCOPE,
    lang: Lang = "en",
) -> Plan:
    """
    The plan from results at hand; ``screening`` must be that of ``with_symptoms_of(drawing, answers)``.

    ``client_limit`` is the client's own greatest pain (1-10), ``client_pressure`` the greatest pressure
    wished (1-5). ``scope`` is what consents and licence cover: before a practitioner is known, sensitive
    areas are planned and their holds name the consent; internal and intraoral work only when the scope says
    so. Pain comes first; an aim beside it is added. ``lang``, that of ``screening`` too, is the language of
    ``why_not``, of a course's rules, basis, emphasis, focus and notes, and of doses and stop rules at home;
    what muscles and techniques say of themselves is English. Raises InputError for a limit outside its scale.
    """
    bounds = Bounds(kb, screening, scope, client_limit, client_pressure, lang)
    if why_not := gates.shut(screening, bounds.say):
        return _no_course(screening, why_not)
    likely = of_candidates(reasoning.candidates, kb)
    aimed = without(of_aims(drawing.aims, kb), likely)
    work = _work(reasoning, likely, aimed, bounds)
    at_home = (*work.keys, *work.light, *work.satellites, *work.aims)
    cared_for = home_care(at_home, drawing.aims, bounds)
    if not work.keys and not work.aims:
        why = gates.why_nothing_is_left((*likely, *aimed), bounds)
        refused = _no_course(screening, bounds.say.refusal(why))
        light = why == "light_work_only"
        return msgspec.structs.replace(refused, home_care=cared_for, light_work_only=light)
    return Plan(
        decision=screening.decision,
        course=course(drawing, work, bounds),
        home_care=cared_for,
        after_clearance=gates.waits_for_clearance(screening),
        held=screening.held,
        why_not=None,
    )


def to_json(planned: Plan) -> dict[str, Any]:
    """The plan as the command prints it, in plain lists and dictionaries."""
    document: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(planned))
    del document["light_work_only"]  # said by why_not
    return document


def _work(reasoning: Reasoning, likely: tuple[Unit, ...], aimed: tuple[Unit, ...], bounds: Bounds) -> Work:
    """What can be pressed, and what only worked lightly; the likeliest of each."""
    keys, satellites = ranked(reasoning, holdable(likely, bounds), bounds.kb)
    light, _ = ranked(reasoning, lightly(likely, bounds), bounds.kb)
    return Work(keys, satellites, holdable(aimed, bounds), (*light, *lightly(aimed, bounds)))


def _no_course(screening: Screening, why_not: str) -> Plan:
    return Plan(
        decision=screening.decision,
        course=None,
        home_care=(),
        after_clearance=gates.waits_for_clearance(screening),
        held=screening.held,
        why_not=why_not,
    )
