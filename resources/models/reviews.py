"""Whether a person has read a translation."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TranslationReview(models.Model):
    """The reading of one edition by a person. No row means: loaded or written, and not yet read."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="translation_review")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewed_at = models.DateTimeField(_("reviewed at"))
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self):
        return f"{self.page} · {self.reviewed_at:%Y-%m-%d}"
