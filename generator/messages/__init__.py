"""The words of the interface: ICU MessageFormat, one file a language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import yaml
from icu4py.messageformat import MessageFormat

from generator.languages import Formatter, Language

FOLDER = Path(__file__).parent


@lru_cache
def patterns(language: Language) -> dict[str, str]:
    """Every message of a language: key → ICU pattern."""
    text = (FOLDER / f"{language.code}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, str] = yaml.load(text, Loader=yaml.CBaseLoader)
    return loaded


class Messages:
    """The words of the interface for one reader."""

    def __init__(self, formatter: Formatter) -> None:
        self.language = formatter.language
        self._locale = formatter.locale
        self._patterns = patterns(formatter.language)
        self._formats: dict[str, MessageFormat] = {}

    def __call__(self, key: str, **values: int | str | Decimal | date) -> str:
        """The message under `key`. Raises KeyError for a key that no file holds."""
        if not values:
            return self._patterns[key]
        try:
            format_ = self._formats[key]
        except KeyError:
            format_ = self._formats[key] = MessageFormat(self._patterns[key], self._locale)
        return format_.format(dict(values)).replace("\u200e", "").replace("\u200f", "")
