"""What reasoning tells beside the ranking: shares, reasons, what speaks against, what stays open."""

from __future__ import annotations

import msgspec
import pytest

from unknot.errors import UnknownId
from unknot.knowledge import KnowledgeBase
from unknot.reasoning import Drawing, reason
from unknot.reasoning.reason import LEAST_PROBABILITY, LEAST_SHARE, MOST_CANDIDATES


def of(reasoning, muscle, side="left"):
    return next((c for c in reasoning.candidates if (c.muscle, c.side) == (muscle, side)), None)


def probability(reasoning, muscle, side="left"):
    found = of(reasoning, muscle, side)
    return found.probability if found else 0.0


# ---- evidence


def test_a_rival_explains_pain_away(think):
    """The temple alone may be the temporalis; once the neck asks for the trapezius, it hardly is."""
    alone = think({"temple:left": 7})
    with_neck = think({"temple:left": 7, "neck_side:left": 7})
    assert probability(with_neck, "temporalis") < probability(alone, "temporalis") / 2
    assert probability(with_neck, "upper_trapezius") > 2 * probability(alone, "upper_trapezius")


def test_a_blank_place_speaks_weakly_against(think):
    some = think({"neck_side:left": 6, "temple:left": 6})
    whole = think({"neck_side:left": 6, "temple:left": 6, "mastoid:left": 6})
    assert probability(some, "upper_trapezius") < probability(whole, "upper_trapezius")
    assert some.candidates[0].muscle == "upper_trapezius"


def test_stronger_pain_asks_more_for_an_explanation(think):
    faint, strong = (think({"temple:left": pain}) for pain in (1, 10))
    assert probability(faint, "temporalis") < probability(strong, "temporalis")


@pytest.mark.parametrize("key", ["aggravated_by", "restricted_motion"])
def test_a_motion_raises_the_muscles_that_it_hurts(key, think):
    plain = think({"temple:left": 7})
    chewing = think({"temple:left": 7}, **{key: ["chewing"]})
    assert probability(chewing, "temporalis") > probability(plain, "temporalis")
    assert probability(chewing, "upper_trapezius") < probability(plain, "upper_trapezius")


def test_named_as_the_books_name_it_a_motion_says_more(think):
    """Chewing aggravates the temporalis; that it restricts it the books don't say."""
    worse, hindered = (
        think({"temple:left": 7}, **{key: ["chewing"]}) for key in ("aggravated_by", "restricted_motion")
    )
    assert probability(worse, "temporalis") > probability(hindered, "temporalis")


def test_a_motion_in_the_complaint_counts(think):
    told = think(
        {"temple:left": 7}, complaint="Since May my temple aches. It gets worse when chewing. I work a lot."
    )
    assert told.candidates == think({"temple:left": 7}, aggravated_by=["chewing"]).candidates
    assert told.not_understood == ()


def test_what_the_complaint_denies_does_not_count(think):
    assert (
        think({"temple:left": 7}, complaint="No pain when chewing.").candidates
        == think({"temple:left": 7}).candidates
    )


def test_many_motions_that_go_together_do_not_run_away(think):
    motions = ["turning the head", "looking up", "bending the head forward", "tilting the head sideways"]
    one = think({"neck_base:left": 5}, aggravated_by=motions[:1])
    many = think({"neck_base:left": 5}, aggravated_by=motions)
    odds_one, odds_many = (
        p / (1 - p) for p in (probability(one, "levator_scapulae"), probability(many, "levator_scapulae"))
    )
    assert odds_one < odds_many < 9 * odds_one


def test_a_sided_region_without_a_side_blames_both_sides_alike(think):
    told = think({"neck_base": 5})
    assert (
        probability(told, "levator_scapulae", "left") == probability(told, "levator_scapulae", "right") > 0.2
    )


def test_pain_crosses_to_the_other_side_where_the_books_say_so(think):
    """The clavicular part of the sternocleidomastoid sends pain to both sides of the forehead."""
    told = think({"forehead:right": 6, "forehead:left": 3, "ear:left": 5})
    assert "forehead:right" in of(told, "sternocleidomastoid_clavicular", "left").explains


# ---- what is told of a candidate


def test_reasons_come_from_the_facts(think):
    told = think({"temple:left": 7, "eye:left": 3}, aggravated_by=["holding a phone with the shoulder"])
    trapezius = of(told, "upper_trapezius")
    assert trapezius.reasons == (
        "Sends pain to the temple in nearly everyone (TrP1).",
        "Sometimes sends pain to the eye (TrP1).",
        "It hurts with: holding a phone with the shoulder.",
        "It is among the muscles most often involved.",
    )
    assert (
        "Would usually also hurt at the side of the neck and behind the ear, which were not drawn (TrP1)."
        in trapezius.against
    )


