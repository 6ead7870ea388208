from django.apps import AppConfig


class LearnConfig(AppConfig):
    """The public library."""

    name = "unknot.web.learn"
    label = "learn"
