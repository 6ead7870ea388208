"""People, drawings and results to plan from."""

from __future__ import annotations

import msgspec
import pytest

from unknot.knowledge import Place, load
from unknot.planning import FULL_SCOPE, PUBLIC_SCOPE, Bounds, plan_from
from unknot.reasoning.drawing import Drawing
from unknot.reasoning.result import Candidate, Reasoning
from unknot.screening import read_answers, screen


@pytest.fixture(scope="session")
def kb():
    return load()


@pytest.fixture(scope="session")
def screened(kb):
    """The screening of a person of thirty who answered all, with these facts beside."""

    def of(answered=("booking", "day"), clearances=(), **facts):
        document = {"facts": {"age": 30, **facts}, "answered": list(answered), "clearances": list(clearances)}
        return screen(read_answers(document, kb), kb)

    return of


@pytest.fixture(scope="session")
def healthy(screened):
    return screened()


@pytest.fixture(scope="session")
def reasoned(kb):
    """A reasoning whose candidates are ``muscle`` or ``muscle:side``, each a little less likely."""

    def of(*named, probability=0.9):
        candidates = []
        for n, name in enumerate(named):
            muscle, _, side = name.partition(":")
            points = tuple(p.id for p in kb.muscles[muscle].trigger_points)
            likely = probability * 0.9**n
            candidates.append(Candidate(muscle, side or "left", points, likely, {}, (), ()))
        return Reasoning(tuple(candidates), (), (), ())

    return of


@pytest.fixture(scope="session")
def planned(kb, reasoned):
    """The plan for a screening and candidates, the drawing being a temple of pain 5."""

    def of(screening, *named, aims=(), pain=5, **wishes):
        regions = {Place("temple", "left"): pain} if named else {}
        drawing = Drawing(regions, aims=tuple(aims))
        return plan_from(drawing, screening, reasoned(*named), kb, **wishes)

    return of


@pytest.fixture(scope="session")
def bounds(kb):
    def of(screening, scope=FULL_SCOPE, **limits):
        return Bounds(kb, screening, scope, **limits)

    return of


@pytest.fixture(scope="session")
def with_(healthy):
    """The healthy person's screening with some fields changed."""

    def of(**fields):
        return msgspec.structs.replace(healthy, **fields)

    return of


@pytest.fixture(scope="session")
def public():
    return PUBLIC_SCOPE
