"""What a note says, and what it leaves unsaid, one thing at a time."""

from __future__ import annotations

import msgspec
import pytest

from unknot.errors import UnknownId
from unknot.knowledge import Place
from unknot.notes import Activity, Charted, Check, Finding, Hold, Measured, Motion, as_text, draft
from unknot.notes.words import PRACTICE_ES
from unknot.reasoning import Drawing

POINT = ("upper_trapezius", "right", "TrP1")
OTHER = ("temporalis", "left", "TrP2")


@pytest.fixture
def note(kb):
    def of(lang="en", **charted):
        return draft(Charted(**charted), kb, lang=lang)

    return of


@pytest.fixture
def text(note):
    def of(lang="en", **charted):
        return as_text(note(lang, **charted), lang=lang)

    return of


def hold(seconds=15, point=POINT, technique="pincer_compression", **more):
    return Hold(*point, technique, more.pop("level", 3), seconds, **more)


def about(sentences, start):
    return [sentence for sentence in sentences if sentence.startswith(start)]


# ---- nothing that nobody said


def test_of_nothing_nothing_is_claimed(note, text):
    assert note().assessment == ("What was recorded does not allow an assessment.",)
    first, gaps = note().subjective
    assert first == "Session in person."
    assert gaps == "Not recorded: check before the session and consent to today's plan."
    assert text().split("\n\n")[1:] == [
        "Objective\nNot recorded: treatment.",
        "Assessment\nWhat was recorded does not allow an assessment.",
    ]


def test_pain_at_the_end_is_missed_where_there_was_treatment(note):
    gap = "Not recorded: pain at the end of the session."
    assert note(holds=(hold(),)).objective[-1] == gap
    assert gap not in note(holds=(hold(),), pain_after=2).objective


@pytest.mark.parametrize("lang", ["en", "es"])
def test_an_unwanted_reaction_is_told_only_where_there_was_one(text, lang):
    assert "eac" not in text(lang, holds=(hold(),)).replace("each", "")
    assert '"dizzy"' in text(lang, holds=(hold(),), reaction="dizzy")


def test_blank_words_are_no_words(note):
    blank = note(goals=" \n", changed=".", home_care=(" ",), posture=("",), next_visit=" ", decision=".")
    assert blank == note()
    assert note(activities=(Activity(" ", 3, 2),), motions=(Motion(" "),)) == note()


def test_what_is_missing_at_one_hold_of_a_point_is_said_in_its_place(note):
    objective = note(holds=(hold(pain_during=6, response="half"), hold(), hold(point=OTHER))).objective
    assert objective[:3] == (
        "Pincer compression on TrP1 in the right upper trapezius: two holds of 15 s each at level 3 of 5.",
        "Pain 6/10 and not recorded during. Response: softened by half, not recorded.",
        "Pincer compression on TrP2 in the left temporalis: one hold of 15 s at level 3 of 5.",
    )


# ---- people's own words


def test_own_words_are_quoted_on_one_line_and_never_read(note):
    said = 'It "shoots" <b>down</b>\r\n\r\nto my   hand.\u202e\x00 7 of 10.'
    (sentence,) = about(note(goals=said).subjective, "Goals")
    assert sentence == ("Goals: \"It 'shoots' \u2039b\u203adown\u2039/b\u203a to my hand. 7 of 10\".")


def test_a_motion_of_the_form_is_named_in_the_notes_language_and_others_are_quoted(note):
    drawing = Drawing({Place("sacrum"): 3}, aggravated_by=("Looking up", "my cello", " "))
    assert 'Worse with: looking up; "my cello".' in note(drawing=drawing).subjective
    assert 'Empeora con: mirar hacia arriba; "my cello".' in note("es", drawing=drawing).subjective


def test_aims_without_pain(note):
    assert (
        "Wanted from the treatment: stress and tension and posture."
        in note(drawing=Drawing(aims=("stress", "posture"))).subjective
    )


# ---- holds


def test_holds_of_a_point_stand_together_in_their_order(note):
    holds = (hold(12, level=2), hold(30, OTHER), hold(20, level=3), hold(15, level=2))
    first, second, *_ = note(holds=holds).objective
    assert "three holds of 12, 20 and 15 s at levels 2, 3 and 2 of 5" in first
    assert "TrP2 in the left temporalis: one hold of 30 s" in second


def test_more_than_ten_holds_are_counted_in_digits(note):
    assert "11 holds of 15 s each" in note(holds=(hold(),) * 11).objective[0]
    assert "ten holds" in note(holds=(hold(),) * 10).objective[0]


