"""People who sign in, and the images, documents and recordings that editors upload."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtailmedia.models import AbstractMedia


class User(AbstractUser):
    """A person who signs in to the admin."""


class CustomImage(AbstractImage):
    """A picture with its description in both languages; an empty description means decorative."""

    alt_en = models.CharField(
        _("description in English"),
        max_length=255,
        blank=True,
        help_text=_("What the picture shows, for people who cannot see it. Leave empty if it only decorates."),
    )
    alt_es = models.CharField(_("description in Spanish"), max_length=255, blank=True)

    admin_form_fields = (
        "title",
        "file",
        "alt_en",
        "alt_es",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    @property
    def alt(self) -> str:
        """The description in the active language, else in the other one, else empty; never the file name."""
        own, other = (self.alt_es, self.alt_en) if get_language() == "es" else (self.alt_en, self.alt_es)
        return own or other

    @property
    def default_alt_text(self) -> str:
        return self.alt


class Rendition(AbstractRendition):
    """One size of a picture."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition")
        ]


class CustomDocument(AbstractDocument):
    """An uploaded file (a publication, slides, captions), with the language it is written in."""

    class TextState(models.TextChoices):
        """How far the reading of the file's text has come."""

        WAITING = "waiting", _("waiting to be read")
        READ = "read", _("read")
        EMPTY = "empty", _("has no text")
        FAILED = "failed", _("could not be read")

    language = models.CharField(
        _("language"),
        max_length=20,
        blank=True,
        help_text=_("Language tag of the text, for example en, es, zh-Hans, ko."),
    )
    checksum = models.CharField(_("checksum (SHA-256)"), max_length=64, blank=True, editable=False, db_index=True)
    text_state = models.CharField(
        _("text"), max_length=10, choices=TextState.choices, default=TextState.WAITING, editable=False
    )
    text_problem = models.CharField(_("problem"), max_length=255, blank=True, editable=False)

    admin_form_fields = ("title", "file", "language", "collection", "tags")


class CustomMedia(AbstractMedia):
    """A video or sound file of a recording."""

    admin_form_fields = ("title", "file", "collection", "duration", "width", "height", "thumbnail", "tags")
