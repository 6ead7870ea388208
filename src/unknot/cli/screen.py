"""
The command `unknot screen`.

Is a massage safe, and how must it be adapted: for a document of answers, or the questions themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from unknot.cli import given
from unknot.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.table import Table

    from unknot.knowledge import KnowledgeBase, Place
    from unknot.screening import Screening
    from unknot.screening.questionnaire import Item, Questionnaire

STYLE = {"emergency": "bold red", "absolute": "red", "clearance": "yellow", "proceed": "green"}
SAYS = {
    "proceed": "A massage is safe as far as these answers go.",
    "adapt": "A massage is safe when it is adapted as below.",
    "local": "A massage is safe away from the places below.",
    "clearance": "Not before somebody who knows the case agrees in writing.",
    "absolute": "No treatment as things stand.",
    "emergency": "Do not treat: get medical help.",
}
WHEN = {"now": " Call the emergency number now.", "today": " Today.", "this_week": " Within this week."}


def register(app: typer.Typer) -> None:
    """Add `unknot screen`."""
    app.command()(screen)


def screen(
    answers: Annotated[str, typer.Argument(help="A file of answers as JSON; - reads stdin.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,  # noqa: FBT002
    questions: Annotated[bool, typer.Option("--questions", help="Print the questions instead.")] = False,  # noqa: FBT002
    lang: Annotated[
        str, typer.Option("--lang", help="The language of questions, reasons and actions: en or es.")
    ] = "en",
) -> None:
    """Say whether a massage is safe, and how to adapt it."""
    if questions and answers:
        raise InputError("give either a file of answers or --questions, not both")
    if not questions and not answers:
        raise InputError("give a file of answers, - for stdin, or --questions")
    if questions:
        _print_questions(lang, as_json=as_json)
    else:
        _print_result(answers, lang, as_json=as_json)


def _print_questions(lang: str, *, as_json: bool) -> None:
    import json

    from unknot.knowledge import load
    from unknot.screening.questionnaire import questionnaire, to_json

    kb = load()
    form = questionnaire(kb, lang=lang)
    if as_json:
        typer.echo(json.dumps(to_json(form, kb)))
    else:
        from rich.console import Console

        _show_questions(form, Console())


def _show_questions(form: Questionnaire, console: Console) -> None:
    """Each group with its items; under an item, indented, what a tick opens."""
    for group in form.groups:
        table = _table(group.title, "")
        for item in group.items:
            table.add_row(item.label, "\n".join(_opened_by(item)))
        table.add_row(group.none_label, "")
        console.print(table)


def _opened_by(item: Item) -> Iterator[str]:
    """What a tick on an item asks next: its qualifiers with their choices, then its follow-ups."""
    for qualifier in item.qualifiers:
        choices = " / ".join(choice.label for choice in qualifier.choices)
        yield f"{qualifier.question} {choices}".rstrip()
    for item_ in item.follow_ups:
        yield f"• {item_.label}"


def _print_result(path: str, lang: str, *, as_json: bool) -> None:
    import json

    from unknot.knowledge import load
    from unknot.screening import answers_from_json, to_json
    from unknot.screening import screen as screen_answers

    spoken = given.language(lang)
    kb = load()
    result = screen_answers(answers_from_json(given.content(path), kb), kb, lang=spoken)
    if as_json:
        typer.echo(json.dumps(to_json(result)))
    else:
        from rich.console import Console

        _show(result, kb, Console())


def _show(result: Screening, kb: KnowledgeBase, console: Console) -> None:
    """The decision first, then why, then what to mind; beside an emergency nothing but what to do."""
    from rich.text import Text

    emergency = result.decision == "emergency"
    urgency = WHEN[result.urgency] if result.urgency else ""
    decision = Text(result.decision, style=STYLE.get(result.decision, "bold"))
    console.print(Text.assemble(decision, "  ", SAYS[result.decision], urgency))
    if result.held and not emergency:
        console.print(
            f"Held: {len(result.unanswered)} questions are open; the answer is not final before that."
        )
    told = [f for f in result.fired if not f.standing and (f.category == "emergency" or not emergency)]
    if told:
        why = _table("Rule", "Because", "What to do")
        for fired in told:
            cleared = " (cleared)" if fired.cleared else ""
            why.add_row(kb.rules[fired.rule].name + cleared, fired.why, fired.action)
        console.print(why)
    if not emergency:
        console.print(_adaptations(result, kb))


def _adaptations(result: Screening, kb: KnowledgeBase) -> Table:
    table = _table("Mind", "")
    for name, text in (
        ("Keep off", _places(result.avoid_regions, kb)),
        ("Pressure at most", _out_of(result.pressure_max, 5)),
        *_pressure_at_places(result, kb),
        ("Pain at most", _out_of(result.pressure_pain_max, 10)),
        ("Minutes at most", str(result.max_minutes or "")),
        ("Positions", _words(result.positions or ())),
        ("Techniques off", _words(result.techniques_off)),
        ("Means off", _words(result.means_off)),
        *_notes(result, kb),
        *((f"Needed from: {need.who}", f"{need.what} ({kb.rules[need.rule].name})") for need in result.needs),
        ("The practitioner asks", "; ".join(kb.rules[rule].name for rule in result.ask)),
    ):
        if text:
            table.add_row(name, text)
    return table


def _pressure_at_places(result: Screening, kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The caps that ask for less than the one on the whole body."""
    whole = result.pressure_max or 5
    for cap in result.caps:
        if cap.pressure_max is not None and cap.pressure_max < whole:
            yield f"Pressure at most {cap.pressure_max} of 5", _places(cap.regions, kb)


def _notes(result: Screening, kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The texts of each rule in one line."""
    for rule in dict.fromkeys(note.rule for note in result.notes):
        texts = (f"{_words((n.key,))}: {n.text}" for n in result.notes if n.rule == rule)
        yield kb.rules[rule].name, "; ".join(texts)


def _table(*columns: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _places(places: tuple[Place, ...], kb: KnowledgeBase) -> str:
    """Places as written everywhere, but a region on both sides once and a whole group by its name."""
    words: list[str] = []
    for group in dict.fromkeys(kb.regions[place.region].group for place in places):
        members = [p for r in kb.regions.values() if r.group == group for p in kb.places(r.id)]
        here = [p for p in members if p in places]
        if len(here) == len(members):
            words.append(f"all of {_words((group,))}")
        else:
            words += dict.fromkeys(p.region if p.mirrored() in here else str(p) for p in here)
    return ", ".join(words)


def _words(ids: tuple[str, ...]) -> str:
    return ", ".join(id_.replace("_", " ") for id_ in ids)


def _out_of(cap: int | None, scale: int) -> str:
    return "" if cap is None else f"{cap} of {scale}"
