"""Documents and videos of the content, stored once for each content."""

import contextlib
from pathlib import Path

from django.core.files import File

from assets.models import CustomDocument, CustomMedia
from home.loading.references import ContentFile
from resources.documents import opened_as_kept


class Uploads:
    """Finds or makes the row of a file beside the content."""

    def __init__(self):
        # Names in storage of what was taken in.
        self.stored: list[str] = []
        self.rows: dict[Path, CustomDocument | CustomMedia] = {}

    def document(self, content_file: ContentFile) -> CustomDocument:
        """The document with this content. One file in several languages is one document without a language."""
        document = self.rows.get(content_file.path)
        if document is None:
            document = self.rows[content_file.path] = self._find_or_store_document(content_file)
        elif document.language != content_file.language and document.language:
            document.language = ""
            document.save(update_fields=["language"])
        return document

    def _find_or_store_document(self, content_file: ContentFile) -> CustomDocument:
        document = CustomDocument.objects.filter(checksum=content_file.checksum).order_by("pk").first()
        if document is None:
            with opened_as_kept(content_file.path) as file:
                document = CustomDocument(
                    title=content_file.title,
                    language=content_file.language,
                    checksum=content_file.checksum,
                    file_size=file.size,
                )
                document.file.save(file.name, file, save=False)
                self.stored.append(document.file.name)
                document.save()
        return document

    def video(self, content_file: ContentFile) -> CustomMedia:
        """The video with this content: its checksum is part of the name under which it is stored."""
        with content_file.path.open("rb") as stream:
            file = File(stream, name=content_file.path.name)
            stem = f"{content_file.path.stem}-{content_file.checksum[:12]}"
            video = CustomMedia.objects.filter(file__contains=f"/{stem}").order_by("pk").first()
            if video is None:
                video = CustomMedia(title=content_file.title, type="video", duration=content_file.duration)
                with contextlib.ExitStack() as stack:
                    if content_file.thumbnail:
                        thumbnail = stack.enter_context(content_file.thumbnail.open("rb"))
                        name = f"{stem}{content_file.thumbnail.suffix}"
                        video.thumbnail.save(name, File(thumbnail), save=False)
                        self.stored.append(video.thumbnail.name)
                    video.file.save(f"{stem}{content_file.path.suffix}", file, save=False)
                self.stored.append(video.file.name)
                video.save()
        return video
