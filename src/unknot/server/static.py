"""Collected static files: one folder for each state of the sources, so that a start seldom collects."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

import unknot


def collected_into(folder: Path) -> Path:
    """
    Where the files of the present sources belong, below ``folder``; it exists once they are collected.

    Named by a digest of every file's name and content, and of the version of what processes them.
    """
    from importlib.metadata import version

    digest = hashlib.sha256(f"{version('django')} {version('whitenoise')}".encode())
    sources = Path(unknot.__file__).parent / "web"
    for file in sorted(path for path in sources.glob("*/static/**/*") if path.is_file()):
        digest.update(f"\0{file.relative_to(sources)}\0".encode())
        digest.update(file.read_bytes())
    return folder / digest.hexdigest()[:16]


def collect(target: Path) -> None:
    """
    Collect, hash and compress the files into ``target`` in one step, and remove what older sources left.

    Django must be set up already. Does nothing where ``target`` exists.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import override_settings

    if target.is_dir():
        return
    target.parent.mkdir(exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=target.parent))
    storage = {"BACKEND": "unknot.web.site.storage.HashedStaticFiles"}
    with override_settings(STATIC_ROOT=draft, STORAGES={**settings.STORAGES, "staticfiles": storage}):
        call_command("collectstatic", verbosity=0, interactive=False)
    for older in target.parent.iterdir():
        if older != draft:
            shutil.rmtree(older)
    draft.rename(target)
