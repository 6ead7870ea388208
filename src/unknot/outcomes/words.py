"""
Says how a score changed and what the re-evaluation means, in English or Spanish.

For the client in plain words, for the practitioner with the numbers. A text never states a number that
nobody gave: it comes from the change and from the limits of the knowledge base.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.labels import Lang, Words
from unknot.outcomes.change import Change, Verdict
from unknot.outcomes.measures import measure
from unknot.outcomes.re_evaluation import DANGER_SIGN, GLOBAL_RATING, Answer, Missing, Reason, ReasonId
from unknot.outcomes.response import Response

NAMES: Mapping[str, Words] = {
    "nprs": Words(en="average pain of the last week", es="dolor promedio de la última semana"),
    "nprs_24h": Words(en="pain of the last 24 hours", es="dolor de las últimas 24 horas"),
    "pain_impact": Words(en="pain impact", es="impacto del dolor"),
    "psfs": Words(en="own activities", es="actividades propias"),
    "groc": Words(en="change since the start", es="cambio desde el comienzo"),
    "pgic": Words(en="overall change", es="cambio en general"),
    "pain_extent": Words(en="how much of the body hurts", es="cuánto del cuerpo duele"),
    "headache_days": Words(en="days with headache in 28", es="días con dolor de cabeza en 28"),
    "sane": Words(en="how normal it feels", es="cuán normal se siente"),
    "ppt": Words(en="pressure pain threshold", es="umbral de dolor a la presión"),
    "arom_cervical": Words(en="neck motion", es="movimiento del cuello"),
    "arom_lumbar": Words(en="low back motion", es="movimiento de la espalda baja"),
}
"""What a measure is called; an instrument that isn't here has its own proper name."""

FOR_CLIENT: Mapping[Verdict, Words] = {
    Verdict.MEANINGFULLY_BETTER: Words(
        en="That is better by more than chance, and enough to matter.",
        es="Es una mejoría mayor de lo que explica el azar, y suficiente para que importe.",
    ),
    Verdict.BETTER: Words(
        en="That is better by more than chance; whether it is enough to matter is for you to say.",
        es="Es una mejoría mayor de lo que explica el azar; si basta para que importe, lo dice usted.",
    ),
    Verdict.WITHIN_NOISE: Words(
        en="Such a number moves this much by itself: no change that one can be sure of.",
        es="Un número así se mueve esto por sí solo: no es un cambio del que se pueda estar seguro.",
    ),
    Verdict.WORSE: Words(
        en="That is worse by more than chance. Tell your practitioner what may have changed.",
        es="Es un empeoramiento mayor de lo que explica el azar. Cuente a su terapeuta qué puede haber "
        "cambiado.",
    ),
    Verdict.MEANINGFULLY_WORSE: Words(
        en="That is clearly worse. The safety questions come again before anything else.",
        es="Está claramente peor. Antes de nada se repiten las preguntas de seguridad.",
    ),
    Verdict.NOT_JUDGED: Words(
        en="How much this moves by itself is not known, so the numbers are only shown.",
        es="No se sabe cuánto se mueve esto por sí solo, así que los números solo se muestran.",
    ),
}
FOR_PRACTITIONER: Mapping[Verdict, Words] = {
    Verdict.MEANINGFULLY_BETTER: Words(en="meaningfully better", es="mejoría que importa"),
    Verdict.BETTER: Words(
        en="better by more than noise, not shown to matter",
        es="mejoría mayor que el error, sin que conste que importe",
    ),
    Verdict.WITHIN_NOISE: Words(
        en="no change beyond measurement error", es="sin cambio mayor que el error de medición"
    ),
    Verdict.WORSE: Words(
        en="worse by more than noise, not shown to matter",
        es="empeoramiento mayor que el error, sin que conste que importe",
    ),
    Verdict.MEANINGFULLY_WORSE: Words(en="meaningfully worse", es="empeoramiento que importa"),
    Verdict.NOT_JUDGED: Words(en="shown, not judged", es="se muestra, no se juzga"),
}
FROM_TO = Words(en="{name}: from {baseline} to {now}.", es="{name}: de {baseline} a {now}.")
STILL = Words(en="{name}: {now}, as at the start.", es="{name}: {now}, como al comienzo.")
NOW = "{name}: {now}."
NUMBERS = Words(
    en="{name}: {baseline} to {now}, {how} ({limits}): {verdict}.",
    es="{name}: de {baseline} a {now}, {how} ({limits}): {verdict}.",
)
BETTER_BY = Words(en="better by {points}", es="mejor en {points}")
WORSE_BY = Words(en="worse by {points}", es="peor en {points}")
UNCHANGED = Words(en="unchanged", es="sin cambio")
MDC = Words(en="measurement error {points}", es="error de medición {points}")
NO_MDC = Words(en="measurement error unknown", es="error de medición desconocido")
MCID = Words(en="worthwhile {points}", es="vale la pena {points}")
NO_MCID = Words(en="worthwhile change unknown", es="cambio que vale la pena desconocido")
TOO_MILD = Words(
    en="It was too mild at the start to show improvement on this scale.",
    es="Al comienzo era demasiado leve para mostrar una mejoría en esta escala.",
)
LESS_THAN_A_WEEK = Words(
    en="Less than a week has passed, so this says nothing of the course yet.",
    es="Ha pasado menos de una semana, así que esto aún no dice nada del tratamiento.",
)
NOT_RATED = Words(en="Not rated this time: {activities}.", es="Sin calificar esta vez: {activities}.")
LEVELS: Mapping[str, Words] = {
    "immpact_minimal": Words(en="Minimal improvement.", es="Mejoría mínima."),
    "immpact_moderate": Words(en="Moderate improvement (responder).", es="Mejoría moderada (responde)."),
    "immpact_substantial": Words(
        en="Substantial improvement (strong responder).", es="Mejoría sustancial (responde mucho)."
    ),
}
RESPONDER = Words(
    en="Reaches the usual response of this measure.", es="Alcanza la respuesta habitual de esta medida."
)

