"""Spanish words written as they sound: `abla`, `yegar`, `aser`, `nesesita`. The commonest mistakes of all."""

import re

# What is written → what may have been meant.
_ALIKE = (
    ("b", "v"), ("v", "b"), ("s", "c"), ("c", "s"), ("s", "z"), ("z", "s"), ("c", "z"), ("z", "c"), ("y", "ll"),
    ("ll", "y"), ("j", "g"), ("g", "j"), ("i", "y"), ("y", "i"), ("k", "c"), ("k", "qu"), ("gu", "hu"), ("gue", "hue"),
    ("w", "hu"), ("x", "j"), ("n", "m"), ("m", "n"), ("rr", "r"), ("r", "rr"),
)  # fmt: skip
SHORTEST = 3


def spelled_as_it_sounds(folded: str) -> list[str]:
    """What a word may be where one sound is written with other letters, or an h is missing or too many."""
    if len(folded) < SHORTEST:
        return []
    found = [f"h{folded}"] if folded[0] in "aeiou" else [folded[1:]] if folded[0] == "h" else []
    for written, meant in _ALIKE:
        starts = [match.start() for match in re.finditer(written, folded)]
        found += [folded[:at] + meant + folded[at + len(written) :] for at in starts]
    found += [folded[:at] + "h" + folded[at:] for at in range(1, len(folded)) if folded[at] in "aeiou"]
    return list(dict.fromkeys(found))
