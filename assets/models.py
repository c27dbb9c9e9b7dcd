"""People who sign in, and the images, documents and recordings that editors upload."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtailmedia.models import ALLOWED_EXTENSIONS_THUMBNAIL, AbstractMedia

from assets.documents import checksum_of, extension_of, refuse_other_kinds
from assets.extraction.messages import PARTIAL, message_of
from assets.signals import document_text_changed

# Both are taken in; what is kept is WebVTT.
CAPTION_EXTENSIONS = frozenset({"vtt", "srt"})


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


class TextState(models.TextChoices):
    """How far the reading of a file's text has come."""

    WAITING = "waiting", _("waiting to be read")
    READ = "read", _("read")
    EMPTY = "empty", _("has no text")
    FAILED = "failed", _("could not be read")


class CustomDocument(AbstractDocument):
    """An uploaded file (a publication, slides, captions), with the language it is written in.

    Its text is kept in `DocumentText`, by checksum; a new file is a new checksum, and waits to be read.
    """

    TextState = TextState

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

    # What the database holds; a difference on saving means another file, or one that others may see.
    _stored_file: str | None = None
    _stored_checksum: str | None = ""
    _stored_collection: int | None = None

    @classmethod
    def from_db(cls, db, field_names, values):
        document = super().from_db(db, field_names, values)
        document._stored_file = document.__dict__.get("file")
        document._stored_checksum = document.__dict__.get("checksum")
        document._stored_collection = document.__dict__.get("collection_id")
        return document

    def clean(self):
        """Not Wagtail's, which finds fault with the name of no file where the form has refused the file."""
        refuse_other_kinds(file=(self.file, settings.WAGTAILDOCS_EXTENSIONS))

    def save(self, *args, update_fields=None, **kwargs):
        if self._has_new_file() and (update_fields is None or "file" in update_fields):
            self._take_checksum()
            if update_fields is not None:
                update_fields = {*update_fields, "checksum", "file_hash", "text_state", "text_problem"}
        super().save(*args, update_fields=update_fields, **kwargs)
        self._announce_new_file()
        self._announce_new_collection()

    def _has_new_file(self) -> bool:
        if not self.file:
            return False
        is_upload = not self.file._committed
        return is_upload or self._state.adding or self._stored_file not in (None, self.file.name)

    def _take_checksum(self) -> None:
        try:
            with self.open_file() as file:
                self.checksum = checksum_of(file)
            # Wagtail's own hash is the ETag of the file.
            self._set_file_hash()
        except FileNotFoundError:  # noticed, and shown to editors, when the text is to be read
            self.checksum = ""
        # The same file under the name of another kind may be read, where its former name was wrong.
        renamed = extension_of(self._stored_file or "") != extension_of(self.file.name)
        if not self.checksum or self.checksum != self._stored_checksum or (renamed and self.text_problem):
            # Captions are read as cues, not as pages.
            self.text_state = TextState.READ if self.is_captions else TextState.WAITING
            self.text_problem = ""

    def _announce_new_file(self) -> None:
        former, self._stored_checksum = self._stored_checksum, self.checksum
        self._stored_file = self.file.name
        if former not in (None, self.checksum):
            DocumentText.objects.unused().filter(checksum=former).delete()
            document_text_changed.send(CustomDocument, document_id=self.pk)

    def _announce_new_collection(self) -> None:
        former, self._stored_collection = self._stored_collection, self.collection_id
        if former not in (None, self.collection_id):
            document_text_changed.send(CustomDocument, document_id=self.pk)

    @property
    def is_captions(self) -> bool:
        return extension_of(self.file.name or "") in CAPTION_EXTENSIONS

    @property
    def text_problem_message(self) -> str:
        """Why the text is missing or cut, in the active language; empty where all of it was read."""
        message = str(message_of(self.text_problem))
        return f"{PARTIAL} {message}" if message and self.text_state == TextState.READ else message


class DocumentTextQuerySet(models.QuerySet):
    def unused(self):
        """Texts of files that no document holds any more."""
        return self.exclude(checksum__in=CustomDocument.objects.values("checksum"))


class DocumentText(models.Model):
    """What was found in a file, kept by the file's checksum, so that every file is read once."""

    checksum = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=TextState.choices)
    problem = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=10, blank=True)
    page_count = models.PositiveIntegerField(null=True, blank=True)
    read_at = models.DateTimeField(auto_now=True)

    objects = DocumentTextQuerySet.as_manager()

    def __str__(self):
        return self.checksum


class DocumentTextPage(models.Model):
    """The text of one page, slide or sheet, counted from 1; a file without pages has one row."""

    document_text = models.ForeignKey(DocumentText, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["document_text", "number"], name="unique_document_text_page")]

    def __str__(self):
        return f"{self.document_text} {self.number}"


class CustomMedia(AbstractMedia):
    """A video or sound file of a recording."""

    admin_form_fields = ("title", "file", "collection", "duration", "width", "height", "thumbnail", "tags")

    def clean(self):
        """Not wagtailmedia's, which does that too, and says of neither file that it is the one."""
        self.duration = self.duration or 0
        extensions = settings.WAGTAILMEDIA[f"{self.type.upper()}_EXTENSIONS"]
        refuse_other_kinds(file=(self.file, extensions), thumbnail=(self.thumbnail, ALLOWED_EXTENSIONS_THUMBNAIL))
