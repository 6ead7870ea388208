"""
Clients of the demo: who they are, what hurts, what they told, and when they come.

Made through the apps' own actions: a time is kept, then booked, as their browsers would do it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unknot.web.accounts.models import User
    from unknot.web.booking.models import Appointment
    from unknot.web.directory.models import Practitioner, Service

HOST = "demo.example"
DAYS_AHEAD = 9


@dataclass(frozen=True)
class Story:
    """A client: what was drawn (place → 1 to 10), and ticked with its details."""

    name: str
    age: int
    sex: str
    pains: Mapping[str, int]
    worse: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)


STORIES = (
    Story("Jordan Miles", 41, "male", {"temple:left": 6, "neck_back:left": 4}, ("Turning the head",)),
    Story("Rosa Delgado", 52, "female", {"low_back:right": 7, "buttock_upper:right": 5}, ()),
    Story("Theo Brandt", 33, "male", {"shoulder_front:right": 6, "upper_arm_front:right": 3}),
    Story(
        "Amina Yusuf", 29, "female", {"neck_base:right": 5, "scapula_medial:right": 6},
        items=("conditions.open_wound",), details={"conditions.open_wound-place": "hand_back:left"},
    ),
    Story(
        "Walter Quinn", 68, "male", {"calf_lower:left": 5, "heel:left": 6},
        items=("conditions.thrombocytopenia",),
    ),
    Story("Ines Carvalho", 37, "female", {"jaw_angle:left": 7, "temple:left": 4}),
    Story("Sam Okonkwo", 24, "male", {"thigh_back:right": 6}, ()),
    Story("Marguerite Fontaine-Delacroix", 45, "female", {"forehead:left": 5, "forehead:right": 5}),
    Story("Eli Novak", 58, "male", {"elbow_outer:right": 7, "forearm_dorsal:right": 4}),
    Story("Grace Tan", 31, "female", {"interscapular:left": 4, "chest_upper:left": 3}),
    Story("Hugo Lindgren", 49, "male", {"low_back:left": 6}),
    Story("Priyanka Rao", 36, "female", {"neck_back:left": 6, "neck_back:right": 6, "occiput:left": 4}),
)  # fmt: skip


def invite(practitioners: list[Practitioner], now: datetime) -> int:
    """Give each practitioner some visits, gone by and to come; how many were booked."""
    booked = 0
    for number, practitioner in enumerate(practitioners):
        for turn in range(1 + number % 3):
            story = STORIES[(number * 5 + turn * 3) % len(STORIES)]
            booked += _visits(practitioner, story, number * 3 + turn, now)
    return booked


def _visits(practitioner: Practitioner, story: Story, number: int, now: datetime) -> int:
    """The call a while ago, where there was one, and what comes next."""
    from unknot.web.accounts.actions import account_of

    user = account_of(f"client{number}@{HOST}")
    services = {s.offer: s for s in practitioner.services.order_by("-mode", "minutes")}
    long_ago = now - timedelta(days=12)
    call = _book(services["discovery"], story, user, long_ago, days=2, skip=number % 5)
    if call:
        _come(call, practitioner, long_ago + timedelta(days=5), stays_away=number % 6 == 5)
    wanted = services.get("course" if number % 2 else "single", services["single"])
    next_ = _book(wanted, story, user, now, days=DAYS_AHEAD, skip=number * 7 % 40)
    if next_ is None:  # as for who needs a clearance first
        next_ = _book(services["discovery"], story, user, now, days=DAYS_AHEAD, skip=number * 3 % 40)
    return (call is not None) + (next_ is not None)


def _book(
    service: Service, story: Story, user: User, now: datetime, *, days: int, skip: int
) -> Appointment | None:
    """The free time after ``skip`` others; None where there is none, or the answers allow less."""
    from unknot.web.booking import actions
    from unknot.web.booking.forms.client import keeping_words
    from unknot.web.booking.queries import free_starts
    from unknot.web.directory.queries import local_date
    from unknot.web.intake.actions import Contact

    today = local_date(service.practitioner, now)
    free = free_starts(service, now=now, first=today, last=today + timedelta(days=days))
    if not free:
        return None
    wish = actions.Wish(
        service=service,
        starts_at=free[skip % len(free)],
        place=service.practitioner.places.first() if service.mode == "in_person" else None,
        client_zone=service.practitioner.zone,
        client_in=service.practitioner.jurisdiction,
    )
    kept = actions.reserve(wish, actions.Brought(*carried(story)), now=now)
    contact = Contact(name=story.name, email=user.email, phone="+12025550100")
    try:
        client = actions.Client(contact=contact, keeping=keeping_words())
        return actions.book(kept, client, by=user, now=now)
    except actions.NotBookable:
        actions.release(kept)
        return None


def _come(appointment: Appointment, practitioner: Practitioner, now: datetime, *, stays_away: bool) -> None:
    from unknot.web.booking import actions
    from unknot.web.booking.models import Status

    status = Status.NO_SHOW if stays_away else Status.ARRIVED
    actions.mark(appointment, status, by=practitioner.user, now=now)


def carried(story: Story) -> tuple[str, str]:
    """The fields of the walk, as a browser carries them: "none of these" in every group without a tick."""
    from unknot.knowledge import load
    from unknot.screening.questionnaire import questionnaire

    groups = questionnaire(load()).groups
    untouched = [g.id for g in groups if not any(item.id in story.items for item in g.items)]
    drawing = {
        "pains": {place: str(strength) for place, strength in story.pains.items()},
        "aims": [],
        "worse": list(story.worse),
        "words": "",
    }
    selection = {
        "q-age": [str(story.age)],
        "q-sex": [story.sex],
        "q-item": list(story.items),
        "q-none": untouched,
        **{f"q-{name}": [value] for name, value in story.details.items()},
    }
    return json.dumps(drawing), json.dumps({name: values for name, values in selection.items() if values})
