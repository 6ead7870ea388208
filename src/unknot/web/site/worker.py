"""The worker's process: runs what is due until it is told to stop. ``python -m unknot.web.site.worker``."""

from __future__ import annotations

import os

import django

END_WITHIN_S = 2
BEHIND = 10  # a letter can wait for the pages that people wait for


def main() -> None:
    """Run the tasks of all apps, one at a time."""
    os.nice(BEHIND)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unknot.web.site.settings")
    django.setup()
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        working.run_worker(concurrency=1, delete_jobs="successful", shutdown_graceful_timeout=END_WITHIN_S)


if __name__ == "__main__":
    main()
