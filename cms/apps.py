from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Wires the rooms together."""

    name = "cms"
