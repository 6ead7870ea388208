"""
What of a selection is answered: groups, follow-ups, rules; what contradicts itself; what is still missing.

A group is answered once something in it is ticked, marked "I don't know", or "none of these" is; a group that
isn't asked of this person is answered. The follow-ups of a ticked item are answered likewise. An unanswered
question never counts as no: a rule is answered only where every item that can fire it is.
"""

from __future__ import annotations

from functools import cached_property

import msgspec

from unknot.errors import UnknownId
from unknot.knowledge import KnowledgeBase
from unknot.screening.questionnaire.form import Group, Item, Questionnaire
from unknot.screening.questionnaire.selection import Selection
from unknot.screening.questionnaire.uses import SINGLE_KINDS


class Missing(msgspec.Struct, frozen=True):
    """
    What the form should still ask: groups, ticked items whose follow-ups, and qualifiers of ticked items.

    ``qualifiers`` are pairs of item id and qualifier key; ``age`` says that the age is missing.
    """

    age: bool
    groups: tuple[str, ...]
    follow_ups: tuple[str, ...]
    qualifiers: tuple[tuple[str, str], ...]


class Denial(msgspec.Struct, frozen=True):
    """A "none of these": of which group or item, and in which words."""

    id: str
    title: str
    none_label: str


class Answered:
    """A selection held against its questionnaire."""

    def __init__(self, selection: Selection, form: Questionnaire) -> None:
        self.selection, self.form = selection, form
        self.items = {item.id: item for item in form.items()}
        self.groups = {group.id: group for group in form.groups}

    @cached_property
    def parents(self) -> dict[str, tuple[str, ...]]:
        """The items whose follow-up each item is."""
        found: dict[str, list[str]] = {}
        for item in self.items.values():
            for follow_up in item.follow_ups:
                found.setdefault(follow_up.id, []).append(item.id)
        return {id_: tuple(parents) for id_, parents in found.items()}

    @cached_property
    def homes(self) -> dict[str, Group]:
        """The group in which each item stands by itself."""
        return {item.id: group for group in self.form.groups for item in group.items}

    def refuse_unknown_ids(self) -> None:
        """Raise UnknownId for an id that the questionnaire lacks."""
        for id_ in (*self.selection.ticked, *self.selection.unknown):
            if id_ not in self.items:
                raise UnknownId("item of the questionnaire", id_, self.items)
        for id_ in self.selection.none_of:
            if id_ not in self.groups and id_ not in self.items:
                raise UnknownId("group or item of the questionnaire", id_, (*self.groups, *self.items))

    def contradictions(self, kb: KnowledgeBase) -> dict[str, str]:
        """
        What contradicts itself, in words, by the id of the group or item where it does.

        That is a tick under a "none of these", a tick that is also "I don't know", and two ticks where only
        one can hold. A follow-up may be ticked although what opens it is not: a danger that was told is never
        left out.
        """
        found: dict[str, str] = {}
        for id_ in (id_ for id_ in self.items if id_ in self.selection.ticked):
            words = {"item": self.items[id_].label, "unknown": self.form.unknown_label}
            if id_ in self.selection.unknown:
                found.setdefault(id_, self._phrase("known_and_unknown", kb, words))
            if denial := self._denied_by(id_):
                words |= {"group": denial.title, "none": denial.none_label}
                found.setdefault(denial.id, self._phrase("both_ticked", kb, words))
            if other := self._excludes(id_):
                group = self.homes[id_]
                words |= {"group": group.title, "none": other.label}
                found.setdefault(group.id, self._phrase("both_ticked", kb, words))
        return found

    def _excludes(self, id_: str) -> Item | None:
        """A ticked item that stands before this one and that can't hold with it: of consents there is one."""
        list_ = self.items[id_].list
        before = (one for one in self.items.values() if one.list == list_ and one.id in self.selection.ticked)
        first = next(before) if list_ in SINGLE_KINDS else self.items[id_]
        return first if first.id != id_ else None

    def _phrase(self, name: str, kb: KnowledgeBase, words: dict[str, str]) -> str:
        return kb.labels.phrase[name].in_(self.form.lang).format(**words)

    def _denied_by(self, id_: str) -> Denial | None:
        """The "none of these" that denies an item; None where it stands in a place that none denies."""
        group = self.homes.get(id_)
        denials = [
            *([self._denied_in(group)] if group else []),
            *(self._denied_under(self.items[parent]) for parent in self.parents.get(id_, ())),
        ]
        return denials[0] if denials and all(denials) else None

    def _denied_in(self, group: Group) -> Denial | None:
        denied = group.id in self.selection.none_of
        return Denial(group.id, group.title, group.none_label) if denied else None

    def _denied_under(self, parent: Item) -> Denial | None:
        if parent.id in self.selection.none_of:
            return Denial(parent.id, parent.label, self.form.none_label)
        return None if parent.id in self.selection.ticked else self._denied_by(parent.id)

    def asks(self, group: Group) -> bool:
        """Whether the group is asked of this person."""
        return group.asked_of.to(self.selection.age, self.selection.sex)

    def marked(self, item: Item) -> bool:
        """Whether the item, or a follow-up that stands under it alone, is ticked or marked "I don't know"."""
        if self._touched(item):
            return True
        own = (
            one for one in item.follow_ups if self.parents[one.id] == (item.id,) and one.id not in self.homes
        )
        return any(self.marked(one) for one in own)

    def _touched(self, item: Item) -> bool:
        return item.id in self.selection.ticked or item.id in self.selection.unknown

    def group_answered(self, group: Group) -> bool:
        """Whether the group needs no further answer, the follow-ups aside."""
        if not self.asks(group) or group.id in self.selection.none_of:
            return True
        return any(self.marked(item) for item in group.items)

    def follow_ups_answered(self, item: Item) -> bool:
        """
        Whether the item's follow-ups need no answer, or have one.

        One that is ticked in a group of its own says nothing of the others here.
        """
        if not item.follow_ups or item.id not in self.selection.ticked or item.id in self.selection.none_of:
            return True
        return any(self._touched(one) and not self._asked_elsewhere(one) for one in item.follow_ups)

    def _asked_elsewhere(self, item: Item) -> bool:
        group = self.homes.get(item.id)
        return group is not None and self.asks(group)

    def all_answered(self) -> bool:
        """Whether every question of the stage has its answer."""
        groups = all(self.group_answered(group) for group in self.form.groups)
        return groups and all(self.follow_ups_answered(item) for item in self.items.values())

    def rule_answered(self, rule: str) -> bool:
        """Whether every item that can help to fire the rule is answered."""
        return all(self._item_answered(item.id) for item in self.items.values() if rule in item.rules)

    def missing(self) -> Missing:
        """What the form should still ask."""
        ticked = [item for item in self.items.values() if item.id in self.selection.ticked]
        return Missing(
            age=bool(self.form.basics) and self.selection.age is None,
            groups=tuple(group.id for group in self.form.groups if not self.group_answered(group)),
            follow_ups=tuple(item.id for item in ticked if not self.follow_ups_answered(item)),
            qualifiers=tuple(
                (item.id, q.key)
                for item in ticked
                for q in item.qualifiers
                if not q.optional and _empty(self.selection.ticked[item.id].get(q.key))
            ),
        )

    def _item_answered(self, id_: str) -> bool:
        group = self.homes.get(id_)
        if group is not None and not self.group_answered(group):
            return False
        return all(
            self.follow_ups_answered(self.items[parent]) and self._item_answered(parent)
            for parent in self.parents.get(id_, ())
        )


def _empty(given: object) -> bool:
    return given is None or given in ("", (), [])
