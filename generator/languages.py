"""The languages: direction, digits, numbers, dates, money, sort order; text that knows its language.

Formats come from ICU (CLDR). CLDR's invisible marks (U+200E, U+200F, U+061C) are taken out of
them, but for those that hold a minus sign in place: values are isolated where they are rendered.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Literal, TypeVar

from icu4py.messageformat import MessageFormat

T = TypeVar("T")

FSI, PDI = "\u2068", "\u2069"
"""First strong isolate and its end (Unicode UAX #9): how plain text isolates a value."""


@dataclass(frozen=True)
class Language:
    """One language of the site, by its BCP 47 code."""

    code: Literal["ar", "fa", "en"]
    name: str
    direction: Literal["rtl", "ltr"]
    locale: str
    alphabet: str
    comma: str
    open_graph: str

    @property
    def fallbacks(self) -> tuple[Language, ...]:
        """This language, then the others in the order a reader would rather have them."""
        return _FALLBACKS[self.code]

    @property
    def is_rtl(self) -> bool:
        """Whether it runs from right to left."""
        return self.direction == "rtl"

    def __hash__(self) -> int:
        return hash(self.code)

    def __reduce__(self) -> tuple[Callable[[str], Language], tuple[str]]:
        """Stay the one object of its code in another process."""
        return _of_code, (self.code,)


def _of_code(code: str) -> Language:
    return BY_CODE[code]


AR = Language("ar", "العربية", "rtl", "ar", "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي", "، ", "ar_AR")
FA = Language(
    "fa",
    "فارسی",
    "rtl",
    "fa-u-ca-persian-nu-arabext",
    "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
    "، ",
    "fa_IR",
)
EN = Language("en", "English", "ltr", "en-GB", "abcdefghijklmnopqrstuvwxyz", ", ", "en_GB")
LANGUAGES = (AR, FA, EN)
BY_CODE: dict[str, Language] = {language.code: language for language in LANGUAGES}
_FALLBACKS = {"ar": (AR, EN, FA), "fa": (FA, EN, AR), "en": (EN, AR, FA)}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Text, the language it is in, and the language of the reader it was picked for.

    `on_purpose` says that another language is meant: an English term beside the reader's own.
    """

    text: str
    language: Language
    reader: Language
    on_purpose: bool = False

    @property
    def is_foreign(self) -> bool:
        """Whether it is in another language than the reader's."""
        return self.language is not self.reader

    @property
    def is_fallback(self) -> bool:
        """Whether the reader gets another language for want of a translation."""
        return self.is_foreign and not self.on_purpose

    def __bool__(self) -> bool:
        return bool(self.text)


def isolate(value: str) -> str:
    """A value inside plain text or a message, isolated from what surrounds it."""
    return f"{FSI}{value}{PDI}"


@dataclass(frozen=True)
class Formatter:
    """Numbers, dates and money for one reader.

    `arabic_digits` and `arabic_calendar` (CLDR: numbering system, calendar) hold for Arabic only.
    """

    language: Language
    arabic_digits: str = "latn"
    arabic_calendar: str = "gregory"
    _formats: dict[str, Callable[..., str]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def locale(self) -> str:
        """The ICU locale with its extensions."""
        if self.language is AR:
            return f"ar-u-ca-{self.arabic_calendar}-nu-{self.arabic_digits}"
        return self.language.locale

    def _format(self, pattern: str, value: object) -> str:
        try:
            format_ = self._formats[pattern]
        except KeyError:
            format_ = self._formats[pattern] = MessageFormat(pattern, self.locale).format
        text = format_({"v": value})
        if "-" in text or "−" in text:
            return f"\u200f{text}" if self.language.is_rtl else text
        return text.replace("\u200e", "").replace("\u200f", "").replace("\u061c", "")

    def number(self, value: int | Decimal) -> str:
        """A number with grouping and the reader's digits."""
        return self._format("{v, number}", value)

    def plain(self, value: int) -> str:
        """A number without grouping: years, positions."""
        return self._format("{v, number, ::group-off}", value)

    def percent(self, value: Decimal) -> str:
        """`99.9` as 99.9 %, at the precision given."""
        places = max(0, -int(value.normalize().as_tuple().exponent))
        return self._format(f"{{v, number, ::percent .{'0' * places or '#'}}}", value)

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount with its currency (ISO 4217), in words where the script has no sign for it.

        A whole amount has no decimals; any other has as many as the currency.
        """
        width = "unit-width-full-name" if self.language.is_rtl else "unit-width-iso-code"
        return self._format(f"{{v, number, ::currency/{currency} {_OR_WHOLE} {width}}}", amount)

    def amounts(self, amounts: Iterable[Decimal], currency: str) -> list[str]:
        """Amounts of one column, under a head that names the currency: decimals in all or in none."""
        column = list(amounts)
        places = "precision-integer" if all(x == x.to_integral_value() for x in column) else ""
        pattern = f"{{v, number, ::currency/{currency} {places} unit-width-hidden}}"
        return [self._format(pattern, amount).strip("\u00a0") for amount in column]

    def currency(self, currency: str) -> str:
        """The currency as `money` writes it."""
        from babel.numbers import get_currency_name

        code = self.language.code
        return get_currency_name(currency, locale=code) if self.language.is_rtl else currency

    def day(self, day: date) -> str:
        """A day in the reader's own calendar, in words."""
        return self._format("{v, date, ::yMMMMd}", day)

    def year(self, day: date) -> str:
        """The year of a day in the reader's own calendar."""
        return self._format("{v, date, ::y}", day)

    def gregorian(self, day: date) -> str | None:
        """The same day in the Gregorian calendar, where the reader's own is another one."""
        if self.language.code == "fa":
            return Formatter.cached("fa-u-ca-gregory", "{v, date, ::yMMMMd}", day)
        if self.language is AR and self.arabic_calendar != "gregory":
            locale = f"ar-u-ca-gregory-nu-{self.arabic_digits}"
            return Formatter.cached(locale, "{v, date, ::yMMMMd}", day)
        return None

    @staticmethod
    def cached(locale: str, pattern: str, value: object) -> str:
        """A value in a locale other than the reader's."""
        return _message_format(pattern, locale).format({"v": value})  # type: ignore[dict-item]

    def clock(self, minutes: int) -> str:
        """A time of day, from minutes after midnight."""
        if minutes == 24 * 60:
            return self._digits("24:00")
        moment = datetime.combine(date(2000, 1, 1), time(minutes // 60, minutes % 60))
        return self._format("{v, time, ::HHmm}", moment)

    def _digits(self, text: str) -> str:
        return "".join(self.plain(int(c)) if c.isdecimal() else c for c in text)

    def weekday(self, iso_weekday: int) -> str:
        """The name of a day of the week; Monday is 1 (ISO 8601)."""
        return self._format("{v, date, ::EEEE}", date(2001, 1, iso_weekday))

    def quantity(self, value: int, unit: str, spelled: bool = False) -> str:
        """A count of years, months, weeks, days, hours, minutes or seconds, in words.

        `spelled` writes the number as a word too. Numbers above ten stay in digits.
        """
        text = self._format(f"{{v, number, ::unit/{unit} unit-width-full-name}}", value)
        return text.replace(self.number(value), self._cardinal(value, unit)) if spelled else text

    def _cardinal(self, value: int, unit: str) -> str:
        """A number up to ten as the word that stands before a unit."""
        if value > SPELLED:
            return self.number(value)
        if self.language is AR:
            return _ARABIC_CARDINALS[unit in _FEMININE][value]
        return self._format("{v, spellout}", value)

    def listing(self, items: Iterable[str]) -> str:
        """Items joined by the language's comma."""
        return self.language.comma.join(items)


_OR_WHOLE = "precision-currency-standard/w"

SPELLED = 10
"""The largest number that running text writes as a word."""

_FEMININE = frozenset({"year", "hour", "minute", "second"})
_ARABIC_CARDINALS = {
    True: ("صفر", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"),
    False: (
        "صفر",
        "واحد",
        "اثنان",
        "ثلاثة",
        "أربعة",
        "خمسة",
        "ستة",
        "سبعة",
        "ثمانية",
        "تسعة",
        "عشرة",
    ),
}
"""Arabic numbers by whether the noun is feminine; CLDR's spelling rules do not know its gender."""


@lru_cache(maxsize=64)
def _message_format(pattern: str, locale: str) -> MessageFormat:
    return MessageFormat(pattern, locale)


_ALIKE = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ه",
        "\u200c": None, "\u0640": None,
    }
)  # fmt: skip
_PERSIAN = str.maketrans({"ي": "ی", "ك": "ک", "ۀ": "ه", "ة": "ه"})
_ARABIC = str.maketrans({"ی": "ي", "ک": "ك", "ھ": "ه"})


class _Folded(dict[int, str]):
    """What each character becomes: worked out when it is first met, as `str.translate` asks."""

    def __init__(self, variants: dict[int, str]) -> None:
        super().__init__()
        self._variants = variants

    def __missing__(self, code: int) -> str:
        character = chr(code)
        is_mark = unicodedata.combining(character) != 0
        folded = "" if is_mark else character.translate(_ALIKE).translate(self._variants)
        self[code] = folded
        return folded


_FOLDED = {AR: _Folded(_ARABIC), FA: _Folded(_PERSIAN), EN: _Folded(_ARABIC)}


def fold(text: str, language: Language) -> str:
    """Text as dictionaries order it: without marks and case, letter variants as one."""
    bare = text.casefold()
    if bare.isascii():
        return bare
    bare = unicodedata.normalize("NFD", bare).translate(_FOLDED[language])
    return bare[2:] if language is AR and bare.startswith("ال") and len(bare) > 4 else bare


@lru_cache(maxsize=8)
def _ranks(language: Language) -> dict[int, str]:
    return {ord(letter): chr(0x100 + i) for i, letter in enumerate(language.alphabet)}


def _lettered(text: str, language: Language) -> str:
    """Folded, but for آ, which Persian files as a letter of its own before ا (CLDR)."""
    if language is FA and "آ" in (text := unicodedata.normalize("NFC", text)):
        return "آ".join(fold(part, language) for part in text.split("آ"))
    return fold(text, language)


@lru_cache(maxsize=100_000)
def sort_key(text: str, language: Language) -> tuple[str, str]:
    """A key that puts names in the order of the language's own alphabet; Latin names come last."""
    return _lettered(text, language).translate(_ranks(language)), text


def initial(text: str, language: Language) -> str:
    """The letter under which an A–Z files the name; `#` for what is in no alphabet."""
    first = _lettered(text.lstrip("«»\"'(“ "), language)[:1]
    if first in language.alphabet:
        return first.upper()
    return first.upper() if first.isalpha() else "#"


def in_order(items: Iterable[T], name: Callable[[T], str], language: Language) -> list[T]:
    """Items sorted by name as the language sorts."""
    return sorted(items, key=lambda item: sort_key(name(item), language))
