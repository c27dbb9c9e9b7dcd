"""Takes the fields of one entry one by one, each checked; what is left over is an unknown field."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from home.loading import rich_text
from home.loading.problems import Place, ProblemList, near_matches
from home.loading.read import Mapping, Sequence
from home.loading.references import Reference
from resources.dates import parse_partial_date

LANGUAGES = ("en", "es")
LANGUAGE_NAMES = {"en": "English", "es": "Spanish"}


class Fields:
    """The fields of one mapping. Each method takes one field and returns it checked and converted."""

    def __init__(
        self, mapping: Any, place: Place, problems: ProblemList, references: list, languages=LANGUAGES, model=None
    ):
        self.place, self.problems, self.references = place, problems, references
        self.languages, self.model = languages, model
        self.taken: set[str] = set()
        if not isinstance(mapping, Mapping):
            self.problem(place, "A mapping (`name: value`) is expected here.", "Write one field on each line.")
            mapping = Mapping(place.line)
        self.mapping = mapping

    def problem(self, place: Place, message: str, remedy: str) -> None:
        self.problems.add(place, message, remedy)

    def at(self, name: str) -> Place:
        return self.place.inside(name, self.mapping.lines.get(name, 0))

    def take(self, name: str, required: bool = False):
        """The value as it was read; None where it is missing."""
        self.taken.add(name)
        value = self.mapping.get(name)
        if required and value in (None, ""):
            self.problem(self.at(name), f"`{name}` is missing.", f"Write `{name}: …`.")
        return value

    def nested(self, value: Any, place: Place, model=None) -> "Fields":
        """The fields of a mapping inside this one."""
        return Fields(value, place, self.problems, self.references, self.languages, model)

    def finish(self) -> None:
        """Names every field that nobody took."""
        for name in self.mapping.keys() - self.taken:
            self.problem(self.at(name), f"The field `{name}` is not known here.", near_matches(name, self.taken))

    # Plain values

    def text(self, name: str, required: bool = False, field: str | None = None) -> str:
        """The text, checked by the model field of the same name, by `field`, or by none where that is empty."""
        value = self.take(name, required)
        if value is None:
            return ""
        return self.model_value(value, self.at(name), name if field is None else field)

    def model_value(self, value: Any, place: Place, field: str) -> str:
        """The text, checked as the model field would check it."""
        if not isinstance(value, str):
            self.problem(place, "A text is expected here.", "Write it on this line, in quotes if it has a colon.")
            return ""
        value = value.strip()
        if self.model is not None and field and value:
            try:
                self.model._meta.get_field(field).run_validators(value)
            except ValidationError as error:
                self.problem(place, " ".join(error.messages), "Correct the value.")
        return value

    def choice(self, name: str, choices, required: bool = False, default: str = "") -> str:
        value = self.take(name, required)
        if value is None:
            return default
        if value not in choices:
            self.problem(
                self.at(name), f"`{value}` is not one of the values of `{name}`.", near_matches(str(value), choices)
            )
            return default
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.take(name)
        if value is None:
            return default
        if value not in ("true", "false"):
            self.problem(self.at(name), f"`{name}` is `{value}`.", "Write `true` or `false`.")
        return value == "true"

    def number(self, name: str, required: bool = False) -> int | None:
        value = self.decimal(name, required)
        return None if value is None else round(value)

    def decimal(self, name: str, required: bool = False) -> float | None:
        value = self.take(name, required)
        if value is None:
            return None
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = -1
        if not 0 <= number < 10**12:
            self.problem(self.at(name), f"`{value}` is not a number.", "Write digits only, without separators.")
            return None
        return number

    def date(self, name: str, required: bool = False) -> datetime.date | None:
        date, precision = self.partial_date(name, required)
        if date and precision != "day":
            self.problem(self.at(name), "The day is missing.", 'Write a whole date such as "2024-06-12".')
            return None
        return date

    def partial_date(self, name: str, required: bool = False) -> tuple[datetime.date | None, str]:
        value = self.take(name, required)
        if value is None:
            return None, "day"
        try:
            return parse_partial_date(value)
        except (AttributeError, ValueError):
            self.problem(
                self.at(name), f"`{value}` is not a date.", 'Write "2024-06-12", "2024-06" or "2024", in quotes.'
            )
            return None, "day"

    # Values in both languages

    def bilingual(self, name: str, required: bool = False, field: str | None = None) -> dict[str, str]:
        """Language → text. All languages of the entry, or none of them."""
        value = self.take(name, required)
        return self.texts(value, self.at(name), field) if value is not None else {}

    def texts(self, value: Any, place: Place, field: str | None = None) -> dict[str, str]:
        """Language → text of a bilingual value. A value without letters may be given once for all languages."""
        if isinstance(value, str) and not any(character.isalpha() for character in value):
            value = dict.fromkeys(self.languages, value)
        elif not isinstance(value, Mapping) or value.keys() - set(LANGUAGES):
            self.problem(place, "A text in each language is expected here.", f"Write `{self._both()}`.")
            return dict.fromkeys(self.languages, "")
        for language in self.languages:
            if not value.get(language):
                self.problem(
                    place, f"There is no {LANGUAGE_NAMES[language]} text (`{language}`).", f"Add `{language}: …`."
                )
        for language in value.keys() - set(self.languages):
            self.problem(
                place.inside(language, value.lines.get(language, 0)),
                f"This work has no edition in {LANGUAGE_NAMES[language]}.",
                f"Remove `{language}`, or add it to `languages`.",
            )
        texts = {}
        for language in self.languages:
            text = value.get(language) or ""
            inner = place.inside(language, getattr(value, "lines", {}).get(language, 0))
            texts[language] = self.model_value(text, inner, field) if field else self._plain(text, inner)
        return texts

    def _plain(self, value: Any, place: Place) -> str:
        if isinstance(value, str):
            return value.strip()
        self.problem(place, "A text is expected here.", "Write it on this line, in quotes if it has a colon.")
        return ""

    def _both(self) -> str:
        return "{" + ", ".join(f"{language}: …" for language in self.languages) + "}"

    def rich_text(self, name: str, required: bool = False) -> dict[str, str]:
        value = self.take(name, required)
        return self.rich_texts(value, self.at(name)) if value is not None else {}

    def rich_texts(self, value: Any, place: Place) -> dict[str, str]:
        """Language → HTML of the subset, each checked, and all of the same shape."""
        texts = self.texts(value, place)
        checked = {language: rich_text.check(text, place.inside(language), self) for language, text in texts.items()}
        rich_text.compare_shapes(checked, place, self)
        return checked

    # References

    def reference(self, name: str, kind: str, required: bool = False, work_types: tuple = ()) -> Reference | None:
        value = self.take(name, required)
        return self.refer(value, kind, self.at(name), work_types) if value is not None else None

    def references_to(self, name: str, kind: str, work_types: tuple = ()) -> list[Reference]:
        return [
            reference
            for value, place in self.items(name)
            if (reference := self.refer(value, kind, place, work_types)) is not None
        ]

    def refer(self, key: Any, kind: str, place: Place, work_types: tuple = ()) -> Reference | None:
        if not isinstance(key, str):
            self.problem(place, "A key is expected here.", "Write the key of the entry, for example `el-win`.")
            return None
        reference = Reference(kind, key, place, work_types)
        self.references.append(reference)
        return reference

    def items(self, name: str, required: bool = False):
        """Each item of a list with its place."""
        value = self.take(name, required)
        if value is None:
            return
        yield from self.list_items(value, self.at(name))

    def list_items(self, value: Any, place: Place):
        if not isinstance(value, Sequence):
            self.problem(place, "A list is expected here.", "Write each item on its own line after a dash.")
            return
        for number, (item, line) in enumerate(zip(value, value.lines, strict=True), start=1):
            yield item, place.inside(str(number), line)
