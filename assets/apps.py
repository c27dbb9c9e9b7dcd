from django.apps import AppConfig


class AssetsConfig(AppConfig):
    """Users, images, documents and media: a leaf that imports nothing of ours."""

    name = "assets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from assets import signal_handlers  # noqa: F401
