"""S: what the client told, marked, rated and agreed to."""

from __future__ import annotations

from collections.abc import Iterable

from unknot.knowledge import Place
from unknot.knowledge.labels import Words
from unknot.notes.charted import Activity, Charted, Check
from unknot.notes.words import Speaker, names, quoted
from unknot.reasoning.drawing import Drawing

FIRST = Words(en="First session of the course", es="Primera sesión del tratamiento")
LATER = Words(en="Session {n} of the course", es="Sesión {n} del tratamiento")
SOME = Words(en="Session {mode}", es="Sesión {mode}")
MODE = {
    "in_person": Words(en="in person", es="presencial"),
    "video": Words(en="by video", es="por video"),
}
BOOKED = Words(en="{n} min booked", es="{n} min reservados")

MARKED = Words(en="Pain marked: {places}.", es="Dolor marcado: {places}.")
COMPLAINT = Words(en="In the client's words: {said}.", es="En palabras de la persona: {said}.")
WORSE = Words(en="Worse with: {motions}.", es="Empeora con: {motions}.")
LIMITED = Words(en="Limited or painful: {motions}.", es="Limitado o doloroso: {motions}.")
SYMPTOMS = Words(en="Also reported: {symptoms}.", es="También refiere: {symptoms}.")
AIMS = Words(en="Wanted from the treatment: {aims}.", es="Lo que busca en el tratamiento: {aims}.")
GOALS = Words(en="Goals: {said}.", es="Metas: {said}.")
CHANGED = Words(en="Since the last session: {said}.", es="Desde la última sesión: {said}.")

WEEK = Words(
    en="Average pain of the last week: {now}/10.",
    es="Dolor medio de la última semana: {now}/10.",
)
WEEK_AND_BASELINE = Words(
    en="Average pain of the last week: {now}/10 (before the first session {baseline}/10).",
    es="Dolor medio de la última semana: {now}/10 (antes de la primera sesión {baseline}/10).",
)
BASELINE = Words(
    en="Average pain of the week before the first session: {baseline}/10.",
    es="Dolor medio de la semana anterior a la primera sesión: {baseline}/10.",
)
PAIN_NOW = Words(
    en="Pain at the start of the session: {n}/10.",
    es="Dolor al inicio de la sesión: {n}/10.",
)

ABILITY = Words(en="Ability for {said}: {rated}{before}.", es="Capacidad para {said}: {rated}{before}.")
NOT_RATED = Words(en="not rated", es="sin valorar")
ACTIVITY_BASELINE = Words(
    en=" (before the first session {baseline}/10)", es=" (antes de la primera sesión {baseline}/10)"
)

NOTHING_NEW = Words(
    en="Nothing new at the check before the session.",
    es="Nada nuevo en la revisión antes de la sesión.",
)
SOMETHING_NEW = Words(
    en="Something new at the check before the session.",
    es="Algo nuevo en la revisión antes de la sesión.",
)
REASONS = Words(en="Taken into account: {reasons}.", es="Tenido en cuenta: {reasons}.")

CONSENTED = Words(en="Consented to today's plan.", es="Dio su consentimiento al plan de hoy.")
REFUSED = Words(en="Did not consent to today's plan.", es="No dio su consentimiento al plan de hoy.")
AREAS = Words(
    en="Consented to these sensitive areas: {areas}.",
    es="Dio su consentimiento para estas zonas sensibles: {areas}.",
)
DECLINED = Words(
    en="Declined these sensitive areas: {areas}.",
    es="No dio su consentimiento para estas zonas sensibles: {areas}.",
)

NO_CHECK = Words(en="check before the session", es="revisión antes de la sesión")
NO_CONSENT = Words(en="consent to today's plan", es="consentimiento al plan de hoy")


