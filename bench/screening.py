"""How long screening takes: many facts beside a healthy person, and the questionnaire."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from rows import Row, in_turn, of_times

from unknot.knowledge import load
from unknot.screening import answers_from_json, read_answers, screen
from unknot.screening.questionnaire import questionnaire, to_json

ROUNDS = 60

HEALTHY: dict[str, Any] = {"facts": {"age": 30, "sex": "female"}, "answered": ["booking"]}
MANY_FACTS: dict[str, Any] = {
    "facts": {
        "age": 68, "sex": "male", "bp_systolic": 152, "bp_diastolic": 92,
        "conditions": [
            {"condition": "cancer", "status": "active"},
            "osteoporosis", "diabetes", "hypertension", "smoking",
        ],
        "symptoms": ["neck_pain", {"symptom": "dizziness", "new": True}],
        "medications": ["anticoagulant", {"medication": "nsaid", "hours_ago": 4}],
        "events": [{"event": "surgery", "days_ago": 63, "place": ["hip_side:left"]}],
        "devices": [{"device": "port", "place": ["chest_upper:left"]}],
        "allergies": ["latex"],
    },
    "answered": ["booking", "day"],
    "clearances": [{"rule": "cancer_active", "by": "physician", "days_ago": 10}],
}  # fmt: skip


def run() -> list[Row]:
    """Whole decisions and the questionnaire, warm."""
    kb = load()
    healthy, many = read_answers(HEALTHY, kb), read_answers(MANY_FACTS, kb)
    text = json.dumps(MANY_FACTS)
    calls: dict[str, Callable[[], object]] = {
        "screen a healthy person": lambda: screen(healthy, kb),
        "screen a person with many facts": lambda: screen(many, kb),
        "the same in Spanish": lambda: screen(many, kb, lang="es"),
        "read a document with many facts": lambda: answers_from_json(text, kb),
        "the questionnaire, as a document": lambda: to_json(questionnaire(kb, lang="en"), kb),
    }
    for call in calls.values():
        call()
    plain, *others = (of_times(name, seconds) for name, seconds in in_turn(calls, ROUNDS).items())
    return [plain, *(row.beside_row(plain) for row in others)]
