"""Stretches, exercises, heat, self-holds and habits, and what screening takes away from them."""

import re

import pytest

from unknot.knowledge import Place
from unknot.planning import exercises
from unknot.screening.result import SwitchedOff

WORDS = {
    "stretch": {
        "heat": r"warm|heat|bath|shower",
        "overhead": r"overhead|beside the ear|above shoulder|then high",
    },
    "strengthen": {"heat": r"warm|heat|bath|shower", "overhead": r"up and out|reach(?: out)? one arm"},
    "self_care": {"heat": r"warm|heat|bath|shower", "stretch": r"stretch"},
}
"""Words of a text that a reading of it can't do without."""


@pytest.fixture(scope="session")
def given(kb, bounds):
    def of(kind, screening, muscle, side="left", **limits):
        return getattr(exercises, kind)(kb.muscles[muscle], side, bounds(screening, **limits))

    return of


def off(*tags, regions=None, means=()):
    return {"off": (SwitchedOff(regions, tags, means),)}


@pytest.mark.parametrize("text", WORDS)
def test_the_readings_cover_the_words(kb, text):
    reading = getattr(kb.planning.reading, text)
    for what, pattern in WORDS[text].items():
        said = {
            m.id for m in kb.muscles.values() if re.search(pattern, getattr(m, text) or "", re.IGNORECASE)
        }
        assert said <= set(getattr(reading, what))


@pytest.mark.parametrize("text", WORDS)
def test_the_readings_cover_the_positions(kb, text):
    reading = getattr(kb.planning.reading, text)
    for muscle in kb.muscles.values():
        said = getattr(muscle, text) or ""
        if re.match(r"(?:Gentle prone|Lie face down)", said):
            assert muscle.id in reading.prone
        if re.match(r"(?:Supine[:,]|Lie on the back)", said) and " or " not in said:
            assert muscle.id in reading.supine


def test_what_is_not_for_self_treatment_is_never_a_self_hold(kb, given, healthy):
    pattern = r"[Nn]ot for self|No internal pressing|to a practitioner|No balls|no tools"
    for muscle in kb.muscles.values():
        if re.search(pattern, muscle.self_care) and muscle.id != "digastric":
            care = given("self_care", healthy, muscle.id)
            assert care is None or care.kind == "movement", muscle.id


def test_every_stretch_moves_a_joint(kb):
    moving = {id_ for joint in kb.planning.joints for id_ in joint.muscles}
    still = {m.id for m in kb.muscles.values() if (m.stretch or m.strengthen) and m.id not in moving}
    assert still == {"orbicularis_oculi"}


def test_a_healthy_client_gets_all_that_a_muscle_has(given, healthy, kb):
    for kind in ("stretch", "strengthen", "heat", "self_care"):
        got = given(kind, healthy, "infraspinatus")
        assert got.side == "left"
        assert got.dose
        assert got.stop_rule
        assert got.sources
    assert given("stretch", healthy, "infraspinatus").text == kb.muscles["infraspinatus"].stretch
    assert given("stretch", healthy, "sternalis") is None
    assert given("strengthen", healthy, "upper_trapezius") is None


def test_strengthening_waits_until_pain_allows(given, healthy):
    dose = given("strengthen", healthy, "rhomboids").dose
    assert "Begin when the spot no longer flares up with light use" in dose


@pytest.mark.parametrize("lang", ["en", "es"])
def test_what_a_client_reads_at_home_is_said_in_whole_sentences(kb, lang):
    said = (kb.planning if lang == "en" else kb.planning_es).at_home
    for words in said.values():
        for text in filter(None, (words.text, words.dose, words.stop)):
            assert text[0].isupper() or text[0].isdigit()
            assert text.endswith(".")
            assert not re.search("Not with|safety table|No se hace con|;.*;.*;", text)


def test_what_a_client_does_at_home_is_told_without_the_trades_words(kb):
    trade = re.compile(
        r"\b(?:supine|prone|abduct\w*|adduct\w*|flex(?:ed|ion)|exten(?:ded|sion)|pronated?)\b", re.IGNORECASE
    )
    for muscle in kb.muscles.values():
        for text in (muscle.self_care, muscle.stretch or "", muscle.strengthen or ""):
            assert not trade.search(text), muscle.id


