"""The library page, and the outbox of works whose index entry must be renewed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.models import BasePage, translatable


class LibraryPage(BasePage):
    """The searchable library: every public work of both programs, in both languages."""

    work_type = "page"
    translatable_fields = translatable()
    template = "search/library_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["resources.ResourcePage"]

    class Meta:
        verbose_name = _("library")

    def get_context(self, request, *args, **kwargs):
        from search.pages import library_context

        return {**super().get_context(request, *args, **kwargs), **library_context(self, request)}


class OutboxEntry(models.Model):
    """A work whose index entry must be renewed; written in the transaction that changes the content."""

    translation_key = models.UUIDField(unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(db_index=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("index outbox entry")

    def __str__(self):
        return str(self.translation_key)


class Rebuild(models.Model):
    """A rebuild of the index that is under way."""

    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("index rebuild")

    def __str__(self):
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class RebuildChange(models.Model):
    """A work that changed during a rebuild and is replayed into the new generation."""

    rebuild = models.ForeignKey(Rebuild, on_delete=models.CASCADE, related_name="changes")
    translation_key = models.UUIDField()

    class Meta:
        verbose_name = _("change during an index rebuild")
        constraints = [models.UniqueConstraint(fields=["rebuild", "translation_key"], name="unique_rebuild_change")]

    def __str__(self):
        return str(self.translation_key)
