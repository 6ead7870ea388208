from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names that change with the content, in ES modules too, so that browsers keep the files for good."""

    support_js_module_import_aggregation = True
