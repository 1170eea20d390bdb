"""The words of the results, for the script in the browser: it counts and chooses the plural forms."""

from __future__ import annotations

import json
from typing import Any

from icu4py.messageformat import MessageFormat

from generator.languages import Language
from generator.pages.navigation import sections
from generator.pages.reader import Reader
from generator.search.parts import KINDS

NUMBER = "#"
"""What stands in the place of the number, or of the query."""
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""The plural categories of CLDR."""


def words_script(reader: Reader) -> str:
    """A script that sets `fihristSearchWords`."""
    text = json.dumps(words(reader), ensure_ascii=False, separators=(",", ":"))
    return f"self.fihristSearchWords={text};\n"


def words(reader: Reader) -> dict[str, Any]:
    """What the script says, by what it is for; plural messages by CLDR category."""
    t, language = reader.t, reader.language
    simple = ("none_help", "more", "recent", "forget", "suggested", "facets", "failed")
    about = {
        "none": t("search.none", query=NUMBER),
        "corrected": t("search.corrected", query=NUMBER),
    }
    return {
        "locale": reader.format.locale,
        "languages": {x.code: {"direction": x.direction} for x in reader.all_languages},
        **{name: t(f"search.{name}") for name in simple},
        **about,
        "found": plural_forms("search.found", reader),
        "all": plural_forms("search.all", reader),
        "elsewhere": {
            other.code: plural_forms(
                "search.elsewhere", reader, language=t(f"language.{other.code}")
            )
            for other in reader.all_languages
            if other is not language
        },
        "kinds": {kind: t(f"search.kind.{kind}") for kind in KINDS},
        "lists": [page for section in sections(reader) for page in section.pages],
    }


def plural_forms(key: str, reader: Reader, **values: str) -> dict[str, str]:
    """A message that counts, in each form that the language has for a number (CLDR plural rules)."""
    forms = {}
    for category, number in _examples(reader.language).items():
        text = reader.t(key, count=number, **values)
        forms[category] = text.replace(reader.format.number(number), NUMBER)
    return forms


def _examples(language: Language) -> dict[str, int]:
    """A number for each plural category of a language; more than one digit where there is a choice."""
    pattern = "{n, plural, " + " ".join(f"{name} {{{name}}}" for name in _CATEGORIES) + "}"
    category = MessageFormat(pattern, language.code)
    return {category.format({"n": number}): number for number in (0, *range(100, 0, -1))}
