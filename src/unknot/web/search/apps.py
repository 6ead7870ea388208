from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Practitioners near a place; owns its index only."""

    name = "unknot.web.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A profile that changes changes its line in the index; a place that nobody would find is told."""
        from unknot.web.directory import watchers, whereabouts
        from unknot.web.search.actions import index
        from unknot.web.search.positions import of_place

        watchers.register(index)
        whereabouts.register(of_place)
