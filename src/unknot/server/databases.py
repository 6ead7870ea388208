"""Which database a program uses: the one that the environment names, or this installation's own."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass

from unknot.server.addresses import Address
from unknot.server.places import Place, place
from unknot.web.site import env


@dataclass(frozen=True)
class Database:
    """How the web and the owner reach the database; ``owner`` is None where only the web's way is known."""

    web: Address
    owner: Address | None
    place: Place | None
    """Where the embedded server lives; None for a server of somebody else's."""


def named_by_environment() -> Database | None:
    """The database of DATABASE_URL and DATABASE_OWNER_URL, or None where the first is not set."""
    if "DATABASE_URL" not in os.environ:
        return None
    owner = os.environ.get("DATABASE_OWNER_URL")
    return Database(
        web=Address.parse(os.environ["DATABASE_URL"]),
        owner=Address.parse(owner, variable="DATABASE_OWNER_URL") if owner else None,
        place=None,
    )


def embedded_in(place: Place) -> Database:
    """The database of this installation's own server."""
    return Database(web=place.web, owner=place.owner, place=place)


@contextlib.contextmanager
def database(doing: str) -> Iterator[Database]:
    """The database for a short command, its server running as long as the block does."""
    from unknot.server.embedded import running

    if named := named_by_environment():
        yield named
        return
    own = place(demo=env.flag("UNKNOT_DEMO", default=False))
    with running(own, doing):
        yield embedded_in(own)


@contextlib.contextmanager
def database_alone(doing: str) -> Iterator[Database]:
    """
    The same, for what nobody may do beside it. Raises InUse where this installation's server runs already.

    Whether another's server is in use nobody can know: who asks has to see to it.
    """
    from unknot.server.embedded import Embedded

    if named := named_by_environment():
        yield named
        return
    own = place(demo=env.flag("UNKNOT_DEMO", default=False))
    server = Embedded(own)
    server.start(doing)
    try:
        yield embedded_in(own)
    finally:
        server.stop()
