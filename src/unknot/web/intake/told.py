"""What a visitor told, as the core takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from unknot.errors import InputError
from unknot.screening import read_answers
from unknot.screening.questionnaire import Missing, answers_from, contradictions, missing, questionnaire
from unknot.web.intake.safety import selection_of
from unknot.web.intake.walk import ANSWER, drawing_of
from unknot.web.site.languages import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unknot.knowledge import KnowledgeBase
    from unknot.reasoning.drawing import Drawing
    from unknot.screening import Answers
    from unknot.web.intake.walk import Walk


@dataclass(frozen=True)
class Told:
    """A drawing and answers about health."""

    drawing: Drawing
    answers: Answers


class LookAgain(InputError):  # noqa: N818 - it is a request, not a fault
    """
    Something on the safety page must be looked at again.

    ``at`` says what, by the id of a group or item, or the name of a question's field. ``may_go_on`` when the
    visitor may leave it as it is.
    """

    def __init__(self, message: str, at: Mapping[str, str], *, may_go_on: bool = False) -> None:
        """Say what to do, in all and at each place."""
        super().__init__(message)
        self.at, self.may_go_on = at, may_go_on


def read_told(walk: Walk, kb: KnowledgeBase, *, asked_again: bool) -> Told:
    """
    The drawing and the answers of a walk.

    What is missing is asked for once (``asked_again``); left open, it never counts as a no. Raises LookAgain,
    or InputError with what to do, where the safety questions can't be read.
    """
    selection = selection_of(walk.selection, questionnaire(kb, lang=language()), kb)
    if found := contradictions(selection, kb, lang=language()):
        raise LookAgain(_("Two of your answers do not fit together; see below."), found)
    document = answers_from(selection, kb, lang=language())
    if not asked_again and (left := _still_missing(missing(selection, kb, lang=language()))):
        raise LookAgain(
            _("A few answers are missing; they are marked below. You may also go on without them: "
              "what is not answered is then treated with caution."),
            left,
            may_go_on=True,
        )  # fmt: skip
    return Told(drawing_of(walk, kb), read_answers(document, kb))


def _still_missing(left: Missing) -> dict[str, str]:
    groups = dict.fromkeys(left.groups, _("Tick what is true, or the last line of this part."))
    follow_ups = dict.fromkeys(left.follow_ups, _("Tick what is true, or the last line of this part."))
    questions = {f"{ANSWER}{item}-{key}": _("Please choose.") for item, key in left.qualifiers}
    return {**groups, **follow_ups, **questions}
