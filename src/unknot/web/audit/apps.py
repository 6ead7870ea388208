from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The trail: who saw or changed whose record, and when."""

    name = "unknot.web.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
