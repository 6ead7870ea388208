"""The rules of the house: who may know whom."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from django.apps import AppConfig, apps
from django.db import models

REPOSITORY = Path(__file__).parents[1]

# From below, as in the table of `docs/architecture.md`. A later app is added where it stands there.
APPS = (
    "site", "audit", "outbox", "accounts", "learn", "directory", "intake", "booking", "care", "billing",
    "search", "desk",
)  # fmt: skip


def ours() -> list[AppConfig]:
    return [app for app in apps.get_app_configs() if app.name.startswith("unknot.")]


def upward_keys(order: tuple[str, ...], all_models: list[type[models.Model]]) -> list[str]:
    """
    The relations that lead to an app above one's own, where import-linter can't see them.

    Django names such models by text; an app of Django's or of a library lies below all of ours.
    """
    height = {label: place for place, label in enumerate(order)}
    return [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in all_models
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.OneToOneField | models.ManyToManyField)
        and height.get(field.related_model._meta.app_label, -1) > height[model._meta.app_label]
    ]


def test_imports_keep_the_contracts() -> None:
    """In a process of its own: within ours it would switch off every logger that there is."""
    lint = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", lint], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_app_has_its_place_in_the_order() -> None:
    assert {app.label for app in ours()} == set(APPS)


def test_foreign_keys_lead_downwards_only() -> None:
    assert upward_keys(APPS, [model for app in ours() for model in app.get_models()]) == []


def test_a_key_that_leads_upwards_is_found() -> None:
    """With the order turned round, a user's groups are such a key."""
    found = upward_keys(("accounts", "auth"), list(apps.get_app_config("accounts").get_models()))
    assert "accounts.User.groups -> auth.Group" in found
