from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, under the label `accounts`."""

    name = "unknot.web.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of new second factors."""
        from allauth.mfa.signals import authenticator_added

        from unknot.web.accounts.factors import remember_that_it_was_shown

        authenticator_added.connect(remember_that_it_was_shown)
