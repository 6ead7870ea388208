from __future__ import annotations

import pytest

from unknot.errors import UnknownId


def test_the_temple_is_reached_most_likely_by_the_upper_trapezius(kb):
    referrals = kb.muscles_referring_to("temple")
    assert [r.muscle.id for r in referrals] == [
        "upper_trapezius", "temporalis", "semispinalis_capitis", "suboccipitals", "masseter",
    ]  # fmt: skip
    assert [p.id for p in referrals[1].essential] == ["TrP2", "TrP3"]
    assert [p.id for p in referrals[1].spillover] == ["TrP1"]


def test_essential_comes_before_spillover_and_prevalent_before_rare(kb):
    for region in kb.regions:
        ranks = [
            (0 if r.essential else 1 if r.spillover else 2, -r.muscle.prevalence)
            for r in kb.muscles_referring_to(region)
        ]
        assert ranks == sorted(ranks), region


def test_every_trigger_point_is_found_from_each_region_it_reaches(kb):
    for muscle in kb.muscles.values():
        for point in muscle.trigger_points:
            for region in (*point.essential, *point.spillover, *point.other_side):
                (referral,) = [r for r in kb.muscles_referring_to(region) if r.muscle is muscle]
                assert point in (*referral.essential, *referral.spillover, *referral.other_side)


def test_conditions_by_region(kb):
    felt = {c.id for c in kb.conditions_felt_in("temple")}
    assert {"tension_type_headache", "migraine_with_neck_pain"} <= felt
    assert "low_back_pain" not in felt


def test_techniques_by_tag(kb):
    tagged = [t.id for t in kb.techniques_with_tag("ischaemic_compression")]
    assert "ischemic_compression" in tagged
    assert "skin_rolling" not in tagged


def test_unknown_ids_are_refused(kb):
    with pytest.raises(UnknownId, match="did you mean temple"):
        kb.muscles_referring_to("tempel")
    with pytest.raises(UnknownId, match="unknown region"):
        kb.conditions_felt_in("halo")
    with pytest.raises(UnknownId, match="did you mean friction"):
        kb.techniques_with_tag("fricton")
