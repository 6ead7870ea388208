from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Messages waiting to go, and gone."""

    name = "unknot.web.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"
