"""Text as it comes out of files, made fit to be stored and searched."""

import re
import unicodedata

# Control characters, lone surrogates and non-characters: databases and JSON refuse them, readers never see them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n\s*\n+")
_LINE_ENDS = {ord(character): "\n" for character in "\r\v\f\x85\u2028\u2029"}
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_WORD = re.compile(r"\w+(?:-\w+)*")
_BROKEN_WORD = re.compile("(\\w+)\ufffe\\s*(\\w+)")
_REMEMBERED_WORDS = 200_000


def clean(text: str) -> str:
    """One form of every character and space; lines are kept."""
    text = text.replace("\r\n", "\n").translate(_LINE_ENDS | _LIGATURES)
    text = _UNPRINTABLE.sub("", unicodedata.normalize("NFC", text))
    lines = (line.strip() for line in _SPACES.sub(" ", text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


class BrokenWords:
    """Mends words that a line end broke (PDFium marks each with U+FFFE), as the same document writes them elsewhere."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def mend(self, text: str) -> str:
        if len(self._seen) < _REMEMBERED_WORDS:
            self._seen.update(word.lower() for word in _WORD.findall(text))
        return _BROKEN_WORD.sub(self._mended, text)

    def _mended(self, match: re.Match[str]) -> str:
        first, second = match.groups()
        whole, compound = first + second, f"{first}-{second}"
        if compound.lower() in self._seen:
            return compound
        if whole.lower() in self._seen or (first[-1].islower() and second[0].islower()):
            return whole
        return compound
