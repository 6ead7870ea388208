"""
The figures of the pain drawing as ``<body-chart>`` wants them: tabs, figures, larger parts, picker.

All words come from outside, so that the page's language is the page's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import msgspec

from unknot.atlas.body import MAIN, Figure, figure, figures
from unknot.atlas.pictures import NOTHING, SIDE_NAMES, render_figure
from unknot.knowledge import Place

FIGURE_NAMES: Mapping[str, str] = {
    "front": "Front",
    "back": "Back",
    "head_left": "Head from the left",
    "head_right": "Head from the right",
    "face": "Face",
    "head_back": "Back of the head",
    "hand_palm_left": "Left hand, palm",
    "hand_palm_right": "Right hand, palm",
    "hand_back_left": "Left hand, back",
    "hand_back_right": "Right hand, back",
    "foot_top_left": "Left foot",
    "foot_top_right": "Right foot",
    "sole_left": "Sole of the left foot",
    "sole_right": "Sole of the right foot",
}
"""What each figure shows, in English."""


class ChartWords(msgspec.Struct, frozen=True):
    """What the chart says; ``levels`` has a word for each intensity from 1 to 10."""

    figures: Mapping[str, str] = msgspec.field(default_factory=lambda: FIGURE_NAMES)
    sides: Mapping[str, str] = msgspec.field(default_factory=lambda: SIDE_NAMES)
    ask: str = "How strong is it?"
    levels: tuple[str, ...] = (
        *("hardly there", "slight", "slight", "moderate", "moderate"),
        *("moderate", "strong", "strong", "very strong", "the worst you can imagine"),
    )
    remove: str = "Remove"
    close: str = "Close"
    undo: str = "Undo"
    whole: str = "Whole body"
    hint: str = "Tap where it hurts. Small parts open larger first."


def render_chart(words: ChartWords, pain: Mapping[Place, int] = NOTHING) -> str:
    """
    The inside of ``<div data-figures>``; ``pain`` is what is marked already.

    Without scripts the four main figures stand there as pictures of what the list says. The rest waits in a
    ``<template>`` until the element opens it.
    """
    main = (figure(id_) for id_ in MAIN)
    larger = (part for part in figures() if part.id not in MAIN)
    return "".join(
        [
            f'<div class="chart-tabs" data-tabs hidden>{_tabs(words)}</div>',
            '<div class="chart-frame">',
            f'<div class="chart-stage" data-stage role="group" aria-label="{escape(words.hint)}">',
            f"{_figures(main, words, pain)}</div>",
            _larger(words),
            '<p class="chart-name" data-name hidden></p></div>',
            f'<p class="chart-hint" data-hint hidden>{escape(words.hint)}</p>',
            '<p class="chart-done" data-done hidden><span data-said></span> ',
            f"{_button(words.undo, 'undo')}</p>",
            _picker(words),
            f"<template data-parts>{_figures(larger, words, pain)}</template>",
        ]
    )


def _tabs(words: ChartWords) -> str:
    return "".join(
        f'<button type="button" class="chart-tab" data-show="{id_}">{escape(words.figures[id_])}</button>'
        for id_ in MAIN
    )


def _figures(shown: Iterable[Figure], words: ChartWords, pain: Mapping[Place, int]) -> str:
    return "".join(_figure(part, words, pain) for part in shown)


def _figure(part: Figure, words: ChartWords, pain: Mapping[Place, int]) -> str:
    name = words.figures[part.id]
    svg = render_figure(
        part,
        title=name,
        id_prefix=f"chart-{part.id}",
        pain=pain,
        interactive=True,
        side_names=words.sides,
    )
    return (
        f'<figure class="chart-figure chart-figure-{part.id}" data-view="{part.id}">{svg}'
        f"<figcaption>{escape(name)}</figcaption></figure>"
    )


def _larger(words: ChartWords) -> str:
    return (
        '<div class="chart-larger" data-larger hidden>'
        f"{_button('← ' + words.whole, 'whole')}<div data-part></div></div>"
    )


def _picker(words: ChartWords) -> str:
    steps = "".join(
        f'<button type="button" class="picker-step pain-{n}" value="{n}" data-word="{escape(word)}"'
        f' aria-label="{n}, {escape(word)}">{n}</button>'
        for n, word in enumerate(words.levels, start=1)
    )
    return (
        '<div class="chart-picker" data-picker role="group" aria-labelledby="picker-name" hidden>'
        '<p class="picker-name" id="picker-name" data-place-name></p>'
        f'<p class="picker-ask" data-word data-ask="{escape(words.ask)}">{escape(words.ask)}</p>'
        f'<div class="picker-steps">{steps}</div>'
        f'<p class="picker-ends"><span>1 · {escape(words.levels[0])}</span>'
        f"<span>{len(words.levels)} · {escape(words.levels[-1])}</span></p>"
        f'<div class="picker-ways">{_button(words.remove, "remove")}'
        f"{_button(words.close, 'close')}</div></div>"
    )


def _button(text: str, does: str) -> str:
    return f'<button type="button" class="chart-button" data-do="{does}">{escape(text)}</button>'
