"""The conventions that planning computes with; protocols of aims without pain (``protocols.toml``)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, field

from unknot.errors import KnowledgeError
from unknot.knowledge.labels import same_ids
from unknot.knowledge.muscles import Level, Part
from unknot.knowledge.reading import Fact, freeze_fields

if TYPE_CHECKING:
    from unknot.knowledge.base import KnowledgeBase

FILE = "protocols.toml"
DONE_ALONE = ("stretching", "corrective_exercise", "heat_therapy", "self_compression")
"""Beside the habits, the practices and the technique that a client does at home."""

Basis = Literal["source", "convention"]
Count = Annotated[int, Meta(ge=0)]
Share = Annotated[float, Meta(gt=0, le=1)]
Ids = tuple[str, ...]
StageId = Literal["first", "build", "re_evaluate", "broaden", "last"]
HabitKind = Literal["posture", "ergonomics", "breathing"]


class ProtocolsMeta(Fact, frozen=True):
    """What holds for all of it."""

    version: str
    reviewed_by_clinician: bool
    limits: tuple[str, ...]


class CourseRule(Fact, frozen=True):
    """
    What decides after the re-evaluation; ``see`` names the entries that carry the sources.

    ``without_pain`` is what it says for an aim without pain, None where it then says nothing.
    """

    id: str
    text: str
    see: Ids
    without_pain: str | None = None


class CourseFacts(Fact, frozen=True):
    """
    How long a course is: from the least to the most ``sessions``, one more for each sign of severity.

    The signs are a place of at least ``strong_pain_gte`` (0-10), ``many_places_gte`` marked places, and an
    aim beside the pain. A course without change ends after ``stop_after`` sessions at the latest. ``price``
    and ``prices_by_length`` name entries of ``billing.toml``.
    """

    sessions: tuple[int, int]
    strong_pain_gte: int
    many_places_gte: int
    interval_days: Annotated[int, Meta(ge=1)]
    re_evaluate_after: Annotated[int, Meta(ge=1)]
    stop_after: Annotated[int, Meta(ge=1)]
    minutes: Annotated[int, Meta(ge=1)]
    price: str
    prices_by_length: Ids
    basis: Basis
    note: str
    see: Ids
    rules: tuple[CourseRule, ...] = field(name="rule")


class Stage(Fact, frozen=True):
    """
    What one session of a course is for, and how much is done in it.

    ``seconds`` is one press, ``rounds`` how often its levels are gone through; ``muscles`` of the likeliest
    with ``points`` of each, and ``satellites`` more, who also fill up where fewer muscles are likely.
    ``gentle``: only to the tissue barrier. ``without_pain``
    is the focus of an aim without pain.
    """

    id: StageId
    focus: str
    without_pain: str
    seconds: Annotated[int, Meta(ge=10, le=30)]
    rounds: Annotated[int, Meta(ge=1)]
    muscles: Annotated[int, Meta(ge=1)]
    points: Annotated[int, Meta(ge=1)]
    satellites: Count
    gentle: bool
    strengthen: bool
    notes: tuple[str, ...]


class SessionFacts(Fact, frozen=True):
    """How a session's time is shared; counts are of muscles, a muscle's two sides being one."""

    examined: Count
    hold_share: Share
    aim_share: Share
    seconds_between: Count
    aim_points: Annotated[int, Meta(ge=1)]
    related: Count
    stretched: Count
    heated: Count
    home_muscles: Count
    basis: Basis


class HoldFacts(Fact, frozen=True):
    """The hold rule as the program says it; pain 0-10."""

    check_in: str
    release: str
    working_discomfort: tuple[int, int]
    ceiling: Annotated[int, Meta(ge=1, le=10)]
    basis: Basis
    note: str


class TextReading(Fact, frozen=True):
    """What one of the muscles' texts (stretch, strengthen, self_care) asks for, by muscle."""

    overhead: Ids
    heat: Ids
    prone: Ids
    supine: Ids
    intraoral: Ids


class NotWith(Fact, frozen=True):
    """Self-pressing of these muscles is not for anyone on whom one of these rules fired."""

    muscles: Ids
    rules: Ids


class SelfCareReading(TextReading, frozen=True):
    """
    What the texts on self-care ask for besides.

    ``no_press``: the text leaves pressing to a practitioner; ``after_doctor``: it asks for a doctor's word
    first; ``only_points``: of these muscles only these trigger points are the client's own to press.
    """

    no_press: Ids
    after_doctor: Ids
    stretch: Ids
    only_points: Mapping[str, Ids]
    not_with: tuple[NotWith, ...]

    def __post_init__(self) -> None:
        """Make the mapping read-only."""
        freeze_fields(self, "only_points")


class Reading(Fact, frozen=True):
    """How the muscles' own words are read, muscle by muscle, so that the program can keep to them."""

    paraspinal: Ids
    elbow_muscles: Ids
    elbow_regions: Ids
    no_knuckle_parts: tuple[Part, ...]
    stretch: TextReading
    strengthen: TextReading
    self_care: SelfCareReading


