"""
Lines of log that can be kept: time, level, where, which request, what.

No body and no query string is ever logged. A traceback names the exceptions but not their messages, since a
message may quote what a visitor typed.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

from django.http import HttpRequest

from unknot.web.site import request_ids

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class RequestIdFilter(logging.Filter):
    """
    Gives each record the ``request_id`` that the format shows.

    Django logs "not found" and its like after the last middleware, with the request beside the message.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through."""
        asked = getattr(record, "request", None)
        known = asked.META.get(request_ids.KEY) if isinstance(asked, HttpRequest) else None
        record.request_id = known or request_ids.current()
        return True


class LineFormatter(logging.Formatter):
    """A traceback with its frames and the kinds of the exceptions, without their messages."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the name is logging's
        """The latest exception first, then those that led to it."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            kind = f"{type(error).__module__}.{type(error).__qualname__}"
            lines += [f"{kind} (its message is not logged)\n", *traceback.format_tb(error.__traceback__)]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
            if error is not None:
                lines.append("after\n")
        return "".join(lines).rstrip()
