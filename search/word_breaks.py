"""Words that are split or joined otherwise than the library has them: `tool kit`, `el pac`, `headstart`."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from search.dictionary import is_real_word
from search.engines.base import Engine, Part, Retrieval, TextQuery
from search.known_names import KnownNames
from search.parsing import Kind, Piece
from search.understanding import verbatim

SHORTEST_JOINED = 5
SHORTEST_HALF = 3


def with_breaks_mended(
    pieces: Sequence[Piece], counts: Mapping[str, int], engine: Engine, names: KnownNames
) -> list[Piece]:
    """The same pieces where words that nothing holds make one that something holds, or two that stand side by side.

    `counts`: word → in how many works it stands. Raises EngineUnavailable.
    """
    return _split(_joined(list(pieces), counts, engine), counts, engine, names)


def _joined(pieces: list[Piece], counts: Mapping[str, int], engine: Engine) -> list[Piece]:
    pairs = {
        at: first.words[0] + second.words[0]
        for at, (first, second) in enumerate(pairwise(pieces))
        if _is_word(first) and _is_word(second) and 0 in (counts.get(first.words[0]), counts.get(second.words[0]))
    }
    held = engine.frequencies({word for word in pairs.values() if len(word) >= SHORTEST_JOINED}) if pairs else {}
    found, skip = [], False
    for at, piece in enumerate(pieces):
        if skip:
            skip = False
        elif skip := bool(held.get(pairs.get(at, ""))):
            found.append(piece.with_words((pairs[at],)))
        else:
            found.append(piece)
    return found


def _split(pieces: list[Piece], counts: Mapping[str, int], engine: Engine, names: KnownNames) -> list[Piece]:
    found = []
    for piece in pieces:
        word = piece.words[0]
        is_unknown = _is_word(piece) and counts.get(word) == 0 and not is_real_word(word) and not names.hold(word)
        halves = _halves(word, engine) if is_unknown else None
        found += [piece.with_words((half,)) for half in halves] if halves else [piece]
    return found


def _halves(word: str, engine: Engine) -> tuple[str, str] | None:
    """Two words that stand side by side in some work."""
    cuts = [(word[:at], word[at:]) for at in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)]
    counts = engine.frequencies({half for cut in cuts for half in cut}) if cuts else {}
    beside = {cut: _side_by_side(cut, engine) for cut in cuts if all(counts[half] for half in cut)}
    best = max(beside, key=beside.__getitem__, default=None)
    return best if best and beside[best] else None


def _side_by_side(cut: tuple[str, str], engine: Engine) -> int:
    return engine.candidates(Retrieval(TextQuery((Part((verbatim(cut),)),)), limit=0)).total


def _is_word(piece: Piece) -> bool:
    return piece.kind is Kind.WORD and not piece.is_excluded and piece.words[0].isalpha()