ANSWERS_FOR_CLIENT: Mapping[Answer, Words] = {
    Answer.GO_ON: Words(
        en="It is getting better: going on as planned makes sense. Some of it may have come by itself; no "
        "rating can tell how much.",
        es="Va mejorando: tiene sentido seguir como se planeó. Una parte puede haber venido por sí sola; "
        "ninguna calificación dice cuánto.",
    ),
    Answer.SPACE_OUT: Words(
        en="It is better and it stays so: more days can pass between sessions. Some of it may have come by "
        "itself; no rating can tell how much.",
        es="Está mejor y se mantiene: pueden pasar más días entre sesiones. Una parte puede haber venido por "
        "sí sola; ninguna calificación dice cuánto.",
    ),
    Answer.CHANGE_APPROACH: Words(
        en="Your ratings show no clear improvement yet. Talk with your practitioner about what to do "
        "differently: harder is not the answer.",
        es="Sus calificaciones aún no muestran una mejoría clara. Hable con su terapeuta de qué hacer de "
        "otra manera: más fuerte no es la respuesta.",
    ),
    Answer.REFER: Words(
        en="It is time that a doctor or physical therapist looks at it before more is pressed.",
        es="Es hora de que un médico o fisioterapeuta lo examine antes de presionar más.",
    ),
    Answer.NOT_ENOUGH_DATA: Words(
        en="There are too few ratings yet to say whether it helps.",
        es="Todavía hay muy pocas calificaciones para decir si ayuda.",
    ),
}
FOR_CLIENT_BY_REASON: Mapping[ReasonId, Words] = {
    "worse": Words(
        en="By your ratings it is worse than at the start, by more than chance. Talk with your practitioner "
        "about why, before anything goes on as before.",
        es="Según sus calificaciones está peor que al comienzo, más de lo que explica el azar. Hable con su "
        "terapeuta de la razón antes de seguir como hasta ahora.",
    ),
    "disagree": Words(
        en="Your ratings do not agree: some are better, others are not. Talk with your practitioner about "
        "what matters to you and what to do differently.",
        es="Sus calificaciones no coinciden: unas mejoran y otras no. Hable con su terapeuta de lo que le "
        "importa y de qué hacer de otra manera.",
    ),
    "only_small": Words(
        en="It is a little better, by more than chance. Talk with your practitioner about what could help "
        "more: harder is not the answer.",
        es="Está un poco mejor, más de lo que explica el azar. Hable con su terapeuta de qué podría ayudar "
        "más: más fuerte no es la respuesta.",
    ),
    "too_mild": Words(
        en="It was too mild at the start for these scales to show whether it gets better.",
        es="Al comienzo era demasiado leve para que estas escalas muestren si mejora.",
    ),
    "too_close": Words(
        en="Less than a week has passed since the first rating: too little to say whether it helps.",
        es="Ha pasado menos de una semana desde la primera calificación: muy poco para decir si ayuda.",
    ),
    "no_global_rating": Words(
        en="Your numbers are better. Say also how much has changed on the whole; only both together count.",
        es="Sus números mejoran. Diga también cuánto ha cambiado en general; ambas cosas cuentan juntas.",
    ),
}
"""Where the reason says more than the answer; else the answer speaks."""
ANSWERS_FOR_PRACTITIONER: Mapping[Answer, Words] = {
    Answer.GO_ON: Words(en="Go on", es="Seguir"),
    Answer.SPACE_OUT: Words(en="Space the sessions out", es="Espaciar las sesiones"),
    Answer.CHANGE_APPROACH: Words(en="Change the approach", es="Cambiar el enfoque"),
    Answer.REFER: Words(en="Stop and refer", es="Detenerse y derivar"),
    Answer.NOT_ENOUGH_DATA: Words(en="Not enough data", es="Datos insuficientes"),
}
REASONS: Mapping[ReasonId, Words] = {
    "danger_sign": Words(en="a new danger sign", es="una señal de peligro nueva"),
    "worse_twice": Words(
        en="pain clearly worse on two visits running", es="dolor claramente peor en dos visitas seguidas"
    ),
    "worse": Words(en="worse by more than noise", es="peor de lo que explica el error de medición"),
    "gain_holds": Words(
        en="better on two visits running, by the client's own word too",
        es="mejor en dos visitas seguidas, también según la persona",
    ),
    "improves": Words(
        en="better by more than noise, by the client's own word too",
        es="mejor de lo que explica el error de medición, también según la persona",
    ),
    "only_small": Words(
        en="better by more than noise, but by little", es="mejor de lo que explica el error, pero poco"
    ),
    "disagree": Words(
        en="the measures disagree: some are better, not all that count",
        es="las medidas no coinciden: algunas mejoran, no todas las que cuentan",
    ),
    "no_change": Words(
        en="no change beyond measurement error", es="sin cambio mayor que el error de medición"
    ),
    "too_early": Words(en="too few sessions to look back on", es="muy pocas sesiones para mirar atrás"),
    "no_comparison": Words(
        en="no measure was rated both before the first session and now",
        es="ninguna medida se calificó antes de la primera sesión y también ahora",
    ),
    "too_close": Words(
        en="the ratings lie too few days apart to speak of a course",
        es="entre las calificaciones hay muy pocos días para hablar de un tratamiento",
    ),
    "too_mild": Words(
        en="too mild at the start to show improvement", es="demasiado leve al comienzo para mostrar mejoría"
    ),
    "no_global_rating": Words(
        en="improvement takes the client's own rating of change too, and that is missing",
        es="una mejoría requiere también cómo califica la persona el cambio, y eso falta",
    ),
}
NAMED = "{what} ({measures})"
MISSING: Mapping[str, Words] = {
    "baseline": Words(en="{what}, before the first session", es="{what}, antes de la primera sesión"),
    "now": Words(en="{what}, now", es="{what}, ahora"),
}
MISSING_NAMES: Mapping[str, Words] = {
    GLOBAL_RATING: Words(en="the client's own rating of change", es="cómo califica la persona el cambio"),
    DANGER_SIGN: Words(en="whether there are new danger signs", es="si hay señales de peligro nuevas"),
}


