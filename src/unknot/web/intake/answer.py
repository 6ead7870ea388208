"""What the answer page shows: the verdict and why, what may be checked first, the course, home care."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _

from unknot.knowledge.labels import rule_words
from unknot.planning import plan_from, with_symptoms_of
from unknot.reasoning import reason
from unknot.screening import screen
from unknot.web.intake.adaptations import changes
from unknot.web.intake.checked import Checks, checks_of
from unknot.web.intake.course import CareGroup, CourseWords, care_of, course_words
from unknot.web.learn.references import References
from unknot.web.site.languages import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unknot.knowledge import KnowledgeBase
    from unknot.screening.result import Fired, Screening
    from unknot.web.intake.told import Told
    from unknot.web.learn.references import Mark, Reference

Kind = Literal["proceed", "adapt", "local", "clearance", "stop"]
Icon = Literal["ok", "caution", "stop"]


@dataclass(frozen=True)
class Verdict:
    """The decision in a word and a sentence; the icon is never alone."""

    kind: Kind
    icon: Icon
    word: str
    sentence: str


@dataclass(frozen=True)
class Reason:
    """A fired rule: what it is about, which answers fired it, what to do, what would change it."""

    rule: str
    name: str
    why: str
    action: str
    from_whom: str
    changes_with: str
    mark: Mark


@dataclass(frozen=True)
class Answer:
    """All of it; empty where the decision allows none."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    changes: tuple[str, ...]
    open_questions: tuple[str, ...]
    for_the_practitioner: tuple[str, ...]
    ask_where: tuple[str, ...]
    has_letter: bool
    guardian_books: bool
    held: bool
    checks: Checks | None
    why_not: str | None
    light_work_only: bool
    after_clearance: bool
    course: CourseWords | None
    home_care: tuple[CareGroup, ...]
    references: tuple[Reference, ...]


def screening_of(told: Told, kb: KnowledgeBase) -> Screening:
    """The answers screened, with the symptoms that the drawing told."""
    return screen(with_symptoms_of(told.drawing, told.answers), kb, lang=language())


def answer_of(told: Told, screening: Screening, kb: KnowledgeBase, *, of_a_client: bool = False) -> Answer:
    """Everything that the page of this result shows, to the client or to who treats one."""
    shown = verdict(screening)
    stopped = shown.kind == "stop"
    reasoning = reason(told.drawing, kb)
    plan = plan_from(told.drawing, screening, reasoning, kb, lang=language())
    refs = References()
    why = reasons(screening, refs, kb)
    checks = None if stopped or not told.drawing.regions else checks_of(told.drawing, reasoning, refs, kb)
    course = course_words(plan.course, refs, kb) if plan.course and not stopped else None
    home_care = () if stopped else care_of(plan.home_care, refs, kb)
    return Answer(
        verdict=shown,
        reasons=why,
        changes=() if stopped else changes(screening, kb, of_a_client=of_a_client),
        open_questions=() if stopped else _asks(screening.unanswered, screening.ask, kb),
        for_the_practitioner=() if stopped else _asks(screening.ask, (), kb),
        ask_where=() if stopped else _places_missing(screening, kb),
        has_letter=bool(addressees(screening)),
        guardian_books=guardian_books(screening),
        held=screening.held,
        checks=checks,
        why_not=plan.why_not,
        light_work_only=plan.light_work_only,
        after_clearance=plan.after_clearance,
        course=course,
        home_care=home_care,
        references=refs.listed(),
    )


def kind_of(screening: Screening) -> Kind:
    """
    Which row of FORMAT's table the result falls into; emergencies have a page of their own.

    Where only a place is closed, what else is fired decides.
    """
    match screening.decision_elsewhere:
        case "absolute":
            return "stop"
        case "emergency":
            raise ValueError("an emergency is no verdict")
        case other:
            return other


def verdict(screening: Screening) -> Verdict:
    """The verdict in words."""
    kind = kind_of(screening)
    icon, word, sentence = _verdicts()[kind]
    if guardian_books(screening):
        sentence = _("A parent or guardian has to agree; they do so when they book.")
    if screening.held and kind != "stop":
        so_far = _("As far as you have answered: %(word)s. The questions below come first.") % {"word": word}
        return Verdict(kind, "caution", _("Almost there"), so_far)
    return Verdict(kind, icon, word, sentence)


def reasons(screening: Screening, refs: References, kb: KnowledgeBase) -> tuple[Reason, ...]:
    """The fired rules, strictest first, without the house rules that hold for everyone."""
    return tuple(_reason(fired, refs, kb) for fired in screening.fired if not fired.standing)


def guardian_books(screening: Screening) -> bool:
    """Whether a guardian's consent, which is given in the booking itself, is all that is missing."""
    asked = {need.who for need in screening.needs if need.kind == "clearance"}
    return kind_of(screening) == "clearance" and asked == {"guardian"}


def addressees(screening: Screening) -> tuple[str, ...]:
    """Whom a letter goes to: those who can clear a rule and are neither the client nor time itself."""
    return tuple(dict.fromkeys(n.who for n in screening.needs if n.who not in NO_LETTER))


NO_LETTER = ("client", "time", "practitioner", "regulator")
"""Who clears a rule without a letter from the client."""


def _reason(fired: Fired, refs: References, kb: KnowledgeBase) -> Reason:
    rule = kb.rules[fired.rule]
    words = rule_words(rule, kb.rules_es, language())
    who = rule.clears_with.who
    waits = rule.category in {"absolute", "clearance"} and not fired.cleared
    return Reason(
        rule=rule.id,
        name=words.name,
        why=fired.why,
        action=words.action,
        from_whom=kb.labels.who[who].in_(language()) if waits and who not in NO_LETTER else "",
        changes_with=words.clears if waits else "",
        mark=refs.mark(rule.sources),
    )


def _asks(rules: Sequence[str], but: Sequence[str], kb: KnowledgeBase) -> tuple[str, ...]:
    return tuple(rule_words(kb.rules[r], kb.rules_es, language()).asks for r in rules if r not in but)


def _places_missing(screening: Screening, kb: KnowledgeBase) -> tuple[str, ...]:
    if not screening.unplaced:
        return ()
    asked = dict.fromkeys(need.rule for need in screening.needs if need.kind == "place")
    return tuple(rule_words(kb.rules[r], kb.rules_es, language()).name for r in asked)


def _verdicts() -> dict[Kind, tuple[Icon, str, str]]:
    return {
        "proceed": (
            "ok",
            _("Massage looks safe for you"),
            _("Nothing that you told us speaks against a neuromuscular massage."),
        ),
        "adapt": (
            "ok",
            _("Yes, with some changes"),
            _("A massage can be planned for you if the therapist keeps to what stands below."),
        ),
        "local": (
            "caution",
            _("Yes, but some places are left alone"),
            _("The places named below are not worked on; the rest of the body can be."),
        ),
        "clearance": (
            "caution",
            _("Ask first"),
            _("Before any hands-on session, somebody who knows your health has to agree."),
        ),
        "stop": (
            "stop",
            _("Not now"),
            _("With what you told us, a massage could do harm now. Below is why, and what would change it."),
        ),
    }
