"""What was done: the holds, those of one point together, and what was done besides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from unknot.knowledge.labels import Words
from unknot.notes.charted import Charted, Hold, Measured
from unknot.notes.words import UNKNOWN, Speaker, lowered, number

HELD = Words(en="{technique} on {point}: {holds}.", es="{technique} en {point}: {holds}.")
COACHED = Words(
    en="Coached by video, {technique} on {point}: {holds}.",
    es="Con guía por video, {technique} en {point}: {holds}.",
)
ONE = Words(
    en="one hold of {seconds} s at level {level} of 5",
    es="una presión sostenida de {seconds} s en nivel {level} de 5",
)
MORE = Words(
    en="{count} holds of {seconds} at {levels} of 5",
    es="{count} presiones sostenidas de {seconds} en {levels} de 5",
)
EACH = Words(en="{n} s each", es="{n} s cada una")
IN_TURN = Words(en="{n} s", es="{n} s")
LEVEL = Words(en="level {n}", es="nivel {n}")
LEVELS = Words(en="levels {n}", es="niveles {n}")

PAIN = Words(en="Pain {told}.", es="Dolor {told}.")
DURING = Words(en="{pain} during", es="{pain} durante")
AFTER = Words(en="{pain} after", es="{pain} después")
RESPONDED = {
    "softened": Words(en="The point softened.", es="El punto se ablandó."),
    "half": Words(en="The point softened by half.", es="El punto se ablandó a medias."),
    "none": Words(en="The point did not change.", es="El punto no cambió."),
}
RESPONSES = Words(en="Response: {told}.", es="Respuesta: {told}.")
RESPONSE = {
    "softened": Words(en="softened", es="se ablandó"),
    "half": Words(en="softened by half", es="se ablandó a medias"),
    "none": Words(en="no change", es="sin cambio"),
}

TRACE = Words(en="Force trace of the hold: {traces}.", es="Registro de fuerza de la presión: {traces}.")
TRACES = Words(
    en="Force traces of these holds in turn: {traces}.",
    es="Registros de fuerza de estas presiones, en orden: {traces}.",
)
MEASURED = Words(
    en="mean {newtons} N over {seconds} s, {steadiness}",
    es="media de {newtons} N durante {seconds} s, {steadiness}",
)
NOT_MEASURED = Words(en="not measured", es="sin medir")
STEADINESS = {
    "steady": Words(en="steady", es="estable"),
    "drifting": Words(en="drifting", es="con deriva"),
    "trembling": Words(en="trembling", es="con temblor"),
}

ONE_FROM_MEMORY = Words(
    en="The hold was charted afterwards from memory.", es="La presión se anotó después, de memoria."
)
ALL_FROM_MEMORY = Words(
    en="The holds were charted afterwards from memory.", es="Las presiones se anotaron después, de memoria."
)
SOME_FROM_MEMORY = Words(
    en="Charted afterwards from memory: {holds}.", es="Anotado después, de memoria: {holds}."
)
ONE_ON = Words(en="one hold on {point}", es="una presión en {point}")
MORE_ON = Words(en="{count} holds on {point}", es="{count} presiones en {point}")
SOME_ON = Words(en="{count} of {all} holds on {point}", es="{count} de {all} presiones en {point}")
ALSO = Words(en="Also done: {techniques}.", es="Además se hizo: {techniques}.")
LIGHTLY = Words(en="{technique}, lightly", es="{technique}, con suavidad")
DONE = Words(en="Done: {techniques}.", es="Se hizo: {techniques}.")


def treatment(charted: Charted, speaker: Speaker) -> Iterable[str]:
    """What was done, points in the order in which they were first held."""
    for holds in _by_point(charted.holds):
        yield _held(holds, speaker, by_video=charted.mode == "video")
        yield from _answered(holds, speaker)
        yield from _measured(holds, speaker)
    yield from _from_memory(charted.holds, speaker)
    if techniques := [_technique(id_, charted, speaker) for id_ in charted.techniques]:
        yield speaker.say(ALSO if charted.holds else DONE, techniques="; ".join(techniques))


def _technique(id_: str, charted: Charted, speaker: Speaker) -> str:
    name = lowered(speaker.technique(id_))
    return speaker.say(LIGHTLY, technique=name) if id_ in charted.lightly else name


def _by_point(holds: Iterable[Hold]) -> Iterable[list[Hold]]:
    together: dict[tuple[str, ...], list[Hold]] = {}
    for hold in holds:
        key = (hold.muscle, hold.side, hold.trigger_point, hold.technique)
        together.setdefault(key, []).append(hold)
    return together.values()


def _point(holds: Sequence[Hold], speaker: Speaker) -> str:
    return speaker.point(holds[0].muscle, holds[0].side, holds[0].trigger_point)


def _held(holds: Sequence[Hold], speaker: Speaker, *, by_video: bool) -> str:
    technique = speaker.technique(holds[0].technique)
    return speaker.say(
        COACHED if by_video else HELD,
        technique=lowered(technique) if by_video else technique,
        point=_point(holds, speaker),
        holds=_dose(holds, speaker),
    )


def _answered(holds: Sequence[Hold], speaker: Speaker) -> Iterable[str]:
    """How the client and the point answered the holds, on one line under them."""
    if told := " ".join((*_pain(holds, speaker), *_responses(holds, speaker))):
        yield told


def _pain(holds: Sequence[Hold], speaker: Speaker) -> Iterable[str]:
    during = _pains([hold.pain_during for hold in holds], speaker)
    after = _pains([hold.pain_after for hold in holds], speaker)
    times = [speaker.say(when, pain=pain) for when, pain in ((DURING, during), (AFTER, after)) if pain]
    if times:
        yield speaker.say(PAIN, told=speaker.listed(times))


def _dose(holds: Sequence[Hold], speaker: Speaker) -> str:
    if len(holds) == 1:
        return speaker.say(ONE, seconds=holds[0].seconds, level=holds[0].level)
    seconds, levels = [hold.seconds for hold in holds], [hold.level for hold in holds]
    return speaker.say(
        MORE,
        count=speaker.count(len(holds)),
        seconds=_in_turn(seconds, speaker, alike=EACH, different=IN_TURN),
        levels=_in_turn(levels, speaker, alike=LEVEL, different=LEVELS),
    )


def _in_turn(numbers: Sequence[int], speaker: Speaker, *, alike: Words, different: Words) -> str:
    """Numbers in the order of the holds; one where they are all the same."""
    if len(set(numbers)) == 1:
        return speaker.say(alike, n=numbers[0])
    return speaker.say(different, n=speaker.listed([str(n) for n in numbers]))


def _pains(pains: Sequence[int | None], speaker: Speaker) -> str:
    """Ratings in the order of the holds: "6, 5 and 4/10"; nothing where none was given."""
    given = [pain for pain in pains if pain is not None]
    if not given:
        return ""
    if len(given) < len(pains):
        return speaker.listed([speaker.say(UNKNOWN) if pain is None else f"{pain}/10" for pain in pains])
    return f"{given[0] if len(set(given)) == 1 else speaker.listed([str(pain) for pain in given])}/10"


def _responses(holds: Sequence[Hold], speaker: Speaker) -> Iterable[str]:
    responses = [hold.response for hold in holds]
    first = responses[0]
    if first is not None and set(responses) == {first}:
        yield speaker.say(RESPONDED[first])
    elif any(responses):
        told = [speaker.say(RESPONSE[response] if response else UNKNOWN) for response in responses]
        yield speaker.say(RESPONSES, told=", ".join(told))


def _measured(holds: Sequence[Hold], speaker: Speaker) -> Iterable[str]:
    if any(hold.measured for hold in holds):
        traces = [_trace(hold.measured, speaker) for hold in holds]
        yield speaker.say(TRACE if len(holds) == 1 else TRACES, traces="; ".join(traces))


def _trace(measured: Measured | None, speaker: Speaker) -> str:
    if measured is None:
        return speaker.say(NOT_MEASURED)
    return speaker.say(
        MEASURED,
        newtons=number(measured.mean_n),
        seconds=number(measured.seconds),
        steadiness=speaker.say(STEADINESS[measured.steadiness]),
    )


def _from_memory(holds: Sequence[Hold], speaker: Speaker) -> Iterable[str]:
    remembered = [hold for hold in holds if hold.from_memory]
    if remembered and len(remembered) == len(holds):
        yield speaker.say(ONE_FROM_MEMORY if len(holds) == 1 else ALL_FROM_MEMORY)
    elif remembered:
        told = [said for group in _by_point(holds) if (said := _remembered(group, speaker))]
        yield speaker.say(SOME_FROM_MEMORY, holds="; ".join(told))


def _remembered(group: Sequence[Hold], speaker: Speaker) -> str:
    n = sum(hold.from_memory for hold in group)
    if not n:
        return ""
    words = SOME_ON if n < len(group) else ONE_ON if n == 1 else MORE_ON
    count, all_ = speaker.count(n), speaker.count(len(group))
    return speaker.say(words, count=count, all=all_, point=_point(group, speaker))
