"""Messages that count, in every form of a language: for scripts that count and choose the form."""

from __future__ import annotations

from functools import lru_cache

from icu4py.messageformat import MessageFormat

from generator.languages import Language
from generator.pages.reader import Reader

NUMBER = "#"
"""What stands in the place of the number."""
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""The plural categories of CLDR."""


def plural_forms(key: str, reader: Reader, **values: str) -> dict[str, str]:
    """A message that counts, in each form that the language has for a number (CLDR plural rules).

    What is said of none stands under `0` where it differs from the form for its category.
    """

    def said(number: int) -> str:
        text = reader.t(key, count=number, **values)
        return text.replace(reader.format.number(number), NUMBER)

    examples = _examples(reader.language)
    forms = {category: said(number) for category, number in examples.items()}
    none = said(0)
    return forms if none in forms.values() else {"0": none, **forms}


@lru_cache
def _examples(language: Language) -> dict[str, int]:
    """A number for each plural category of a language; more than one digit where there is a choice."""
    pattern = "{n, plural, " + " ".join(f"{name} {{{name}}}" for name in _CATEGORIES) + "}"
    category = MessageFormat(pattern, language.code)
    return {category.format({"n": number}): number for number in (0, *range(100, 0, -1))}
