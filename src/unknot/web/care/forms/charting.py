"""What is charted, read strictly: a number that nobody can mean is refused with what to do."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from unknot.knowledge import KnowledgeBase, load
from unknot.knowledge.muscles import Muscle, TriggerPoint
from unknot.knowledge.places import SIDES
from unknot.planning import OtherWork
from unknot.web.care.actions import Pressed
from unknot.web.care.models import Finding, Motion, Response, Session
from unknot.web.care.models.charting import LONGEST_HOLD
from unknot.web.care.today import Point, Today
from unknot.web.care.words import POSTURE, technique_name

NOT_A_RATING = _("A number from 0 (none) to 10 (the worst you can imagine).")
NOT_SECONDS = format_lazy(
    _("A hold lasts from 1 to {most} seconds. Write how long this one lasted."), most=LONGEST_HOLD
)
YES_NO = [("", _("not looked at")), ("yes", _("yes")), ("no", _("no"))]


class Rating(forms.TypedChoiceField):
    """0 to 10, or not said."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", "…"), *((str(n), str(n)) for n in range(11))]
        super().__init__(
            choices=choices,
            coerce=int,
            empty_value=None,
            required=kwargs.pop("required", False),
            error_messages={"invalid_choice": NOT_A_RATING},
            **kwargs,
        )


class Seconds(forms.IntegerField):
    """How long a hold lasted."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            validators=[MinValueValidator(1, NOT_SECONDS), MaxValueValidator(LONGEST_HOLD, NOT_SECONDS)],
            widget=forms.NumberInput(attrs={"min": 1, "max": LONGEST_HOLD, "inputmode": "numeric"}),
            error_messages={"invalid": NOT_SECONDS},
            **kwargs,
        )


class YesNo(forms.TypedChoiceField):
    """Yes, no, or not looked at."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=YES_NO, coerce=lambda v: v == "yes", empty_value=None, required=False, **kwargs
        )


