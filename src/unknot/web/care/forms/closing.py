"""Consent, note, home care, the way on, and what the client tells before a visit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unknot.knowledge import load
from unknot.planning.result import Exercise
from unknot.web.care.actions import Agreement, Told
from unknot.web.care.forms.charting import Rating
from unknot.web.care.models import Activity, Note
from unknot.web.care.models.outcomes import MOST_ACTIVITIES
from unknot.web.care.words import area_name
from unknot.web.directory.forms import OneLine

MOST_CHARACTERS = 10_000


class ConsentForm(forms.Form):
    """Who agrees to today's plan, and to each sensitive area; for a ``minor``, by name, a guardian."""

    plan = forms.BooleanField(
        label=_("The client has heard today's plan, what it may do and what else there is, and agrees"),
        error_messages={"required": _("Treatment begins with the client's agreement.")},
    )
    given_by = OneLine(label=_("Who agrees, by name"), max_length=120)

    def __init__(self, *args: Any, areas: Sequence[str], minor: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas, self._minor = areas, minor
        if minor:
            self.fields["given_by"].label = _("Which parent or guardian agrees, by name")
            self.fields["plan"].label = _(
                "Parent or guardian, and the young person too, have heard today's plan, what it may do and"
                " what else there is, and agree"
            )
        kb = load()
        for area in areas:
            self.fields[f"area-{area}"] = forms.TypedChoiceField(
                label=area_name(area, kb),
                choices=[("", _("not asked")), ("yes", _("agrees")), ("no", _("declines"))],
                coerce=lambda said: said == "yes",
                empty_value=None,
                required=False,
            )

    def clean_given_by(self) -> str:
        """Nobody under age agrees alone."""
        given_by: str = self.cleaned_data["given_by"]
        if self._minor and given_by.casefold() == self._minor.casefold():
            raise forms.ValidationError(_("Write the parent's or guardian's name, not the young person's."))
        return given_by

    def agreement(self, goals: str) -> Agreement:
        """What the action takes."""
        answers = {area: self.cleaned_data[f"area-{area}"] for area in self.areas}
        return Agreement(
            plan=str(self.fields["plan"].label),
            given_by=self.cleaned_data["given_by"],
            goals=goals,
            areas={
                area: (
                    gettext("Work at this area today: %(area)s")
                    % {"area": self.fields[f"area-{area}"].label},
                    said,
                )
                for area, said in answers.items()
                if said is not None
            },
        )


class NoteForm(forms.Form):
    """The four parts of the note, and which saving of it this window read."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    subjective = forms.CharField(label=_("Subjective"), required=False, max_length=MOST_CHARACTERS)
    objective = forms.CharField(label=_("Objective"), required=False, max_length=MOST_CHARACTERS)
    assessment = forms.CharField(label=_("Assessment"), required=False, max_length=MOST_CHARACTERS)
    plan = forms.CharField(label=_("Plan"), required=False, max_length=MOST_CHARACTERS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in ("subjective", "objective", "assessment", "plan"):
            self.fields[key].widget = forms.Textarea(attrs={"rows": 6})

    def sections(self) -> dict[str, str]:
        """What the action takes."""
        return {key: self.cleaned_data[key] for key in ("subjective", "objective", "assessment", "plan")}

    @staticmethod
    def read(note: Note) -> dict[str, Any]:
        """What a form begins with for a kept draft."""
        keys = ("revision", "subjective", "objective", "assessment", "plan")
        return {key: getattr(note, key) for key in keys}


class AddendumForm(forms.Form):
    """What is added to a signed note."""

    text = forms.CharField(
        label=_("Add to the note"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class HomeCareForm(forms.Form):
    """What the client does at home; the values are places in the list that was shown."""

    chosen = forms.TypedMultipleChoiceField(
        label=_("Home care"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: Sequence[Exercise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered = offered
        field = self.fields["chosen"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 - for the types
        field.choices = [(str(n), exercise.text) for n, exercise in enumerate(offered)]

    def exercises(self) -> list[Exercise]:
        """What the action takes."""
        return [self._offered[n] for n in self.cleaned_data["chosen"]]


class GoalsForm(forms.Form):
    """What the client wants."""

    goals = forms.CharField(
        label=_("What the client wants from this course, in their words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DecisionForm(forms.Form):
    """The way on after a re-evaluation."""

    decided = forms.ChoiceField(label=_("Your decision"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words, for the client"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, ways: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decided"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types
        field.choices = list(ways)


class CheckInForm(forms.Form):
    """
    The half minute before a visit.

    The first time the client names up to three activities that are hard now; from then on those are rated.
    """

    pain_last_week = Rating(label=_("On average over the last week, how strong was your pain?"))
    change = forms.TypedChoiceField(
        label=_("All in all, compared with before the first session"),
        coerce=int,
        empty_value=None,
        required=False,
    )
    changed = forms.CharField(
        label=_("Has anything changed that your therapist should know?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, activities: Sequence[Activity], is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._named = [activity.words for activity in activities]
        change = self.fields["change"]
        assert isinstance(change, forms.ChoiceField)  # noqa: S101 - for the types
        change.choices = [("", "…"), *CHANGES]
        if is_first:
            del self.fields["change"]
        for n in range(MOST_ACTIVITIES):
            self._add_activity(n)
        self.order_fields(
            ["pain_last_week", *(f for f in self.fields if f[-1].isdigit()), "change", "changed"]
        )

    def _add_activity(self, n: int) -> None:
        if n < len(self._named):
            label = _("%(activity)s: how well does it go?") % {"activity": self._named[n]}
            self.fields[f"rated-{n}"] = Rating(label=label, help_text=_("0 not at all, 10 as before."))
        elif not self._named:
            self.fields[f"named-{n}"] = OneLine(
                label=_("Something that is hard for you now") if n == 0 else _("Something else"),
                max_length=120,
                required=False,
                help_text=_("For example: turning the head when driving.") if n == 0 else "",
            )
            self.fields[f"rated-{n}"] = Rating(
                label=_("How well does it go?"), help_text=_("0 not at all, 10 as before.")
            )

    def clean(self) -> dict[str, Any]:
        """A rating needs something that it rates."""
        told = super().clean() or self.cleaned_data
        for n in range(len(self._named), MOST_ACTIVITIES):
            if told.get(f"rated-{n}") is not None and not told.get(f"named-{n}"):
                self.add_error(f"named-{n}", _("Say what it is, or leave its number out."))
        return told

    def told(self) -> Told:
        """What the action takes."""
        said = self.cleaned_data
        names = self._named or [said.get(f"named-{n}") or "" for n in range(MOST_ACTIVITIES)]
        rated = [(words, said.get(f"rated-{n}")) for n, words in enumerate(names) if words]
        return Told(
            pain_last_week=said["pain_last_week"],
            activities=rated,
            change=said.get("change"),
            changed=said["changed"],
        )


CHANGES = [
    ("5", _("completely recovered")),
    ("4", _("very much better")),
    ("3", _("much better")),
    ("2", _("better")),
    ("1", _("a little better")),
    ("0", _("no change")),
    ("-1", _("a little worse")),
    ("-2", _("worse")),
    ("-3", _("much worse")),
    ("-4", _("very much worse")),
    ("-5", _("as much worse as can be")),
]
"""The eleven steps of the global rating, in words of our own."""
