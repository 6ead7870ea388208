"""`unknot knowledge`: check, show and list the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unknot.knowledge import KnowledgeBase

PART_OF_KIND = {
    "muscle": "muscles", "region": "regions", "motion": "motions", "technique": "techniques",
    "practice": "practices", "rule": "rules", "score": "scores", "condition": "conditions",
    "question": "questions", "benefit": "benefits", "origin": "origins", "consideration": "considerations",
    "instrument": "instruments", "response": "responses", "body": "bodies", "state": "us_states",
    "province": "canada", "country": "countries", "practitioner": "practitioner_types", "price": "prices",
    "cpt": "cpt", "icd": "icd", "coverage": "coverage",
}  # fmt: skip
"""What can be shown, and the property of the KnowledgeBase that holds it."""

NAMING_FIELDS = (
    "name", "label", "title", "claim", "what", "payer", "descriptor", "own_words", "text",
)  # fmt: skip
"""Where an entry's name stands; the first that it has."""

app = typer.Typer(help="Read and check the knowledge base.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Kind = Annotated[str, typer.Argument(help=f"One of {', '.join(PART_OF_KIND)}.", show_default=False)]


def register(parent: typer.Typer) -> None:
    """Add `unknot knowledge`."""
    parent.add_typer(app, name="knowledge")


@app.command()
def check(*, as_json: AsJson = False) -> None:
    """Check every fact, alone and against the others; exit code 1 where one is wrong."""
    from unknot.knowledge import load
    from unknot.knowledge.crossing import PARTS
    from unknot.knowledge.crossing import check as problems_of

    kb = load()
    problems = problems_of(kb)
    if as_json:
        found = [{"file": p.file, "entry": p.entry, "field": p.field, "problem": p.problem} for p in problems]
        _print_json({"ok": not problems, "problems": found})
    elif problems:
        _print_table(
            ("file", "entry", "field", "problem"), ((p.file, p.entry, p.field, p.problem) for p in problems)
        )
    else:
        _print_table(("facts", "count"), ((part, str(len(getattr(kb, part)))) for part in PARTS))
    if problems:
        raise typer.Exit(1)


@app.command()
def show(
    kind: Kind,
    id_: Annotated[str, typer.Argument(metavar="ID", show_default=False)],
    *,
    as_json: AsJson = False,
) -> None:
    """Show one entry; of a region, which muscles refer pain there, most likely first."""
    from unknot.errors import UnknownId
    from unknot.knowledge import load

    kb = load()
    singular, entries = _entries(kb, kind)
    if id_ not in entries:
        raise UnknownId(singular, id_, entries, listed_by=f"`unknot knowledge list {singular}`")
    if singular == "region":
        _show_region(kb, id_, as_json=as_json)
    elif as_json:
        _print_json(entries[id_])
    else:
        _print_table((singular, id_), _rows(entries[id_]))


@app.command(name="list")
def list_(kind: Kind, *, as_json: AsJson = False) -> None:
    """List the entries of a kind, with their names."""
    from unknot.knowledge import load

    singular, entries = _entries(load(), kind)
    named = {id_: _name(entry) for id_, entry in entries.items()}
    if as_json:
        _print_json([{"id": id_, "name": name} for id_, name in named.items()])
    else:
        _print_table((singular, "name"), named.items())


def _entries(kb: KnowledgeBase, kind: str) -> tuple[str, Mapping[str, Any]]:
    """The kind in the singular, and its entries; raises UnknownId for a kind that isn't there."""
    from unknot.errors import UnknownId

    singular = {part: one for one, part in PART_OF_KIND.items()}.get(kind, kind)
    if singular not in PART_OF_KIND:
        raise UnknownId("kind", kind, PART_OF_KIND)
    return singular, getattr(kb, PART_OF_KIND[singular])


def _show_region(kb: KnowledgeBase, region_id: str, *, as_json: bool) -> None:
    referrals = kb.muscles_referring_to(region_id)
    if as_json:
        _print_json({"region": region_id, "muscles": [r.muscle.id for r in referrals]})
        return
    ways = ("essential", "spillover", "other_side")
    rows = (
        (r.muscle.id, r.muscle.name, *(" ".join(p.id for p in getattr(r, way)) for way in ways))
        for r in referrals
    )
    header = (region_id, kb.regions[region_id].name, *(way.replace("_", " ") for way in ways))
    _print_table(header, rows)


def _name(entry: Any) -> str:
    return next((str(v) for f in NAMING_FIELDS if (v := getattr(entry, f, None))), "")


def _rows(entry: Any) -> Iterable[tuple[str, str]]:
    """Each field that says something, with its value in words; sources as citations."""
    from unknot.knowledge.sources import cite

    for field in entry.__struct_fields__:
        value = getattr(entry, field)
        if field in {"source", "sources"}:
            given = value if isinstance(value, tuple) else (value,)
            value = tuple("\n  ".join(filter(None, (c.text, c.url))) for c in map(cite, given))
        if value not in (None, (), ""):
            yield field.rstrip("_").replace("_", " "), _in_words(value)


def _in_words(value: Any) -> str:
    if isinstance(value, tuple):
        return "\n".join(_in_words(v) for v in value)
    if hasattr(value, "__struct_fields__"):
        given = ((f, getattr(value, f)) for f in value.__struct_fields__)
        return "; ".join(
            f"{f.rstrip('_').replace('_', ' ')}: {_in_words(v).replace(chr(10), ', ')}"
            for f, v in given
            if v not in (None, (), "")
        )
    return str(value)


def _print_json(value: Any) -> None:
    import msgspec

    # Mappings of the knowledge base are read-only views, which JSON knows only as dicts.
    typer.echo(msgspec.json.encode(value, enc_hook=dict).decode())


def _print_table(header: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*header, box=None, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)
