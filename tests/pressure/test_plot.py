"""The picture of a trace."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import numpy as np
import pytest

from unknot.pressure import find_holds, trace_of
from unknot.pressure.plot import BOTTOM, LEFT, RIGHT, TOP, render_trace

SVG = "{http://www.w3.org/2000/svg}"


def picture(trace, **told):
    text = render_trace(trace, find_holds(trace), title="Force over time", id_prefix="a", **told)
    assert "style=" not in text
    return ET.fromstring(text)


def shaded(root) -> list[ET.Element]:
    return [e for e in root.iter(f"{SVG}rect") if "trace-hold" in e.get("class", "")]


def test_each_hold_is_shaded_where_it_lies_and_says_how_long_it_lasted(drawn) -> None:
    corners = ((0, 0), (2, 0), (3, 20), (18, 20), (19, 0), (21, 0), (22, 30), (27, 30), (28, 0), (40, 0))
    root = picture(drawn(*corners))
    holds = shaded(root)
    assert [hold.get("class") for hold in holds] == ["trace-hold trace-within", "trace-hold trace-outside"]
    assert float(holds[0].get("x")) == pytest.approx(LEFT + 2.9 / 40 * (RIGHT - LEFT), abs=2)
    assert [e.text for e in root.iter(f"{SVG}text") if e.get("class")] == ["15 s", "5 s"]


def test_the_curve_lies_within_the_axes_and_breaks_where_samples_are_missing(one_hold) -> None:
    time, force = one_hold
    kept = (time < 8) | (time > 10)
    curves = picture(trace_of(time[kept], force[kept])).findall(f"{SVG}polyline")
    assert len(curves) == 2
    points = [tuple(map(float, p.split(","))) for curve in curves for p in curve.get("points").split()]
    assert all(LEFT <= x <= RIGHT and TOP <= y <= BOTTOM for x, y in points)


def test_a_long_trace_stays_small_and_keeps_its_peaks() -> None:
    time = np.arange(0, 600, 0.01)
    force = np.where((time > 300) & (time < 300.1), 50.0, 10.0)
    text = render_trace(trace_of(time, force), find_holds(trace_of(time, force)), title="", id_prefix="a")
    assert len(text) < 30_000
    assert f",{TOP:.1f}" in text


def test_title_and_description_are_named_and_escaped(drawn) -> None:
    root = picture(drawn((0, 0), (5, 0)), description="<none> & more")
    assert root.get("aria-labelledby") == "a-title a-desc"
    assert root.find(f"{SVG}desc").text == "<none> & more"


@pytest.mark.parametrize("trace", [trace_of([3.0], [5.0]), trace_of([0.0, 0.1], [-2.0, -2.0])])
def test_the_smallest_traces_have_a_picture(trace) -> None:
    assert picture(trace).findall(f"{SVG}polyline")
