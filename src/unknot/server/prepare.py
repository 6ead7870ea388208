"""
What must be done before the web starts, in a process of its own: migrate as the owner, collect files.

The web's processes start afterwards without the owner's address, so nothing they run can use it.
Started as ``python -m unknot.server.prepare FOLDER``, with both addresses in the environment.
"""

from __future__ import annotations

import sys
from pathlib import Path

from unknot.errors import InputError
from unknot.server.databases import named_by_environment
from unknot.server.migrations import migrate
from unknot.server.static import collect

NOT_AS_GIVEN = 2


def main() -> int:
    """Prepare, and say in one line what was wrong with what was given."""
    database = named_by_environment()
    if database is None:
        raise RuntimeError("the supervisor names the database")
    try:
        migrate(database)
        collect(Path(sys.argv[1]))
    except InputError as error:
        print(f"unknot: {error}", file=sys.stderr)  # noqa: T201
        return NOT_AS_GIVEN
    return 0


if __name__ == "__main__":
    sys.exit(main())
