"""The command `unknot plan`: a course of treatment for a drawing, within what the answers allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from unknot.cli import given
from unknot.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from unknot.knowledge import KnowledgeBase
    from unknot.planning import Plan
    from unknot.planning.result import Course, Exercise, Session


def register(app: typer.Typer) -> None:
    """Add `unknot plan`."""
    app.command()(plan)


def plan(
    drawing: Annotated[str, typer.Argument(help="A pain drawing as JSON; - reads stdin.")],
    answers: Annotated[str, typer.Argument(help="A file of answers as JSON; - reads stdin.")],
    *,
    pain_limit: Annotated[int | None, typer.Option(help="The client's own greatest pain, 1 to 10.")] = None,
    pressure: Annotated[int | None, typer.Option(help="The greatest pressure wished, 1 to 5.")] = None,
    lang: Annotated[str, typer.Option("--lang", help="The language of what is said: en or es.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print the plan as JSON.")] = False,
) -> None:
    """Plan a course of treatment: sessions, holds, home care."""
    import json

    from unknot.knowledge import load
    from unknot.planning import plan as plan_course
    from unknot.planning import to_json
    from unknot.reasoning import drawing_from_json
    from unknot.screening import answers_from_json

    if drawing == answers == "-":
        raise InputError("only one of the two can come from stdin: name a file for the other")
    spoken = given.language(lang)
    kb = load()
    planned = plan_course(
        drawing_from_json(given.content(drawing), kb),
        answers_from_json(given.content(answers), kb),
        kb,
        client_limit=pain_limit,
        client_pressure=pressure,
        lang=spoken,
    )
    if as_json:
        typer.echo(json.dumps(to_json(planned), ensure_ascii=False))
    else:
        from rich.console import Console

        _show(planned, kb, Console())


def _show(planned: Plan, kb: KnowledgeBase, console: Console) -> None:
    """The decision and what it means first; then the course, session by session, and what to do at home."""
    console.print(f"[bold]{planned.decision}[/bold]")
    if planned.held:
        console.print("Held: some questions are open; nothing is final before they are answered.")
    if planned.after_clearance:
        console.print("After clearance only: a note comes first, and home care waits for it too.")
    if planned.why_not:
        console.print(planned.why_not)
    if planned.course:
        _show_course(planned.course, kb, console)
    if planned.home_care:
        console.print("\n[bold]At home[/bold]")
        console.print(_home(planned.home_care, kb))


def _show_course(course: Course, kb: KnowledgeBase, console: Console) -> None:
    console.print(
        f"{course.sessions} sessions of {course.session_minutes} minutes, {course.interval_days} days apart; "
        f"look back after the third. Usually {_money(course.session_price_low)} to "
        f"{_money(course.session_price_high)} {course.currency} a session, "
        f"{_money(course.price_low)} to {_money(course.price_high)} in all."
    )
    for text in (*course.emphasis, *course.rules, course.basis):
        console.print(f"- {text}", highlight=False)
    for session in course.sessions_plan:
        console.print(f"\n[bold]Session {session.number}[/bold]  {session.focus}", highlight=False)
        console.print(_holds(session, kb))
        for label, text in _beside(session, kb):
            console.print(f"{label}: {text}", highlight=False)


def _holds(session: Session, kb: KnowledgeBase) -> Table:
    table = _table("muscle", "point", "how", "seconds", "levels", "rounds", "pain at most")
    for hold in session.holds:
        levels = "-".join(map(str, hold.levels))
        dose = (str(hold.seconds), levels, str(hold.repetitions), str(hold.pain_ceiling))
        how = f"{kb.techniques[hold.technique].name}, {hold.tool}, {_lying(hold.position)}"
        table.add_row(_named(hold.muscle, hold.side, kb), hold.trigger_point, how, *dose)
    for work in session.light_work:
        dose = (str(work.seconds), str(work.level), str(work.repetitions), str(work.pain_ceiling))
        how = f"{kb.techniques[work.technique].name}, {_lying(work.position)}"
        table.add_row(_named(work.muscle, work.side, kb), work.trigger_point, how, *dose)
    return table


def _lying(position: str) -> str:
    return position.replace("_", "-")


def _beside(session: Session, kb: KnowledgeBase) -> list[tuple[str, str]]:
    told = (
        ("examine", [_named(e.muscle, e.side, kb) for e in session.examine]),
        ("stretch", [_named(e.muscle, e.side, kb) for e in session.stretches]),
        ("heat", [_named(e.muscle, e.side, kb) for e in session.heat]),
        ("strengthen", [_named(e.muscle, e.side, kb) for e in session.strengthening]),
        ("look at next", [_named(id_, None, kb) for id_ in session.related_muscles]),
    )
    lines = [(label, "; ".join(named)) for label, named in told if named]
    return [*lines, *(("note", note) for note in session.notes)]


def _named(muscle: str | None, side: str | None, kb: KnowledgeBase) -> str:
    name = kb.muscles[muscle].name if muscle else ""
    return f"{name}, {side}" if side else name


def _home(exercises: tuple[Exercise, ...], kb: KnowledgeBase) -> Table:
    table = _table("what", "for", "how", "how much")
    for exercise in exercises:
        whom = _named(exercise.muscle, exercise.side, kb)
        table.add_row(exercise.kind.replace("_", "-"), whom, exercise.text, exercise.dose or "")
    return table


def _table(*columns: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", min_width=min(len(column), 7))
    return table


def _money(minor: int) -> str:
    return f"{minor // 100}" if minor % 100 == 0 else f"{minor / 100:.2f}"
