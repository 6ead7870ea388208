"""What holds for every pain drawing, whatever is drawn."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unknot.knowledge import KnowledgeBase, load
from unknot.reasoning import Drawing, check_first, read_drawing, reason
from unknot.reasoning.beliefs import beliefs
from unknot.reasoning.network import network
from unknot.reasoning.shares import shares

KB = load()
PLACES = tuple(place for region in KB.regions for place in KB.places(region))
PHRASES = (*(motion.label for motion in KB.motions.values()), "singing in the choir", "")
MUSCLES = tuple(KB.muscles.values())
TOLERANCE = 1e-9
"""What the order of adding may cost."""

often = settings(max_examples=60, deadline=None)
pains = st.integers(1, 10)
phrases = st.lists(st.sampled_from(PHRASES), max_size=4, unique=True)


@st.composite
def drawings(draw: st.DrawFn, most: int = 14) -> Drawing:
    """A drawing of scattered and of neighbouring places, now and then a very wide one."""
    places = draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=most, unique=True))
    if draw(st.booleans()):
        start = draw(st.integers(0, len(PLACES) - 1))
        places += PLACES[start : start + draw(st.integers(1, most))]
    return Drawing(
        regions=MappingProxyType({place: draw(pains) for place in dict.fromkeys(places)}),
        aggravated_by=tuple(draw(phrases)),
        restricted_motion=tuple(draw(phrases)),
    )


wide = drawings(most=90)


def as_document(drawing: Drawing) -> dict[str, object]:
    return {
        "regions": {str(place): pain for place, pain in drawing.regions.items()},
        "aggravated_by": list(drawing.aggravated_by),
        "restricted_motion": list(drawing.restricted_motion),
    }


@often
@given(st.one_of(drawings(), wide))
def test_probabilities_and_shares_are_such(drawing: Drawing) -> None:
    reasoning = reason(drawing, KB)
    explained: dict[str, float] = {}
    for candidate in reasoning.candidates:
        assert 0 <= candidate.probability <= 1
        assert candidate.explains.keys() <= {str(place) for place in drawing.regions}
        assert set(candidate.trigger_points) <= {p.id for p in KB.muscles[candidate.muscle].trigger_points}
        assert candidate.trigger_points
        assert candidate.reasons
        for place, share in candidate.explains.items():
            assert 0 < share <= 1
            explained[place] = explained.get(place, 0) + share
    assert all(whole <= 1 for whole in explained.values())
    for place in map(str, drawing.regions):
        assert place in explained or place in reasoning.unexplained


@often
@given(st.one_of(drawings(), wide))
def test_candidates_stand_likeliest_first_and_each_once(drawing: Drawing) -> None:
    candidates = reason(drawing, KB).candidates
    ranking = [c.probability for c in candidates]
    assert ranking == sorted(ranking, reverse=True)
    assert len({(c.muscle, c.side) for c in candidates}) == len(candidates)


@often
@given(drawings(), st.randoms(use_true_random=False))
def test_the_order_of_telling_changes_nothing(drawing: Drawing, rng) -> None:
    document = as_document(drawing)
    shuffled = {}
    for key in sorted(document, key=lambda _: rng.random()):
        entries = list(document[key].items()) if key == "regions" else list(document[key])
        rng.shuffle(entries)
        shuffled[key] = dict(entries) if key == "regions" else entries
    told, again = (reason(read_drawing(d, KB), KB) for d in (document, shuffled))
    assert told.candidates == again.candidates
    assert told.unexplained == again.unexplained
    assert set(told.not_understood) == set(again.not_understood)


@often
@given(st.one_of(drawings(), wide))
def test_the_mirrored_drawing_has_the_mirrored_candidates(drawing: Drawing) -> None:
    """To the last digit shown; of muscles that are equally likely, left may still stand before right."""
    swap = {"left": "right", "right": "left"}

    def mirrored(text: str) -> str:
        region, _, side = text.partition(":")
        return f"{region}:{swap[side]}" if side else text

    def in_words(text: str) -> str:
        left_out = text.replace(" of the left side", " of the * side").replace(
            " of the right side", " of the left side"
        )
        return left_out.replace(" of the * side", " of the right side")

    here = {(c.muscle, c.side): c for c in reason(drawing, KB).candidates}
    there = {(c.muscle, swap[c.side]): c for c in reason(drawing.mirrored(), KB).candidates}
    assert here.keys() == there.keys()
    for key, candidate in here.items():
        other = there[key]
        assert candidate.probability == other.probability
        assert candidate.trigger_points == other.trigger_points
        assert candidate.explains == {mirrored(place): share for place, share in other.explains.items()}
        assert set(candidate.reasons) == set(other.reasons)
        assert set(candidate.against) == {in_words(text) for text in other.against}


@often
@given(st.sampled_from(MUSCLES), pains, st.data())
def test_without_rivals_each_further_place_makes_a_muscle_likelier(muscle, pain, data) -> None:
    """With rivals the law does not hold: a new place may suit another muscle better."""
    alone = KnowledgeBase()
    alone.__dict__["muscles"] = {muscle.id: muscle}
    reached = sorted(place for cause in network(alone).suspects[0].causes for place in cause.links)
    more = data.draw(st.lists(st.sampled_from(reached), min_size=1, unique=True))
    less = data.draw(st.lists(st.sampled_from(more), unique=True))
    chances = []
    for places in (less, more):
        told = beliefs(dict.fromkeys(places, pain), (), network(alone), alone)
        chances.append(max((b.at_least_one for b in told if b.suspect.side == "left"), default=0.0))
    assert chances[1] >= chances[0] - TOLERANCE


@often
@given(drawings(), st.sampled_from(PLACES))
def test_the_worse_the_pain_the_less_of_it_is_left_to_chance(drawing: Drawing, place) -> None:
    explained = []
    for pain in (1, 10):
        drawn = {**drawing.regions, place: pain}
        believed = beliefs(drawn, (), network(KB), KB)
        explained.append(sum(share.get(place, 0) for share in shares(drawn, believed)))
    assert explained[1] > explained[0]


@often
@given(drawings())
def test_every_candidate_is_checked_first_or_also_possible(drawing: Drawing) -> None:
    reasoning = reason(drawing, KB)
    ranked = check_first(reasoning)
    both = (*ranked.check_first, *ranked.also_possible)
    assert sorted(c.muscle + c.side for c in both) == sorted(c.muscle + c.side for c in reasoning.candidates)
    assert bool(ranked.check_first) == bool(reasoning.candidates)


@pytest.mark.long
@settings(max_examples=1500, deadline=None)
@given(wide)
def test_any_drawing_at_all_is_answered(drawing: Drawing) -> None:
    reasoning = reason(drawing, KB)
    assert all(0 <= c.probability <= 1 for c in reasoning.candidates)
