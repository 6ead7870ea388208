"""
Make the fonts of receipts: `typst` reads no woff2 and no variable weights.

Needs fonttools and brotli. Run it in the repository: ``python dev/fonts/derive.py``.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

SITE = Path("src/unknot/web/site/static/site/fonts")
INTO = Path("src/unknot/web/billing/fonts")
FAMILIES = {"latin": "Unknot Sans", "latin-ext": "Unknot Sans Ext"}
WEIGHTS = {"Regular": 400, "SemiBold": 600}


def main() -> None:
    """Each part of Inter's letters in each weight."""
    for part, family in FAMILIES.items():
        for style, weight in WEIGHTS.items():
            font = TTFont(SITE / f"inter-{part}-wght-normal.woff2")
            axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
            fixed = instancer.instantiateVariableFont(font, {**axes, "wght": weight})
            _name(fixed, family, style)
            fixed["OS/2"].usWeightClass = weight
            fixed.flavor = None
            fixed.save(INTO / f"{family.replace(' ', '-').lower()}-{style.lower()}.ttf")


def _name(font: TTFont, family: str, style: str) -> None:
    """A name of our own, as the licence asks of what was changed."""
    names = {
        1: f"{family} {style}",
        2: "Regular",
        4: f"{family} {style}",
        6: f"{family}-{style}".replace(" ", ""),
    }
    for record in list(font["name"].names):
        if record.nameID in (16, 17, 21, 22, 25):
            font["name"].removeNames(nameID=record.nameID)
    for number, text in (names | {16: family, 17: style}).items():
        font["name"].setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    main()
