"""
Says what is planned, and why nothing is, in English or Spanish.

Facts have their words in ``protocols.toml`` and ``protocols_es.toml``; what joins them, and the refusals,
stand here. What a muscle's or a technique's own entry says stays English.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.labels import Lang, Words, rule_words
from unknot.knowledge.protocols import AtHome, CourseRule, Protocol, Stage
from unknot.knowledge.screening import Rule

WhyNot = Literal[
    "light_work_only",
    "no_position",
    "nothing_to_press",
    "nothing_found",
    "call_now",
    "see_somebody",
    "not_now",
    "where",
]
REFUSALS: Mapping[WhyNot, Words] = {
    "light_work_only": Words(
        en="Light work only for now: pressure must stay below every hold, so no course is planned.",
        es="Por ahora solo trabajo ligero: la presión debe quedar por debajo de toda presión sostenida sobre "
        "un punto, así que no se planea un tratamiento.",
    ),
    "no_position": Words(
        en="No position is left in which you could be treated; ask first who may lift the restriction.",
        es="No queda ninguna posición en la que se le pueda tratar; pregunte primero a quien pueda levantar "
        "la restricción.",
    ),
    "nothing_to_press": Words(
        en="The places a therapist would press are to be left alone for now, so no course is planned.",
        es="Los lugares que un terapeuta presionaría no deben tocarse por ahora, así que no se planea un "
        "tratamiento.",
    ),
    "nothing_found": Words(
        en="No muscle that is known to refer pain explains this drawing; have it looked at first.",
        es="Ningún músculo del que se sepa que refiere dolor explica este dibujo; haga que lo examinen "
        "primero.",
    ),
    "call_now": Words(
        en="This comes first and needs help now, not a massage.",
        es="Esto va primero y necesita ayuda ahora mismo, no un masaje.",
    ),
    "see_somebody": Words(
        en="This should be looked at by a doctor before any massage.",
        es="Esto debe verlo un médico antes de cualquier masaje.",
    ),
    "not_now": Words(
        en="No treatment as things stand.",
        es="Tal como están las cosas, no hay tratamiento.",
    ),
    "where": Words(
        en="First tell where it is: nothing is planned until the place is known.",
        es="Primero diga dónde está: no se planea nada mientras no se sepa el lugar.",
    ),
}
"""Each refusal, one calm sentence for the client."""

PRESS = Words(
    en="Press until you feel {low} to {high} of 10, never more than {ceiling}.",
    es="Presione hasta notar de {low} a {high} de 10, nunca más de {ceiling}.",
)
STAY = Words(
    en="Stay on each spot as long as it says above.",
    es="Quédese en cada punto el tiempo que se dice arriba.",
)
KEEPS_SORE = Words(
    en="This is said to keep these muscles sore: {factors}.",
    es="Se dice que esto mantiene doloridos estos músculos: {factors}.",
)


class Speaker:
    """Puts what is planned into the words of one language."""

    def __init__(self, kb: KnowledgeBase, lang: Lang = "en") -> None:
        self._kb, self._lang = kb, lang

    @property
    def _is_spanish(self) -> bool:
        return self._lang == "es"

    def refusal(self, why: WhyNot) -> str:
        """Why nothing is planned."""
        return REFUSALS[why].in_(self._lang)

    def course_note(self) -> str:
        """What the length of a course rests on."""
        return (self._kb.planning_es if self._is_spanish else self._kb.planning).course.note

    def course_rule(self, rule: CourseRule, *, pain: bool) -> str | None:
        """What the rule says, with pain or without; None where it says nothing."""
        said = self._kb.planning_es.rule[rule.id] if self._is_spanish else rule
        return said.text if pain else said.without_pain

    def focus(self, stage: Stage, *, pain: bool) -> str:
        """What a session is for."""
        said = self._kb.planning_es.stage[stage.id] if self._is_spanish else stage
        return said.focus if pain else said.without_pain

    def notes(self, stage: Stage) -> tuple[str, ...]:
        """What is asked and agreed on in a session for pain."""
        return (self._kb.planning_es.stage[stage.id] if self._is_spanish else stage).notes

    def emphasis(self, protocol: Protocol) -> str:
        """An aim, and what its course stresses."""
        said = self._kb.planning_es.protocol[protocol.id] if self._is_spanish else protocol
        return f"{said.name}: {said.emphasis}"

    def protocol_note(self, protocol: Protocol) -> str:
        """What an aim's protocol rests on."""
        return (self._kb.planning_es.protocol[protocol.id] if self._is_spanish else protocol).note

    def action(self, rule: Rule) -> str:
        """What a screening rule says to do."""
        spanish = self._kb.rules_es if self._is_spanish else {}
        return rule_words(rule, spanish, self._lang).action

    def at_home(self, id_: str) -> AtHome:
        """A practice or technique that a client does alone: what to do, how much, when to stop."""
        return (self._kb.planning_es if self._is_spanish else self._kb.planning).at_home[id_]

    def keeps_sore(self, factors: Sequence[str]) -> str:
        """What is said to keep muscles sore, in the English of their entries."""
        return KEEPS_SORE.in_(self._lang).format(factors="; ".join(factors))

    def self_hold_dose(self, low: int, high: int, ceiling: int) -> str:
        """How strongly (0-10) a client presses."""
        press = PRESS.in_(self._lang).format(low=low, high=high, ceiling=ceiling)
        return f"{press} {STAY.in_(self._lang)}"
