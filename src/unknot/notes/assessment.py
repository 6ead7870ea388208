"""
A: what the findings speak for, what the check decided, and what changed.

"Consistent with" is as far as it goes: that is for the practitioner to judge. Where the visit was stopped,
nothing is said of muscles, for something else comes first. The pair of one visit speaks of that visit only;
the course is judged by what the client says of whole weeks (``outcomes.toml``, ``interpretation.steps``).
"""

from __future__ import annotations

from collections.abc import Iterable

from unknot.knowledge import KnowledgeBase, Place
from unknot.knowledge.labels import Words
from unknot.knowledge.places import OTHER_SIDE, Side
from unknot.notes.changes import points, points_and_percent
from unknot.notes.charted import Charted, Check, Finding
from unknot.notes.words import Speaker, names, point_of, quoted

DECIDED = Words(en="Check: {decision}.", es="Revisión: {decision}.")
DECISION = {
    "proceed": Words(en="treatment may proceed", es="se puede tratar"),
    "adapt": Words(en="treatment with adaptations", es="tratamiento con adaptaciones"),
    "local": Words(
        en="treatment away from the places to be left alone", es="tratamiento fuera de los lugares por evitar"
    ),
    "clearance": Words(
        en="treatment only once it has been cleared", es="tratamiento solo después de una autorización"
    ),
    "absolute": Words(en="no treatment as things stand", es="ningún tratamiento tal como están las cosas"),
    "emergency": Words(
        en="an emergency, which comes before any treatment",
        es="una urgencia, que va antes de cualquier tratamiento",
    ),
}
ADAPTATIONS = Words(en="Adaptations to keep: {asked}.", es="Adaptaciones por mantener: {asked}.")

ACTIVE = Words(
    en="Consistent with an active trigger point{unpalpated}: {point}, familiar pain reproduced; {zone}.",
    es="Compatible con un punto gatillo activo{unpalpated}: {point}, reproduce el dolor que reconoce; "
    "{zone}.",
)
LATENT = Words(
    en="Consistent with a latent trigger point{unpalpated}: {point}, tender in a taut band without the "
    "familiar pain.",
    es="Compatible con un punto gatillo latente{unpalpated}: {point}, doloroso en una banda tensa sin el "
    "dolor que reconoce.",
)
UNPALPATED = Words(en=", not confirmed by palpation", es=", sin confirmar por palpación")
ZONE = Words(en="its known referral zone: {places}", es="su zona de referencia conocida: {places}")
ZONE_MARKED = Words(
    en="marked places within its known referral zone: {places}",
    es="lugares marcados dentro de su zona de referencia conocida: {places}",
)
ZONE_ELSEWHERE = Words(
    en="none of the marked places lies within its known referral zone",
    es="ninguno de los lugares marcados está dentro de su zona de referencia conocida",
)

VISIT = Words(
    en="Within this visit pain went from {before}/10 to {after}/10, {change}.",
    es="Dentro de esta visita el dolor pasó de {before}/10 a {after}/10, {change}.",
)
VISIT_SAME = Words(
    en="Within this visit pain stayed at {before}/10.",
    es="Dentro de esta visita el dolor siguió en {before}/10.",
)
COURSE = Words(
    en="Over the course the average pain of the last week went from {before}/10 before the first session to "
    "{after}/10, {change}.",
    es="A lo largo del tratamiento el dolor medio de la última semana pasó de {before}/10 antes de la "
    "primera sesión a {after}/10, {change}.",
)
COURSE_SAME = Words(
    en="Over the course the average pain of the last week stayed at {before}/10.",
    es="A lo largo del tratamiento el dolor medio de la última semana siguió en {before}/10.",
)
ACTIVITY = Words(
    en="Over the course the ability for {said} went from {before}/10 to {after}/10, {change}.",
    es="A lo largo del tratamiento la capacidad para {said} pasó de {before}/10 a {after}/10, {change}.",
)
ACTIVITY_SAME = Words(
    en="Over the course the ability for {said} stayed at {before}/10.",
    es="A lo largo del tratamiento la capacidad para {said} siguió en {before}/10.",
)
NOTHING = Words(
    en="What was recorded does not allow an assessment.",
    es="Lo registrado no permite una valoración.",
)


