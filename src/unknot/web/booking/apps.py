from django.apps import AppConfig


class BookingConfig(AppConfig):
    """Hours, taken time, reservations and appointments."""

    name = "unknot.web.booking"
    label = "booking"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A profile goes live with hours only."""
        from unknot.web.booking.queries import hours_item
        from unknot.web.directory import checklist

        checklist.register(hours_item)
