"""Drawing exactly what a muscle hurts must bring that muscle to the front, more often than a table does."""

from __future__ import annotations

import pytest

from unknot.knowledge.places import SIDES


def own_zones(muscle):
    return {zone for point in muscle.trigger_points for zone in point.essential}


def drawn_on(side, zones, kb):
    return {f"{zone}:{side}" if kb.regions[zone].sided else zone: 6 for zone in zones}


def share_among_first(ranks, first):
    return sum(rank <= first for rank in ranks) / len(ranks)


@pytest.fixture
def ranks(think, kb):
    """For each muscle its rank, among muscles, for the drawing of all its essential zones on the right."""

    def rank_of(muscle):
        candidates = think(drawn_on("right", own_zones(muscle), kb)).candidates
        muscles = list(dict.fromkeys(c.muscle for c in candidates))
        return muscles.index(muscle.id) + 1 if muscle.id in muscles else 1000

    return {muscle.id: rank_of(muscle) for muscle in kb.muscles.values() if own_zones(muscle)}


def test_nearly_every_muscle_is_found_from_its_own_pattern(ranks, kb):
    assert len(ranks) == len(kb.muscles)
    assert share_among_first(ranks.values(), 3) >= 0.94
    assert share_among_first(ranks.values(), 5) >= 0.98
    assert max(ranks.values()) <= 8


def test_it_beats_looking_up_the_tables(ranks, kb):
    """Each drawn place gives 2 where the muscle usually hurts, 1 where sometimes; equals by prevalence."""

    def looked_up(zones):
        score = {}
        for zone in zones:
            for referral in kb.muscles_referring_to(zone):
                muscle = referral.muscle
                points, _ = score.get(muscle.id, (0, 0))
                score[muscle.id] = (points + (2 if referral.essential else 1), muscle.prevalence)
        return sorted(score, key=lambda muscle: score[muscle], reverse=True)

    by_table = [looked_up(own_zones(m)).index(m.id) + 1 for m in kb.muscles.values() if own_zones(m)]
    for first in (1, 3, 5):
        assert share_among_first(ranks.values(), first) > share_among_first(by_table, first)


def test_one_point_s_zones_bring_its_muscle_and_the_point_to_the_front(think, kb):
    ranks, named = [], []
    for muscle in kb.muscles.values():
        for point in (p for p in muscle.trigger_points if p.essential):
            candidates = think(drawn_on("left", point.essential, kb)).candidates
            mine = [n for n, c in enumerate(candidates, 1) if (c.muscle, c.side) == (muscle.id, "left")]
            ranks.append(mine[0] if mine else 1000)
            named.append(bool(mine) and point.id in candidates[mine[0] - 1].trigger_points)
    assert share_among_first(ranks, 5) >= 0.95
    assert sum(named) / len(named) >= 0.97


def test_two_muscles_far_apart_are_both_found(think, kb):
    regions = drawn_on("left", ["heel", "achilles"], kb) | drawn_on(
        "right", ["shoulder_front", "upper_arm_front"], kb
    )
    first = [(c.muscle, c.side) for c in think(regions).candidates[:2]]
    assert set(first) == {("soleus", "left"), ("infraspinatus", "right")}


@pytest.mark.parametrize("side", SIDES)
def test_a_pain_on_one_side_blames_that_side(side, think, kb):
    muscle = kb.muscles["infraspinatus"]
    assert think(drawn_on(side, own_zones(muscle), kb)).candidates[0].side == side
