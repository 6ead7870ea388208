"""The knowledge base: every fact of the package, typed and immutable; each part read when first used."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from unknot.errors import InputError, KnowledgeError, UnknownId
from unknot.knowledge import references
from unknot.knowledge.billing import BillingFile, Coverage, Cpt, Icd, Price
from unknot.knowledge.conditions import Condition, ConditionsFile, ConditionsMeta
from unknot.knowledge.credentials import (
    Body,
    Country,
    CredentialsFile,
    CredentialsMeta,
    Npi,
    PractitionerType,
    Province,
    UsState,
)
from unknot.knowledge.labels import FILE as LABELS_FILE
from unknot.knowledge.labels import FILE_ES, Labels, RulesEsFile, RuleWords, of_labels, of_rules_es
from unknot.knowledge.motions import Motion, MotionsFile
from unknot.knowledge.muscles import Muscle, MusclesFile
from unknot.knowledge.outcomes import Instrument, Interpretation, OutcomesFile, OutcomesMeta, Response
from unknot.knowledge.phrases import Phrases
from unknot.knowledge.places import SIDES, Place
from unknot.knowledge.protocol_words import FILE_ES as PROTOCOLS_FILE_ES
from unknot.knowledge.protocol_words import ProtocolsEsFile, of_protocols_es
from unknot.knowledge.protocols import Protocol, ProtocolsFile
from unknot.knowledge.questions import (
    Benefit,
    Consideration,
    Origin,
    Question,
    QuestionsFile,
    QuestionsMeta,
)
from unknot.knowledge.reading import DATA, by_id, fit, read
from unknot.knowledge.references import raise_first
from unknot.knowledge.referral import Referral, referrals_to
from unknot.knowledge.regions import Region, RegionRow, RegionsFile
from unknot.knowledge.rule_check import of_screening
from unknot.knowledge.screening import Implies, Rule, Score, ScreeningFile, ScreeningMeta, Vocabulary
from unknot.knowledge.techniques import (
    Algometry,
    ComplementaryFile,
    Diagnosis,
    Practice,
    Safety,
    Technique,
    TechniquesFile,
)

MUSCLE_FILES = ("head_neck", "shoulder_upper_back", "arm_hand", "trunk_pelvis", "leg_foot")

T = TypeVar("T")


@cache
def load() -> KnowledgeBase:
    """The knowledge base that ships with the package; one for the whole process."""
    return KnowledgeBase()


class KnowledgeBase:
    """
    Mappings from id to fact, in the order of the files in ``folder``.

    A part is read, and checked, when it is first used: its first wrong fact raises KnowledgeError there.
    """

    def __init__(self, folder: Path = DATA) -> None:
        """Take the facts from ``folder``; reads nothing yet."""
        self.folder = folder

    def _read(self, name: str, kind: type[T]) -> T:
        return read(self.folder, name, kind)

    # ---- the body

    @cached_property
    def regions(self) -> Mapping[str, Region]:
        """All body regions, in their order from head to toes."""
        name = "regions.toml"
        entries = []
        for group, rows in self._read(name, RegionsFile).items():
            for id_, raw in rows.items():
                row = fit(name, raw, RegionRow, within=id_)
                entries.append(Region(id=id_, name=row.name, view=row.view, sided=row.side, group=group))
        return by_id(name, entries)

    @cached_property
    def muscles(self) -> Mapping[str, Muscle]:
        """All muscles, head to foot."""
        files: dict[str, str] = {}
        read_so_far: dict[str, Muscle] = {}
        for file in (f"muscles/{name}.toml" for name in MUSCLE_FILES):
            for muscle in by_id(file, self._read(file, MusclesFile).muscles).values():
                if muscle.id in files:
                    raise KnowledgeError(file, muscle.id, "id", f"stands in {files[muscle.id]} too")
                raise_first(references.of_muscle(file, muscle, self.regions))
                files[muscle.id], read_so_far[muscle.id] = file, muscle
        raise_first(references.of_relations(files, read_so_far))
        return MappingProxyType(read_so_far)

    @cached_property
    def _motions(self) -> MotionsFile:
        return self._read("motions.toml", MotionsFile)

    @cached_property
    def motions(self) -> Mapping[str, Motion]:
        """Motions and loads of daily life."""
        motions = by_id("motions.toml", self._motions.motions)
        for motion in motions.values():
            raise_first(references.of_motion(motion, self.regions))
        return motions

    @cached_property
    def phrases(self) -> Phrases:
        """Every way to say a motion, for ``unknot.knowledge.motions.match_motion``."""
        return Phrases(self._motions.words, self.motions.values(), self.muscles.values())

    # ---- techniques and practices

    @cached_property
    def _techniques(self) -> TechniquesFile:
        return self._read("techniques.toml", TechniquesFile)

    @cached_property
    def techniques(self) -> Mapping[str, Technique]:
        """Techniques, compressions first."""
        techniques = by_id("techniques.toml", self._techniques.techniques)
        for technique in techniques.values():
            raise_first(references.of_technique(technique))
        return techniques

    @property
    def safety(self) -> Safety:
        """How strong, how long, what never to press."""
        return self._techniques.safety

    @property
    def algometry(self) -> Algometry:
        """How the pressure pain threshold is measured."""
        return self._techniques.algometry

    @property
    def diagnosis(self) -> Diagnosis:
        """What is called a trigger point."""
        return self._techniques.diagnosis

    @cached_property
    def practices(self) -> Mapping[str, Practice]:
        """Complementary practices."""
        return by_id("complementary.toml", self._read("complementary.toml", ComplementaryFile).practices)

    # ---- screening

    @cached_property
    def _screening(self) -> ScreeningFile:
        file = self._read("screening.toml", ScreeningFile)
        raise_first(of_screening(file, self.regions))
        return file

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Screening rules."""
        return by_id("screening.toml", self._screening.rules)

    @property
    def scores(self) -> Mapping[str, Score]:
        """Sums that rules compare with ``gte``."""
        return self._screening.scores

    @property
    def implies(self) -> Implies:
        """What a fact brings with it: kind → id → ids."""
        return self._screening.implies

    @property
    def plain_words(self) -> Mapping[str, str]:
        """The checklist's words where an id says too little."""
        return self._screening.plain_words

    @property
    def vocabulary(self) -> Vocabulary:
        """Every id that answers and rules may use."""
        return self._screening.vocabulary

    @property
    def screening_meta(self) -> ScreeningMeta:
        """Order of categories, place groups, emergency numbers, limits."""
        return self._screening.meta

    # ---- the words of the questionnaire

    @cached_property
    def labels(self) -> Labels:
        """What people read for every id, in English and Spanish."""
        labels = self._read(LABELS_FILE, Labels)
        rules = self.rules.values()
        raise_first(of_labels(labels, self.vocabulary, self.implies, rules, self.regions, self.techniques))
        return labels

    @cached_property
    def _screening_es(self) -> RulesEsFile:
        spanish = self._read(FILE_ES, RulesEsFile)
        raise_first(of_rules_es(spanish, self.rules, self.scores.values()))
        return spanish

    @property
    def rules_es(self) -> Mapping[str, RuleWords]:
        """The screening rules' words in Spanish, by the rule's id."""
        return self._screening_es.rule

    @property
    def score_items_es(self) -> Mapping[str, str]:
        """The items of the scores in Spanish, by their English."""
        return self._screening_es.score_item

    # ---- conditions and questions

    @cached_property
    def _conditions(self) -> ConditionsFile:
        return self._read("conditions.toml", ConditionsFile)

    @cached_property
    def conditions(self) -> Mapping[str, Condition]:
        """Conditions that people seek this massage for."""
        conditions = by_id("conditions.toml", self._conditions.conditions)
        for condition in conditions.values():
            raise_first(references.of_condition(condition, self.regions))
        return conditions

    @property
    def conditions_meta(self) -> ConditionsMeta:
        """What holds for all conditions."""
        return self._conditions.meta

    @cached_property
    def _questions(self) -> QuestionsFile:
        return self._read("questions.toml", QuestionsFile)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """What people ask."""
        return by_id("questions.toml", self._questions.questions)

    @cached_property
    def benefits(self) -> Mapping[str, Benefit]:
        """Benefits that are commonly claimed, with what is known."""
        return by_id("questions.toml", self._questions.benefits)

    @cached_property
    def origins(self) -> Mapping[str, Origin]:
        """The history, oldest first."""
        return by_id("questions.toml", self._questions.origins)

    @cached_property
    def considerations(self) -> Mapping[str, Consideration]:
        """What to tell, expect and agree to."""
        return by_id("questions.toml", self._questions.considerations)

    @property
    def questions_meta(self) -> QuestionsMeta:
        """What holds for all answers."""
        return self._questions.meta

    # ---- outcome measures

    @cached_property
    def _outcomes(self) -> OutcomesFile:
        return self._read("outcomes.toml", OutcomesFile)

    @cached_property
    def instruments(self) -> Mapping[str, Instrument]:
        """Outcome measures, those that may be built in first."""
        instruments = by_id("outcomes.toml", self._outcomes.instruments)
        for instrument in instruments.values():
            raise_first(references.of_instrument(instrument))
        return instruments

    @cached_property
    def responses(self) -> Mapping[str, Response]:
        """How much better is called a response."""
        return by_id("outcomes.toml", self._outcomes.responses)

    @property
    def interpretation(self) -> Interpretation:
        """How a change is read."""
        return self._outcomes.interpretation

    @property
    def outcomes_meta(self) -> OutcomesMeta:
        """What holds for all measures."""
        return self._outcomes.meta

    # ---- credentials

    @cached_property
    def _credentials(self) -> CredentialsFile:
        file = self._read("credentials.toml", CredentialsFile)
        raise_first(references.of_credentials(file))
        return file

    @cached_property
    def us_states(self) -> Mapping[str, UsState]:
        """States and territories of the US by code (``US-AL``)."""
        return by_id("credentials.toml", self._credentials.us_states, "code")

    @cached_property
    def canada(self) -> Mapping[str, Province]:
        """Provinces of Canada by code (``CA-ON``)."""
        return by_id("credentials.toml", self._credentials.canada, "code")

    @cached_property
    def countries(self) -> Mapping[str, Country]:
        """Other countries by code (``GB``)."""
        return by_id("credentials.toml", self._credentials.countries, "code")

    @cached_property
    def bodies(self) -> Mapping[str, Body]:
        """Bodies that certify, train or represent."""
        return by_id("credentials.toml", self._credentials.bodies)

    @cached_property
    def practitioner_types(self) -> Mapping[str, PractitionerType]:
        """Kinds of practitioner."""
        return by_id("credentials.toml", self._credentials.practitioner_types)

    @property
    def npi(self) -> Npi:
        """The US National Provider Identifier."""
        return self._credentials.npi

    @property
    def credentials_meta(self) -> CredentialsMeta:
        """What holds for all credentials; exams and the compact too."""
        return self._credentials.meta

    # ---- billing

    @cached_property
    def billing(self) -> BillingFile:
        """All of billing; the lists below are it by id or code."""
        file = self._read("billing.toml", BillingFile)
        raise_first(references.of_billing(file))
        return file

    @cached_property
    def prices(self) -> Mapping[str, Price]:
        """Usual price ranges."""
        return by_id("billing.toml", self.billing.prices)

    @cached_property
    def cpt(self) -> Mapping[str, Cpt]:
        """Procedure codes."""
        return by_id("billing.toml", self.billing.cpt, "code")

    @cached_property
    def icd(self) -> Mapping[str, Icd]:
        """Diagnosis codes."""
        return by_id("billing.toml", self.billing.icd, "code")

    @cached_property
    def coverage(self) -> Mapping[str, Coverage]:
        """What each kind of payer covers."""
        return by_id("billing.toml", self.billing.coverage)

    # ---- planning

    @cached_property
    def planning(self) -> ProtocolsFile:
        """The conventions that courses, sessions and home care are laid out by."""
        return self._read("protocols.toml", ProtocolsFile)

    @cached_property
    def planning_es(self) -> ProtocolsEsFile:
        """What planning says to people, in Spanish, by the ids of the English."""
        spanish = self._read(PROTOCOLS_FILE_ES, ProtocolsEsFile)
        raise_first(of_protocols_es(spanish, self.planning))
        return spanish

    @cached_property
    def protocols(self) -> Mapping[str, Protocol]:
        """The default protocols of the aims without pain."""
        return by_id("protocols.toml", self.planning.protocols)

    # ---- questions across the parts

    def muscles_referring_to(self, region_id: str) -> tuple[Referral, ...]:
        """
        Muscles that refer pain to a region, most likely first, in the order that ``referrals_to`` gives.

        Raises UnknownId for an unknown region.
        """
        self._known_region(region_id)
        return referrals_to(region_id, self.muscles.values())

    def conditions_felt_in(self, region_id: str) -> tuple[Condition, ...]:
        """Conditions that are usually felt in a region; raises UnknownId for an unknown region."""
        self._known_region(region_id)
        return tuple(c for c in self.conditions.values() if region_id in c.regions)

    def techniques_with_tag(self, tag: str) -> tuple[Technique, ...]:
        """Techniques that ``techniques_off`` with this tag concerns; raises UnknownId for an unknown tag."""
        if tag not in self.vocabulary.technique:
            raise UnknownId("technique tag", tag, self.vocabulary.technique)
        return tuple(t for t in self.techniques.values() if tag in t.tags)

    def _known_region(self, region_id: str) -> Region:
        region = self.regions.get(region_id)
        if region is None:
            raise UnknownId("region", region_id, self.regions)
        return region

    def places(self, text: str) -> tuple[Place, ...]:
        """
        The places that ``temple:left``, ``temple`` (both sides) or ``sacrum`` names.

        Raises UnknownId for an unknown region and InputError for an impossible side.
        """
        region_id, _, side = text.partition(":")
        region = self._known_region(region_id)
        if not side:
            return tuple(Place(region_id, s) for s in SIDES) if region.sided else (Place(region_id),)
        if not region.sided:
            raise InputError(f"{region_id} lies on the midline: write it without a side")
        for s in SIDES:
            if s == side:
                return (Place(region_id, s),)
        raise InputError(f"unknown side {side!r} of {region_id}: write {region_id}:left or {region_id}:right")