class PointForm(forms.Form):
    """Something at a trigger point; ``clean`` gives it as ``at`` with what is allowed there today."""

    point = forms.CharField(max_length=80)

    def __init__(self, *args: Any, today: Today, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_point(self) -> str:
        """A point of the knowledge base that isn't closed today."""
        typed: str = self.cleaned_data["point"]
        found = point_of(typed, self.today, load())
        if found is None:
            raise forms.ValidationError(_("There is no such trigger point. Choose one from the chart."))
        if self.today.is_avoided(found):
            raise forms.ValidationError(_("Screening leaves this place alone today. Choose another."))
        if found.hold is None:
            raise forms.ValidationError(
                _("This place is closed today: it needs the client's consent, or is worked lightly only.")
            )
        self.cleaned_data["at"] = found
        return typed


class HoldForm(PointForm):
    """One hold."""

    public_id = forms.UUIDField(required=False)
    level = forms.IntegerField(min_value=1, max_value=5)
    seconds = Seconds()
    pain_during = Rating()
    pain_after = Rating()
    response = forms.ChoiceField(choices=[("", "…"), *Response.choices], required=False)
    from_memory = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Not above what the day allows at the point."""
        told = super().clean() or self.cleaned_data
        at: Point | None = told.get("at")
        if at and at.hold and told.get("level") and told["level"] > max(at.hold.levels):
            most = max(at.hold.levels)
            self.add_error("level", _("At most level %(most)s is allowed here today.") % {"most": most})
        return told

    def pressed(self) -> Pressed:
        """What the action takes."""
        said = self.cleaned_data
        at: Point = said["at"]
        return Pressed(
            public_id=said["public_id"] or uuid.uuid4(),
            muscle=at.muscle.id,
            side=at.side,
            trigger_point=at.trigger_point.id,
            technique=at.hold.technique if at.hold else "",
            level=said["level"],
            seconds=said["seconds"],
            pain_during=said["pain_during"],
            pain_after=said["pain_after"],
            response=said["response"],
            from_memory=said["from_memory"],
        )


class FindingForm(PointForm):
    """What palpation found at a point."""

    familiar = YesNo(label=_("Pressing it brings the familiar pain"))
    tenderness = Rating(label=_("Tenderness, 0 to 10"))
    taut_band = YesNo(label=_("Taut band"))
    twitch = YesNo(label=_("Local twitch"))

    def clean(self) -> dict[str, Any]:
        """Something has to be said."""
        told = super().clean() or self.cleaned_data
        if all(told.get(key) is None for key in ("familiar", "tenderness", "taut_band", "twitch")):
            raise forms.ValidationError(_("Say at least one thing that you found there."))
        return told

    def finding(self) -> Finding:
        """What the action takes."""
        said = self.cleaned_data
        at: Point = said["at"]
        return Finding(
            muscle=at.muscle.id,
            side=at.side,
            trigger_point=at.trigger_point.id,
            **{key: said[key] for key in ("familiar", "tenderness", "taut_band", "twitch")},
        )


class MotionForm(forms.ModelForm):  # type: ignore[type-arg]  # Django itself takes none
    """A motion in degrees; one of what is ``GIVEN`` says that there is one."""

    GIVEN = ("name", "before", "after")

    side = forms.ChoiceField(
        label=_("Side"),
        required=False,
        choices=[
            ("", _("none")),
            ("left", pgettext_lazy("side of a muscle", "left")),
            ("right", pgettext_lazy("side of a muscle", "right")),
        ],
    )

    class Meta:
        model = Motion
        fields = ("name", "side", "before", "after")
        labels = {
            "name": _("Motion"),
            "before": _("Degrees before treatment"),
            "after": _("Degrees after treatment"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in ("before", "after"):
            field = self.fields[key]
            field.required = False
            field.validators.append(MaxValueValidator(180, _("Degrees from 0 to 180.")))
        self.fields["name"].widget.attrs |= {"list": "motions", "autocomplete": "off"}
        for field in self.fields.values():
            field.widget.attrs["form"] = "whole"  # what is typed beside them isn't lost

    def clean(self) -> dict[str, Any]:
        """Something was measured."""
        told = super().clean() or self.cleaned_data
        if told.get("before") is None and told.get("after") is None and not self.errors:
            raise forms.ValidationError(_("Write the degrees, before or after treatment."))
        return told


class WholeForm(forms.ModelForm):  # type: ignore[type-arg]  # Django itself takes none
    """What holds for the session as a whole."""

    pain_before = Rating(label=_("Pain now, before treatment (0 to 10)"))
    pain_after = Rating(label=_("Pain now, after treatment (0 to 10)"))
    posture = forms.MultipleChoiceField(
        label=_("Seen standing"),
        choices=list(POSTURE.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    techniques = forms.MultipleChoiceField(
        label=_("Also done, beside the holds"),
        help_text=_("What screening leaves out today isn't offered."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Screening leaves this out today. Choose again.")},
    )

    class Meta:
        model = Session
        fields = ("changed", "pain_before", "pain_after", "posture", "techniques", "reaction")
        labels = {
            "changed": _("What has changed since last time, as the client says"),
            "reaction": _("Anything unwanted"),
        }
        widgets = {
            "changed": forms.Textarea(attrs={"rows": 2}),
            "reaction": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, work: Sequence[OtherWork], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {one.technique: _work_words(one) for one in work}
        kb = load()
        done = {id_: technique_name(id_, kb) for id_ in self.instance.techniques}  # checked again since
        field = self.fields["techniques"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the types
        field.choices = list({**done, **offered}.items())


TICKED = {
    "seconds": _("Seconds"),
    "level": _("Level"),
    "pain_during": _("Pain during"),
    "pain_after": _("Pain after"),
    "response": _("The point"),
}


class TickForm(HoldForm):
    """A hold of today's plan, ticked after the work; left alone it was not done. ``name`` is the point's."""

    done = forms.BooleanField(required=False)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_permitted = True
        self.use_required_attribute = False
        for key, label in TICKED.items():  # in a table their labels are its head
            self.fields[key].widget.attrs["aria-label"] = f"{label}: {name}"

    def full_clean(self) -> None:
        """What wasn't done is not looked at."""
        if self.is_bound and not self.data.get(self.add_prefix("done")):
            self._errors, self.cleaned_data = forms.utils.ErrorDict(), {"done": False}
            return
        super().full_clean()


def _work_words(work: OtherWork) -> str:
    name = technique_name(work.technique, load())
    if not work.is_light:
        return name
    return gettext("%(technique)s, lightly: at most level %(n)s of 5") % {
        "technique": name,
        "n": work.level,
    }


def point_of(typed: str, today: Today, kb: KnowledgeBase) -> Point | None:
    """The point that an id such as ``upper_trapezius:left:TrP1`` names."""
    muscle_id, _colon, rest = typed.partition(":")
    side, _colon, point_id = rest.partition(":")
    muscle: Muscle | None = kb.muscles.get(muscle_id)
    found: TriggerPoint | None = next(
        (p for p in muscle.trigger_points if p.id == point_id) if muscle else iter(()), None
    )
    known_side = next((s for s in SIDES if s == side), None)
    return today.point(muscle, known_side, found) if muscle and found and known_side else None
