"""
Lays out the questionnaire of a stage: the rules say what is asked, the labels where and in which words.

A fact stands in a group, behind the search, or is opened by another one. A fact that the labels place nowhere
is asked once something has been ticked without which none of its clauses can hold (a band-like pain of the
trunk with a cancer, the signs of pregnancy with a pregnancy). So every fact that a rule of the stage needs is
asked, and the loader of the form fails where one is not.

What the booking asks may be new on the day: a later form may ask it again, in groups of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from unknot.errors import InputError, KnowledgeError, UnknownId
from unknot.knowledge import KnowledgeBase
from unknot.knowledge.labels import FILE as LABELS_FILE
from unknot.knowledge.labels import GATE, GroupLabel, Label, Lang, Who, implied_by, split_id
from unknot.screening.questionnaire.find import fold
from unknot.screening.questionnaire.form import (
    LANGUAGES,
    Applies,
    Group,
    Item,
    Qualifier,
    Questionnaire,
)
from unknot.screening.questionnaire.qualifiers import SHARED, Asker
from unknot.screening.questionnaire.uses import SINGLE_KINDS, Key, triggers, uses

STAGES = ("booking", "day")
"""The stages that a client is asked; ``hands_on`` is the practitioner's."""
LATER = ("day", "hands_on")
"""The stages after the booking; their forms are laid out together."""
CLIENT: tuple[Who, ...] = ("client",)
PRACTITIONER: tuple[Who, ...] = ("practitioner",)


def questionnaire(kb: KnowledgeBase, *, stage: str = "booking", lang: str = "en") -> Questionnaire:
    """
    All that a client is asked at a stage (``booking`` or ``day``), in ``en`` or ``es``.

    Raises InputError for another stage and UnknownId for another language, KnowledgeError where a rule needs
    a fact that the form nowhere asks.

    >>> from unknot.knowledge import load
    >>> [group.id for group in questionnaire(load()).groups][:3]
    ['danger', 'pain', 'from_50']
    """
    if stage not in STAGES:
        raise InputError(
            f"there are no questions to a client for the stage {stage!r}: take {' or '.join(STAGES)}"
        )
    return _questionnaire(kb, stage, spoken(lang))


@lru_cache(maxsize=8)
def _questionnaire(kb: KnowledgeBase, stage: str, lang: Lang) -> Questionnaire:
    ask = Asker(kb, lang)
    layout = booking_layout(kb, lang) if stage == "booking" else later_layout(kb, lang)
    return form_of((stage,), layout.groups((stage,)), ask, basics=(ask.value("age"), ask.sex()))


def spoken(lang: str) -> Lang:
    """The language, where the form speaks it; raises UnknownId where it doesn't."""
    for known in LANGUAGES:
        if lang == known:
            return known
    raise UnknownId("language", lang, LANGUAGES)


def form_of(
    stages: tuple[str, ...], groups: Iterable[Group], ask: Asker, *, basics: tuple[Qualifier, ...] = ()
) -> Questionnaire:
    """Groups as a questionnaire, with the words that are the same in each."""
    return Questionnaire(
        stages=stages,
        lang=ask.lang,
        basics=basics,
        groups=tuple(groups),
        none_label=ask.phrase("none"),
        unknown_label=ask.phrase("unknown"),
        follow_ups_lead=ask.phrase("follow_ups"),
    )


@lru_cache(maxsize=4)
def booking_layout(kb: KnowledgeBase, lang: Lang) -> Layout:
    """Where everything stands in the form of the booking."""
    asked = uses(kb).asked_at(("booking",), CLIENT)
    return Layout(kb, lang, stages=("booking",), rules_of=("booking",), needed=asked, asked=asked)


@lru_cache(maxsize=4)
def later_layout(kb: KnowledgeBase, lang: Lang) -> Layout:
    """
    Where everything stands in the forms of the day and hands on.

    Anything that the booking asks may stand there too, and what only a practitioner can tell must.
    """
    everybody = (*CLIENT, *PRACTITIONER)
    rules_of = ("booking", *LATER)
    needed = (*uses(kb).asked_at(LATER, everybody), *uses(kb).asked_at(rules_of, PRACTITIONER))
    return Layout(
        kb,
        lang,
        stages=LATER,
        rules_of=rules_of,
        needed=needed,
        asked=uses(kb).asked_at(rules_of, everybody),
        companions=booking_layout(kb, lang).companions,
    )


def item_id(key: Key, kb: KnowledgeBase) -> str:
    """The id of a fact's item: ``conditions.cancer``; a single value's is its name."""
    kind, id_ = key
    list_ = list_of(kind, kb)
    return f"{list_}.{id_}" if list_ else id_ if kind != GATE else f"{GATE}.{id_}"


def list_of(kind: str, kb: KnowledgeBase) -> str:
    """The list or value of the answers document that facts of a kind stand in; empty for gates, pregnancy."""
    single = kind if kind in SINGLE_KINDS else ""
    return next((name for name, one in kb.vocabulary.fact_lists.items() if one == kind), single)


LAST = "other_condition"
"""What to tick when nothing else was found."""


