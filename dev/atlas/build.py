"""
Cuts the figures of the atlas: outlines and hand-placed lines in, ``atlas.json`` out.

Needs shapely, numpy and svgpathtools, which the product doesn't; README.md beside this says how to run it.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from pathlib import Path

from cutting import Cut, cut
from drawing import figure_outline, polyline, smooth
from outline import half_body
from shapely import Polygon
from writing import written

HERE = Path(__file__).parent
FIGURES = HERE / "figures"
TARGET = HERE.parents[1] / "src/unknot/atlas/data/atlas.json"
ORDER = ("front", "back", "head", "face", "head_back", "hand_palm", "hand_back", "foot_top", "sole")


def main() -> None:
    """Build every figure; those that others include come first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path, help="the highlighter's package (.tgz)")
    body = half_body(parser.parse_args().package)
    sources = {name: tomllib.loads((FIGURES / f"{name}.toml").read_text("utf-8")) for name in ORDER}
    cuts: dict[str, Cut] = {}
    for name in sorted(ORDER, key=lambda name: "include" in sources[name]):
        cuts[name] = build(name, sources[name], body, cuts)
    figures = [written(name, sources[name], cuts[name]) for name in ORDER]
    TARGET.write_text(_json(figures), "utf-8")


def build(name: str, source: dict, body: Polygon, done: dict[str, Cut]) -> Cut:
    """One figure, or the viewer's right half of one that mirrors itself."""
    included = [
        done[other].placed(how["scale"], how.get("turn", 0), how["move"], how.get("drop", ()))
        for other, how in source.get("include", {}).items()
    ]
    outline = figure_outline(source, body, [other.outline for other in included])
    lines = [polyline(points) for points in source["lines"].values()]
    details = [smooth(points) for points in source["details"].values()]
    try:
        return cut(outline, lines, source["shapes"], details, included, half=source["mirror"] == "within")
    except ValueError as error:
        raise SystemExit(f"{name}: {error}") from None


def _json(figures: list[dict]) -> str:
    """One line a shape, so that a change to one shape is a change of one line."""
    rows = []
    for figure in figures:
        shapes = ",\n  ".join(json.dumps(shape, separators=(",", ":")) for shape in figure.pop("shapes"))
        head = json.dumps(figure, separators=(",", ":"))[:-1]
        rows.append(f'{head},"shapes":[\n  {shapes}]}}')
    return '{"figures":[\n' + ",\n".join(rows) + "\n]}\n"


if __name__ == "__main__":
    main()
