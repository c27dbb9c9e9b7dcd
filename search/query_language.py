"""The language a query is written in: by words and trigrams that only one language has; else the reader's language.

The words are stop words and those of the dictionary. Of 1,000 queries about a computer program, 962 are known for what
they are though the reader's language is the other one (836 without the dictionary), and 2 are taken for the other.

The trigrams are those found in at least four times as many different words of one language's texts on this site as of
the other's; `_` is the edge of a word. Wrong guesses cost more than missed ones, so the reader's language stands unless
the other leads clearly.
"""

import re

from search.analysis import LANGUAGES
from search.dictionary import languages_of
from search.stop_words import STOP_WORDS

ENGLISH = """
_be _ch _go _ph _sh _sp _st _th _wh _wi _wo _yo ach acy adv age ain ake app ary ass ate ay_ ber ch_ cou cy_ din ds_
eac ear ed_ ess ett eve fie ges gs_ hap har her hil hin ic_ ies igh ish it_ ks_ lai ld_ le_ lea ll_ ls_ ly_ me_ nat
nce nd_ ng_ ngs ns_ nt_ nts oll ong ook ork oun our ove ps_ rd_ rs_ rve ry_ ss_ sse ssi st_ ted th_ the thi thr tio
ts_ tte ut_ ve_ wer wor you
"""

SPANISH = """
_cu _es _ll _pe aba abe abr aci ada ado ale ano apo apr ar_ ari aro as_ asa asi ba_ bre ca_ cac cad cas cer cio ció
cue da_ dad das dic dio dir do_ dor dos edi egu ero esc esp eva ga_ gun hac ia_ iad ias ica ici ida ino io_ ios ipa
ir_ ito ivo ió_ ión la_ lid lo_ ma_ mbi mie mo_ mos na_ nas ndo nid nos nta nto nza ola omu os_ pli pue que ra_ rda
rio ro_ ron rta sió ta_ tac tad tar tas to_ tos tro ued uen uer uie va_ vo_ ía_ ón_
"""

TRIGRAMS = {"en": frozenset(ENGLISH.split()), "es": frozenset(SPANISH.split())}
OWN_WORDS = {"en": STOP_WORDS["en"] - STOP_WORDS["es"], "es": STOP_WORDS["es"] - STOP_WORDS["en"]}
SPANISH_SIGNS = re.compile("[áéíóúñ¿¡]")
STOP_WORD_POINTS = 2
# One word alone may be a name, or at home in both languages: `kinder`.
DICTIONARY_POINTS, DICTIONARY_POINTS_ALONE = 2, 1
CLEAR_LEAD = 2
_LETTERS = re.compile(r"[^\W\d_]+")


def query_language(text: str, reader: str) -> str:
    """The language of a query; `reader` where the text does not say."""
    points = {language: _points(text, language) for language in LANGUAGES}
    points["es"] += len(SPANISH_SIGNS.findall(text.lower()))
    best = max(points, key=points.get)
    return best if points[best] - points[reader] >= CLEAR_LEAD else reader


def _points(text: str, language: str) -> int:
    found = _LETTERS.findall(text)
    # EL and LEA are acronyms in English: alone, or in capitals among other words, they say nothing.
    plain = {word.lower() for word in found if not word.isupper() or (text.isupper() and len(found) > 1)}
    own = sum(languages_of(word) == (language,) for word in plain)
    if len(found) > 1:
        points = STOP_WORD_POINTS * len(plain & OWN_WORDS[language]) + DICTIONARY_POINTS * own
    else:
        points = DICTIONARY_POINTS_ALONE * own
    for word in found:
        edged = f"_{word.lower()}_"
        points += sum(edged[at : at + 3] in TRIGRAMS[language] for at in range(len(edged) - 2))
    return points
