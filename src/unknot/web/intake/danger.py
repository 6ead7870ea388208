"""What an emergency's page shows: what was ticked, and what to do now; nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from unknot.web.intake.answer import reasons
from unknot.web.learn.references import References

if TYPE_CHECKING:
    from unknot.knowledge import KnowledgeBase
    from unknot.screening.result import Screening
    from unknot.web.intake.answer import Reason
    from unknot.web.learn.references import Reference


@dataclass(frozen=True)
class Number:
    """An emergency number and where it counts."""

    number: str
    where: str


@dataclass(frozen=True)
class Danger:
    """
    What to do now, strictest first.

    ``call_now`` puts the emergency numbers first; otherwise ``by_when`` says how soon to be seen.
    """

    call_now: bool
    by_when: str
    numbers: tuple[Number, ...]
    reasons: tuple[Reason, ...]
    references: tuple[Reference, ...]


def danger(screening: Screening, kb: KnowledgeBase) -> Danger:
    """The emergencies among the fired rules."""
    refs = References()
    emergencies = {fired.rule for fired in screening.fired if fired.category == "emergency"}
    shown = tuple(r for r in reasons(screening, refs, kb) if r.rule in emergencies)
    return Danger(
        call_now=screening.urgency == "now",
        by_when=_("today") if screening.urgency == "today" else _("within this week"),
        numbers=_numbers(kb),
        reasons=shown,
        references=refs.listed(),
    )


def _numbers(kb: KnowledgeBase) -> tuple[Number, ...]:
    names = {
        "US": _("United States"),
        "CA": _("Canada"),
        "GB": _("United Kingdom"),
        "IE": _("Ireland"),
        "EU": _("European Union"),
        "AU": _("Australia"),
        "NZ": _("New Zealand"),
    }
    where: dict[str, list[str]] = {}
    for place, number in kb.screening_meta.emergency_numbers.items():
        where.setdefault(number, []).append(names[place])
    return tuple(Number(number, ", ".join(places)) for number, places in where.items())