class Layout:
    """
    Where every fact of a form stands.

    ``needed`` are the facts that the rules of its ``stages`` need; ``asked`` those that may be asked besides,
    each with the ``rules_of`` these stages. ``companions`` are what each tick opens by the rules of the
    stages before.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        lang: Lang,
        *,
        stages: Collection[str],
        rules_of: Collection[str],
        needed: Iterable[Key],
        asked: Iterable[Key],
        companions: Mapping[Key, Iterable[Key]] = MappingProxyType({}),
    ) -> None:
        self.kb, self.ask, self.labels = kb, Asker(kb, lang), kb.labels
        self.stages, self.rules_of = stages, rules_of
        self.needed, self.asked = set(needed), set(asked)
        self.grouped = {
            key: group
            for group in self.labels.group.values()
            if group.stage in stages
            for key in map(split_id, group.items)
        }
        gates = (key for key in self.grouped if key[0] == GATE)
        self.opened = {split_id(id_) for key in (*self.asked, *gates) for id_ in self._label(key).opens}
        self.placed = frozenset(
            k for k in self.asked if k in self.grouped or k in self.opened or self._label(k).rare
        )
        self.companions = self._companions(companions)

    def groups(self, stages: Collection[str]) -> Iterator[Group]:
        """The groups of these stages that ask anything."""
        for id_, words in self.labels.group.items():
            if words.stage in stages:
                keys = self._rare() if words.searched else map(split_id, words.items)
                items = tuple(self.item(key) for key in keys if self._is_asked(key))
                if items:
                    yield self.group(id_, items)

    def group(self, id_: str, items: tuple[Item, ...]) -> Group:
        """Items under the words of a group."""
        words, lang = self.labels.group[id_], self.ask.lang
        none = words.none or self.labels.phrase["none"]
        return Group(
            id=id_,
            title=words.title.in_(lang),
            lead=words.lead.in_(lang),
            none_label=none.in_(lang),
            items=items,
            searched=words.searched,
            asked_of=_asked_of(words),
            who="practitioner" if words.stage == "hands_on" else "client",
        )

    def item(self, key: Key, opener: Key | None = None) -> Item:
        """The item of a fact, or of a gate; ``opener`` is what its question stands under."""
        kind, id_ = key
        label, lang = self._label(key), self.ask.lang
        opened = [one for one in map(split_id, label.opens) if self._is_asked(one)]
        follow_ups = list(dict.fromkeys([*opened, *self.companions.get(key, ())]))
        return Item(
            id=item_id(key, self.kb),
            list=list_of(kind, self.kb),
            fact="" if kind == GATE else id_,
            label=label.in_(lang),
            help=label.help.in_(lang) if label.help else "",
            names=label.names,
            rare=label.rare,
            qualifiers=self._qualifiers(key, opened, opener),
            follow_ups=tuple(self.item(one, key) for one in follow_ups),
            rules=() if kind == GATE else uses(self.kb).rules(key, self.rules_of),
            who=label.who,
        )

    def _qualifiers(self, key: Key, opened: Iterable[Key], opener: Key | None) -> tuple[Qualifier, ...]:
        shared: tuple[str, ...] = ()
        if key[0] == GATE:
            return tuple(map(self.ask.reading, self._label(key).values))
        if opener and opener[0] == key[0] and opener[1] in implied_by(*key, self.kb.implies):
            shared = tuple(q.key for q in self.ask.qualifiers(opener, [key]) if q.key in SHARED)
        return self.ask.qualifiers(key, opened, shared=shared)

    def _companions(self, before: Mapping[Key, Iterable[Key]]) -> Mapping[Key, Iterable[Key]]:
        """What each tick opens besides: facts that stand nowhere else, or not for all whom a clause means."""
        opened = {trigger: list(keys) for trigger, keys in before.items()}
        for key in sorted(self.needed, key=self._in_order):
            from_age = self.grouped[key].age_gte if key in self.grouped else None
            if key in self.placed and from_age is None:
                continue
            found = triggers(key, self.stages, self.placed, self.kb, from_age=from_age)
            if found is None:
                raise KnowledgeError(
                    LABELS_FILE, ".".join(key), "-", "stands nowhere in the form, yet is needed"
                )
            for trigger in found:
                opened.setdefault(trigger, []).append(key)
        return opened

    def _in_order(self, key: Key) -> tuple[str, int]:
        kind, id_ = key
        return kind, list(getattr(self.labels, kind)).index(id_)

    def _is_asked(self, key: Key) -> bool:
        if key[0] == GATE:
            label = self._label(key)
            return bool(label.values) or any(split_id(id_) in self.asked for id_ in label.opens)
        return key in self.asked

    def _rare(self) -> list[Key]:
        """The rare facts by their labels, the one for all that has no name last."""
        rare = [key for key in self.asked if self._label(key).rare]
        return sorted(rare, key=lambda key: (key[1] == LAST, fold(self._label(key).in_(self.ask.lang))))

    def _label(self, key: Key) -> Label:
        return self.labels.of(*key)


def _asked_of(words: GroupLabel) -> Applies:
    if words.possible:
        return Applies(words.possible.age_gte, words.possible.age_lt, words.possible.not_sex)
    return Applies(age_gte=words.age_gte)
