from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, under the label `accounts`."""

    name = "unknot.web.accounts"
    default_auto_field = "django.db.models.BigAutoField"
