"""Forms of hours; they clean into the core's ranges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from unknot.scheduling import TimeRange
from unknot.web.booking.models import MINUTES_A_DAY, Diary
from unknot.web.site.forms import DayField

RANGES_A_DAY = 2
BOTH_TIMES = _("Give both times, or neither.")
IN_ORDER = _("This ends before it begins. Hours over midnight are two: until midnight, and from midnight on.")
APART = _("The second begins before the first ends.")


class TimeField(forms.TimeField):
    """A wall-clock time with the browser's own picker."""

    def __init__(self, label: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(label=label, required=False, widget=widget)


def _minutes(told: time, *, ends: bool = False) -> int:
    """Minutes after midnight; midnight as an end is the day's."""
    return (told.hour * 60 + told.minute) or (MINUTES_A_DAY if ends else 0)


def _clock(minutes: int) -> time:
    return time(minutes % MINUTES_A_DAY // 60, minutes % 60)


class RangesForm(forms.Form):
    """Two ranges of hours for each of several days, by a prefix a day."""

    def add_ranges(self, prefix: str) -> None:
        """The four times of a day."""
        for number in range(RANGES_A_DAY):
            self.fields[f"{prefix}-{number}-from"] = TimeField(_("from"))
            self.fields[f"{prefix}-{number}-to"] = TimeField(_("to"))

    def ranges(self, prefix: str) -> list[TimeRange]:
        """What was said of a day; tells what is wrong beside its field."""
        found: list[TimeRange] = []
        for number in range(RANGES_A_DAY):
            start, end = (self.cleaned_data.get(f"{prefix}-{number}-{which}") for which in ("from", "to"))
            field = f"{prefix}-{number}-to"
            if self.has_error(field) or self.has_error(f"{prefix}-{number}-from") or start is end is None:
                continue
            if start is None or end is None:
                self.add_error(field, BOTH_TIMES)
                continue
            hours = TimeRange(_minutes(start), _minutes(end, ends=True))
            if hours.end <= hours.start:
                self.add_error(field, IN_ORDER)
            elif found and hours.start < found[-1].end:
                self.add_error(f"{prefix}-{number}-from", APART)
            else:
                found.append(hours)
        return found

    def rows(self, prefix: str) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of a day, two and two."""
        for number in range(RANGES_A_DAY):
            yield self[f"{prefix}-{number}-from"], self[f"{prefix}-{number}-to"]


class WeekForm(RangesForm):
    """The hours of every week."""

    def __init__(self, *args: Any, week: dict[int, list[TimeRange]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday in WEEKDAYS:
            self.add_ranges(str(weekday))
            for number, hours in enumerate((week or {}).get(weekday, [])):
                self.initial[f"{weekday}-{number}-from"] = _clock(hours.start)
                self.initial[f"{weekday}-{number}-to"] = _clock(hours.end)

    def clean(self) -> dict[str, Any]:
        """Weekday → ranges, as ``week``."""
        self.cleaned_data["week"] = {weekday: self.ranges(str(weekday)) for weekday in WEEKDAYS}
        return self.cleaned_data

    def days(self) -> Iterator[tuple[str, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Each weekday with its fields."""
        for weekday, name in WEEKDAYS.items():
            yield str(name), list(self.rows(str(weekday)))


class DateForm(RangesForm):
    """One date with hours of its own, or none."""

    on = DayField(label=_("Date"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_ranges("hours")

    def clean(self) -> dict[str, Any]:
        """The ranges, as ``hours``."""
        self.cleaned_data["hours"] = self.ranges("hours")
        return self.cleaned_data

    def hours_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the hours."""
        return list(self.rows("hours"))


class BlockForm(forms.Form):
    """Time for something else, by the practitioner's clock."""

    on = DayField(label=_("Date"))
    start = forms.TimeField(label=_("from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    end = forms.TimeField(label=_("to"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, *args: Any, zone: str, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone, self._now = ZoneInfo(zone), now

    def clean(self) -> dict[str, Any]:
        """The two instants, as ``begins`` and ``ends``; midnight as an end is the day's."""
        told = self.cleaned_data
        if not {"on", "start", "end"} <= told.keys():
            return told
        midnight = told["end"] == time()
        last_day = told["on"] + timedelta(days=1) if midnight else told["on"]
        # As instants: within one zone Python compares what the clocks show, and those may be set back.
        told["begins"] = datetime.combine(told["on"], told["start"], self._zone).astimezone(UTC)
        told["ends"] = datetime.combine(last_day, told["end"], self._zone).astimezone(UTC)
        if told["ends"] <= told["begins"]:
            self.add_error("end", IN_ORDER)
        elif told["ends"] <= self._now:
            self.add_error("on", _("That is over. Choose a time to come."))
        return told


class LimitsForm(forms.ModelForm):  # type: ignore[type-arg]  # Django itself takes none
    """How appointments are taken."""

    class Meta:
        model = Diary
        fields = (
            "grid_minutes",
            "minimum_notice_minutes",
            "horizon_days",
            "buffer_before_minutes",
            "buffer_after_minutes",
            "cancel_free_hours",
            "late_cancel_percent",
        )

    grid_minutes = forms.TypedChoiceField(
        label=_("Appointments start every … minutes"),
        coerce=int,
        choices=[(n, n) for n in (10, 15, 20, 30, 45, 60)],
    )
    minimum_notice_minutes = forms.IntegerField(
        label=_("Least notice, in minutes"), min_value=0, max_value=14 * MINUTES_A_DAY
    )
    horizon_days = forms.IntegerField(label=_("How many days ahead one can book"), min_value=1, max_value=365)
    buffer_before_minutes = forms.IntegerField(
        label=_("Minutes kept free before each"), min_value=0, max_value=120
    )
    buffer_after_minutes = forms.IntegerField(
        label=_("Minutes kept free after each"), min_value=0, max_value=120
    )
    cancel_free_hours = forms.IntegerField(
        label=_("Cancelling is free until … hours before"), min_value=0, max_value=14 * 24
    )
    late_cancel_percent = forms.IntegerField(
        label=_("After that it costs … percent of the price"), min_value=0, max_value=100
    )
