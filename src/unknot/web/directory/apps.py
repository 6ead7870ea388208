from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Practitioners: who they are, where they work, what they may do, what they offer."""

    name = "unknot.web.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Its own part of the checklist comes first."""
        from unknot.web.directory import queries  # noqa: F401 - registers
