"""
Who gets which answer from which route.

Each app declares its routes in its ``access.py`` as ``ROUTES``; this module collects them. A test asks every
route of the URLconf as every role and compares; a route that no app declares fails it. `docs/access.md` is
written from the same table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from importlib import import_module
from types import MappingProxyType
from typing import Literal

from django.apps import apps
from django.utils.module_loading import module_has_submodule


class Role(Enum):
    """Who asks."""

    NOBODY = "nobody"  # not signed in
    ACCOUNT = "account"  # another client than the one whose record it is
    CLIENT = "client"  # whose record it is
    PRACTITIONER = "practitioner"  # whose thing it is
    OTHER_PRACTITIONER = "another practice's practitioner"
    ADMINISTRATOR = "administrator"


class Answer(Enum):
    """What comes back: its name in the table, and the status that a test expects."""

    SHOWN = ("shown", 200)
    MOVED = ("sent on", 302)
    WRONG_FORM = ("form shown again", 422)
    REFUSED = ("refused", 403)
    HIDDEN = ("not found", 404)
    GONE = ("no longer there", 410)

    def __init__(self, words: str, status: int) -> None:
        self.words, self.status = words, status


@dataclass(frozen=True)
class Access:
    """
    The answers of one route.

    Clients and practitioners get what every account gets, where nothing else is said. ``example`` fills the
    arguments of the path and ``form`` the body, so that a test can really ask; a value such as
    ``"@credential"`` stands for the public id of the test's own thing of that name.
    """

    nobody: Answer
    account: Answer
    administrator: Answer
    client: Answer | None = None
    practitioner: Answer | None = None
    other_practitioner: Answer | None = None
    method: Literal["GET", "POST"] = "GET"
    example: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)

    def answer(self, role: Role) -> Answer:
        """What ``role`` gets."""
        match role:
            case Role.NOBODY:
                return self.nobody
            case Role.ACCOUNT:
                return self.account
            case Role.CLIENT:
                return self.client or self.account
            case Role.PRACTITIONER:
                return self.practitioner or self.account
            case Role.OTHER_PRACTITIONER:
                return self.other_practitioner or self.practitioner or self.account
            case Role.ADMINISTRATOR:
                return self.administrator


def public(
    answer: Answer = Answer.SHOWN,
    *,
    method: Literal["GET", "POST"] = "GET",
    form: Mapping[str, str] | None = None,
    **example: str,
) -> Access:
    """A route that answers everybody alike."""
    return Access(answer, answer, answer, method=method, example=example, form=form or {})


ROUTES: Mapping[str, Access] = MappingProxyType(
    {
        "healthz": public(),
        "robots": public(),
        "sitemap": public(),
    }
)


def table() -> dict[str, Access]:
    """Every declared route of every app, by the name that ``reverse`` takes."""
    found: dict[str, Access] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("unknot.") and module_has_submodule(app.module, "access"):
            routes: Mapping[str, Access] = import_module(f"{app.name}.access").ROUTES
            if twice := found.keys() & routes.keys():
                raise ValueError(f"{app.name}.access declares again: {', '.join(sorted(twice))}")
            found |= routes
    return found


def as_markdown(routes: Mapping[str, Access]) -> str:
    """The table as `docs/access.md` shows it."""
    head = (
        "# Who may enter\n\n"
        "Written by `unknot manage access` from each app's `access.py`; "
        "a test asks every route as every role.\n\n"
        f"| route | method | {' | '.join(role.value for role in Role)} |\n|{' --- |' * (len(Role) + 2)}\n"
    )
    rows = (
        f"| `{name}` | {a.method} | {' | '.join(a.answer(role).words for role in Role)} |\n"
        for name, a in sorted(routes.items())
    )
    return head + "".join(rows)
