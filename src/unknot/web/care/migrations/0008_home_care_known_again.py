"""
Home care that was kept as text: what the knowledge base says, in English or Spanish, is known by ids again.

The rest stays as it was written. Given once in each language it was kept twice: days that were done are
moved to the one that is still given, or else to the last one.
"""

import re

from django.db import migrations
from django.db.models import F

from unknot.knowledge import load

PRESS = (
    "Press until you feel (\\d+) to (\\d+) of 10, never more than (\\d+). Stay on each spot as long as it says above.",
    "Presione hasta notar de (\\d+) a (\\d+) de 10, nunca más de (\\d+). Quédese en cada punto el tiempo que se dice arriba.",
)
KEEPS_SORE = (
    "This is said to keep these muscles sore: ",
    "Se dice que esto mantiene doloridos estos músculos: ",
)
DONE_BY = {
    "stretch": "stretching",
    "movement": "stretching",
    "strengthen": "corrective_exercise",
    "heat": "heat_therapy",
    "self_hold": "self_compression",
    "posture": "posture_ergonomics",
    "ergonomics": "posture_ergonomics",
    "breathing": "breathing_relaxation",
}
OWN_TEXT = {
    "stretch": "stretch",
    "strengthen": "strengthen",
    "movement": "self_care",
    "self_hold": "self_care",
}


def know_again(apps, _schema_editor):
    kb = load()
    known = {}
    given_last_first = apps.get_model("care", "HomeCare").objects.order_by(
        F("ended_at").desc(nulls_first=True), "-id"
    )
    for care in given_last_first:
        words = [
            file.at_home[DONE_BY[care.kind]]
            for file in (kb.planning, kb.planning_es)
            if DONE_BY.get(care.kind) in file.at_home
        ]
        care.strength = _strength(care.dose)
        if care.strength or care.dose in [said.dose for said in words]:
            care.dose = ""
        if care.stop_rule in [said.stop for said in words]:
            care.stop_rule = ""
        factors = _factors(care, words, kb)
        which = (care.session_id, care.kind, care.muscle, care.side)
        if factors is not None and which in known:
            _move_done(care, known[which])
        elif factors is not None:
            known[which] = care
            care.text, care.factors = "", factors
        care.save()


def _factors(care, words, kb):
    """Why a habit was told, mostly nothing; None where the text is not the base's."""
    own = getattr(kb.muscles.get(care.muscle), OWN_TEXT.get(care.kind, ""), None)
    if care.text in ([own] if own else [said.text for said in words]):
        return []
    told = {factor for muscle in kb.muscles.values() for factor in muscle.perpetuated_by}
    for before, said in zip(KEEPS_SORE, words, strict=False):
        ending = f". {said.text}"
        if said.text and care.text.startswith(before) and care.text.endswith(ending):
            factors = care.text.removeprefix(before).removesuffix(ending).split("; ")
            return factors if told.issuperset(factors) else None
    return None


def _strength(dose):
    found = next((found for pattern in PRESS if (found := re.fullmatch(pattern, dose))), None)
    return [int(number) for number in found.groups()] if found else []


def _move_done(care, to):
    there = set(to.done.values_list("on", flat=True))
    for done in care.done.exclude(on__in=there):
        done.home_care = to
        done.save()


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0007_home_care_by_ids"),
    ]

    operations = [
        migrations.RunPython(know_again),
    ]
