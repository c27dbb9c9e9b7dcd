from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Wires the rooms together."""

    name = "cms"

    def ready(self):
        from cms import editor_permissions

        editor_permissions.connect()