class Joint(Fact, frozen=True):
    """A joint that the stretch or exercise of ``muscles`` moves; ``both``: it counts on both sides."""

    id: str
    both: bool
    places: Ids
    muscles: Ids


class Habit(Fact, frozen=True):
    """Factors of ``perpetuated_by`` that a person can change, and the practice that says how."""

    kind: HabitKind
    practice: str
    factors: Ids


class AtHome(Fact, frozen=True):
    """
    What a practice or technique asks of a client who does it alone, in plain sentences to them.

    ``text`` and ``dose`` are empty where a muscle's own entry, or screening's bounds, say that part.
    """

    stop: str
    text: str = ""
    dose: str = ""


class Protocol(Fact, frozen=True):
    """
    The default protocol of an aim without pain: muscles in their order, both sides.

    ``pressure_max`` (1-5) keeps the whole course lighter, ``gentle`` only to the tissue barrier.
    """

    id: str
    name: str
    emphasis: str
    muscles: Annotated[Ids, Meta(min_length=1)]
    practices: Ids
    basis: Basis
    note: str
    see: Ids
    pressure_max: Level | None = None
    gentle: bool = False
    interval_days: Annotated[int, Meta(ge=1)] | None = None
    price: str | None = None


class ProtocolsFile(Fact, frozen=True):
    """``protocols.toml``."""

    meta: ProtocolsMeta
    course: CourseFacts
    stages: tuple[Stage, ...] = field(name="stage")
    session: SessionFacts
    hold: HoldFacts
    reading: Reading
    joints: tuple[Joint, ...] = field(name="joint")
    habits: tuple[Habit, ...] = field(name="habit")
    at_home: Mapping[str, AtHome]
    protocols: tuple[Protocol, ...] = field(name="protocol")

    def __post_init__(self) -> None:
        """Make the table read-only."""
        freeze_fields(self, "at_home")

    def stage(self, id_: StageId) -> Stage:
        """The stage of that name; every file has all five."""
        return next(stage for stage in self.stages if stage.id == id_)


def disagreements(kb: KnowledgeBase) -> Iterator[KnowledgeError]:
    """Whatever ``protocols.toml`` names that the other files don't have."""
    file = kb.planning
    seen = {
        *kb.questions, *kb.benefits, *kb.conditions, *kb.practices, *kb.responses, *kb.rules, *kb.techniques,
    }  # fmt: skip
    factors = {factor for muscle in kb.muscles.values() for factor in muscle.perpetuated_by}
    for entry, ids in _muscles_named(file):
        yield from _unknown(entry, "muscles", ids, kb.muscles, "muscle")
    for joint in file.joints:
        yield from _unknown(joint.id, "places", joint.places, kb.regions, "region")
    yield from _unknown("reading", "elbow_regions", file.reading.elbow_regions, kb.regions, "region")
    for pair in file.reading.self_care.not_with:
        yield from _unknown("self_care", "not_with", pair.rules, kb.rules, "screening rule")
    for habit in file.habits:
        yield from _unknown(habit.kind, "factors", habit.factors, factors, "factor of a muscle")
        yield from _unknown(habit.kind, "practice", (habit.practice,), kb.practices, "practice")
    alone = (*DONE_ALONE, *(habit.practice for habit in file.habits))
    yield from same_ids(FILE, "at_home", file.at_home, alone)
    for entry, ids in _entries_seen(file):
        yield from _unknown(entry, "see", ids, seen, "entry of the knowledge base")
    for protocol in file.protocols:
        yield from _unknown(protocol.id, "practices", protocol.practices, kb.practices, "practice")
    prices = (*file.course.prices_by_length, file.course.price, *(p.price for p in file.protocols if p.price))
    yield from _unknown("course", "price", prices, kb.prices, "price")


def _muscles_named(file: ProtocolsFile) -> Iterator[tuple[str, Ids]]:
    reading, own = file.reading, file.reading.self_care
    yield "reading", (*reading.paraspinal, *reading.elbow_muscles)
    for name, text in (("stretch", reading.stretch), ("strengthen", reading.strengthen), ("self_care", own)):
        yield name, (*text.overhead, *text.heat, *text.prone, *text.supine, *text.intraoral)
    yield "self_care", (*own.no_press, *own.after_doctor, *own.stretch, *own.only_points)
    yield from (("self_care", pair.muscles) for pair in own.not_with)
    yield from ((joint.id, joint.muscles) for joint in file.joints)
    yield from ((protocol.id, protocol.muscles) for protocol in file.protocols)


def _entries_seen(file: ProtocolsFile) -> Iterator[tuple[str, Ids]]:
    yield "course", file.course.see
    yield from ((rule.id, rule.see) for rule in file.course.rules)
    yield from ((protocol.id, protocol.see) for protocol in file.protocols)


def _unknown(
    entry: str, named: str, ids: Iterable[str], known: Collection[str], kind: str
) -> Iterator[KnowledgeError]:
    return (KnowledgeError(FILE, entry, named, f"{id_!r} is no {kind}") for id_ in ids if id_ not in known)
