"""
Queries and inserts whose SQL is made once.

Django makes the SQL of a query anew each time, and PostgreSQL plans it anew: of what every request or
booking asks and writes, that takes longer than the rest. Here Django makes it once from the models, and each
connection prepares it once; from then on only the values travel.
"""

from __future__ import annotations

import inspect
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.expressions import DatabaseDefault
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from psycopg import Connection, RawCursor

Row = TypeVar("Row", bound=models.Model)
KEYS_AT_ONCE = 32
_DRAW = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
_drawn: WeakKeyDictionary[Connection, dict[str, deque[int]]] = WeakKeyDictionary()
_gathered: ContextVar[list[tuple[str, Sequence[object]]] | None] = ContextVar("gathered", default=None)


@contextmanager
def together() -> Iterator[None]:
    """
    Gather what is written and send it at the end as one statement; an error before that writes none of it.

    All of it sees the rows as they were before it, and its order means nothing.
    """
    gathered: list[tuple[str, Sequence[object]]] = []
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    if gathered:
        statements, values = zip(*gathered, strict=True)
        _send(_as_one(statements), [*chain.from_iterable(values)])


def write(sql: str, values: Sequence[object]) -> None:
    """Run a statement that always reads the same, with its values; in `together` at its end."""
    gathered = _gathered.get()
    if gathered is None:
        _send(sql, values)
    else:
        gathered.append((sql, values))


def rows(sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """What a query that is written out, and always reads the same, finds."""
    found: list[tuple[Any, ...]] = _send(sql, values).fetchall()
    return found


def insert(thing: models.Model) -> None:
    """Write a new row; what the database adds is not read back."""
    here = connections[DEFAULT_DB_ALIAS]
    columns, values = [], []
    for field in thing._meta.concrete_fields:
        value = field.pre_save(thing, add=True)
        if not (isinstance(value, DatabaseDefault) or (field.primary_key and value is None)):
            columns.append(field.column)
            values.append(field.get_db_prep_save(value, here))
    write(_insert_into(thing._meta.db_table, tuple(columns)), values)


def insert_keyed(thing: models.Model) -> None:
    """The same under a key that is known at once, so that others can name it before it is written."""
    thing.pk = _next_key(thing._meta.db_table)
    insert(thing)


class Query(Generic[Row]):
    """
    A query of the ORM's, made once and asked with values.

    ``build`` gets a placeholder for each of its parameters and gives the queryset.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row]]) -> None:
        self._build = build

    def __call__(self, *values: object) -> Found[Row]:
        """Ask."""
        sql, parameters = self._made.sql, self._made.parameters
        given = [values[given.number] if isinstance(given, _Given) else given for given in parameters]
        return Found(_send(sql, given), self._made)

    @cached_property
    def _made(self) -> _Made:
        placeholders = [
            models.Value(_Given(n)) for n in range(len(inspect.signature(self._build).parameters))
        ]
        compiler = self._build(*placeholders).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        return _Made(sql, tuple(parameters), compiler)


class Found(Generic[Row]):
    """What a query found, read when it is looked at; each once."""

    def __init__(self, cursor: Any, made: _Made) -> None:
        self._cursor = cursor
        self._made = made

    def first(self) -> Row | None:
        """The first, if there is one."""
        row = self._cursor.fetchone()
        return None if row is None else self._made.read(row)

    def all(self) -> list[Row]:
        """All of them."""
        return [self._made.read(row) for row in self._cursor.fetchall()]


def keep_as_prefetched(thing: models.Model, name: str, rows: Sequence[models.Model]) -> None:
    """Let ``thing.name.all()`` give what was found, as Django's own prefetching does."""
    relation = getattr(thing, name)
    for row in rows:
        setattr(row, relation.field.name, thing)
    found = relation.get_queryset()
    found._result_cache, found._prefetch_done = list(rows), True  # noqa: SLF001 - as Django itself keeps it
    kept = thing.__dict__.setdefault("_prefetched_objects_cache", {})
    kept[name] = found


def _send(sql: str, values: Sequence[object]) -> Any:
    """The cursor with the answer."""
    here = connections[DEFAULT_DB_ALIAS]  # once, since to find the thread's own takes a while
    here.close_if_health_check_failed()
    here.ensure_connection()
    cursor = here._prepare_cursor(RawCursor(here.connection))  # type: ignore[attr-defined]  # noqa: SLF001 - as Django makes its own
    cursor.execute(_numbered(sql), values)
    return cursor


@cache
def _numbered(sql: str) -> str:
    """PostgreSQL's own way to write the places of values: to translate them takes longer than to ask."""
    first, *others = sql.split("%s")
    return first + "".join(f"${n}{part}" for n, part in enumerate(others, start=1))


@cache
def _as_one(statements: tuple[str, ...]) -> str:
    *others, last = statements
    parts = ", ".join(f"_{n} AS ({sql})" for n, sql in enumerate(others))
    return f"WITH {parts} {last}" if others else last


@dataclass(frozen=True)
class _Given:
    """Stands in the SQL's parameters for a value that comes with each call."""

    number: int


class _Made:
    """SQL with its parameters, and how its rows become objects: as Django itself reads them."""

    def __init__(self, sql: str, parameters: tuple[object, ...], compiler: SQLCompiler) -> None:
        self.sql = sql
        self.parameters = parameters
        known = compiler.klass_info
        of_model = known["select_fields"]
        self._model = known["model"]
        self._names = [compiler.select[n][0].target.attname for n in of_model]
        self._own = slice(of_model[0], of_model[-1] + 1)
        self._related = get_related_populators(known, compiler.select, connection.alias)  # type: ignore[call-arg]  # of 5.2
        self._converters = compiler.get_converters([column for column, *_ in compiler.select])

    def read(self, row: Sequence[object]) -> Any:
        values = list(row)
        for place, (converters, column) in self._converters.items():
            for convert in converters:
                values[place] = convert(values[place], column, connection)
        found = self._model.from_db(connection.alias, self._names, values[self._own])
        for related in self._related:
            related.populate(values, found)
        return found


def _next_key(table: str) -> int:
    """Each connection draws a few from the sequence at a time; what it leaves unused are gaps."""
    connection.ensure_connection()
    keys = _drawn.setdefault(connection.connection, {}).setdefault(table, deque())
    if not keys:
        keys.extend(key for (key,) in _send(_DRAW, [table, KEYS_AT_ONCE]).fetchall())
    return keys.popleft()


@cache
def _insert_into(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join(["%s"] * len(columns))
    return f'INSERT INTO "{table}" ({names}) VALUES ({places})'  # noqa: S608 - names of our own
