"""What the pages of care say that no fact of the knowledge base says."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unknot.knowledge import KnowledgeBase
from unknot.knowledge.labels import region_name
from unknot.web.care.models import Instrument, Score
from unknot.web.intake.adaptations import side_words
from unknot.web.site.languages import language

POSTURE: Mapping[str, Promise] = MappingProxyType(
    {
        "head_forward": _("head held forward"),
        "head_tilted": _("head tilted to one side"),
        "shoulders_rounded": _("shoulders rounded forward"),
        "shoulder_higher": _("one shoulder higher"),
        "upper_back_rounded": _("upper back rounded"),
        "low_back_hollow": _("low back hollowed"),
        "low_back_flat": _("low back flat"),
        "pelvis_higher": _("pelvis higher on one side"),
        "weight_on_one_leg": _("weight on one leg"),
        "feet_turned_out": _("feet turned out"),
    }
)
"""What is seen of somebody who stands at ease; a description, no finding by itself."""

CHANGES: Mapping[str, Promise] = MappingProxyType(
    {
        "5": _("completely recovered"),
        "4": _("very much better"),
        "3": _("much better"),
        "2": _("better"),
        "1": _("a little better"),
        "0": _("no change"),
        "-1": _("a little worse"),
        "-2": _("worse"),
        "-3": _("much worse"),
        "-4": _("very much worse"),
        "-5": _("as much worse as can be"),
    }
)
"""The eleven steps of the global rating, in words of our own."""


def point_name(muscle: str, side: str, trigger_point: str, kb: KnowledgeBase) -> str:
    """As in "Upper trapezius, left, TrP1"; an id that the base no longer has stays readable."""
    fact = kb.muscles.get(muscle)
    name = fact.name if fact else muscle.replace("_", " ").capitalize()
    return f"{name}, {side_words('left' if side == 'left' else 'right')}, {trigger_point}"


def technique_name(technique: str, kb: KnowledgeBase) -> str:
    """By its name; an id that the base no longer has stays readable."""
    fact = kb.techniques.get(technique)
    if fact is None:
        return technique.replace("_", " ").capitalize()
    return kb.labels.technique_name[technique] if language() == "es" else fact.name


def told_value(score: Score, kb: KnowledgeBase) -> str:
    """A number that a client gave, with its scale; a rating of change in the words that were chosen, too."""
    least, most = (int(end) for end in kb.instruments[score.instrument].range or (0, 10))
    scale = {"n": score.value, "least": least, "most": most}
    if score.instrument == Instrument.GROC:
        words = CHANGES.get(str(score.value), "")
        return gettext("%(words)s: %(n)s on the scale from %(least)s to %(most)s") % {**scale, "words": words}
    if score.instrument == Instrument.PSFS:
        return gettext("%(n)s of %(most)s, where %(most)s is as before") % scale
    return gettext("%(n)s of %(most)s") % scale


def area_name(area: str, kb: KnowledgeBase) -> str:
    """A region's name, without a side; an id that the base no longer has stays readable."""
    fact = kb.regions.get(area)
    return region_name(fact, kb.labels, language()) if fact else area.replace("_", " ").capitalize()