def subjective(charted: Charted, speaker: Speaker) -> Iterable[str]:
    """The lines of S."""
    yield _which_session(charted, speaker)
    if charted.drawing:
        yield from _drawn(charted.drawing, speaker)
    for words, text in ((GOALS, charted.goals), (CHANGED, charted.changed)):
        if said := quoted(text):
            yield speaker.say(words, said=said)
    yield from _week(charted, speaker)
    yield from _activities(charted, speaker)
    if charted.pain_before is not None:
        yield speaker.say(PAIN_NOW, n=charted.pain_before)
    if charted.check:
        yield from _check(charted.check, speaker)
    yield from _consent(charted, speaker)
    yield from speaker.not_recorded(
        {
            NO_CHECK: charted.check is None,
            NO_CONSENT: charted.stopped is None and charted.consented is None,
        }
    )


def _which_session(charted: Charted, speaker: Speaker) -> str:
    mode = speaker.say(MODE[charted.mode])
    if charted.number is None:
        told = [speaker.say(SOME, mode=mode)]
    else:
        told = [speaker.say(FIRST if charted.number == 1 else LATER, n=charted.number), mode]
    if charted.minutes is not None:
        told.append(speaker.say(BOOKED, n=charted.minutes))
    return f"{', '.join(told)}."


def _drawn(drawing: Drawing, speaker: Speaker) -> Iterable[str]:
    alike: dict[tuple[str, int], list[Place]] = {}
    for place, pain in drawing.regions.items():
        alike.setdefault((place.region, pain), []).append(place)
    places = [f"{speaker.place(sides)} {pain}/10" for (_, pain), sides in alike.items()]
    if places:
        yield speaker.say(MARKED, places=speaker.listed(places))
    if aims := [speaker.aim(aim) for aim in drawing.aims]:
        yield speaker.say(AIMS, aims=speaker.listed(aims))
    if said := quoted(drawing.complaint):
        yield speaker.say(COMPLAINT, said=said)
    for words, phrases in ((WORSE, drawing.aggravated_by), (LIMITED, drawing.restricted_motion)):
        if motions := [motion for phrase in phrases if (motion := speaker.motion(phrase))]:
            yield speaker.say(words, motions="; ".join(motions))
    if symptoms := [speaker.symptom(symptom) for symptom in drawing.symptoms]:
        yield speaker.say(SYMPTOMS, symptoms="; ".join(symptoms))


def _week(charted: Charted, speaker: Speaker) -> Iterable[str]:
    now, baseline = _two(charted, charted.pain_last_week, charted.pain_baseline)
    if now is not None:
        yield speaker.say(WEEK if baseline is None else WEEK_AND_BASELINE, now=now, baseline=baseline)
    elif baseline is not None:
        yield speaker.say(BASELINE, baseline=baseline)


def _activities(charted: Charted, speaker: Speaker) -> Iterable[str]:
    for activity in charted.activities:
        if said := quoted(activity.words):
            yield _rated(said, activity, charted, speaker)


def _rated(said: str, activity: Activity, charted: Charted, speaker: Speaker) -> str:
    now, baseline = _two(charted, activity.now, activity.baseline)
    rated = speaker.say(NOT_RATED) if now is None else f"{now}/10"
    before = "" if baseline is None else speaker.say(ACTIVITY_BASELINE, baseline=baseline)
    return speaker.say(ABILITY, said=said, rated=rated, before=before)


def _two(charted: Charted, now: int | None, baseline: int | None) -> tuple[int | None, int | None]:
    """Now and before the first session; in that session a baseline that is the same is told once."""
    return now, None if charted.number == 1 and now == baseline else baseline


def _check(check: Check, speaker: Speaker) -> Iterable[str]:
    yield speaker.say(NOTHING_NEW if check.nothing_new else SOMETHING_NEW)
    if reasons := names(check.reasons):
        yield speaker.say(REASONS, reasons=reasons)


def _consent(charted: Charted, speaker: Speaker) -> Iterable[str]:
    if charted.consented is not None:
        yield speaker.say(CONSENTED if charted.consented else REFUSED)
    for words, areas in ((AREAS, charted.consented_areas), (DECLINED, charted.declined_areas)):
        if named := names(areas):
            yield speaker.say(words, areas=named)