class Speaker:
    """Puts outcomes into the words of one language."""

    def __init__(self, kb: KnowledgeBase, lang: Lang = "en") -> None:
        self._kb, self._lang = kb, lang

    def measure(self, key: str) -> str:
        """What a measure is called, with its label where it has one."""
        name, colon, label = key.partition(":")
        said = NAMES[name].in_(self._lang) if name in NAMES else measure(key, self._kb).instrument.name
        return f"{said} ({label})" if colon else said

    def change_for_client(self, changed: Change, *, less_than_a_week: bool = False) -> str:
        """A change in plain words, with the client's own numbers."""
        rates_change = measure(changed.measure, self._kb).rates_change
        moved = FROM_TO if changed.better_by else STILL
        told = (NOW if rates_change else moved.in_(self._lang)).format(
            name=_capital(self.measure(changed.measure)),
            baseline=_number(changed.baseline),
            now=_number(changed.now),
        )
        judged = [FOR_CLIENT[changed.verdict].in_(self._lang)] if changed.better_by else []
        return " ".join(
            [
                told,
                *judged,
                *self._besides(changed, less_than_a_week=less_than_a_week),
            ]
        )

    def change_for_practitioner(
        self, changed: Change, called: Response, *, less_than_a_week: bool = False
    ) -> str:
        """A change with its numbers, what they are held against, and the response."""
        told = NUMBERS.in_(self._lang).format(
            name=_capital(self.measure(changed.measure)),
            baseline=_number(changed.baseline),
            now=_number(changed.now),
            how=self._how(changed),
            limits=self._held_against(changed),
            verdict=FOR_PRACTITIONER[changed.verdict].in_(self._lang),
        )
        return " ".join(
            [
                told,
                *self._response(changed, called),
                *self._besides(changed, less_than_a_week=less_than_a_week),
            ]
        )

    def answer_for_client(self, answer: Answer, reasons: Iterable[Reason]) -> str:
        """What the re-evaluation means for the client; a referral always says so."""
        own = [FOR_CLIENT_BY_REASON[r.id] for r in reasons if r.id in FOR_CLIENT_BY_REASON]
        if own and answer is not Answer.REFER:
            return own[0].in_(self._lang)
        return ANSWERS_FOR_CLIENT[answer].in_(self._lang)

    def answer_for_practitioner(self, answer: Answer, reasons: Iterable[Reason]) -> str:
        """What the rules say, and why; the practitioner decides."""
        why = "; ".join(self.reason(reason) for reason in reasons)
        return f"{ANSWERS_FOR_PRACTITIONER[answer].in_(self._lang)}: {why}."

    def reason(self, reason: Reason) -> str:
        """A reason, and the measures that it rests on."""
        what = REASONS[reason.id].in_(self._lang)
        if not reason.measures:
            return what
        measures = ", ".join(self.measure(key) for key in reason.measures)
        return NAMED.format(what=what, measures=measures)

    def missing(self, missing: Missing) -> str:
        """What nobody gave, and when it would have been."""
        own = MISSING_NAMES.get(missing.what)
        what = own.in_(self._lang) if own else self.measure(missing.what)
        if missing.activities:
            what = NAMED.format(what=what, measures=", ".join(missing.activities))
        return MISSING[missing.at].in_(self._lang).format(what=what)

    def _besides(self, changed: Change, *, less_than_a_week: bool) -> list[str]:
        told = [LESS_THAN_A_WEEK.in_(self._lang)] if less_than_a_week else []
        if changed.too_mild and changed.verdict is Verdict.WITHIN_NOISE:
            told.append(TOO_MILD.in_(self._lang))
        if changed.not_rated:
            told.append(NOT_RATED.in_(self._lang).format(activities=", ".join(changed.not_rated)))
        return told

    def _response(self, changed: Change, called: Response) -> list[str]:
        """Within noise there is none to speak of, whatever the percentage."""
        if changed.verdict is Verdict.WITHIN_NOISE:
            return []
        if called.level:
            return [LEVELS[called.level].in_(self._lang)]
        return [RESPONDER.in_(self._lang)] if called.responder else []

    def _how(self, changed: Change) -> str:
        if not changed.better_by:
            return UNCHANGED.in_(self._lang)
        words = BETTER_BY if changed.better_by > 0 else WORSE_BY
        told = words.in_(self._lang).format(points=_number(abs(changed.better_by)))
        return told if changed.percent is None else f"{told} ({abs(changed.percent):.0f} %)"

    def _held_against(self, changed: Change) -> str:
        mdc, mcid = changed.limits.mdc, changed.limits.mcid
        return ", ".join(
            unknown.in_(self._lang) if limit is None else known.in_(self._lang).format(points=_number(limit))
            for known, unknown, limit in ((MDC, NO_MDC, mdc), (MCID, NO_MCID, mcid))
        )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _number(number: float) -> str:
    return f"{round(number, 1):g}"
