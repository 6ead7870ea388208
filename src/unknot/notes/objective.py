"""O: what was seen, measured, found and done. By video nobody palpates but the client."""

from __future__ import annotations

from collections.abc import Iterable

from unknot.knowledge.labels import Words
from unknot.notes.charted import Charted, Finding, Motion
from unknot.notes.treatment import treatment
from unknot.notes.words import SIDE, UNKNOWN, Speaker, lowered, names, plain, quoted

BY_VIDEO = Words(
    en="By video; the practitioner palpated nothing.",
    es="Por video; quien atendió no palpó nada.",
)
POSTURE = Words(en="Posture: {seen}.", es="Postura: {seen}.")

MOTION = Words(en="Range of motion, {motion}: {degrees}.", es="Amplitud de movimiento, {motion}: {degrees}.")
BEFORE = Words(en="{before}° before treatment", es="{before}° antes del tratamiento")
AFTER = Words(en="{after}° after treatment", es="{after}° después del tratamiento")
BOTH = Words(
    en="{before}° before, {after}° after treatment, {change}",
    es="{before}° antes, {after}° después del tratamiento, {change}",
)
SAME = Words(en="{before}° before and after treatment", es="{before}° antes y después del tratamiento")
MORE = Words(en="{n}° more", es="{n}° más")
LESS = Words(en="{n}° less", es="{n}° menos")

PALPATION = Words(en="Palpation, {point}: {signs}.", es="Palpación, {point}: {signs}.")
SELF_PALPATION = Words(
    en="Coached self-palpation, {point}: {signs}.", es="Autopalpación guiada, {point}: {signs}."
)
FAMILIAR = Words(en="familiar pain reproduced", es="reproduce el dolor que reconoce")
NOT_FAMILIAR = Words(en="familiar pain not reproduced", es="no reproduce el dolor que reconoce")
NO_RESULT = Words(en="result not recorded", es="resultado sin registrar")
TENDERNESS = Words(en="tenderness {n}/10", es="dolor a la presión {n}/10")
TAUT_BAND = Words(en="taut band", es="banda tensa")
NO_TAUT_BAND = Words(en="no taut band", es="sin banda tensa")
TWITCH = Words(en="local twitch response", es="respuesta de espasmo local")
NO_TWITCH = Words(en="no local twitch response", es="sin respuesta de espasmo local")
REMARK = Words(en="remark: {said}", es="observación: {said}")

STOPPED = Words(
    en="The visit ended at the check; no treatment was given.",
    es="La visita terminó en la revisión; no se dio tratamiento.",
)
BROKEN_OFF = Words(
    en="The visit was ended at the check; the treatment told here had been given until then.",
    es="La visita se terminó en la revisión; el tratamiento que aquí consta se había dado hasta entonces.",
)
PAIN_AFTER = Words(en="Pain at the end of the session: {n}/10.", es="Dolor al final de la sesión: {n}/10.")
REACTION = Words(en="Reaction: {said}.", es="Reacción: {said}.")

NO_TREATMENT = Words(en="treatment", es="tratamiento")
NO_PAIN_AFTER = Words(en="pain at the end of the session", es="dolor al final de la sesión")


def objective(charted: Charted, speaker: Speaker) -> Iterable[str]:
    """The lines of O."""
    goes_on, by_video = charted.stopped is None, charted.mode == "video"
    if by_video:
        yield speaker.say(BY_VIDEO)
    if seen := names(charted.posture):
        yield speaker.say(POSTURE, seen=seen)
    for motion in charted.motions:
        yield from _moved(motion, speaker)
    for finding in charted.findings:
        yield _found(finding, speaker, by_video=by_video)
    if not goes_on:
        yield speaker.say(BROKEN_OFF if charted.treated else STOPPED)
    yield from treatment(charted, speaker)
    if charted.pain_after is not None and (goes_on or charted.treated):
        yield speaker.say(PAIN_AFTER, n=charted.pain_after)
    if said := quoted(charted.reaction):
        yield speaker.say(REACTION, said=said)
    yield from speaker.not_recorded(
        {
            NO_TREATMENT: goes_on and not charted.treated,
            NO_PAIN_AFTER: charted.treated and charted.pain_after is None,
        }
    )


def _moved(motion: Motion, speaker: Speaker) -> Iterable[str]:
    if name := lowered(plain(motion.name)):
        side = f" ({speaker.say(SIDE[motion.side])})" if motion.side else ""
        yield speaker.say(MOTION, motion=f"{name}{side}", degrees=_degrees(motion, speaker))


def _degrees(motion: Motion, speaker: Speaker) -> str:
    before, after = motion.before, motion.after
    if before is None:
        return speaker.say(UNKNOWN) if after is None else speaker.say(AFTER, after=after)
    if after is None:
        return speaker.say(BEFORE, before=before)
    if before == after:
        return speaker.say(SAME, before=before)
    change = speaker.say(MORE if after > before else LESS, n=abs(after - before))
    return speaker.say(BOTH, before=before, after=after, change=change)


def _found(finding: Finding, speaker: Speaker, *, by_video: bool) -> str:
    point = speaker.point(finding.muscle, finding.side, finding.trigger_point)
    signs = "; ".join(_signs(finding, speaker)) or speaker.say(NO_RESULT)
    return speaker.say(SELF_PALPATION if by_video else PALPATION, point=point, signs=signs)


def _signs(finding: Finding, speaker: Speaker) -> Iterable[str]:
    if finding.familiar is not None:
        yield speaker.say(FAMILIAR if finding.familiar else NOT_FAMILIAR)
    if finding.tenderness is not None:
        yield speaker.say(TENDERNESS, n=finding.tenderness)
    if finding.taut_band is not None:
        yield speaker.say(TAUT_BAND if finding.taut_band else NO_TAUT_BAND)
    if finding.twitch is not None:
        yield speaker.say(TWITCH if finding.twitch else NO_TWITCH)
    if said := quoted(finding.words):
        yield speaker.say(REMARK, said=said)