def test_reasons_name_the_other_side(think):
    told = think({"forehead:right": 6, "forehead:left": 3, "ear:left": 5})
    reasons = of(told, "sternocleidomastoid_clavicular", "left").reasons
    assert any(r.startswith("Can send pain across to the other side: the forehead") for r in reasons)


def test_a_better_explanation_speaks_against(think):
    told = think({"temple:left": 7, "neck_side:left": 5})
    assert "Upper trapezius explains the pain at the temple better." in of(told, "temporalis").against


def test_a_rare_muscle_says_so(think):
    told = think({"great_toe:left": 6, "arch:left": 5})
    rare = [
        c
        for c in told.candidates
        if "It is seldom involved." in c.against or "It is rarely involved." in c.against
    ]
    assert rare
    assert all("often" not in reason for c in rare for reason in c.reasons)


def test_only_points_that_reach_the_drawing_are_named_the_best_first(think, kb):
    told = think({"heel:left": 8})
    soleus = of(told, "soleus")
    reaching = {p.id for p in kb.muscles["soleus"].trigger_points if "heel" in (*p.essential, *p.spillover)}
    assert soleus.trigger_points[0] == "TrP1"
    assert set(soleus.trigger_points) <= reaching


def test_candidates_are_those_that_matter(think):
    told = think({"temple:left": 7, "low_back": 4})
    assert all(c.probability >= LEAST_PROBABILITY for c in told.candidates)
    assert all(c.explains and min(c.explains.values()) >= LEAST_SHARE for c in told.candidates)
    assert [c.probability for c in told.candidates] == sorted(
        (c.probability for c in told.candidates), reverse=True
    )


def test_of_very_many_only_the_likeliest_and_the_best_of_each_place_stay(think, kb):
    whole_body = think(dict.fromkeys(kb.regions, 5))
    least = whole_body.candidates[MOST_CANDIDATES - 1].probability
    best = {}
    for candidate in whole_body.candidates:
        for place, share in candidate.explains.items():
            best[place] = max(best.get(place, 0), share)
    for candidate in whole_body.candidates:
        leads = any(share == best[place] for place, share in candidate.explains.items())
        assert candidate.probability >= least or leads


# ---- what stays open


def test_a_place_that_nothing_sends_pain_to_is_unexplained(kb):
    """Such a place is made by a knowledge base with one muscle."""

    class OneMuscle(KnowledgeBase):
        muscles = {"soleus": kb.muscles["soleus"]}

    places = {place: 6 for region in ("heel", "nose") for place in kb.places(region)}
    told = reason(Drawing(regions=places), OneMuscle())
    assert told.unexplained == ("nose",)
    assert {c.muscle for c in told.candidates} == {"soleus"}


def test_a_faint_pain_where_points_seldom_send_it_is_left_to_chance(think):
    places = {"temple:left": 8, "neck_side:left": 8}
    assert think(places | {"ankle_inner:right": 1}).unexplained == ("ankle_inner:right",)
    assert think(places | {"ankle_inner:right": 10}).unexplained == ()


def test_aims_alone_have_no_candidates(think):
    told = think({}, aims=["stress"], aggravated_by=["turning the head", "chess"])
    assert told.candidates == ()
    assert told.unexplained == ()
    assert told.not_understood == ("chess",)


def test_phrases_that_match_no_motion_are_kept(think):
    told = think({"sacrum": 4}, aggravated_by=["sitting long", "chess"], restricted_motion=["the tango"])
    assert told.not_understood == ("chess", "the tango")


def test_red_flags_come_from_the_screening_rules(think, kb):
    told = think({"temple:left": 9}, symptoms=["thunderclap_headache", "neck_pain"])
    flag = told.red_flags[0]
    assert (flag.rule, flag.symptom, flag.symptoms) == (
        "thunderclap",
        "thunderclap_headache",
        ("thunderclap_headache",),
    )
    assert flag.action == kb.rules["thunderclap"].action


def test_an_unknown_symptom_is_no_silence(kb):
    with pytest.raises(UnknownId):
        reason(Drawing(aims=("sport",), symptoms=("no_such_thing",)), kb)


def test_no_symptom_no_flag(think):
    assert think({"sacrum": 4}).red_flags == ()


def test_as_json_it_is_what_the_command_prints(think):
    document = msgspec.to_builtins(think({"temple:left": 7}))
    assert list(document) == ["candidates", "unexplained", "red_flags", "not_understood"]
    assert list(document["candidates"][0]) == [
        "muscle", "side", "trigger_points", "probability", "explains", "reasons", "against",
    ]  # fmt: skip
