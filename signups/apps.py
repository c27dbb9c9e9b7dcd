from django.apps import AppConfig


class SignupsConfig(AppConfig):
    """Joining workgroups and the e-mail list."""

    name = "signups"
    default_auto_field = "django.db.models.BigAutoField"
