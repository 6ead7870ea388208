"""
The command `unknot reason`.

Which trigger points explain a pain: for a drawing in a file, or told by options.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from unknot.cli import given
from unknot.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from unknot.knowledge import KnowledgeBase
    from unknot.reasoning import Candidate, Drawing, Reasoning

Texts = list[str]


def register(app: typer.Typer) -> None:
    """Add `unknot reason`."""
    app.command()(reason)


def reason(
    drawing: Annotated[str, typer.Argument(help="A file with a drawing as JSON; - reads stdin.")] = "",
    pain: Annotated[
        Texts, typer.Option("--pain", metavar="PLACE=N", help="Pain at a place, 1-10: temple:left=7.")
    ] = [],  # noqa: B006 - typer copies it
    aggravated_by: Annotated[
        Texts, typer.Option("--aggravated-by", metavar="TEXT", help="What makes it worse.")
    ] = [],  # noqa: B006
    restricted_motion: Annotated[
        Texts, typer.Option("--restricted-motion", metavar="TEXT", help="What can't be done freely.")
    ] = [],  # noqa: B006
    symptom: Annotated[Texts, typer.Option("--symptom", metavar="ID", help="A symptom, by its id.")] = [],  # noqa: B006
    aim: Annotated[Texts, typer.Option("--aim", metavar="AIM", help="What is wanted without pain.")] = [],  # noqa: B006
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,  # noqa: FBT002
) -> None:
    """Rank the trigger points that explain a pain, with reasons."""
    told = {
        "aggravated_by": aggravated_by,
        "restricted_motion": restricted_motion,
        "symptoms": symptom,
        "aims": aim,
    }
    if not drawing and not pain and not aim:
        raise InputError("say where it hurts: a file with a drawing, - for stdin, or --pain temple:left=7")
    document = _with_options(_document(drawing) if drawing else {}, pain, told)

    from unknot.knowledge import load
    from unknot.reasoning import read_drawing
    from unknot.reasoning import reason as reason_from

    kb = load()
    read = read_drawing(document, kb)
    reasoning = reason_from(read, kb)
    if as_json:
        import msgspec

        typer.echo(msgspec.json.encode(reasoning).decode())
    else:
        from rich.console import Console

        _show(reasoning, read, kb, Console())


def _document(path: str) -> object:
    import msgspec

    try:
        return msgspec.json.decode(given.content(path))
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InputError(f"{given.name(path)} is not JSON: {error}") from None


def _with_options(document: object, pain: Texts, told: dict[str, Texts]) -> object:
    """The document with what the options say added; what is no object is left to ``read_drawing``."""
    if not isinstance(document, dict):
        return document
    whole: dict[str, Any] = dict(document)
    pains = _pains(pain)
    if pains and isinstance(whole.setdefault("regions", {}), dict):
        whole["regions"] = whole["regions"] | pains
    for key, texts in told.items():
        if texts and isinstance(whole.setdefault(key, []), list):
            whole[key] = [*whole[key], *texts]
    return whole


def _pains(options: Texts) -> dict[str, int]:
    pains: dict[str, int] = {}
    for option in options:
        place, _, number = option.rpartition("=")
        if not place or not re.fullmatch(r"-?[0-9]{1,9}", number):
            raise InputError(
                f"--pain {option[:80]!r} must be a place and a whole number, as in temple:left=7"
            )
        if place in pains:
            raise InputError(f"--pain tells {place} twice: keep one")
        pains[place] = int(number)
    return pains


# ---- for people


def _show(reasoning: Reasoning, drawing: Drawing, kb: KnowledgeBase, console: Console) -> None:
    """Red flags before all else; then the candidates; then what stayed open."""
    for flag in reasoning.red_flags:
        name = kb.rules[flag.rule].name
        console.print(f"Red flag: {name} ({', '.join(flag.symptoms)}). {flag.action}", style="bold red")
    if reasoning.candidates:
        _candidates(reasoning, kb, console)
    elif not drawing.regions:
        console.print("No pain was drawn, so there is nothing to explain.")
    for title, entries in (
        ("No trigger point explains", reasoning.unexplained),
        ("Not understood", tuple(f'"{phrase}"' for phrase in reasoning.not_understood)),
    ):
        if entries:
            console.print(f"{title}: {', '.join(entries)}", markup=False)
    console.print("A help to decide, not a diagnosis.", style="dim")


def _candidates(reasoning: Reasoning, kb: KnowledgeBase, console: Console) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from unknot.reasoning import check_first

    ranked = check_first(reasoning)
    for title, candidates in (("Check first", ranked.check_first), ("Also possible", ranked.also_possible)):
        if not candidates:
            continue
        table = Table(
            title=title, title_justify="left", box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False
        )
        for column in ("Muscle", "Points", "Chance", "Explains", "For", "Against"):
            table.add_column(column, overflow="fold")
        for candidate in candidates:
            table.add_row(*map(Text, _row(candidate, kb)))
        console.print(table)


def _row(candidate: Candidate, kb: KnowledgeBase) -> tuple[str, ...]:
    return (
        f"{kb.muscles[candidate.muscle].name}, {candidate.side}",
        ", ".join(candidate.trigger_points),
        f"{candidate.probability:.0%}",
        "\n".join(f"{place} {share:.0%}" for place, share in candidate.explains.items()),
        "\n".join(candidate.reasons),
        "\n".join(candidate.against),
    )
