"""The chart's markup: what stands without scripts, and words in any language."""

from unknot.atlas import MAIN, figures
from unknot.atlas.chart import FIGURE_NAMES, ChartWords, render_chart
from unknot.knowledge import Place


def test_main_figures_stand_and_the_rest_waits_in_a_template():
    outside, _, template = render_chart(ChartWords()).partition("<template data-parts>")
    for drawn in figures():
        assert (f'data-view="{drawn.id}"' in outside) == (drawn.id in MAIN)
        assert (f'data-view="{drawn.id}"' in template) == (drawn.id not in MAIN)


def test_every_figure_has_a_name():
    assert FIGURE_NAMES.keys() == {drawn.id for drawn in figures()}


def test_what_only_scripts_can_work_is_hidden_until_they_do():
    chart = render_chart(ChartWords())
    for part in ("data-tabs", "data-picker", "data-larger", "data-done", "data-hint"):
        opening = chart[chart.index(part) :].partition(">")[0]
        assert opening.endswith("hidden"), part


def test_words_are_the_pages_own_and_escaped():
    chart = render_chart(ChartWords(ask="¿Qué <intensidad>?", remove="Quitar", levels=("a",) * 9 + ("peor",)))
    assert "¿Qué &lt;intensidad&gt;?" in chart
    assert "Quitar" in chart
    assert "10 · peor" in chart


def test_pain_shows_on_every_figure_that_has_the_place():
    chart = render_chart(ChartWords(), {Place("temple", "left"): 6})
    assert chart.count('data-of="temple:left"') == 3  # front, face, head from the left
