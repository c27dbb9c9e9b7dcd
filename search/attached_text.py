"""Text of works that is not a field of their pages: captions of recordings and the text of files, by language."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from wagtail.models import Collection, Page

from assets.models import CustomDocument, DocumentTextPage, TextState
from resources.models import ConveningRecordingPage, ResourcePage
from resources.transcripts import cues_of_document
from resources.visibility import in_closed_collection
from search.analysis import LANGUAGES, clean
from search.fetched_rows import rows_of
from search.passages import Passage, pages_of_file, windows_of_captions

# Page types and their rows with a document and its language.
DOCUMENT_ROWS = {ResourcePage: ("files",), ConveningRecordingPage: ("slides", "captions")}


def relations(model: type[Page]) -> tuple[str, ...]:
    """Relations of a page type to load with it."""
    return tuple(f"{name}__document" for name in DOCUMENT_ROWS.get(model, ()))


def closed_documents(**pages) -> dict[str, list[int]]:
    """translation_key → documents whose text is kept back, of some pages; one query where no collection is closed."""
    closed = list(Collection.objects.filter(in_closed_collection("path")).values_list("pk", flat=True))
    found: dict[str, set[int]] = defaultdict(set)
    for page_type, names in DOCUMENT_ROWS.items() if closed else ():
        for name in names:
            rows = page_type._meta.get_field(name).related_model.objects.filter(document__collection__in=closed)
            for key, document in rows.filter(**pages).values_list("page__translation_key", "document_id"):
                found[str(key)].add(document)
    return {key: sorted(documents) for key, documents in found.items()}


@dataclass(frozen=True)
class Attached:
    """What the documents of a work say: language → texts (a page or a transcript each), and the same in places."""

    texts: Mapping[str, tuple[str, ...]]
    passages: tuple[Passage, ...]


class AttachedTexts:
    """Texts of the documents of some works, fetched together, but of those that are `closed` (`closed_documents`)."""

    def __init__(self, sources: Iterable[Page]):
        sources = list(sources)
        self.closed = closed_documents(page__translation_key__in=[source.translation_key for source in sources])
        self._documents: dict[int, list[tuple[str, CustomDocument]]] = {
            source.pk: [
                (language, document)
                for language, document in _documents(source)
                if document.pk not in self.closed.get(str(source.translation_key), ())
            ]
            for source in sources
        }
        self._pages = _pages(document for rows in self._documents.values() for _language, document in rows)

    def of(self, source: Page) -> Attached:
        texts: dict[str, list[str]] = defaultdict(list)
        passages: dict[str, Passage] = {}
        for language, document in self._documents.get(source.pk, ()):
            if document.is_captions:
                cues = [replace(cue, text=clean(cue.text)) for cue in cues_of_document(document)]
                texts[language].append(" ".join(cue.text for cue in cues))
                found = windows_of_captions(document.pk, language, cues)
            else:
                pages = self._pages.get(document.checksum, ())
                texts[language] += [text for _number, text in pages]
                found = pages_of_file(document.pk, language, pages)
            passages.update((passage.place, passage) for passage in found)
        kept = {language: tuple(filter(None, found)) for language, found in texts.items()}
        return Attached(kept, tuple(passages.values()))


def _documents(source: Page) -> Iterable[tuple[str, CustomDocument]]:
    for name in DOCUMENT_ROWS.get(type(source), ()):
        for row in rows_of(source, name):
            language = row.language.split("-")[0]
            if row.document_id and language in LANGUAGES:
                yield language, row.document


def _pages(documents: Iterable[CustomDocument]) -> dict[str, list[tuple[int, str]]]:
    """checksum → (number, text) of the pages of documents that were read; one query."""
    checksums = {
        document.checksum for document in documents if document.text_state == TextState.READ and document.checksum
    }
    if not checksums:
        return {}
    pages: dict[str, list[tuple[int, str]]] = defaultdict(list)
    rows = DocumentTextPage.objects.filter(document_text__checksum__in=checksums).order_by("document_text_id", "number")
    for checksum, number, text in rows.values_list("document_text__checksum", "number", "text"):
        pages[checksum].append((number, " ".join(clean(text).split())))
    return pages
