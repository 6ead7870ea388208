from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The visitor's way from where it hurts to the answer; persons and what they told."""

    name = "unknot.web.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
