"""The drawing as a small picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from unknot.atlas import figures, figures_showing, render_figure
from unknot.web.intake.drawing_page import figure_names

if TYPE_CHECKING:
    from unknot.reasoning.drawing import Drawing

WHOLE = ("front", "back")


def drawn(drawing: Drawing, *, id_prefix: str) -> SafeString | None:
    """The whole figure that shows most of the pain; None where none was marked."""
    shown = figures_showing(drawing.regions, (f for f in figures() if f.id in WHOLE))
    if not drawing.regions or not shown:
        return None
    figure = max(shown, key=lambda f: sum(shape.place in drawing.regions for shape in f.shapes))
    return mark_safe(  # noqa: S308 - the atlas escapes what it is given
        render_figure(
            figure,
            title=figure_names()[figure.id],
            description=_("Where it hurts, as it was drawn."),
            id_prefix=id_prefix,
            pain=drawing.regions,
        )
    )
