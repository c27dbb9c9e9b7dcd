"""Understanding: pieces of typed text and glossary terms become the parts that an engine looks for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search import ranking
from search.analysis import LANGUAGES, fold, is_stop_word, is_stop_word_somewhere, words
from search.engines.base import Alternative, Part, TextQuery
from search.glossary import Glossary, Match, is_ordinary_word
from search.parsing import HOUSES, SAID, SAID_OF_ANY, Kind, Piece, likely_language
from search.stop_words import FAMILY_FILLERS

# "Assembly Bill 2268" and "Assembly Bill No. 2268".
NUMBER_SIGNS: tuple[tuple[str, ...], ...] = ((), ("no",))
LONGEST_YEAR = 4
_HOUSES = "|".join(HOUSES)
_BILL_JOINED = re.compile(rf"({_HOUSES})(\d{{1,5}})", re.IGNORECASE)
_BILL_APART = re.compile(rf"\b({_HOUSES}) (\d{{1,5}})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Understanding:
    """What to look for, and what was added to the reader's own words. `understood` are those that say a term."""

    text: TextQuery
    understood: frozenset[str] = frozenset()
    expanded: tuple[str, ...] = ()
    related_terms: tuple[str, ...] = ()


def understand(pieces: Sequence[Piece], reader: str, glossary: Glossary | None = None) -> Understanding:
    """Parts for the pieces, each with its other wordings. `reader` is the reader's language, whose words weigh more."""
    language = likely_language(list(pieces), reader)
    order = (language, *(other for other in LANGUAGES if other != language))
    typed = [
        TypedWord(word, at)
        for at, piece in enumerate(pieces)
        if not piece.is_excluded and piece.kind in (Kind.WORD, Kind.JOINED)
        for word in piece.words
    ]
    matches = glossary.matches([word.text for word in typed]) if glossary else []
    acting = [match for match in matches if not match.is_suggestion]
    spoken_for = {place for match in acting for place in match.places}
    parts = [_term_part(match, typed, order) for match in acting]
    parts += _other_parts(pieces, {at: word for at, word in enumerate(typed) if at not in spoken_for}, acting, order)
    title = fold(" ".join(word for piece in pieces if not piece.is_excluded for word in piece.words))
    return Understanding(
        TextQuery(tuple(parts), tuple(_part(piece, order) for piece in pieces if piece.is_excluded), title),
        understood=frozenset(typed[place].text for place in spoken_for),
        expanded=tuple(dict.fromkeys(added for match in acting if (added := _added(match, typed, reader)))),
        related_terms=tuple(_related(pieces, matches, glossary, reader)) if glossary else (),
    )


def _related(pieces: Sequence[Piece], matches: Sequence[Match], glossary: Glossary, reader: str) -> Iterable[str]:
    """Terms to offer: those that are only suggested, and those whose acronym was typed where that is too common to say
    them. None that shares a word with what is excluded."""
    terms = [match.term for match in matches if match.is_suggestion]
    if not matches and are_too_common(pieces):
        terms = glossary.abbreviated([word for piece in pieces if not piece.is_excluded for word in piece.words])
    excluded = [word for piece in pieces if piece.is_excluded for word in piece.words]
    unwanted = glossary.near(excluded, reader) if terms and excluded else []
    return dict.fromkeys(text for term in terms if (text := term.preferred(reader)) not in unwanted)


def are_too_common(pieces: Iterable[Piece]) -> bool:
    """Whether what is looked for is nothing but words too common to tell works apart, or acronyms spelled as these."""
    wanted = [piece for piece in pieces if not piece.is_excluded]
    is_words = all(piece.kind in (Kind.WORD, Kind.JOINED) for piece in wanted)
    return bool(wanted) and is_words and all(is_ordinary_word(word) for piece in wanted for word in piece.words)


@dataclass(frozen=True)
class TypedWord:
    """A word and the number of the piece it was typed in."""

    text: str
    piece: int


def _other_parts(
    pieces: Sequence[Piece], free: dict[int, TypedWord], matches: Sequence[Match], order: tuple[str, ...]
) -> Iterable[Part]:
    """Parts for what says no term: phrases, bills, joined words, and single words that carry meaning."""
    is_familys = any(not match.wording.is_official for match in matches)
    free_pieces = {word.piece for word in free.values()}
    for at, piece in enumerate(pieces):
        if piece.is_excluded or (piece.kind in (Kind.WORD, Kind.JOINED) and at not in free_pieces):
            continue
        if piece.kind is Kind.WORD:
            word = piece.words[0]
            if is_stop_word(word, order[0]) or (is_familys and fold(word) in FAMILY_FILLERS):
                continue
        yield _part(piece, order)


