from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from unknot.web.site.access import as_markdown, table


class Command(BaseCommand):
    """Print the table of who may enter, as `docs/access.md` holds it."""

    help = "Print who gets which answer from which route, as docs/access.md holds it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the table to stdout."""
        self.stdout.write(as_markdown(table()), ending="")
