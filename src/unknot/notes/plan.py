"""P: what the client was told, does at home, and when they come again."""

from __future__ import annotations

from collections.abc import Iterable

from unknot.knowledge.labels import Words
from unknot.notes.charted import Charted
from unknot.notes.words import Speaker, names, plain, quoted

TOLD = Words(en="The client was told: {said}.", es="Se le indicó a la persona: {said}.")
REEVALUATION = Words(en="Re-evaluation: {decision}.", es="Reevaluación: {decision}.")
HOME_CARE = Words(en="Home care: {given}.", es="Cuidado en casa: {given}.")
NEXT_VISIT = Words(en="Next visit: {date}.", es="Próxima visita: {date}.")
NO_HOME_CARE = Words(en="home care", es="cuidado en casa")
NO_NEXT_VISIT = Words(en="next visit", es="próxima visita")
NO_INSTRUCTION = Words(en="what the client was told to do", es="qué se le indicó a la persona")


def plan(charted: Charted, speaker: Speaker) -> Iterable[str]:
    """The sentences of P."""
    goes_on = charted.stopped is None
    told = quoted(charted.stopped or "")
    home_care, next_visit = names(charted.home_care), plain(charted.next_visit)
    if told:
        yield speaker.say(TOLD, said=told)
    if decision := plain(charted.decision):
        yield speaker.say(REEVALUATION, decision=decision)
    if home_care:
        yield speaker.say(HOME_CARE, given=home_care)
    if next_visit:
        yield speaker.say(NEXT_VISIT, date=next_visit)
    yield from speaker.not_recorded(
        {
            NO_INSTRUCTION: not goes_on and not told,
            NO_HOME_CARE: goes_on and not home_care,
            NO_NEXT_VISIT: goes_on and not next_visit,
        }
    )
