"""What must hold within one part of the knowledge base; checked whenever the part is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from unknot.errors import KnowledgeError
from unknot.knowledge.billing import BillingFile
from unknot.knowledge.conditions import Condition
from unknot.knowledge.credentials import CredentialsFile
from unknot.knowledge.motions import Motion
from unknot.knowledge.muscles import Muscle, TriggerPoint
from unknot.knowledge.outcomes import Instrument
from unknot.knowledge.regions import Region
from unknot.knowledge.techniques import Technique

Problems = Iterator[KnowledgeError]

SAID = {
    "prone": "prone", "supine": "supine", "side-lying": "side_lying",
    "semi-reclined": "semi_reclined", "seated": "seated",
}  # fmt: skip
"""A position, as prose says it and as the program does."""


def raise_first(problems: Iterable[KnowledgeError]) -> None:
    """Raise the first problem, if there is one."""
    for problem in problems:
        raise problem


def unknown(  # the names say which is which
    file: str, entry: str, field: str, *, ids: Iterable[str], known: Collection[str], kind: str
) -> Problems:
    """A problem for each of ``ids`` that isn't ``known``."""
    for id_ in ids:
        if id_ not in known:
            yield KnowledgeError(file, entry, field, f"{id_!r} is no {kind}")


def of_muscle(file: str, muscle: Muscle, regions: Mapping[str, Region]) -> Problems:
    """Regions exist, positions agree with the prose, trigger points are named once."""
    for position in (id_ for word, id_ in SAID.items() if re.search(rf"\b{word}\b", muscle.client_position)):
        if position not in muscle.positions:
            problem = f"lacks {position!r}, which client_position names"
            yield KnowledgeError(file, muscle.id, "positions", problem)
    if len(set(muscle.positions)) < len(muscle.positions):
        yield KnowledgeError(file, muscle.id, "positions", "names a position twice")
    names = [point.id for point in muscle.trigger_points]
    if len(set(names)) < len(names):
        yield KnowledgeError(file, muscle.id, "trigger_point.id", "names a trigger point twice")
    for point in muscle.trigger_points:
        yield from _of_trigger_point(file, muscle.id, point, regions)


def _of_trigger_point(file: str, muscle: str, point: TriggerPoint, regions: Mapping[str, Region]) -> Problems:
    entry = f"{muscle} {point.id}"
    for field in ("press_at", "essential", "spillover", "other_side"):
        yield from unknown(file, entry, field, ids=getattr(point, field), known=regions, kind="region")
    for region in set(point.essential) & set(point.spillover):
        yield KnowledgeError(file, entry, "spillover", f"{region!r} is essential too; it may be only one")
    for region in point.other_side:
        if region in regions and not regions[region].sided:
            yield KnowledgeError(file, entry, "other_side", f"{region!r} lies on the midline")


def of_relations(files: Mapping[str, str], muscles: Mapping[str, Muscle]) -> Problems:
    """Related muscles exist; ``files`` says which file a muscle stands in."""
    for muscle in muscles.values():
        file = files[muscle.id]
        yield from unknown(file, muscle.id, "related", ids=muscle.related, known=muscles, kind="muscle")
        if muscle.id in muscle.related:
            yield KnowledgeError(file, muscle.id, "related", "names the muscle itself")


def of_technique(technique: Technique) -> Problems:
    """Least comes before most, and the usual time of a hold lies within how far it may go (90 s at most)."""
    for field in ("pressure_level", "hold_s", "default_hold_s", "repetitions"):
        yield from _ordered("techniques.toml", technique.id, field, getattr(technique, field))
    if technique.default_hold_s is None:
        return
    if technique.hold_s is None:
        yield KnowledgeError("techniques.toml", technique.id, "hold_s", "is missing beside default_hold_s")
        return
    (least, most), (usual_least, usual_most) = technique.hold_s, technique.default_hold_s
    if not least <= usual_least <= usual_most <= most:
        yield KnowledgeError("techniques.toml", technique.id, "hold_s", "doesn't contain default_hold_s")
    if most > 90:
        yield KnowledgeError(
            "techniques.toml", technique.id, "hold_s", "is longer than 90 s for a compression"
        )


