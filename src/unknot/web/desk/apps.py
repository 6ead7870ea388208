from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The pages that put things together: the practitioner's day, the client's home, an appointment."""

    name = "unknot.web.desk"
    label = "desk"
