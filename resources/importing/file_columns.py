"""Columns of files, links, captions, videos and related works."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assets.documents import extension_of
from resources.importing.attached_files import UnusableFile
from resources.importing.columns import Column, checked, is_address, listed, listed_addresses, unusable
from resources.importing.problems import BadCell, did_you_mean, shortened
from resources.importing.works import MODELS
from resources.models import CaptionTrack, RecordingFile, RelatedWork, ResourceFile

FORMATS = {"pdf": "pdf", "docx": "docx", "xlsx": "xlsx", "csv": "xlsx", "pptx": "slides", "mp3": "audio", "txt": "text"}
# A convening has one address for all languages; rows keep it in this column.
CONVENING_LINK = "en"
FILE_ROWS = {"resource": ("files", ResourceFile), "recording": ("slides", RecordingFile)}


def format_of(name: str, otherwise: str = "web") -> str:
    return FORMATS.get(extension_of(name.partition("?")[0].rstrip("/")), otherwise)


@dataclass(frozen=True)
class FilesColumn(Column):
    """Documents of a work in one language."""

    def parse(self, cell, type_name, library):
        try:
            return tuple(dict.fromkeys(library.files.document_token(item) for item in listed(cell)))
        except UnusableFile as error:
            raise unusable(error) from None

    def value_of(self, work, library):
        name, _model = FILE_ROWS[work.work_type]
        ours = [row for row in work.rows(name) if row.document_id and row.language == self.language]
        return tuple(dict.fromkeys(library.files.token_of(row.document) for row in ours))

    def cell_of(self, value, library):
        return "; ".join(library.files.name_of(token) for token in value)

    def write(self, work, value, library):
        name, model = FILE_ROWS[work.work_type]
        rows = work.rows(name)
        ours = {
            library.files.token_of(row.document): row
            for row in rows
            if row.document_id and row.language == self.language
        }
        new = []
        for token in value:
            row = ours.get(token)
            if row is None:
                document = library.files.document(token, work.title_in(self.language), self.language)
                row = model(
                    language=self.language,
                    document=document,
                    format=format_of(document.file.name),
                    bytes=document.file_size,
                )
            new.append(row)
        work.children[name] = [row for row in rows if row not in ours.values()] + new


@dataclass(frozen=True)
class LinksColumn(Column):
    """Addresses of a work's files in one language; of a convening, the address of the event."""

    def parse(self, cell, type_name, library):
        addresses = listed_addresses(cell)
        if type_name == "convening" and len(addresses) > 1:
            raise BadCell(_("A convening has one address."), _("Keep one of them."))
        return tuple(_address(address, type_name) for address in addresses)

    def value_of(self, work, library):
        if work.work_type == "convening":
            return (work.source.link,) if work.source.link and self.language == CONVENING_LINK else ()
        return tuple(dict.fromkeys(row.url for row in self._rows(work)))

    def _rows(self, work):
        name, model = FILE_ROWS[work.work_type]
        return [
            row
            for row in work.rows(name)
            if row.url and row.language == self.language and row.format != model.Format.VIDEO
        ]

    def cell_of(self, value, library):
        return "; ".join(value)

    def write(self, work, value, library):
        if work.work_type == "convening":
            work.source.link = value[0] if value else ""
            return
        name, model = FILE_ROWS[work.work_type]
        ours = {row.url: row for row in self._rows(work)}
        new = [ours.get(url) or model(language=self.language, url=url, format=format_of(url)) for url in value]
        work.children[name] = [row for row in work.rows(name) if row not in ours.values()] + new


def _address(address: str, type_name: str) -> str:
    if not is_address(address):
        raise BadCell(
            _("“%(text)s” is not an address.") % {"text": shortened(address)},
            _("Write it from https:// on. Files beside the table belong in a file_ column."),
        )
    return checked(ResourceFile, "url", address)


