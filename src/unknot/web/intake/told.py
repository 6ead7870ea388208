"""What a visitor told, as the core takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from unknot.screening import read_answers
from unknot.screening.questionnaire import (
    Missing,
    NoAnswer,
    Selection,
    answers_from,
    contradictions,
    missing,
    questionnaire,
)
from unknot.web.intake.look_again import LookAgain
from unknot.web.intake.selected import selection_of
from unknot.web.intake.walk import ANSWER, drawing_of
from unknot.web.site.languages import language

if TYPE_CHECKING:
    from unknot.knowledge import KnowledgeBase
    from unknot.reasoning.drawing import Drawing
    from unknot.screening import Answers
    from unknot.web.intake.walk import Walk


@dataclass(frozen=True)
class Told:
    """A drawing and answers about health."""

    drawing: Drawing
    answers: Answers


def read_told(walk: Walk, kb: KnowledgeBase, *, asked_again: bool) -> Told:
    """
    The drawing and the answers of a walk.

    What is missing is asked for once (``asked_again``); left open, it never counts as a no. Raises LookAgain,
    or InputError with what to do, where the safety questions can't be read.
    """
    form = questionnaire(kb, lang=language())
    selection = selection_of(walk.selection, form, kb)
    if found := contradictions(selection, kb, lang=form.lang):
        raise LookAgain(_("Two of your answers do not fit together; see below."), found)
    left = missing(selection, kb, lang=form.lang)
    open_still = {} if asked_again else still_missing(left)
    if left.age:
        age = kb.labels.phrase["age_missing"].in_(form.lang)
        raise LookAgain(age, {f"{ANSWER}age": age, **open_still})
    document = _document(selection, kb)
    if open_still:
        raise LookAgain(
            _("A few answers are missing; they are marked below. You may also go on without them: "
              "what is not answered is then treated with caution."),
            open_still,
            may_go_on=True,
        )  # fmt: skip
    return Told(drawing_of(walk, kb), read_answers(document, kb))


def _document(selection: Selection, kb: KnowledgeBase) -> dict[str, Any]:
    try:
        return answers_from(selection, kb, lang=language())
    except NoAnswer as error:
        raise LookAgain(str(error), {f"{ANSWER}{error.item}-{error.key}": str(error)}) from error


def still_missing(left: Missing) -> dict[str, str]:
    """What to do at each group, follow-up and question that was left open."""
    groups = dict.fromkeys(left.groups, _("Tick what is true, or the last line of this part."))
    follow_ups = dict.fromkeys(left.follow_ups, _("Tick what is true, or the last line of this part."))
    questions = {f"{ANSWER}{item}-{key}": _("Please choose.") for item, key in left.qualifiers}
    return {**groups, **follow_ups, **questions}
