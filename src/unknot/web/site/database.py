"""What several apps ask of the database in the same words."""

from __future__ import annotations

from django.db import IntegrityError
from django.db.models import Q

NOT_UNIQUE = "23505"  # PostgreSQL's codes: for what a unique constraint refuses,
EXCLUDED = "23P01"  # and an exclusion constraint

NAME_IS_ONE_LINE = ~Q(name__regex=r"[\r\n]")


def refused_as(error: IntegrityError, code: str) -> bool:
    """Whether that is the reason of an error."""
    return getattr(error.__cause__, "sqlstate", None) == code