@pytest.mark.parametrize(
    ("holds", "said"),
    [
        ((hold(from_memory=True),), "The hold was charted afterwards from memory."),
        ((hold(from_memory=True), hold(point=OTHER, from_memory=True)), "The holds were charted afterwards"),
        (
            (hold(from_memory=True), hold(), hold(point=OTHER, from_memory=True)),
            "Charted afterwards from memory: one of two holds on TrP1 in the right upper trapezius; one hold",
        ),
        (
            (hold(), hold(point=OTHER, from_memory=True), hold(point=OTHER, from_memory=True)),
            "Charted afterwards from memory: two holds on TrP2 in the left temporalis.",
        ),
    ],
)
def test_memory_is_named_once(note, holds, said):
    (sentence,) = [sentence for sentence in note(holds=holds).objective if "memory" in sentence]
    assert sentence.startswith(said)


def test_a_measured_hold_tells_force_and_steadiness(note):
    traced = Measured(seconds=14.96, mean_n=22.04, steadiness="trembling")
    assert (
        "Force trace of the hold: mean 22 N over 15 s, trembling."
        in note(holds=(hold(measured=traced),)).objective
    )
    assert (
        "Force traces of these holds in turn: not measured; mean 22 N over 15 s, trembling."
        in note(holds=(hold(), hold(measured=traced))).objective
    )


def test_by_video_nobody_palpates_but_the_client(note):
    finding = Finding(*POINT, familiar=True, taut_band=True, tenderness=4)
    drafted = note(mode="video", findings=(finding,), holds=(hold(technique="self_compression"),))
    text = " ".join((*drafted.objective, *drafted.assessment))
    assert drafted.objective[0] == "By video; the practitioner palpated nothing."
    assert "Palpation," not in text
    assert "Coached self-palpation, TrP1" in text
    assert "Coached by video, self-treatment with fingers, ball or roller on TrP1" in text
    assert "active trigger point, not confirmed by palpation" in text


# ---- a visit that was stopped

STOP = {
    "stopped": "Call emergency services now.",
    "check": Check("emergency", nothing_new=False, reasons=("chest pain",)),
    "findings": (Finding(*POINT, familiar=True),),
}


def test_a_stopped_visit_says_what_to_do_and_nothing_of_treatment(note):
    drafted = note(**STOP, pain_before=5, pain_after=4)
    assert drafted.objective[-1] == "The visit ended at the check; no treatment was given."
    assert drafted.assessment == ("Check: an emergency, which comes before any treatment.",)
    assert drafted.plan == ('Told: "Call emergency services now".',)


def test_treatment_given_until_the_stop_is_not_denied(note):
    drafted = note(**STOP, holds=(hold(),))
    assert not [sentence for sentence in drafted.objective if "no treatment was given" in sentence]
    assert about(drafted.objective, "The visit was ended at the check; the treatment told here")
    assert about(drafted.objective, "Pincer compression on TrP1")


def test_a_stop_without_instruction_is_a_gap(note):
    assert note(stopped="").plan == ("Not recorded: what the client was told to do.",)


# ---- what findings speak for


@pytest.mark.parametrize(
    ("regions", "zone"),
    [
        ({}, "; its known referral zone: side of the neck (right), behind the ear (right), temple (right),"),
        ({Place("temple", "right"): 5}, "; marked places within its known referral zone: temple (right)."),
        ({Place("temple", "left"): 5}, "; none of the marked places lies within its known referral zone."),
    ],
)
def test_familiar_pain_speaks_for_an_active_point(note, regions, zone):
    findings = (Finding(*POINT, familiar=True),)
    (said,) = note(drawing=Drawing(regions), findings=findings).assessment
    assert said.startswith(
        "Consistent with an active trigger point: TrP1 in the right upper trapezius, familiar pain "
        f"reproduced{zone}"
    )


@pytest.mark.parametrize(
    "signs",
    [
        {"familiar": None, "tenderness": 5, "taut_band": True},
        {"familiar": False, "tenderness": 0, "taut_band": True},
        {"familiar": False, "tenderness": 5, "taut_band": False},
        {"familiar": False, "tenderness": 5},
    ],
)
def test_less_than_tender_in_a_taut_band_speaks_for_nothing(note, signs):
    assert note(findings=(Finding(*POINT, **signs),)).assessment == (
        "What was recorded does not allow an assessment.",
    )


def test_a_zone_on_the_other_side_is_named_there(kb, note):
    muscle, point = next((m, p) for m in kb.muscles.values() for p in m.trigger_points if p.other_side)
    marked = Drawing({Place(point.other_side[0], "left"): 4})
    (said,) = note(drawing=marked, findings=(Finding(muscle.id, "right", point.id, True),)).assessment
    assert said.endswith("(left).")