def _ordered(file: str, entry: str, field: str, bounds: tuple[float, float] | None) -> Problems:
    if bounds is not None and bounds[0] > bounds[1]:
        yield KnowledgeError(file, entry, field, f"{bounds[0]} is more than {bounds[1]}")


def of_condition(condition: Condition, regions: Mapping[str, Region]) -> Problems:
    """Regions exist, ranges are ordered, and each help is a practice or a text with its source."""
    file, entry = "conditions.toml", condition.id
    yield from unknown(file, entry, "regions", ids=condition.regions, known=regions, kind="region")
    for found in condition.muscles_found:
        if found.active_share_max is not None:
            bounds = (found.active_share, found.active_share_max)
            yield from _ordered(file, entry, "muscles_found.active_share_max", bounds)
    for help_ in condition.what_helps_with_it:
        if (help_.practice is None) == (help_.text is None) or (help_.text is None) != (help_.source is None):
            problem = "is neither a practice nor a text with its source"
            yield KnowledgeError(file, entry, "what_helps_with_it", problem)


def of_motion(motion: Motion, regions: Mapping[str, Region]) -> Problems:
    """A motion is suggested for groups of regions that exist, and stands for some phrase."""
    groups = {region.group for region in regions.values()}
    yield from unknown(
        "motions.toml", motion.id, "regions", ids=motion.regions, known=groups, kind="group of regions"
    )
    if not motion.aggravated_by and not motion.restricted_motion:
        yield KnowledgeError(
            "motions.toml", motion.id, "aggravated_by", "is empty, and restricted_motion too"
        )


def of_instrument(instrument: Instrument) -> Problems:
    """Ranges are ordered, bands rise to the end of the range, each published value is a value or a range."""
    file, entry = "outcomes.toml", instrument.id
    yield from _ordered(file, entry, "range", instrument.range)
    tops = [band.upto for band in instrument.bands]
    if tops != sorted(tops) or (tops and instrument.range and tops[-1] != instrument.range[1]):
        yield KnowledgeError(file, entry, "bands", "don't rise to the end of the range")
    for field in ("mdc_values", "mcid_values"):
        for value in getattr(instrument, field):
            if value.value is None and (value.low is None or value.high is None):
                yield KnowledgeError(file, entry, field, "gives neither value nor low and high")
            if value.low is not None and value.high is not None:
                yield from _ordered(file, entry, field, (value.low, value.high))
    for row in instrument.mcid_by_baseline:
        yield from _ordered(file, entry, "mcid_by_baseline", (row.from_, row.to))


def of_credentials(file: CredentialsFile) -> Problems:
    """Codes are those of their country, patterns compile, and the count of licensing states is right."""
    name = "credentials.toml"
    codes = [(state.code, "US-") for state in file.us_states] + [(p.code, "CA-") for p in file.canada]
    for code, prefix in codes:
        if not code.startswith(prefix):
            yield KnowledgeError(name, code, "code", f"doesn't start with {prefix}")
    for state in file.us_states:
        try:
            re.compile(state.number_pattern or "")
        except re.error as error:
            yield KnowledgeError(name, state.code, "number_pattern", f"isn't a pattern: {error}")
    territories = {"US-DC", "US-PR", "US-VI"}
    licensing = sum(s.regulation == "license" and s.code not in territories for s in file.us_states)
    if licensing != file.meta.states_licensing:
        problem = f"says {file.meta.states_licensing}, but {licensing} states are listed so"
        yield KnowledgeError(name, "meta", "states_licensing", problem)


def of_billing(file: BillingFile) -> Problems:
    """Prices rise, timed codes have minutes, and the table of units has no gap."""
    name = "billing.toml"
    for price in file.prices:
        if not price.low <= price.high <= (price.upper or price.high):
            yield KnowledgeError(name, price.id, "low", "low, high and upper don't rise")
    for code in file.cpt:
        if code.timed != (code.minutes_per_unit > 0):
            yield KnowledgeError(name, code.code, "minutes_per_unit", "doesn't fit `timed`")
    for before, after in zip(file.units.medicare.table, file.units.medicare.table[1:], strict=False):
        if after.from_ != before.to + 1 or after.units != before.units + 1:
            yield KnowledgeError(name, "units.medicare", "table", f"has a gap before {after.units} units")
