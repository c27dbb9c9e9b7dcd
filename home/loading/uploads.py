"""Documents and videos of the content, stored once for each content; taken back from storage when a load fails."""

import contextlib
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage

from assets.models import CustomDocument, CustomMedia
from home.loading.references import ContentFile


class Uploads:
    """Finds or makes the row of a file beside the content."""

    def __init__(self):
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
        with content_file.path.open("rb") as stream:
            file = File(stream, name=content_file.path.name)
            document = CustomDocument.objects.filter(checksum=content_file.checksum).order_by("pk").first()
            if document is None:
                document = CustomDocument(
                    title=content_file.title,
                    language=content_file.language,
                    checksum=content_file.checksum,
                    file_size=file.size,
                )
                document.file.save(content_file.path.name, file, save=False)
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

    @contextlib.contextmanager
    def taken_back_on_failure(self):
        """Removes what was stored where the load does not come to its end: storage knows no transactions."""
        try:
            yield self
        except BaseException:
            for name in self.stored:
                default_storage.delete(name)
            raise
