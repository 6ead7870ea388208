from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The visitor's way from where it hurts to the answer."""

    name = "unknot.web.intake"
    label = "intake"
