"""Values that are meant for programs, in words for readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, Promise]

PARTS: Words = {
    "head": _("Head"),
    "neck": _("Neck"),
    "shoulder": _("Shoulder"),
    "upper_back": _("Upper back"),
    "arm": _("Upper arm"),
    "forearm_hand": _("Forearm and hand"),
    "chest": _("Chest"),
    "abdomen": _("Abdomen"),
    "low_back": _("Low back"),
    "pelvis": _("Pelvis and buttocks"),
    "thigh": _("Thigh"),
    "leg": _("Lower leg"),
    "foot": _("Foot"),
}
REGION_GROUPS: Words = {
    "head": _("Head and face"),
    "neck": _("Neck"),
    "shoulder": _("Shoulder"),
    "upper_back": _("Upper back"),
    "chest": _("Chest"),
    "abdomen": _("Abdomen"),
    "low_back_and_pelvis": _("Low back and pelvis"),
    "arm": _("Arm"),
    "hand": _("Hand"),
    "thigh_and_knee": _("Thigh and knee"),
    "leg_and_foot": _("Lower leg and foot"),
}
QUESTION_GROUPS: Words = {  # from the question named on
    "what_is_it": _("What it is"),
    "does_it_relieve_pain": _("Does it help?"),
    "what_happens_in_a_session": _("The session"),
    "what_to_tell_the_therapist": _("Is it safe for me?"),
    "can_it_be_done_online": _("At home, online, and with other things"),
    "who_gives_it": _("The people who give it"),
    "what_does_it_cost": _("Money"),
}
CONDITION_GROUPS: Words = {  # from the condition named on
    "tension_type_headache": _("Head and jaw"),
    "mechanical_neck_pain": _("Neck"),
    "rotator_cuff_shoulder_pain": _("Shoulder and arm"),
    "thoracic_back_pain": _("Trunk and pelvis"),
    "patellofemoral_pain": _("Leg and foot"),
    "sprains_strains": _("In general"),
}
CONSIDERATION_KINDS: Words = {
    "tell": _("Tell your therapist"),
    "expect": _("What to expect"),
    "not_now": _("When not to come"),
    "after": _("Afterwards"),
    "consent": _("You decide"),
}
PREVALENCE: Mapping[int, Promise] = {
    1: _("Rarely involved"),
    2: _("Less often involved"),
    3: _("Fairly often involved"),
    4: _("Often involved"),
    5: _("Among the most often involved"),
}
PRESSURE: Mapping[int, Promise] = {
    1: _("spreads oil only"),
    2: _("moves the skin"),
    3: _("sinks into the upper muscle"),
    4: _("reaches deep muscle"),
    5: _("presses muscle to bone"),
}
POSITIONS: Words = {
    "prone": _("lying face down"),
    "supine": _("lying on the back"),
    "side_lying": _("lying on the side"),
    "semi_reclined": _("half sitting"),
    "seated": _("sitting"),
}
PALPATION: Words = {
    "pincer": _("between thumb and fingers"),
    "flat": _("with flat fingers against what lies below"),
    "deep": _("deep, through other tissue"),
    "internal": _("from inside"),
}
NEEDS: Words = {
    "sensitive_area_consent": _("Your own consent for this area, asked each time"),
    "internal_pelvic": _("A practitioner whose licence covers internal pelvic work"),
    "intraoral": _("Gloves, and a licence for work inside the mouth"),
}
CERTAINTY: Words = {
    "moderate": _("Moderate"),
    "low": _("Low"),
    "very_low": _("Very low"),
    "none": _("None"),
    "not_shown": _("Not shown"),
}
CERTAINTY_MEANS: Words = {
    "moderate": _("The true effect is probably close to what the studies found."),
    "low": _("The true effect may be quite different from what the studies found."),
    "very_low": _("The studies can hardly say; the true effect may be quite different."),
    "none": _("No study that could tell was found."),
    "not_shown": _("Looked for and not found, or never tested."),
}
EVIDENCE: Words = {
    "trial": _("Controlled trials"),
    "review": _("Reviews of studies"),
    "guideline": _("Guidelines"),
    "case_reports": _("Case reports"),
    "consensus": _("Agreement among experts"),
    "history": _("Historical sources"),
    "convention": _("Custom of the trade, not tested"),
    "weak": _("Weak or disputed evidence"),
}
HOLDS: Words = {
    "yes": _("The sources agree."),
    "partly": _("Partly true."),
    "not_shown": _("Not shown by the sources."),
    "no": _("The sources say otherwise."),
}
CATEGORIES: Words = {
    "emergency": _("Get help, no massage"),
    "absolute": _("No massage"),
    "clearance": _("Ask a clinician first"),
    "local": _("Keep off a place"),
    "adapt": _("Massage, changed"),
}
CATEGORIES_MEAN: Words = {
    "emergency": _("Signs that need medical help, some at once. Massage waits."),
    "absolute": _("Massage is not given, or not while this lasts; a few close one place only."),
    "clearance": _("Massage only after the person named has agreed in writing."),
    "local": _("The rest of the body may be treated; one place is left alone."),
    "adapt": _("Massage is possible with lighter pressure, other positions, or less time."),
}
CATEGORY_TONES: Mapping[str, str] = {
    "emergency": "stop",
    "absolute": "stop",
    "clearance": "caution",
    "local": "caution",
    "adapt": "ok",
}
URGENCY: Words = {
    "now": _("Now: call the emergency number"),
    "today": _("Today: see a doctor or an emergency department"),
    "this_week": _("This week: see a doctor"),
}
REGULATION: Words = {
    "license": _("Licence"),
    "registration": _("Registration"),
    "registration_statutory": _("Registration by law"),
    "certification_voluntary": _("Voluntary certification"),
    "statutory": _("Protected by law"),
    "voluntary": _("Voluntary register"),
    "none": _("None"),
}
CHECKED: Words = {
    "regulation": _("kind of regulation"),
    "title": _("title"),
    "regulator": _("regulator"),
    "renewal": _("renewal"),
    "ce": _("education"),
    "number": _("number"),
}
BODY_CERTAINTY: Words = {
    "sound": _("What is said here was read at the source."),
    "partly": _("Only part of what is said here could be read at a source."),
    "memory": _("From general knowledge; not yet checked at a source."),
    "not found": _("Looked for and not found: treat the name with care."),
}
DIRECTIONS: Words = {
    "lower": _("Lower is better"),
    "higher": _("Higher is better"),
    "n/a": _("Has no better side"),
}


@dataclass(frozen=True)
class Level:
    """A step of the five-step scale of pressure; ``lit`` says for each step whether it is reached."""

    number: int
    words: Promise
    lit: tuple[bool, ...]


def level(number: int) -> Level:
    """A pressure level of 1 to 5, ready to be drawn."""
    return Level(number, PRESSURE[number], tuple(step <= number for step in range(1, 6)))


def group_of(id_: str, ids: list[str], starts: Words) -> Promise:
    """The heading of the group in which ``id_`` stands, where groups begin at the ids in ``starts``."""
    at = ids.index(id_)
    return next(starts[i] for i in reversed(ids[: at + 1]) if i in starts)
