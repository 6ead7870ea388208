"""A force trace as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from unknot.knowledge import load
from unknot.pressure import Reading, find_holds, read_trace, text_of
from unknot.web.care.models import Hold
from unknot.web.care.words import point_name

MOST_BYTES = 4_000_000
"""Ten minutes at 200 Hz, and more."""
MOST_BODY = MOST_BYTES + 64 * 1024
"""The file with the rest of its form."""


class TraceForm(forms.Form):
    """Which hold, and the sensor's file."""

    of = forms.ChoiceField(label=_("Of which hold"))
    trace = forms.FileField(
        label=_("The sensor's file"),
        help_text=_("CSV with the columns time_s and force_n: seconds and newtons."),
    )

    def __init__(self, *args: Any, holds: Sequence[Hold], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kb = load()
        self._holds = {str(hold.public_id): hold for hold in holds}
        field = self.fields["of"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types
        field.choices = [
            (key, f"{point_name(h.muscle, h.side, h.trigger_point, kb)}: {h.seconds} s")
            for key, h in self._holds.items()
        ]

    def clean_trace(self) -> UploadedFile[bytes]:
        """Not endless."""
        given: UploadedFile[bytes] = self.cleaned_data["trace"]
        if given.size is None or given.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 4 MB. Cut it to the session."))
        return given

    def hold(self) -> Hold:
        """The hold that was chosen."""
        return self._holds[self.cleaned_data["of"]]

    def read(self) -> tuple[str, Reading]:
        """The file's text, and what stands in it. Raises InputError where that can't be told for certain."""
        content: bytes = self.cleaned_data["trace"].read()
        reading = find_holds(read_trace(content))
        return text_of(content), reading
