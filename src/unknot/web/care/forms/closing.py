"""Consent, note, home care, the way on, and what the client tells before a visit."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unknot.knowledge import load
from unknot.planning.result import Exercise
from unknot.web.care.actions import Agreement, Told
from unknot.web.care.forms.charting import Rating
from unknot.web.care.models import Activity, Note
from unknot.web.care.models.notes import SECTIONS
from unknot.web.care.models.outcomes import MOST_ACTIVITIES
from unknot.web.care.words import CHANGES, area_name
from unknot.web.directory.forms import OneLine
from unknot.web.intake.adaptations import side_words
from unknot.web.intake.course import care_titles

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
    """
    The four parts of the note, and which saving of it this window read.

    ``savings`` are those of its own that got no answer yet, this one last.
    """

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    savings = SimpleArrayField(forms.UUIDField(), required=False, widget=forms.HiddenInput)
    subjective = forms.CharField(label=_("Subjective"), required=False, max_length=MOST_CHARACTERS)
    objective = forms.CharField(label=_("Objective"), required=False, max_length=MOST_CHARACTERS)
    assessment = forms.CharField(label=_("Assessment"), required=False, max_length=MOST_CHARACTERS)
    plan = forms.CharField(label=_("Plan"), required=False, max_length=MOST_CHARACTERS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in SECTIONS:
            self.fields[key].widget = forms.Textarea(attrs={"rows": 6})
        self.fields["subjective"].help_text = self.initial.get("warning", "")

    def sections(self) -> dict[str, str]:
        """What the action takes; a browser's way to end a line is no change of what was drafted."""
        return {key: self.cleaned_data[key].replace("\r\n", "\n") for key in SECTIONS}

    @staticmethod
    def read(note: Note) -> dict[str, Any]:
        """What a form begins with for a kept draft."""
        return {key: getattr(note, key) for key in ("revision", *SECTIONS)}


class AddendumForm(forms.Form):
    """What is added to a signed note."""

    text = forms.CharField(
        label=_("Add to the note"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def clean_key(self) -> uuid.UUID:
        """Of the form as it was shown, so that what is pressed twice is added once."""
        return self.cleaned_data["key"] or uuid.uuid4()


class HomeCareForm(forms.Form):
    """What the client does at home; each value says which exercise it is, whatever is offered by then."""

    chosen = forms.MultipleChoiceField(
        label=_("Home care"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("What fits has changed since this page was opened. Choose once more.")
        },
    )

    def __init__(
        self, *args: Any, offered: Sequence[Exercise], chosen: Sequence[Exercise], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["chosen"] = [one.key for one in chosen]
        self._offered = {exercise.key: exercise for exercise in offered}
        field = self.fields["chosen"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the types
        field.choices = [
            (key, format_html("<strong>{}</strong> {}", _title(one), one.text))
            for key, one in self._offered.items()
        ]

    def exercises(self) -> list[Exercise]:
        """What the action takes."""
        return [self._offered[key] for key in self.cleaned_data["chosen"]]


def _title(exercise: Exercise) -> str:
    """What it is, and for which muscle."""
    fact = load().muscles.get(exercise.muscle or "")
    title = care_titles()[exercise.kind]
    return f"{title} ({fact.name}, {side_words(exercise.side)})" if fact and exercise.side else title


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
        help_text=_("Left empty, the client reads the usual words for your decision."),
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

    Until the first session the client names up to three activities that are hard now, and may correct them;
    from then on those are rated, each posted with its key, so that no number counts for another.
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

    def __init__(
        self, *args: Any, activities: Sequence[Activity], is_first: bool, may_name: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._fixed = () if may_name else tuple(activities)
        change = self.fields["change"]
        assert isinstance(change, forms.ChoiceField)  # noqa: S101 - for the types
        change.choices = [("", "…"), *CHANGES.items()]
        if is_first:
            del self.fields["change"]
        for n, activity in enumerate(self._fixed):
            self._add_fixed(n, activity)
        for n in range(MOST_ACTIVITIES if may_name else 0):
            self._add_named(n)
        self.order_fields(
            ["pain_last_week", *(f for f in self.fields if f[-1].isdigit()), "change", "changed"]
        )

    def _add_fixed(self, n: int, activity: Activity) -> None:
        label = _("%(activity)s: how well does it go?") % {"activity": activity.words}
        self.fields[f"rated-{n}"] = Rating(label=label, help_text=_("0 not at all, 10 as before."))
        self.fields[f"activity-{n}"] = forms.IntegerField(
            required=False, initial=activity.pk, widget=forms.HiddenInput
        )

    def _add_named(self, n: int) -> None:
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
        """A rating needs something that it rates, named once."""
        told = super().clean() or self.cleaned_data
        if self._fixed:
            self._look_whether_same(told)
        else:
            self._look_at_names(told)
        return told

    def _look_whether_same(self, told: dict[str, Any]) -> None:
        """What an older page posts may mean other activities: then it is asked again, with theirs."""
        if any(told.get(f"activity-{n}") != activity.pk for n, activity in enumerate(self._fixed)):
            keys = {f"activity-{n}": activity.pk for n, activity in enumerate(self._fixed)}
            self.data = {**{name: self.data.get(name) for name in self.fields}, **keys}
            raise forms.ValidationError(
                _("What you rate was settled since this page was opened. Look at the numbers once more.")
            )

    def _look_at_names(self, told: dict[str, Any]) -> None:
        names = [told.get(f"named-{n}") for n in range(MOST_ACTIVITIES)]
        for n, name in enumerate(names):
            if told.get(f"rated-{n}") is not None and not name:
                self.add_error(f"named-{n}", _("Say what it is, or leave its number out."))
            if name and name in names[:n]:
                self.add_error(f"named-{n}", _("You named this already."))

    def told(self) -> Told:
        """What the action takes."""
        said = self.cleaned_data
        named = [said.get(f"named-{n}") or "" for n in range(MOST_ACTIVITIES)]
        names = [activity.words for activity in self._fixed] or named
        rated = [(words, said.get(f"rated-{n}")) for n, words in enumerate(names) if words]
        return Told(
            pain_last_week=said["pain_last_week"],
            activities=rated,
            change=said.get("change"),
            changed=said["changed"],
        )
