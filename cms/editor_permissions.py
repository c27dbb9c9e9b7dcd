"""What editors and moderators may change besides pages: vocabularies, people, glossary, recommendations, settings."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_migrate

from home.models import SiteSettings
from resources.models import TAXONOMIES, Contact, GlossaryTerm, Organization, Person
from search.models import BestBet

GROUPS = ("Editors", "Moderators")
EDITED_ROWS = (*TAXONOMIES, Person, Organization, Contact, GlossaryTerm, BestBet, SiteSettings)


def grant_once(**_signal) -> None:
    """Gives Wagtail's own groups their permissions on each kind of row the first time, when no group has any; what an
    administrator changes later stays."""
    for label in {model._meta.app_label for model in EDITED_ROWS}:
        create_permissions(apps.get_app_config(label), verbosity=0)
    types = ContentType.objects.get_for_models(*EDITED_ROWS).values()
    of_rows = Permission.objects.filter(content_type__in=types)
    granted = of_rows.filter(group__isnull=False).values("content_type")
    new = list(of_rows.exclude(content_type__in=granted))
    for group in Group.objects.filter(name__in=GROUPS):
        group.permissions.add(*new)


def connect() -> None:
    """After the migrations of a room with models; Django tells of no others."""
    post_migrate.connect(grant_once, sender=apps.get_app_config("home"), dispatch_uid="editor_permissions")
