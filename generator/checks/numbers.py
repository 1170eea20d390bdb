"""Numbers say the same in all languages (V38).

Each language writes numbers in its own way: digits, separators, thousands as a word, years of its own
calendar, round numbers as words. All of that is taken into account; a number that may be there in
other words is not reported. Numbers of one digit are left out: most of them are words somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache

from generator.checks.written import GAP, Passage, Written, blank, without_code
from generator.languages import AR, BY_CODE, Formatter, Language
from generator.problems import Location, Problem, quote

_ASCII = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")

_ROUGHLY = re.compile(f"[{GAP}0-9٠-٩۰-۹][0-9٠-٩۰-۹]*(?:[.,:٫٬][0-9٠-٩۰-۹]+)*")
"""Where texts begin, and what may be numbers in them."""

_THOUSAND = "ألفًا|ألفا|ألف|آلاف|هزار|thousand"
_MILLION = "مليونًا|مليونا|مليون|ملايين|میلیون|million"
_MONTHS = frozenset({
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December", "Muharram", "Rajab", "Ramadan", "Shawwal", "Farvardin",
    "Khordad", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Bahman", "Esfand", "فروردین",
    "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
    "ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر",
    "نوامبر", "دسامبر", "يناير", "فبراير", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر",
    "أكتوبر", "نوفمبر", "ديسمبر", "محرم", "صفر", "ربيع", "ربیع", "جمادى", "جمادی", "رجب",
    "شعبان", "رمضان", "شوال",
})  # fmt: skip
"""Beside a month stands a day, which calendars count differently."""

_STANDARD = re.compile(r"\b(?:ISO|IEC|IEEE|ITIL|COBIT|FitSM|RFC|WCAG)[A-Za-z/ -]*\d[\d.:-]*")
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):(\d\d)(?![\d:])")
_SUM = re.compile(rf"(?:(\d+)|(\w+))\s+(?:{_MILLION})\s+و\s?(\d+)\s+(?:{_THOUSAND})\b")
_NUMBER = re.compile(
    r"(?<![\d.,A-Za-z])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*)"
    rf"(?:[\s\u200c-]*\b(?:(?P<thousand>{_THOUSAND})|(?P<million>{_MILLION}))\b)?"
)
_ANOTHER_UNIT = frozenset({"12", "24", "60", "365"})
"""A year, a day, an hour, a year: what languages rather say in the larger unit."""


def differ(written: Written) -> Iterator[Problem]:
    """V38: the numbers of a text are those of the source language."""
    source = BY_CODE[written.catalogue.policy.source_language]
    original = written.joined(source)
    found = _roughly(original)
    for language, joined in written.all:
        if language is not source and (other := _roughly(joined)) != found:
            pairs = zip(found.split(GAP), other.split(GAP), strict=True)
            places = [place for place, (first, second) in enumerate(pairs) if first != second]
            firsts, seconds = original.split(GAP), joined.split(GAP)
            for place in places:
                if firsts[place] and seconds[place]:
                    yield from _compared(
                        written, language, source, place, firsts[place], seconds[place]
                    )


def _roughly(joined: str) -> str:
    """What may be numbers in joined texts, and the `GAP`s between them: equal ones say the same."""
    found = [one for one in _ROUGHLY.findall(joined) if len(one) > 1 or one == GAP]
    return " ".join(found).translate(_ASCII).replace(",", "").replace(f"{GAP} ", GAP)


def _compared(
    written: Written, language: Language, source: Language, place: int, first: str, second: str
) -> Iterator[Problem]:
    original, translated = numbers(first), numbers(second)
    lacking = _left(original, translated, second, language)
    more = _left(translated, original, first, source)
    if lacking or more:
        passage = written.nth(language, place)
        said = ", ".join(filter(None, (_said("lacks", lacking), _said("has", more))))
        message = f"the {quote(language.code)} text {said}"
        expected = f"the numbers of the {quote(source.code)} text"
        yield Problem(
            _where(written, passage, more, translated), "V38", message, expected,
            "correct the one that is wrong",
        )  # fmt: skip


def _said(verb: str, found: list[str]) -> str:
    return f"{verb} {' and '.join(found)}" if found else ""


def _where(written: Written, passage: Passage, more: list[str], found: dict[str, str]) -> Location:
    return written.where(passage, found[more[0]] if more else passage.text.split("\n")[0])


def numbers(text: str) -> dict[str, str]:
    """The numbers of a text of two digits or more: plain decimal → as it is written.

    A time of day on the hour is its hour; with minutes it stays a time (`8:30`).
    """
    left = _STANDARD.sub(blank, without_code(text).translate(_ASCII))
    found: dict[str, str] = {}
    for signs, pattern, value in _PATTERNS:
        if any(sign in left for sign in signs):
            for match in pattern.finditer(left):
                number = value(match)
                if _is_counted(number) and not _is_day(number, match):
                    found[number] = text[match.start() : match.end()].strip()
            left = pattern.sub(blank, left)
    return found


def _is_counted(number: str) -> bool:
    return len(number) > 1 and not (number.isdecimal() and int(number) < 10)


def _is_day(number: str, match: re.Match[str]) -> bool:
    """Whether a number is the day of a month that stands beside it."""
    if len(number) > 2:
        return False
    before = match.string[max(0, match.start() - 15) : match.start()].split()[-1:]
    after = match.string[match.end() : match.end() + 15].split()[:2]
    return any(word.strip(".,،؛") in _MONTHS for word in (*before, *after))


def _clock(match: re.Match[str]) -> str:
    return str(int(match[1])) + ("" if match[2] == "00" else f":{match[2]}")


def _sum(match: re.Match[str]) -> str:
    """`یک میلیون و ۸۰ هزار`; nothing where the millions are another word."""
    if match[2] not in (None, "یک"):
        return ""
    return str(int(match[1] or 1) * 1_000_000 + int(match[3]) * 1000)


def _number(match: re.Match[str]) -> str:
    digits = match[1].replace(",", "")
    if digits.count(".") > 1:
        return digits
    factor = 1000 if match["thousand"] else 1_000_000 if match["million"] else 1
    plain = f"{Decimal(digits) * factor:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


_PATTERNS: tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ((":",), _CLOCK, _clock),
    (("میلیون", "مليون"), _SUM, _sum),
    (("",), _NUMBER, _number),
)
"""What numbers look like: signs of which one is in the text, a pattern, the plain decimal of a match."""


def _left(
    found: dict[str, str], others: dict[str, str], text: str, language: Language
) -> list[str]:
    """The numbers that another text does not have, in digits, words or its own calendar."""
    return [
        number
        for number in found
        if number not in others
        and number not in _ANOTHER_UNIT
        and not (":" in number and not any(":" in other for other in others))
        and not any(_is_same_year(number, other) for other in others)
        and not _is_spelled(number, text, language)
    ]


def _is_same_year(number: str, other: str) -> bool:
    """Whether two numbers may be one year in the Gregorian calendar and in another one."""
    if not (number.isdecimal() and other.isdecimal()):
        return False
    earlier, later = sorted((int(number), int(other)))
    solar, lunar = later - earlier in (621, 622), abs(earlier * 0.970224 + 621.5774 - later) < 1.5
    return 1250 <= earlier <= 1550 and (solar or lunar)


def _is_spelled(number: str, text: str, language: Language) -> bool:
    """Whether a text has all the words that a number is made of, or those of an hour after noon."""
    if not number.isdecimal():
        return False
    value = int(number)
    hours = (value - 12,) if 12 < value <= 24 else ()
    plain = _plain(text)
    return any(all(word in plain for word in _words(n, language)) for n in (value, *hours))


@lru_cache(maxsize=10_000)
def _words(value: int, language: Language) -> tuple[str, ...]:
    """The words of a number, as far as grammar leaves them alone."""
    words = re.split(r"[\s-]+", _plain(Formatter.cached(language.locale, "{v, spellout}", value)))
    kept = [word for word in words if word not in ("و", "and", "one")]
    return tuple(word.lstrip("و")[:3] for word in kept) if language is AR else tuple(kept)


_ORDINALS = {
    "إثن": "اثن", "أحد": "إحدى", "حادي": "إحدى", "ثاني": "اثن", "ثالث": "ثلاث", "رابع": "أربع", "خامس": "خمس", "سادس": "ست",
    "سابع": "سبع", "ثامن": "ثمان", "تاسع": "تسع", "عاشر": "عشر", "مائ": "مئ",
}  # fmt: skip
_ORDINAL = re.compile("|".join(_ORDINALS))


def _plain(text: str) -> str:
    """A text in which Arabic ordinals, such as those of hours, are spelled as what they count."""
    return _ORDINAL.sub(lambda match: _ORDINALS[match[0]], text.casefold())
