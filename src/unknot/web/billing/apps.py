from django.apps import AppConfig


class BillingConfig(AppConfig):
    """What was paid, and its receipts."""

    name = "unknot.web.billing"
    label = "billing"
    default_auto_field = "django.db.models.BigAutoField"