class TestStretch:
    def test_end_range_off(self, given, with_):
        assert given("stretch", with_(**off("end_range_stretch")), "levator_scapulae") is None

    def test_off_at_a_joint_it_moves(self, given, with_):
        shut = with_(**off("end_range_stretch", regions=(Place("shoulder_side", "left"),)))
        assert given("stretch", shut, "pectoralis_major") is None
        assert given("stretch", shut, "pectoralis_major", side="right")
        neck = with_(**off("end_range_stretch", regions=(Place("neck_back", "right"),)))
        assert given("stretch", neck, "levator_scapulae") is None

    def test_a_new_hip_takes_the_psoas_stretch(self, given, screened, kb):
        hip = screened(conditions=[{"condition": "joint_replacement", "place": ["hip_side:left"]}])
        pressed = {place for point in kb.muscles["iliopsoas"].trigger_points for place in point.press_at}
        assert not {p.region for o in hip.off for p in o.regions or ()} & pressed
        assert given("stretch", hip, "iliopsoas") is None
        assert given("stretch", hip, "iliopsoas", side="right")

    def test_arms_overhead(self, given, screened):
        paced = screened(devices=[{"device": "pacemaker", "place": ["chest_upper:left"]}])
        assert given("stretch", paced, "teres_major", side="right") is None
        assert given("stretch", paced, "rhomboids")

    def test_heat_in_the_text(self, given, with_):
        assert given("stretch", with_(**off("heat")), "infraspinatus") is None
        assert given("stretch", with_(**off("heat")), "teres_minor")

    def test_lying_as_it_says(self, given, with_):
        assert given("stretch", with_(positions=("seated",)), "piriformis") is None
        assert given("strengthen", with_(positions=("supine",)), "lower_trapezius") is None

    def test_any_avoided_place_of_the_muscle(self, given, with_):
        assert (
            given("stretch", with_(avoid_regions=(Place("shoulder_top", "left"),)), "supraspinatus") is None
        )


class TestHeat:
    def test_off(self, given, with_, healthy):
        assert given("heat", healthy, "soleus")
        assert given("heat", with_(**off("heat")), "soleus") is None
        assert given("heat", with_(avoid_regions=(Place("calf_lower", "left"),)), "soleus") is None


class TestSelfHold:
    def test_dose(self, given, screened):
        sore = given("self_care", screened(conditions=["fibromyalgia"]), "rhomboids")
        assert sore.kind == "self_hold"
        assert "1 to 2 of 10, never more than 3." in sore.dose

    @pytest.mark.parametrize("tag", ["ischaemic_compression", "tools"])
    def test_off(self, given, with_, tag):
        assert given("self_care", with_(**off(tag)), "rhomboids") is None

    def test_means_off(self, given, with_):
        assert given("self_care", with_(**off(means=("tools",))), "rhomboids") is None

    def test_not_in_light_only_places(self, given, healthy):
        assert given("self_care", healthy, "sternocleidomastoid_sternal") is None
        assert given("self_care", healthy, "quadratus_lumborum") is None

    def test_not_below_its_least_pressure(self, given, with_):
        assert given("self_care", with_(pressure_max=1), "rhomboids") is None

    def test_not_where_skin_is_numb(self, given, screened):
        numb = screened(symptoms=[{"symptom": "numb_area", "place": ["calf_lower:left"]}])
        assert given("self_care", numb, "soleus") is None
        assert given("self_care", numb, "soleus", side="right")

    def test_not_with_what_the_text_excludes(self, given, with_, healthy):
        fired = healthy.fired[0]
        faint = type(fired)("low_bp_fainting", "adapt", None, "", "")
        assert given("self_care", healthy, "sternocleidomastoid_clavicular").kind == "self_hold"
        assert given("self_care", with_(fired=(faint,)), "sternocleidomastoid_clavicular") is None

    def test_only_the_clients_own_points(self, given, healthy):
        assert given("self_care", healthy, "gastrocnemius").kind == "self_hold"

    def test_a_doctors_word_comes_first(self, given, healthy):
        assert given("self_care", healthy, "rectus_abdominis") is None

    def test_movement_instead(self, given, healthy, kb):
        care = given("self_care", healthy, "scalenes")
        assert (care.kind, care.text) == ("movement", kb.muscles["scalenes"].self_care)
        assert given("self_care", healthy, "levator_ani_coccygeus", scope=frozenset()) is None


def test_habits_name_what_can_be_changed(kb, bounds, healthy):
    got = exercises.habits([(kb.muscles["upper_trapezius"], "left")], bounds(healthy))
    assert [habit.kind for habit in got] == ["posture", "ergonomics", "breathing"]
    assert "heavy coat" in got[1].text
    assert "whiplash" not in " ".join(habit.text for habit in got)
    assert all(habit.dose and habit.stop_rule and habit.sources for habit in got)


def test_no_habits_for_a_muscle_that_may_not_be_touched(kb, bounds, healthy):
    saddle = kb.muscles["ischiocavernosus_bulbospongiosus"]
    assert exercises.habits([(saddle, "left")], bounds(healthy, scope=frozenset())) == ()
