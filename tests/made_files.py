"""Small files of every kind that the library reads, made by hand for tests."""

import base64
import io
import zipfile
import zlib

from openpyxl import Workbook

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(*pages: str | bytes) -> bytes:
    """A PDF of one page for each text; bytes are a page's content stream, already deflated."""
    streams = [page if isinstance(page, bytes) else zlib.compress(_drawn(page)) for page in pages]
    count = len(streams)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * index) for index in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for index, stream in enumerate(streams):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (5 + 2 * index)
        )
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream))
    return _assembled(objects)


def _drawn(text: str) -> bytes:
    lines = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in text.split("\n")]
    drawn = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
    return f"BT /F 12 Tf 72 700 Td {drawn}ET".encode("cp1252")


def _assembled(objects: list[bytes]) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        len(data),
    )


def docx(*paragraphs: str, footnote: str = "") -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    parts = {"word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'}
    if footnote:
        notes = f"<w:footnote><w:p><w:r><w:t>{footnote}</w:t></w:r></w:p></w:footnote>"
        parts["word/footnotes.xml"] = f'<w:footnotes xmlns:w="{WORD}">{notes}</w:footnotes>'
    return zipped(parts)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def pptx(*slides: str, hidden: tuple[int, ...] = (), notes: str = "") -> bytes:
    """Slides are stored in reverse, so that only the presentation's own list tells their order."""
    count = len(slides)
    identifiers = "".join(f'<p:sldId id="{256 + index}" r:id="rId{index}"/>' for index in range(count))
    parts = {
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{PRESENTATION}" xmlns:r="{RELATIONS}">'
        f"<p:sldIdLst>{identifiers}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": "<Relationships>"
        + "".join(f'<Relationship Id="rId{index}" Target="slides/slide{count - index}.xml"/>' for index in range(count))
        + "</Relationships>",
        "ppt/notesSlides/notesSlide1.xml": f'<p:notes xmlns:p="{PRESENTATION}" xmlns:a="{DRAWING}">'
        f"<a:p><a:r><a:t>{notes}</a:t></a:r></a:p></p:notes>",
    }
    for index, text in enumerate(slides):
        show = ' show="0"' if index in hidden else ""
        parts[f"ppt/slides/slide{count - index}.xml"] = (
            f'<p:sld xmlns:p="{PRESENTATION}" xmlns:a="{DRAWING}"{show}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'
        )
    return zipped(parts)


def xlsx(sheets: dict[str, list[list]], hidden: tuple[str, ...] = ()) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if title in hidden:
            sheet.sheet_state = "hidden"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


# A page that says "secreto", locked with a password, and one that anybody may open but not print (AES, no password).
LOCKED_PDF = base64.b64decode(
    "JVBERi0xLjMKJeLjz9MKMSAwIG9iago8PAovVHlwZSAvQ2F0YWxvZwovUGFnZXMgMiAwIFIKPj4KZW5kb2JqCjIgMCBvYmoKPDwKL1R5cGUg"
    "L1BhZ2VzCi9Db3VudCAxCi9LaWRzIFsgMyAwIFIgXQo+PgplbmRvYmoKMyAwIG9iago8PAovVHlwZSAvUGFnZQovUGFyZW50IDIgMCBSCi9N"
    "ZWRpYUJveCBbIDAgMCA2MTIgNzkyIF0KL1Jlc291cmNlcyA8PAovRm9udCA8PAovRiA0IDAgUgo+Pgo+PgovQ29udGVudHMgNSAwIFIKPj4K"
    "ZW5kb2JqCjQgMCBvYmoKPDwKL1R5cGUgL0ZvbnQKL1N1YnR5cGUgL1R5cGUxCi9CYXNlRm9udCAvSGVsdmV0aWNhCi9FbmNvZGluZyAvV2lu"
    "QW5zaUVuY29kaW5nCj4+CmVuZG9iago1IDAgb2JqCjw8Ci9GaWx0ZXIgL0ZsYXRlRGVjb2RlCi9MZW5ndGggNTIKPj4Kc3RyZWFtCursHYtK"
    "gtdreFtzQo6Krsd82C6xtwL26DHXj736ll7iyAkKGQFiwCjxda48IkmZV51gEOwKZW5kc3RyZWFtCmVuZG9iago2IDAgb2JqCjw8Ci9WIDEK"
    "L1IgMgovTGVuZ3RoIDQwCi9QIDAKL0ZpbHRlciAvU3RhbmRhcmQKL08gPDgyZjcwZDQwNTRmMWRiNjc1NDc5MDRjYzBiNTlkMTAxNDBkNGNi"
    "ZTUyZmE0ZmViMDc4YzBhODJjYTA1OTEzNzg+Ci9VIDwyMjU2ZTdmYjU4NjY0MTdjMmI0NzMyY2Y3OWRmNDZlNjlhNzU1ZDRlMzk3NjA3MmZm"
    "MzJkM2E1ZGNhMmFlOGRiPgo+PgplbmRvYmoKeHJlZgowIDcKMDAwMDAwMDAwMCA2NTUzNSBmIAowMDAwMDAwMDE1IDAwMDAwIG4gCjAwMDAw"
    "MDAwNjQgMDAwMDAgbiAKMDAwMDAwMDEyMyAwMDAwMCBuIAowMDAwMDAwMjUwIDAwMDAwIG4gCjAwMDAwMDAzNDcgMDAwMDAgbiAKMDAwMDAw"
    "MDQ3MCAwMDAwMCBuIAp0cmFpbGVyCjw8Ci9TaXplIDcKL1Jvb3QgMSAwIFIKL0lEIFsgPDJhYzlmMzk3ZjZkYjM4YmVjZmJmODk4MDZhYWFh"
    "OWY0PiA8MmFjOWYzOTdmNmRiMzhiZWNmYmY4OTgwNmFhYWE5ZjQ+IF0KL0VuY3J5cHQgNiAwIFIKPj4Kc3RhcnR4cmVmCjY3NQolJUVPRgo="
)
PRINT_PROTECTED_PDF = base64.b64decode(
    "JVBERi0xLjMKJeLjz9MKMSAwIG9iago8PAovVHlwZSAvQ2F0YWxvZwovUGFnZXMgMiAwIFIKPj4KZW5kb2JqCjIgMCBvYmoKPDwKL1R5cGUg"
    "L1BhZ2VzCi9Db3VudCAxCi9LaWRzIFsgMyAwIFIgXQo+PgplbmRvYmoKMyAwIG9iago8PAovVHlwZSAvUGFnZQovUGFyZW50IDIgMCBSCi9N"
    "ZWRpYUJveCBbIDAgMCA2MTIgNzkyIF0KL1Jlc291cmNlcyA8PAovRm9udCA8PAovRiA0IDAgUgo+Pgo+PgovQ29udGVudHMgNSAwIFIKPj4K"
    "ZW5kb2JqCjQgMCBvYmoKPDwKL1R5cGUgL0ZvbnQKL1N1YnR5cGUgL1R5cGUxCi9CYXNlRm9udCAvSGVsdmV0aWNhCi9FbmNvZGluZyAvV2lu"
    "QW5zaUVuY29kaW5nCj4+CmVuZG9iago1IDAgb2JqCjw8Ci9GaWx0ZXIgL0ZsYXRlRGVjb2RlCi9MZW5ndGggODAKPj4Kc3RyZWFtCmT5dcpd"
    "rIE+AofIWR1dtDrhOO9WnPepJrV2ulEpW9AZLFdA/n3ugZQydQSITID5oQGMKa9FXMUa9bx2ZoN3GE1ZCmTBwAeiko1FD6wXeQa+CmVuZHN0"
    "cmVhbQplbmRvYmoKNiAwIG9iago8PAovViA1Ci9SIDYKL0xlbmd0aCAyNTYKL1AgMAovRmlsdGVyIC9TdGFuZGFyZAovTyA8ZDUyZDg2ZTE5"
    "NWRlY2FmOThiN2EwYTVkMWJiMjNkODM4MmUzNGM2ZDQ4OTczNmIyNjJmODFiZjlkZDVjYjFhYjVkYTc4NmQ3Y2Y1NDczZjlmMzliNGUzMjlj"
    "NzBiMDE4PgovVSA8ZTEzMTlmZDU3Y2ViOTNlM2E1OGYxNjFlZmJmNjQ4NDVmMmM0MTVlZGMxNjFhYmViNDIyMzBhOTU4NTBkNDJmNzlhNmZm"
    "OThmMGU3MGI2ODAyOWI2ZGZjNmFiYjUyMzYyPgovQ0YgPDwKL1N0ZENGIDw8Ci9BdXRoRXZlbnQgL0RvY09wZW4KL0NGTSAvQUVTVjMKL0xl"
    "bmd0aCAzMgo+Pgo+PgovU3RtRiAvU3RkQ0YKL1N0ckYgL1N0ZENGCi9PRSA8MmZlZjQxY2IyMjJkNmJlODY4YzZjN2E1NDI0MzhlMTMyN2Q0"
    "MmY4MzEyMGM5OTdhNmFhNTY3NzZkNWZlYTkyYz4KL1VFIDw1MGVlODBmNzRjNmM0Mzg4ZWY0YTlhYTEyOTExMmNlYzgzOTYxMjc0YTljZjU4"
    "MzQzMTBiMTljNzU4NzNjMjNmPgovUGVybXMgPGMzZWE4NjMzZTE0N2QzYjFkZGIyYjhkOGM5OWJiZjQ3Pgo+PgplbmRvYmoKeHJlZgowIDcK"
    "MDAwMDAwMDAwMCA2NTUzNSBmIAowMDAwMDAwMDE1IDAwMDAwIG4gCjAwMDAwMDAwNjQgMDAwMDAgbiAKMDAwMDAwMDEyMyAwMDAwMCBuIAow"
    "MDAwMDAwMjUwIDAwMDAwIG4gCjAwMDAwMDAzNDcgMDAwMDAgbiAKMDAwMDAwMDQ5OCAwMDAwMCBuIAp0cmFpbGVyCjw8Ci9TaXplIDcKL1Jv"
    "b3QgMSAwIFIKL0lEIFsgPDk1MDZhMGNlZTY2Njg3ODBhYmMzZGQ3NDkzZmY3NzUyPiA8OTUwNmEwY2VlNjY2ODc4MGFiYzNkZDc0OTNmZjc3"
    "NTI+IF0KL0VuY3J5cHQgNiAwIFIKPj4Kc3RhcnR4cmVmCjEwNDQKJSVFT0YK"
)