def assessment(charted: Charted, kb: KnowledgeBase, speaker: Speaker) -> Iterable[str]:
    """The lines of A, one at least."""
    said = [*_findings(charted, kb, speaker), *_changes(charted, speaker)]
    if charted.check:
        said = [*_decided(charted.check, speaker), *said]
    return said or [speaker.say(NOTHING)]


def _decided(check: Check, speaker: Speaker) -> Iterable[str]:
    yield speaker.say(DECIDED, decision=speaker.say(DECISION[check.decision]))
    if asked := names(check.adaptations):
        yield speaker.say(ADAPTATIONS, asked=asked)


def _findings(charted: Charted, kb: KnowledgeBase, speaker: Speaker) -> Iterable[str]:
    if charted.stopped is not None:
        return
    unpalpated = speaker.say(UNPALPATED) if charted.mode == "video" else ""
    marked = charted.drawing.regions if charted.drawing else {}
    for finding in charted.findings:
        if finding.familiar:
            yield speaker.say(
                ACTIVE,
                point=_point(finding, speaker),
                unpalpated=unpalpated,
                zone=_zone(referral(finding, kb), set(marked), speaker),
            )
    for finding in filter(_is_latent, charted.findings):
        yield speaker.say(LATENT, point=_point(finding, speaker), unpalpated=unpalpated)


def _is_latent(finding: Finding) -> bool:
    """Two of the three signs that experts agreed on, without the client's own pain (``techniques.toml``)."""
    return finding.familiar is False and bool(finding.taut_band) and bool(finding.tenderness)


def _point(finding: Finding, speaker: Speaker) -> str:
    return speaker.point(finding.muscle, finding.side, finding.trigger_point)


def referral(finding: Finding, kb: KnowledgeBase) -> tuple[Place, ...]:
    """Where the point is known to send pain, where it does in nearly everyone first."""
    point = point_of(finding.muscle, finding.trigger_point, kb)

    def at(region: str, side: Side) -> Place:
        return Place(region, side if kb.regions[region].sided else "")

    own = (*point.essential, *point.spillover)
    return (
        *(at(region, finding.side) for region in own),
        *(at(region, OTHER_SIDE[finding.side]) for region in point.other_side),
    )


def _zone(known: tuple[Place, ...], marked: set[Place], speaker: Speaker) -> str:
    if not marked:
        return speaker.say(ZONE, places=speaker.places(known))
    met = [place for place in known if place in marked]
    return speaker.say(ZONE_MARKED, places=speaker.places(met)) if met else speaker.say(ZONE_ELSEWHERE)


def _changes(charted: Charted, speaker: Speaker) -> Iterable[str]:
    before, after = charted.pain_before, charted.pain_after
    if before is not None and after is not None and (charted.stopped is None or charted.treated):
        yield _change(VISIT, VISIT_SAME, before, after, speaker)
    if charted.number == 1:  # the course has only begun
        return
    if charted.pain_baseline is not None and charted.pain_last_week is not None:
        yield _change(COURSE, COURSE_SAME, charted.pain_baseline, charted.pain_last_week, speaker)
    yield from _activities(charted, speaker)


def _change(moved: Words, stayed: Words, before: int, after: int, speaker: Speaker) -> str:
    if before == after:
        return speaker.say(stayed, before=before)
    change = points_and_percent(before, after, speaker)
    return speaker.say(moved, before=before, after=after, change=change)


def _activities(charted: Charted, speaker: Speaker) -> Iterable[str]:
    for activity in charted.activities:
        said, before, after = quoted(activity.words), activity.baseline, activity.now
        if not said or before is None or after is None:
            continue
        if before == after:
            yield speaker.say(ACTIVITY_SAME, said=said, before=before)
        else:
            change = points(before, after, speaker)
            yield speaker.say(ACTIVITY, said=said, before=before, after=after, change=change)
