"""The words of the results, for the script in the browser: it counts and chooses the plural forms."""

from __future__ import annotations

import json
from typing import Any

from generator.pages.navigation import sections
from generator.pages.plurals import NUMBER, plural_forms
from generator.pages.reader import Reader
from generator.search.parts import KINDS


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
