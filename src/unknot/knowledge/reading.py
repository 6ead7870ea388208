"""Reading a file of facts: checked against its type, and what is wrong named by file, entry and field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec
import tomli

from unknot.errors import KnowledgeError

DATA = Path(__file__).parent / "data"
"""Where the facts of the package lie."""

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")

_STEP = re.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")
_NAMED_FIELD = re.compile(r"(?:unknown|required) field `([^`]+)`")


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact of the knowledge base: immutable, and strict about the keys of its TOML table."""


def read(folder: Path, name: str, kind: type[T]) -> T:
    """
    The file ``name`` of ``folder`` as ``kind``.

    Raises KnowledgeError, with the entry and the field, where the file is missing, isn't TOML or doesn't fit.
    """
    return fit(name, _parse(folder, name), kind)


def fit(name: str, raw: Any, kind: type[T], *, within: str | None = None) -> T:
    """
    What was read from the file ``name`` as ``kind``; raises KnowledgeError where it doesn't fit.

    ``within`` names the entry that ``raw`` is, where it can't name itself (a row of a table of tables).
    """
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        entry, field, problem = _locate(raw, str(error))
        raise KnowledgeError(name, within or entry, field, problem) from None


def by_id(file: str, entries: Iterable[V], key: str = "id") -> Mapping[str, V]:
    """The entries by their ``key``, read-only and in order; raises KnowledgeError where one stands twice."""
    kept = tuple(entries)
    for id_, times in Counter(getattr(e, key) for e in kept).items():
        if times > 1:
            raise KnowledgeError(file, id_, key, f"stands {times} times; each may stand once")
    return MappingProxyType({getattr(e, key): e for e in kept})


def frozen(mapping: Mapping[K, V]) -> Mapping[K, V]:
    """A read-only copy of the mapping, and of the mappings in it."""
    return MappingProxyType({k: _frozen_value(v) for k, v in mapping.items()})


def freeze_fields(fact: msgspec.Struct, *names: str) -> None:
    """Make the mappings in these fields read-only; for ``__post_init__``, before anybody holds the fact."""
    for name in names:
        msgspec.structs.force_setattr(fact, name, frozen(getattr(fact, name)))


def _frozen_value(value: Any) -> Any:
    return frozen(value) if isinstance(value, dict) else value


def _parse(folder: Path, name: str) -> dict[str, Any]:
    try:
        return tomli.loads((folder / name).read_text("utf-8"))
    except FileNotFoundError:
        raise KnowledgeError(name, "file", "-", "is missing") from None
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(name, "file", "-", f"isn't valid TOML: {error}") from None


def _locate(raw: Any, message: str) -> tuple[str, str, str]:
    """Entry, field and problem from msgspec's message, whose path counts entries instead of naming them."""
    problem, _, path = message.partition(" - at `$")
    steps = [key or int(number) for key, number in _STEP.findall(path.rstrip("`")) if number != "..."]
    entry: list[str] = []
    inside: list[str] = []
    for step in steps:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            raw = None
        name = _own_name(raw) if isinstance(step, int) else None
        if name and not entry:
            entry, inside = [name], []
        else:
            inside.append(f"[{step}]" if isinstance(step, int) else f".{step}")
    if found := _NAMED_FIELD.search(problem):
        inside.append(f".{found[1]}")
    if not entry and len(inside) > 1:
        entry, inside = ["".join(inside[:-1]).lstrip(".")], inside[-1:]
    return (entry or ["file"])[0], "".join(inside).lstrip(".") or "-", problem


def _own_name(raw: Any) -> str | None:
    """What an entry calls itself."""
    if not isinstance(raw, dict):
        return None
    return next((str(raw[key]) for key in ("id", "code") if isinstance(raw.get(key), str)), None)
