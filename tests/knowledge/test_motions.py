from __future__ import annotations

import pytest

from unknot.knowledge.motions import match_motion

FIELDS = ("aggravated_by", "restricted_motion")


def phrases_of(kb, field):
    return {phrase for muscle in kb.muscles.values() for phrase in getattr(muscle, field)}


@pytest.mark.parametrize("field", FIELDS)
def test_motions_stand_for_nearly_every_phrase_of_the_muscles(kb, field):
    phrases = phrases_of(kb, field)
    covered = {phrase for motion in kb.motions.values() for phrase in getattr(motion, field)}
    assert covered <= phrases
    assert len(covered) >= 0.9 * len(phrases)


@pytest.mark.parametrize("field", FIELDS)
def test_each_phrase_of_a_muscle_is_understood(kb, field):
    for phrase in phrases_of(kb, field):
        assert any(phrase in getattr(motion, field) for motion in match_motion(phrase, kb)), phrase


def test_each_motion_is_understood_by_all_its_names(kb):
    for motion in kb.motions.values():
        for name in (motion.id, motion.label, motion.label_es, *motion.aka):
            assert motion in match_motion(name, kb), name


def test_turning_the_head_meets_every_muscle_that_turning_hurts(kb):
    (turning,) = match_motion("turning the head", kb)
    met = {
        muscle.id
        for muscle in kb.muscles.values()
        if set(turning.aggravated_by) & set(muscle.aggravated_by)
        or set(turning.restricted_motion) & set(muscle.restricted_motion)
    }
    rotation = {
        muscle.id
        for muscle in kb.muscles.values()
        if any("cervical" in p and "rotation" in p for p in muscle.restricted_motion)
        or any("turning" in p and "head" in p for p in muscle.aggravated_by)
    }
    assert rotation <= met
    assert {"levator_scapulae", "splenius_capitis", "sternocleidomastoid_sternal", "scalenes"} <= met


@pytest.mark.parametrize(
    ("phrase", "motions"),
    [
        ("turning the head", ["turning_head"]),
        ("TURNING MY HEAD!", ["turning_head"]),
        ("when I turn my head to the left", ["turning_head"]),
        ("I can't turn my head", ["turning_head"]),
        ("I can\N{RIGHT SINGLE QUOTATION MARK}t turn my head", ["turning_head"]),
        ("al girar la cabeza", ["turning_head"]),
        ("cuando giro la cabeza", ["turning_head"]),
        ("no puedo girar el cuello", ["turning_head"]),
        ("Fruncir el ceno", ["face_work"]),
        ("apretar la mandibula", ["clenching_teeth"]),
        ("turning my head and looking up", ["turning_head", "looking_up"]),
        ("turning the head while driving", ["turning_head", "driving"]),
        ("sitting for hours", ["sitting_long"]),
        ("stairs", ["climbing_stairs", "going_down"]),
        ("carrying heavy bags", ["carrying_bag"]),
        ("medial glide of the kneecap", ["medial_glide_of_the_kneecap"]),
    ],
)
def test_peoples_own_words_are_understood(kb, phrase, motions):
    assert [motion.id for motion in match_motion(phrase, kb)] == motions


@pytest.mark.parametrize(
    "phrase",
    [
        "", "   ", "the", "it hurts", "singing in the choir", "looking up recipes on the phone", "head",
        "rotation", "better when walking", "walking helps", "not when sitting", "no al caminar",
        "mejor al caminar", "walking is fine", "\N{DROMEDARY CAMEL}",
    ],
)  # fmt: skip
def test_what_is_unknown_denied_or_a_relief_matches_nothing(kb, phrase):
    assert match_motion(phrase, kb) == ()


def test_a_form_has_motions_to_suggest_for_every_part_of_the_body(kb):
    for group in {region.group for region in kb.regions.values()}:
        assert sum(group in motion.regions for motion in kb.motions.values()) >= 5, group


def test_labels_differ_between_motions(kb):
    for field in ("label", "label_es"):
        labels = [getattr(motion, field) for motion in kb.motions.values()]
        assert len(set(labels)) == len(labels)


def test_a_word_that_denies_is_never_little(kb):
    words = kb._motions.words
    assert set(words.little) & set(words.denying) == set()
