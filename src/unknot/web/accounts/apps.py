from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, under the label `accounts`."""

    name = "unknot.web.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Sessions that are older than a second factor end with it."""
        from unknot.web.accounts import factors

        factors.watch()
