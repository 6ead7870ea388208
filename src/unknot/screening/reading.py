"""
Reads an answers document strictly: what the vocabulary lacks is bad input, never silence.

The document is the one of the command line and the web::

    {"facts": {"age": 58, "conditions": [{"condition": "cancer", "status": "active"}], "symptoms": ["fever"]},
     "answered": ["booking"], "unknown": ["dvt_wells_sum"],
     "clearances": [{"rule": "cancer_active", "by": "oncology team", "days_ago": 10}]}

A sided region without its side means both sides, as everywhere. A week of pregnancy says that there is one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import msgspec

from unknot.errors import InputError, UnknownId
from unknot.knowledge import KnowledgeBase, Place
from unknot.screening.answers import Answers, Clearance, Fact, Facts, Kind

LONGEST_ID = 80
"""Longer than any id; a longer text is not compared with the known ids, which would take long."""

VALUE_RANGES: dict[str, tuple[float, float]] = {
    "age": (0, 130),
    "pregnancy_week": (0, 45),
    "bp_systolic": (30, 350),
    "bp_diastolic": (10, 250),
    "temperature_c": (20, 46),
    "intake_age_days": (0, 50_000),
}
"""What a person or an instrument can tell at all; a number outside is a slip of the finger."""

QUALIFIER_RANGES: dict[str, tuple[float, float]] = {
    "hours_ago": (0, 1_200_000),
    "days_ago": (0, 50_000),
    "weeks_ago": (0, 7_000),
    "for_weeks": (0, 7_000),
    "days_per_month": (0, 31),
    "percent": (0, 100),
    "value": (0, 1_000),
}
TIMES = ("hours_ago", "days_ago", "weeks_ago")
SCORE_RANGE = (0, 100)
PRESSURE_RANGE = (1, 5)


def answers_from_json(text: str | bytes, kb: KnowledgeBase) -> Answers:
    """The answers in a JSON text; raises InputError where it is not JSON or not such a document."""
    try:
        document = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InputError(f"the answers are not JSON: {error}") from None
    return read_answers(document, kb)


def read_answers(document: object, kb: KnowledgeBase) -> Answers:
    """
    The answers that a document holds, checked against the vocabulary of the rules.

    Raises InputError (UnknownId with the nearest ids) for an id, key, status, qualifier, stage or rule that
    doesn't exist, a value of the wrong type or out of range, and a missing age.
    """
    table = _table(document, "the answers", ("facts", "answered", "unknown", "clearances"))
    if "facts" not in table:
        raise InputError('the answers need "facts", with at least an age: {"facts": {"age": 40}}')
    answered = _texts(table.get("answered", []), "answered")
    unknown = _texts(table.get("unknown", []), "unknown")
    stages_and_rules = (*kb.screening_meta.stages, *kb.rules)
    return Answers(
        facts=_facts(table["facts"], kb),
        answered=frozenset(_known(a, stages_and_rules, "stage or rule in answered") for a in answered),
        unknown=frozenset(_known(u, kb.rules, "rule in unknown") for u in unknown),
        clearances=tuple(
            _clearance(entry, f"clearances[{n}]", kb)
            for n, entry in enumerate(_list(table.get("clearances", []), "clearances"))
        ),
    )


def _facts(document: object, kb: KnowledgeBase) -> Facts:
    words = kb.vocabulary
    table = _table(document, "facts", (*words.fact_values, *words.fact_lists))
    if "age" not in table:
        raise InputError("facts need an age, in years")
    told = [
        _fact(entry, f"facts.{key}[{n}]", cast("Kind", kind), kb)
        for key, kind in words.fact_lists.items()
        for n, entry in enumerate(_list(table.get(key, []), f"facts.{key}"))
    ]
    values: dict[str, Any] = {
        key: _number(table[key], f"facts.{key}", *span) for key, span in VALUE_RANGES.items() if key in table
    }
    for key in ("sex", "consent", "intake"):
        if key in table:
            values[key] = _known(_text(table[key], f"facts.{key}"), words.ids(key), f"answer for {key}")
    if "scores" in table:
        values["scores"] = _scores(table["scores"], kb)
    if "regions" in table:
        values["regions"] = _places(table["regions"], "facts.regions", kb)
    return Facts(told=tuple(told), pregnancy=_pregnancy(table), **values)


def _pregnancy(table: dict[str, Any]) -> bool | None:
    told = _truth(table["pregnancy"], "facts.pregnancy") if "pregnancy" in table else None
    if "pregnancy_week" not in table:
        return told
    if told is False:
        raise InputError("facts.pregnancy_week is given although facts.pregnancy is false: leave one out")
    return True


def _scores(document: object, kb: KnowledgeBase) -> dict[str, float]:
    table = _table(document, "facts.scores", kb.scores)
    return {name: _number(value, f"facts.scores.{name}", *SCORE_RANGE) for name, value in table.items()}


def _fact(entry: object, where: str, kind: Kind, kb: KnowledgeBase) -> Fact:
    known = kb.vocabulary.ids(kind)
    if isinstance(entry, str):
        return Fact(kind, _known(entry, known, f"{kind} in {where}"))
    table = _table(entry, where, (kind, *kb.vocabulary.qualifiers), or_else=f"the id of a {kind}")
    if kind not in table:
        raise InputError(f'{where} needs the key "{kind}" with its id')
    if len([t for t in TIMES if t in table]) > 1:
        raise InputError(f"{where} tells its time twice: keep one of {', '.join(TIMES)}")
    id_ = _known(_text(table[kind], f"{where}.{kind}"), known, f"{kind} in {where}")
    return Fact(kind, id_, **{k: _qualifier(k, v, where, kb) for k, v in table.items() if k != kind})


def _qualifier(key: str, given: object, where: str, kb: KnowledgeBase) -> Any:
    at = f"{where}.{key}"
    if key in QUALIFIER_RANGES:
        return _number(given, at, *QUALIFIER_RANGES[key])
    if key == "place":
        return _places(given, at, kb)
    if key == "new":
        return _truth(given, at)
    return _known(_text(given, at), kb.vocabulary.ids(key), f"{key} in {where}")


def _clearance(entry: object, where: str, kb: KnowledgeBase) -> Clearance:
    table = _table(entry, where, ("rule", "by", "days_ago", "pressure_max"))
    for key in ("rule", "by"):
        if key not in table:
            raise InputError(f'{where} needs "{key}"')
    rule = kb.rules[_known(_text(table["rule"], f"{where}.rule"), kb.rules, f"rule in {where}")]
    days_ago = table.get("days_ago")
    if days_ago is None and (rule.clears_with.newer_than_days or rule.category == "emergency"):
        raise InputError(f'{where} needs "days_ago": how old the note is')
    pressure = table.get("pressure_max")
    return Clearance(
        rule=rule.id,
        by=_text(table["by"], f"{where}.by"),
        days_ago=None
        if days_ago is None
        else _number(days_ago, f"{where}.days_ago", *QUALIFIER_RANGES["days_ago"]),
        pressure_max=None if pressure is None else _step(pressure, f"{where}.pressure_max"),
    )


def _table(given: object, where: str, keys: Iterable[str], or_else: str = "") -> dict[str, Any]:
    if not isinstance(given, dict):
        wanted = f"{or_else}, or an object" if or_else else "an object"
        raise InputError(f"{where} must be {wanted}, not {_what(given)}")
    known = tuple(keys)
    for key in given:
        _known(_text(key, f"a key of {where}"), known, f"key in {where}")
    return given


def _list(given: object, where: str) -> list[Any]:
    if not isinstance(given, list | tuple):
        raise InputError(f"{where} must be a list, not {_what(given)}")
    return list(given)


def _texts(given: object, where: str) -> list[str]:
    return [_text(entry, f"{where}[{n}]") for n, entry in enumerate(_list(given, where))]


def _text(given: object, where: str) -> str:
    if not isinstance(given, str):
        raise InputError(f"{where} must be text, not {_what(given)}")
    return given


def _truth(given: object, where: str) -> bool:
    if not isinstance(given, bool):
        raise InputError(f"{where} must be true or false, not {_what(given)}; leave it out when not known")
    return given


def _number(given: object, where: str, least: float, greatest: float) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise InputError(f"{where} must be a number, not {_what(given)}; leave it out when not known")
    if not least <= given <= greatest:
        raise InputError(f"{where} must lie between {least:g} and {greatest:g}, not {given:.6g}")
    return given


def _step(given: object, where: str) -> int:
    number = _number(given, where, *PRESSURE_RANGE)
    if number != int(number):
        raise InputError(f"{where} must be one of the steps 1 to 5, not {number:g}")
    return int(number)


def _places(given: object, where: str, kb: KnowledgeBase) -> tuple[Place, ...]:
    texts = [given] if isinstance(given, str) else _texts(given, where)
    regions = [_short(text, f"region in {where}") for text in texts]
    return tuple(sorted({place for region in regions for place in kb.places(region)}))


def _known(given: str, known: Iterable[str], what: str) -> str:
    ids = tuple(known)
    if _short(given, what) not in ids:
        raise UnknownId(what, given, ids)
    return given


def _short(given: str, what: str) -> str:
    if len(given) > LONGEST_ID:
        raise InputError(f"unknown {what}: {given[:30]!r} and {len(given) - 30} more characters")
    return given


def _what(given: object) -> str:
    if given is None:
        return "null"
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "text", dict: "an object"}
    return kinds.get(type(given), "a list" if isinstance(given, list | tuple) else type(given).__name__)
