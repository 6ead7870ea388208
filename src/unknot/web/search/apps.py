from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Practitioners near a place; owns its index only."""

    name = "unknot.web.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What changes in a profile changes its line in the index."""
        from unknot.web.directory import watchers
        from unknot.web.search.actions import index

        watchers.register(index)
