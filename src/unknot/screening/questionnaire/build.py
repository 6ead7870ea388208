"""
Lays out the questionnaire of a stage: the rules say what is asked, the labels where and in which words.

A fact stands in a group, behind the search, or is opened by another one. A fact that the labels place nowhere
is asked once something has been ticked without which none of its clauses can hold (a band-like pain of the
trunk with a cancer, the signs of pregnancy with a pregnancy). So every fact that a rule of the stage needs is
asked, and the loader of the form fails where one is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from unknot.errors import InputError, KnowledgeError, UnknownId
from unknot.knowledge import KnowledgeBase
from unknot.knowledge.labels import FILE as LABELS_FILE
from unknot.knowledge.labels import GATE, GroupLabel, Label, Lang, implied_by, split_id
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
from unknot.screening.questionnaire.uses import Key, triggers, uses

STAGES = ("booking", "day")
"""The stages that a client is asked; ``hands_on`` is the practitioner's."""


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
    for known in LANGUAGES:
        if lang == known:
            return _questionnaire(kb, stage, known)
    raise UnknownId("language", lang, LANGUAGES)


@lru_cache(maxsize=8)
def _questionnaire(kb: KnowledgeBase, stage: str, lang: Lang) -> Questionnaire:
    ask = Asker(kb, lang)
    layout = _Layout(kb, stage, ask)
    return Questionnaire(
        stage=stage,
        lang=lang,
        basics=(ask.value("age"), ask.sex()),
        groups=tuple(layout.groups()),
        none_label=ask.phrase("none"),
        unknown_label=ask.phrase("unknown"),
        follow_ups_lead=ask.phrase("follow_ups"),
    )


def item_id(key: Key, kb: KnowledgeBase) -> str:
    """The id of a fact's item: ``conditions.cancer``; a single value's is its name."""
    kind, id_ = key
    list_ = list_of(kind, kb)
    return f"{list_}.{id_}" if list_ else id_ if kind != GATE else f"{GATE}.{id_}"


def list_of(kind: str, kb: KnowledgeBase) -> str:
    """The list of the answers document that facts of a kind stand in; empty for gates and values."""
    return next((name for name, one in kb.vocabulary.fact_lists.items() if one == kind), "")


LAST = "other_condition"
"""What to tick when nothing else was found."""


class _Layout:
    """Where every fact of a stage stands."""

    def __init__(self, kb: KnowledgeBase, stage: str, ask: Asker) -> None:
        self.kb, self.stage, self.ask, self.labels = kb, stage, ask, kb.labels
        self.asked = set(uses(kb).asked_at(stage))
        self.grouped = {
            key: group for group in self.labels.group.values() for key in map(split_id, group.items)
        }
        self.opened = {
            split_id(id_)
            for key in (*self.asked, *((GATE, gate) for gate in self.labels.gate))
            for id_ in self._label(key).opens
        }
        self.placed = frozenset(
            k for k in self.asked if k in self.grouped or k in self.opened or self._label(k).rare
        )
        self.companions, self.loose = self._companions()

    def groups(self) -> Iterator[Group]:
        """The groups that ask anything at this stage."""
        for id_, words in self.labels.group.items():
            keys = self._rare() if words.searched else [split_id(id_) for id_ in words.items]
            keys += [key for key in map(split_id, words.also) if key in self.loose]
            items = tuple(self._item(key) for key in keys if self._is_asked(key))
            if items:
                yield self._group(id_, words, items)

    def _group(self, id_: str, words: GroupLabel, items: tuple[Item, ...]) -> Group:
        lang = self.ask.lang
        none = words.none or self.labels.phrase["none"]
        return Group(
            id=id_,
            title=words.title.in_(lang),
            lead=words.lead.in_(lang),
            none_label=none.in_(lang),
            items=items,
            searched=words.searched,
            asked_of=_asked_of(words),
        )

    def _item(self, key: Key, opener: Key | None = None) -> Item:
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
            qualifiers=() if kind == GATE else self._qualifiers(key, opened, opener),
            follow_ups=tuple(self._item(one, key) for one in follow_ups),
            rules=() if kind == GATE else uses(self.kb).rules(key, self.stage),
        )

    def _qualifiers(self, key: Key, opened: Iterable[Key], opener: Key | None) -> tuple[Qualifier, ...]:
        shared: tuple[str, ...] = ()
        if opener and opener[0] == key[0] and opener[1] in implied_by(*key, self.kb.implies):
            shared = tuple(q.key for q in self.ask.qualifiers(opener, [key]) if q.key in SHARED)
        return self.ask.qualifiers(key, opened, shared=shared)

    def _companions(self) -> tuple[dict[Key, list[Key]], set[Key]]:
        """
        What each tick opens besides: facts that stand nowhere else, or not for all whom a clause means.

        And those that a group asks for, since nothing opens them at this stage.
        """
        may_be_loose = {split_id(id_) for group in self.labels.group.values() for id_ in group.also}
        opened: dict[Key, list[Key]] = {}
        loose: set[Key] = set()
        for key in sorted(self.asked, key=self._in_order):
            from_age = self.grouped[key].age_gte if key in self.grouped else None
            if key in self.placed and from_age is None:
                continue
            found = triggers(key, self.stage, self.placed, self.kb, from_age=from_age)
            if found is None and key not in may_be_loose:
                raise KnowledgeError(
                    LABELS_FILE, ".".join(key), "-", "stands nowhere in the form, yet is needed"
                )
            if found is None:
                loose.add(key)
            for trigger in found or ():
                opened.setdefault(trigger, []).append(key)
        return opened, loose

    def _in_order(self, key: Key) -> tuple[str, int]:
        kind, id_ = key
        return kind, list(getattr(self.labels, kind)).index(id_)

    def _is_asked(self, key: Key) -> bool:
        if key[0] == GATE:
            return any(split_id(id_) in self.asked for id_ in self._label(key).opens)
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
