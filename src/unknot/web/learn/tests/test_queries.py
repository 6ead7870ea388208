from __future__ import annotations

from collections import Counter

import pytest
from django.utils.translation import override

from unknot.errors import UnknownId
from unknot.knowledge import load
from unknot.web.learn import links, words
from unknot.web.learn.queries.conditions import condition_groups, condition_page
from unknot.web.learn.queries.muscles import muscle_groups, muscle_page
from unknot.web.learn.queries.questions import question_groups, question_page
from unknot.web.learn.queries.regions import region_groups, region_page
from unknot.web.learn.queries.search import search
from unknot.web.learn.references import References, reference

KB = load()


def titles(found: tuple[links.Link, ...]) -> list[str]:
    return [link.title for link in found]


def test_an_id_names_one_fact_across_kinds() -> None:
    ids = Counter(id_ for entries, _ in links.KINDS for id_ in entries(KB))
    assert [id_ for id_, count in ids.items() if count > 1] == []


def test_an_address_names_one_fact() -> None:
    for entries, _ in links.KINDS:
        slugs = Counter(map(links.slug_of, entries(KB)))
        assert max(slugs.values()) == 1


def test_whatever_a_question_names_can_be_opened() -> None:
    assert all(links.see(KB, id_).url for q in KB.questions.values() for id_ in q.see)
    with pytest.raises(UnknownId, match="unknown fact 'ppq'; did you mean ppt"):
        links.see(KB, "ppq")


def test_groups_hold_every_fact_once() -> None:
    grouped = Counter(link.slug for group in muscle_groups(KB) for link in group.links)
    assert grouped == Counter(map(links.slug_of, KB.muscles))
    grouped = Counter(link.slug for group in region_groups(KB) for link in group.links)
    assert grouped == Counter(map(links.slug_of, KB.regions))
    grouped = Counter(link.slug for group in condition_groups(KB) for link in group.links)
    assert grouped == Counter(map(links.slug_of, KB.conditions))
    grouped = Counter(shown.link.slug for group in question_groups(KB) for shown in group.questions)
    assert grouped == Counter(map(links.slug_of, KB.questions))
    assert all(group.links for group in (*muscle_groups(KB), *condition_groups(KB)))


def test_a_muscle_knows_what_it_belongs_to() -> None:
    page = muscle_page(KB, "upper-trapezius")
    assert titles(page.refers_to)[:3] == [KB.regions[r].name for r in ("neck_side", "mastoid", "temple")]
    assert "Tension-type headache" in titles(page.conditions)
    assert "Pincer compression" in titles(page.techniques)
    assert page.level.lit == (True, True, True, False, False)
    assert page.mark.label == f"1\N{EN DASH}{len(page.muscle.sources)}"


def test_no_technique_is_named_that_presses_more_than_the_muscle_bears() -> None:
    for muscle in KB.muscles.values():
        for link in muscle_page(KB, links.slug_of(muscle.id)).techniques:
            technique = next(t for t in KB.techniques.values() if t.name == link.title)
            assert technique.pressure_level[0] <= muscle.pressure_level or not technique.hold_s


def test_a_region_lists_who_refers_there_as_the_knowledge_base_does() -> None:
    page = region_page(KB, "temple")
    listed = [r.link.title for r in (*page.essential, *page.spillover, *page.other_side)]
    assert listed == [r.muscle.name for r in KB.muscles_referring_to("temple")]
    assert {r.strength for r in page.essential} == {"essential"}


def test_a_remembered_figure_is_not_shown() -> None:
    for condition in KB.conditions.values():
        page = condition_page(KB, links.slug_of(condition.id))
        for fact, shown in zip(condition.muscles_found, page.found, strict=True):
            assert (shown.percent is None) == (not fact.verified)


def test_a_range_over_studies_is_shown_as_one() -> None:
    ranged = [
        shown.percent
        for c in KB.conditions.values()
        for fact, shown in zip(c.muscles_found, condition_page(KB, links.slug_of(c.id)).found, strict=True)
        if fact.active_share_max is not None and fact.verified
    ]
    assert all("\N{EN DASH}" in percent for percent in ranged if percent)


def test_a_question_leads_to_its_rules_and_its_neighbours() -> None:
    page = question_page(KB, "referred-pain")
    assert [rule.anchor for rule in page.rules] == ["chest-pain-exertion"]
    assert "What is a trigger point?" in titles(page.siblings)
    assert page.question.title not in titles(page.siblings)


def test_names_that_are_translated_say_so() -> None:
    with override("es"):
        assert links.region(KB, "temple") == links.Link("Sien", "learn:region", "temple", lang="es")
        assert links.technique(KB, "skin_rolling").lang == "es"
        assert links.muscle(KB, "masseter").lang == "en"
        (first, *_) = search(KB, "sien").found
    assert (first.title, first.lang) == ("Sien", "es")
    assert titles(search(KB, "sien").found)[0] == "Temple", "each language keeps its own"


def test_the_same_source_keeps_its_number() -> None:
    references = References()
    assert references.mark(["a", "b"]).numbers == (1, 2)
    assert references.mark(["b", "c"]).numbers == (2, 3)
    assert [r.text for r in references.listed()] == ["a", "b", "c"]


def test_what_rests_on_our_own_facts_leads_to_them() -> None:
    shown = reference(1, "Hold rule and its basis: techniques.toml")
    assert (shown.text, shown.url) == (
        "Hold rule and its basis: this library's techniques",
        "/library/techniques/",
    )


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("upper trapezius", "Upper trapezius"),
        ("UPPER-TRAPS", "Upper trapezius"),
        ("trapezius upper", "Upper trapezius"),
        ("SCM", "Sternocleidomastoid, sternal division"),
        ("tmj", "Temporomandibular disorder, muscular"),
        ("is it painful?", "Is it painful?"),
        ("cmtpt", "Certification Board for Myofascial Trigger Point Therapists"),
    ],
)
def test_a_search_finds_by_any_name(query: str, first: str) -> None:
    assert first in titles(search(KB, query).found)[:3]


def test_a_slip_of_the_pen_is_met_with_a_hint() -> None:
    found = search(KB, "trapezious")
    assert found.found == ()
    assert any("trapezius" in name for name in found.near)


@pytest.mark.parametrize("query", ["", "   ", "?!", "qqqqqqqqqqqq", "x" * 10_000])
def test_a_search_for_nothing_finds_nothing(query: str) -> None:
    assert search(KB, query).found == ()


def test_words_exist_for_every_value() -> None:
    for muscle in KB.muscles.values():
        assert muscle.part in words.PARTS
        assert set(muscle.needs) <= words.NEEDS.keys()
    assert {r.evidence for r in KB.rules.values()} <= words.EVIDENCE.keys()
    assert {q.evidence for q in KB.questions.values()} <= words.EVIDENCE.keys()
    assert {b.certainty for b in KB.bodies.values()} <= words.BODY_CERTAINTY.keys()
