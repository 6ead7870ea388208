"""P: what the client was told, does at home, and when they come again."""

from __future__ import annotations

from collections.abc import Iterable

from unknot.knowledge.labels import Words
from unknot.notes.charted import Charted
from unknot.notes.words import Speaker, names, plain, quoted

TOLD = Words(en="Told: {said}.", es="Se le indicó: {said}.")
REEVALUATION = Words(en="Re-evaluation: {decision}.", es="Reevaluación: {decision}.")
HOME_CARE = Words(en="Home care: {given}.", es="Cuidado en casa: {given}.")
NEXT_VISIT = Words(en="Next visit: {date}.", es="Próxima visita: {date}.")
NO_INSTRUCTION = Words(en="what the client was told to do", es="qué se le indicó a la persona")


def plan(charted: Charted, speaker: Speaker) -> Iterable[str]:
    """The lines of P."""
    if told := quoted(charted.stopped or ""):
        yield speaker.say(TOLD, said=told)
    elif charted.stopped is not None:
        yield from speaker.not_recorded({NO_INSTRUCTION: True})
    if decision := plain(charted.decision):
        yield speaker.say(REEVALUATION, decision=decision)
    for given in charted.home_care:
        if named := names([given]):
            yield speaker.say(HOME_CARE, given=named)
    if next_visit := plain(charted.next_visit):
        yield speaker.say(NEXT_VISIT, date=next_visit)