def _term_part(match: Match, typed: Sequence[TypedWord], order: tuple[str, ...]) -> Part:
    """The typed words that say a term, together with its other wordings."""
    own_words = tuple(typed[place].text for place in match.places)
    return Part((*_own(own_words, match, order), *_other_wordings(match, own_words)))


def _own(own_words: tuple[str, ...], match: Match, order: tuple[str, ...]) -> list[Alternative]:
    """The typed words of a term: each by itself, and together as they name the term.

    A stop word of the term's language (`derechos de los padres`) stands in texts of the other one (`Los Angeles`).
    """
    telling = tuple(word for word in own_words if not is_stop_word(word, match.wording.language)) or own_words
    if not match.names_the_term:
        return [Alternative(telling, order, ranking.FAMILY_WORDS, is_partial=True)]
    apart = Alternative(telling, order, is_partial=True)
    return [apart, Alternative(own_words, order, is_phrase=True)] if len(own_words) > 1 else [apart]


def _other_wordings(match: Match, own_words: tuple[str, ...]) -> Iterable[Alternative]:
    for wording in match.term.official:
        other = tuple(words(wording.text))
        if fold(" ".join(other)) != fold(" ".join(own_words)):
            weight = ranking.EXPANSION if match.names_the_term else ranking.OFFICIAL_TERM
            yield Alternative(other, (wording.language,), weight, is_phrase=True)


def _added(match: Match, typed: Sequence[TypedWord], reader: str) -> str:
    """The wording shown as added: the preferred one for the reader, or the other language's if that was typed; empty
    where it is written alike."""
    own = fold(" ".join(typed[place].text for place in match.places))
    preferred = match.term.preferred(reader)
    if fold(preferred) != own:
        return preferred
    return next((w.text for w in match.term.official if w.language != reader and fold(w.text) != own), "")


def _part(piece: Piece, order: tuple[str, ...]) -> Part:
    if piece.kind is Kind.PHRASE:
        return Part(_phrase(piece.words), is_required=not piece.is_excluded)
    if piece.kind is Kind.BILL:
        return bill_part(piece.houses, piece.words[-1])
    return _joined(piece.words, order) if piece.kind is Kind.JOINED else _word(piece.words[0], order)


def _word(word: str, order: tuple[str, ...]) -> Part:
    """A word in any language; a Spanish one that is spelled as an English acronym (`lea`) is no acronym."""
    is_no_acronym = order[0] == "es" and is_ordinary_word(word) and not word.isupper()
    own = Alternative((word,), order[:1] if is_no_acronym else order)
    grouped = (verbatim(_thousands(word)),) if word.isdecimal() and len(word) > LONGEST_YEAR else ()
    return Part((own, *grouped), identifiers=_identifier(word))


def _thousands(digits: str) -> tuple[str, ...]:
    """A number as it stands where signs part its thousands: `228626` as in `228,626`."""
    first = len(digits) % 3 or 3
    return (digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3)))


def _joined(found: tuple[str, ...], order: tuple[str, ...]) -> Part:
    """Words joined by a hyphen, a dot or an @: together as written, as one word, or else each of them."""
    whole = "".join(found)
    telling = tuple(word for word in found if not is_stop_word_somewhere(word))
    each = Alternative(telling or found, order, ranking.JOINED_APART)
    return Part((verbatim(found), verbatim((whole,)), each), identifiers=_identifier(whole))


def _phrase(typed: Sequence[str]) -> tuple[Alternative, ...]:
    """Words as they stand between quotes; the number of a bill among them joined to its house, or apart from it."""
    apart = tuple(each for word in typed for each in _parted(word))
    joined = tuple(words(_BILL_APART.sub(r"\1\2", " ".join(apart))))
    return tuple(verbatim(wording) for wording in dict.fromkeys((tuple(typed), apart, joined)))


def _parted(word: str) -> tuple[str, ...]:
    match = _BILL_JOINED.fullmatch(word)
    return match.groups() if match else (word,)


def bill_part(houses: Sequence[str], number: str) -> Part:
    """A bill by its number, written in short or in words; several houses where none was named."""
    short = [wording for house in houses for wording in ((house, number), (house + number,))]
    said = [wording for house in houses for wording in SAID.get(house, ())]
    said += SAID_OF_ANY if len(houses) > 1 else ()
    wordings = [*short, *((*wording.split(), *no, number) for wording in said for no in NUMBER_SIGNS)]
    return Part(tuple(map(verbatim, wordings)), identifiers=tuple(house + number for house in houses))


def verbatim(found: Sequence[str]) -> Alternative:
    """Words as they were typed, side by side."""
    return Alternative(tuple(found), (), is_phrase=True, is_verbatim=True)


def _identifier(text: str) -> tuple[str, ...]:
    """A text with a digit may be the number of something."""
    return (fold(text),) if any(character.isdigit() for character in text) else ()
