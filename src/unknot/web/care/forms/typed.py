"""What a page of the chart posted, to be read where it can't be kept."""

from __future__ import annotations

from collections.abc import Iterator

from django.forms import ChoiceField
from django.http import QueryDict
from django.utils.functional import Promise

from unknot.knowledge import load
from unknot.web.care.forms.charting import TICKED, FindingForm, HoldForm, MotionForm, WholeForm
from unknot.web.care.words import point_name, technique_name

FIELDS = HoldForm.base_fields | FindingForm.base_fields | MotionForm.base_fields | WholeForm.base_fields


def typed(posted: QueryDict) -> Iterator[tuple[str | Promise, str]]:
    """Label and words of each answer, in the page's order; of ticked holds, those that were ticked."""
    for key, values in posted.lists():
        row, _dash, name = key.rpartition("-")
        if row and not posted.get(f"{row}-done"):
            continue
        label = TICKED.get(name) if row else getattr(FIELDS.get(name), "label", None)
        words = ", ".join(_words(name, value) for value in values if value)
        if name == "point":
            yield words, ""
        elif label and words:
            yield label, words


def _words(name: str, value: str) -> str:
    if name == "point":
        muscle, side, trigger_point = [*value.split(":"), "", ""][:3]
        return point_name(muscle, side, trigger_point, load())
    if name == "techniques":
        return technique_name(value, load())
    field = FIELDS.get(name)
    choices = dict(field.choices) if isinstance(field, ChoiceField) else {}  # type: ignore[arg-type]
    return str(choices.get(value, value))
