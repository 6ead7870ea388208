from django.apps import AppConfig


class SiteConfig(AppConfig):
    """What the other apps stand in."""

    name = "unknot.web.site"
    label = "site"
