from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from unknot.knowledge import Place, load
from unknot.knowledge.motions import match_motion
from unknot.knowledge.places import SIDES
from unknot.knowledge.sources import cite

KB = load()
PLACES = [
    Place(region.id, side)
    for region in KB.regions.values()
    for side in (SIDES if region.sided else ("",))
]  # fmt: skip
PHRASES = sorted({p for m in KB.motions.values() for p in (m.label, m.label_es, *m.aka, *m.aggravated_by)})

places = st.sampled_from(PLACES)
phrases = st.sampled_from(PHRASES)


@given(places)
def test_a_place_is_read_back_from_its_text(place):
    assert KB.places(str(place)) == (place,)


@given(places)
def test_mirrored_twice_is_itself(place):
    assert place.mirrored().mirrored() == place
    assert place.mirrored().region == place.region
    assert (place.mirrored() == place) == (place.side == "")


@given(st.sampled_from(sorted(KB.regions)))
def test_a_region_without_a_side_means_all_its_places(region):
    both = KB.places(region)
    assert {p.mirrored() for p in both} == set(both)


@given(phrases, st.randoms(use_true_random=False))
def test_case_and_order_of_words_do_not_change_a_motion(phrase, random):
    words = phrase.replace(",", " ").replace(":", " ").replace(";", " ").split()
    random.shuffle(words)
    shuffled = " ".join(random.choice((word.upper(), word.lower(), word)) for word in words)
    meant = match_motion(phrase, KB)
    assert meant
    assert match_motion(shuffled, KB) == meant


@given(phrases, phrases)
@example("bending", "bending and lifting with a twist")
def test_two_motions_said_together_give_both(one, other):
    together = match_motion(f"{one}; {other}", KB)
    assert set(match_motion(one, KB)) | set(match_motion(other, KB)) == set(together)


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text):
    assert all(motion.label for motion in match_motion(text, KB))
    assert cite(text).text == cite(text).text.strip()


@given(st.sampled_from(sorted(KB.regions)))
def test_who_refers_to_a_region_is_named_once(region):
    muscles = [referral.muscle.id for referral in KB.muscles_referring_to(region)]
    assert len(set(muscles)) == len(muscles)
