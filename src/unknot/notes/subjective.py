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

MARKED = Words(en="Pain marked by the client: {places}.", es="Dolor marcado por la persona: {places}.")
COMPLAINT = Words(en="In the client's words: {said}.", es="En palabras de la persona: {said}.")
WORSE = Words(en="Worse with: {motions}.", es="Empeora con: {motions}.")
LIMITED = Words(en="Limited or painful: {motions}.", es="Limitado o doloroso: {motions}.")
SYMPTOMS = Words(en="Also reported: {symptoms}.", es="También refiere: {symptoms}.")
AIMS = Words(en="Wanted from the treatment: {aims}.", es="Lo que busca en el tratamiento: {aims}.")
GOALS = Words(en="Goals in the client's words: {said}.", es="Metas en palabras de la persona: {said}.")
CHANGED = Words(
    en="Since the last session, in the client's words: {said}.",
    es="Desde la última sesión, en palabras de la persona: {said}.",
)

WEEK = Words(
    en="Average pain of the last week: {now}/10.",
    es="Dolor medio de la última semana: {now}/10.",
)
WEEK_AND_BASELINE = Words(
    en="Average pain of the last week: {now}/10; before the first session: {baseline}/10.",
    es="Dolor medio de la última semana: {now}/10; antes de la primera sesión: {baseline}/10.",
)
BASELINE = Words(
    en="Average pain of the week before the first session: {baseline}/10.",
    es="Dolor medio de la semana anterior a la primera sesión: {baseline}/10.",
)
PAIN_NOW = Words(
    en="Pain at the start of the session: {n}/10.",
    es="Dolor al inicio de la sesión: {n}/10.",
)

ACTIVITIES = Words(
    en="Ability for the client's own activities: {rated}.",
    es="Capacidad para las actividades propias: {rated}.",
)
NOT_RATED = Words(en="not rated", es="sin valorar")
ACTIVITY_BASELINE = Words(
    en=" (before the first session {baseline}/10)", es=" (antes de la primera sesión {baseline}/10)"
)

NOTHING_NEW = Words(
    en="At the check before the session the client reported nothing new.",
    es="En la revisión antes de la sesión la persona no refirió nada nuevo.",
)
SOMETHING_NEW = Words(
    en="At the check before the session the client reported something new.",
    es="En la revisión antes de la sesión la persona refirió algo nuevo.",
)
REASONS = Words(en="Taken into account: {reasons}.", es="Tenido en cuenta: {reasons}.")

CONSENTED = Words(
    en="The client consented to today's plan.",
    es="La persona dio su consentimiento al plan de hoy.",
)
REFUSED = Words(
    en="The client did not consent to today's plan.",
    es="La persona no dio su consentimiento al plan de hoy.",
)
AREAS = Words(
    en="Consent was given for these sensitive areas: {areas}.",
    es="Dio su consentimiento para estas zonas sensibles: {areas}.",
)
DECLINED = Words(
    en="Consent was declined for these sensitive areas: {areas}.",
    es="No dio su consentimiento para estas zonas sensibles: {areas}.",
)

NO_WEEK = Words(en="average pain of the last week", es="dolor medio de la última semana")
NO_PAIN_NOW = Words(en="pain at the start of the session", es="dolor al inicio de la sesión")
NO_CHECK = Words(en="check before the session", es="revisión antes de la sesión")
NO_CONSENT = Words(en="consent to today's plan", es="consentimiento al plan de hoy")


def subjective(charted: Charted, speaker: Speaker) -> Iterable[str]:
    """The sentences of S."""
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
    goes_on = charted.stopped is None
    yield from speaker.not_recorded(
        {
            NO_WEEK: goes_on and charted.pain_last_week is None,
            NO_PAIN_NOW: goes_on and charted.pain_before is None,
            NO_CHECK: charted.check is None,
            NO_CONSENT: goes_on and charted.consented is None,
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
    if rated := [rating for activity in charted.activities if (rating := _rated(charted, activity, speaker))]:
        yield speaker.say(ACTIVITIES, rated="; ".join(rated))


def _rated(charted: Charted, activity: Activity, speaker: Speaker) -> str:
    said = quoted(activity.words)
    if not said:
        return ""
    now, baseline = _two(charted, activity.now, activity.baseline)
    rating = speaker.say(NOT_RATED) if now is None else f"{now}/10"
    before = "" if baseline is None else speaker.say(ACTIVITY_BASELINE, baseline=baseline)
    return f"{said} {rating}{before}"


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