# ---- changes


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (6, 4, "went from 6/10 to 4/10, 2 points lower (33 %)."),
        (3, 4, "went from 3/10 to 4/10, 1 point higher (33 %)."),
        (0, 2, "went from 0/10 to 2/10, 2 points higher."),
        (5, 5, "stayed at 5/10."),
    ],
)
def test_a_change_within_the_visit(note, before, after, said):
    (sentence,) = note(pain_before=before, pain_after=after).assessment
    assert sentence == f"Within this visit pain {said}"


@pytest.mark.parametrize("given", [{"pain_before": 4}, {"pain_after": 4}, {"pain_last_week": 4}])
def test_one_number_is_no_change(note, given):
    assert note(number=2, **given).assessment == note().assessment


def test_in_the_first_session_there_is_no_course_to_judge(note):
    week = {"pain_last_week": 5, "pain_baseline": 5, "activities": (Activity("swim", 3, 3),)}
    first = note(number=1, **week)
    assert first.assessment == note().assessment
    assert "Average pain of the last week: 5/10." in first.subjective
    assert 'Ability for "swim": 3/10.' in first.subjective
    assert about(note(number=2, **week).assessment, "Over the course")


# ---- grammar


@pytest.mark.parametrize(
    ("muscle", "lang", "said"),
    [
        ("deltoid_anterior", "en", "TrP1 in the anterior part of the right deltoid"),
        (
            "hand_interossei",
            "en",
            "TrP1 in the right interossei of the hand (second to fourth dorsal, and palmar)",
        ),
        ("gluteus_medius", "es", "TrP1 de gluteus medius (lado derecho)"),
        ("upper_trapezius", "es", "TrP1 de trapezius, pars descendens (lado derecho)"),
    ],
)
def test_points_are_named_by_muscle_and_side(text, muscle, lang, said):
    assert said in text(lang, findings=(Finding(muscle, "right", "TrP1", True),))


def test_a_point_with_a_name_of_its_own(text):
    finding = Finding("masseter", "left", "deep", True)
    assert "trigger point (deep) in the left masseter" in text(findings=(finding,))
    assert "punto gatillo (deep) de masseter (lado izquierdo)" in text("es", findings=(finding,))


def test_spanish_joins_before_an_i_with_e(note):
    regions = {Place("temple", "left"): 5, Place("groin", "left"): 4}
    assert (
        "sien (lado izquierdo) 5/10 e ingle (lado izquierdo) 4/10."
        in note("es", drawing=Drawing(regions)).subjective[1]
    )


def test_a_region_is_said_once_for_both_sides_with_the_same_pain(note):
    regions = {Place("temple", "left"): 5, Place("temple", "right"): 5, Place("sacrum"): 3}
    marked = note(drawing=Drawing(regions)).subjective[1]
    assert marked == "Pain marked: temple (both sides) 5/10 and sacrum 3/10."


# ---- ids


def test_every_practice_has_a_name_in_both_languages(kb, text):
    assert set(PRACTICE_ES) == set(kb.practices)
    done = (*kb.techniques, *kb.practices)
    assert "TENS and electrotherapy" in text(techniques=done)
    assert "TENS y electroterapia" in text("es", techniques=done)


def test_what_the_day_allowed_only_lightly_says_so(text):
    done = {"techniques": ("stripping_gliding", "skin_rolling"), "lightly": ("stripping_gliding",)}
    assert "Done: stripping and gliding strokes, lightly; skin rolling." in text(**done)
    assert "pases profundos y deslizados, con suavidad; pinza rodada" in text("es", **done)


@pytest.mark.parametrize(
    ("charted", "kind"),
    [
        ({"findings": (Finding("trapez", "left", "TrP1"),)}, "muscle"),
        ({"findings": (Finding("masseter", "left", "TrP9"),)}, "trigger point of masseter"),
        ({"holds": (Hold(*POINT, "pincers", 2, 15),)}, "technique"),
        ({"techniques": ("stretch",)}, "technique"),
    ],
)
def test_an_id_that_does_not_exist_is_refused(note, charted, kind):
    with pytest.raises(UnknownId) as refused:
        note(**charted)
    assert refused.value.kind == kind


def test_a_note_and_what_was_charted_are_values():
    for value in (Charted(), Finding(*POINT), hold(), Check("adapt", nothing_new=True)):
        with pytest.raises(AttributeError):
            value.number = 1
        assert msgspec.structs.replace(value) == value
