from django.apps import AppConfig


class CareConfig(AppConfig):
    """Courses of treatment, sessions with findings and holds, notes, home care, outcomes."""

    name = "unknot.web.care"
    label = "care"
    default_auto_field = "django.db.models.BigAutoField"