@dataclass(frozen=True)
class CaptionsColumn(Column):
    """The captions of a recording in one language (WebVTT; SRT becomes WebVTT)."""

    def parse(self, cell, type_name, library):
        try:
            return tuple(dict.fromkeys(library.files.document_token(item, captions=True) for item in listed(cell)))
        except UnusableFile as error:
            raise unusable(error) from None

    def value_of(self, work, library):
        return tuple(
            library.files.token_of(row.document) for row in work.rows("captions") if row.language == self.language
        )

    def cell_of(self, value, library):
        return "; ".join(library.files.name_of(token) for token in value)

    def write(self, work, value, library):
        others = [row for row in work.rows("captions") if row.language != self.language]
        title = f"{work.title_in(self.language)} ({self.language})"
        documents = [library.files.document(token, title, self.language) for token in value]
        ours = [CaptionTrack(language=self.language, document=document) for document in documents]
        work.children["captions"] = others + ours


@dataclass(frozen=True)
class VideoColumn(Column):
    """A recording's video, as a file or an address; a resource's videos, as addresses."""

    def parse(self, cell, type_name, library):
        items = listed_addresses(cell)
        if type_name == "resource":
            return tuple(_address(item, type_name) for item in items)
        if len(items) > 1:
            raise BadCell(_("A recording has one video."), _("Write one row for each recording."))
        if not items or is_address(items[0]):
            return tuple(checked(MODELS["recording"], "video_url", item) for item in items)
        try:
            return (library.files.video_token(items[0]),)
        except UnusableFile as error:
            raise unusable(error) from None

    def value_of(self, work, library):
        if work.work_type == "resource":
            return tuple(dict.fromkeys(row.url for row in self._rows(work)))
        video = work.source.video
        address = f"library:{video.file.name}" if video else work.source.video_url
        return (address,) if address else ()

    def _rows(self, work):
        return [row for row in work.rows("files") if row.url and row.format == ResourceFile.Format.VIDEO]

    def cell_of(self, value, library):
        return "; ".join(value)

    def write(self, work, value, library):
        if work.work_type == "resource":
            ours = {row.url: row for row in self._rows(work)}
            new = [
                ours.get(url) or ResourceFile(language=work.source_language, url=url, format=ResourceFile.Format.VIDEO)
                for url in value
            ]
            work.children["files"] = [row for row in work.rows("files") if row not in ours.values()] + new
            return
        address = value[0] if value else ""
        work.source.video_url = address if is_address(address) else ""
        stored = address and not is_address(address)
        work.source.video = library.files.video(address, work.title_in(work.source_language)) if stored else None


@dataclass(frozen=True)
class RelatedColumn(Column):
    """Keys of related works, or of works that this one replaces."""

    relation: str = ""

    def parse(self, cell, type_name, library):
        keys = tuple(sorted(listed(cell)))
        unknown = [key for key in keys if not library.knows(key)]
        if unknown:
            raise BadCell(
                _("There is no work with the key %(keys)s.") % {"keys": ", ".join(f"“{key}”" for key in unknown)},
                did_you_mean(unknown[0], library.keys),
            )
        return keys

    def value_of(self, work, library):
        rows = [row for row in work.rows("related_works") if row.relation == self.relation]
        return tuple(sorted(library.key_of(row.work_id) for row in rows))

    def cell_of(self, value, library):
        return "; ".join(value)

    def write(self, work, value, library):
        others = [row for row in work.rows("related_works") if row.relation != self.relation]
        ours = [RelatedWork(work_id=library.page_of(key), relation=self.relation) for key in value]
        work.children["related_works"] = others + ours


@dataclass(frozen=True)
class ConveningColumn(Column):
    """The key of the convening that a recording belongs to."""

    def parse(self, cell, type_name, library):
        if cell and not library.is_convening(cell):
            raise BadCell(
                _("There is no convening with the key “%(key)s”.") % {"key": cell},
                did_you_mean(cell, library.convening_keys),
            )
        return cell

    def value_of(self, work, library):
        return library.parent_key(work.source)

    def write(self, work, value, library):
        """Where a page stands in the tree is decided by the one who writes it."""
