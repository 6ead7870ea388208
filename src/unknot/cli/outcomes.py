"""The command `unknot outcomes`: is it getting better, by more than noise, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from unknot.cli import given

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from unknot.outcomes import Report
    from unknot.outcomes.report import Outcome


def register(app: typer.Typer) -> None:
    """Add `unknot outcomes`."""
    app.command()(outcomes)


def outcomes(
    ratings: Annotated[
        str, typer.Argument(help="A file of ratings over the sessions as JSON; - reads stdin.")
    ],
    *,
    lang: Annotated[str, typer.Option("--lang", help="The language of what is said: en or es.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Say whether it gets better, by more than noise, and what follows."""
    import json

    from unknot.knowledge import load
    from unknot.outcomes import ratings_from_json, report, to_json

    spoken = given.language(lang)
    kb = load()
    reported = report(ratings_from_json(given.content(ratings), kb), kb, lang=spoken)
    if as_json:
        typer.echo(json.dumps(to_json(reported), ensure_ascii=False))
        return
    from rich.console import Console

    _show(reported, Console())


def _show(reported: Report, console: Console) -> None:
    """The answer first; then every measure, what is missing, and how far a number can be trusted."""
    console.print(f"[bold]{reported.re_evaluation.answer}[/bold]")
    for text in (reported.says.practitioner, reported.says.client):
        console.print(text, highlight=False, markup=False)
    if reported.re_evaluation.screen_again:
        console.print("Ask the safety questions again first.")
    if reported.outcomes:
        console.print(_table(reported.outcomes))
    for outcome in reported.outcomes:
        if outcome.says:
            console.print(f"- {outcome.says.practitioner}", highlight=False, markup=False)
    for text in reported.missing:
        console.print(f"missing: {text}", highlight=False, markup=False)
    for text in reported.cautions:
        console.print(f"caution: {text}", highlight=False, markup=False)


def _table(outcomes: tuple[Outcome, ...]) -> Table:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for column in ("measure", "baseline", "latest", "verdict"):
        table.add_column(column, overflow="fold")
    for outcome in outcomes:
        baseline, changed = outcome.series.baseline, outcome.change
        table.add_row(
            escape(outcome.measure),
            "-" if baseline is None else f"{baseline:.3g}",
            f"{changed.now:.3g}" if changed else "-",
            changed.verdict if changed else "-",
        )
    return table
