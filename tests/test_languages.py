"""Numbers, dates, money, sort order and messages in each language."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.languages import AR, EN, FA, LANGUAGES, Formatter, Language, in_order, initial
from generator.messages import Messages, patterns

DAY = date(2026, 11, 21)


def test_dates_are_in_the_readers_calendar() -> None:
    assert Formatter(EN).day(DAY) == "21 November 2026"
    assert Formatter(FA).day(DAY) == "۳۰ آبان ۱۴۰۵"
    assert Formatter(FA).gregorian(DAY) == "۲۱ نوامبر ۲۰۲۶"
    assert Formatter(AR).day(DAY) == "21 نوفمبر 2026"
    assert Formatter(AR, "arab").day(DAY) == "٢١ نوفمبر ٢٠٢٦"
    assert Formatter(AR, "latn", "islamic-umalqura").day(DAY) == "11 جمادى الآخرة 1448 هـ"


def test_numbers_and_money_have_the_readers_digits() -> None:
    assert Formatter(FA).percent(Decimal("99.9")) == "۹۹٫۹٪"
    assert Formatter(AR).percent(Decimal("99.90")) == "99.9%"
    assert Formatter(EN).percent(Decimal("99")) == "99%"
    assert Formatter(EN).money(Decimal("1.4"), "OMR").replace("\xa0", " ") == "OMR 1.400"
    assert Formatter(FA).money(Decimal("1.4"), "OMR") == "۱٫۴۰۰ ریال عمان"
    assert Formatter(AR).money(Decimal("1.4"), "OMR") == "1.400 ريال عماني"


def test_a_whole_amount_of_money_has_no_decimals() -> None:
    assert Formatter(EN).money(Decimal("38.000"), "OMR") == "OMR\xa038"
    assert Formatter(FA).money(Decimal("9000.000"), "OMR") == "۹٬۰۰۰ ریال عمان"
    assert Formatter(AR).money(Decimal("6.00"), "USD") == "6 دولار أمريكي"
    assert Formatter(AR).money(Decimal("6.5"), "USD") == "6.50 دولار أمريكي"
    assert Formatter(FA).money(Decimal(0), "OMR") == "۰ ریال عمان"


def test_the_amounts_of_a_column_have_decimals_all_or_none() -> None:
    mixed = [Decimal("1.5"), Decimal(20)]
    assert Formatter(EN).amounts(mixed, "OMR") == ["1.500", "20.000"]
    assert Formatter(FA).amounts(mixed, "OMR") == ["۱٫۵۰۰", "۲۰٫۰۰۰"]
    assert Formatter(AR).amounts([Decimal("9240.000"), Decimal(0)], "OMR") == ["9,240", "0"]
    names = [Formatter(language).currency("OMR") for language in (AR, FA, EN)]
    assert names == ["ريال عماني", "ریال عمان", "OMR"]


@pytest.mark.parametrize("language", LANGUAGES, ids=str)
def test_formats_carry_no_invisible_marks(language: Language) -> None:
    f = Formatter(language)
    shown = [
        f.percent(Decimal("12.5")),
        f.money(Decimal(3), "USD"),
        f.day(DAY),
        f.clock(450),
        f.clock(1440),
        *f.amounts([Decimal(3)], "USD"),
    ]
    assert not re.search("[\u200e\u200f\u061c]", "".join(shown))


def test_a_minus_sign_keeps_its_place() -> None:
    assert Formatter(FA).money(Decimal("-3"), "OMR").startswith("\u200f\u200e−۳")


@pytest.mark.parametrize(
    ("language", "value", "unit", "said"),
    [
        (EN, 4, "hour", "four hours"),
        (EN, 1, "month", "one month"),
        (EN, 15, "minute", "15 minutes"),
        (AR, 4, "hour", "أربع ساعات"),
        (AR, 4, "day", "أربعة أيام"),
        (AR, 2, "hour", "ساعتان"),
        (AR, 1, "day", "يوم"),
        (AR, 10, "minute", "عشر دقائق"),
        (AR, 15, "minute", "15 دقيقة"),
        (FA, 4, "hour", "چهار ساعت"),
        (FA, 30, "day", "۳۰ روز"),
    ],
)
def test_short_durations_are_said_in_words(
    language: Language, value: int, unit: str, said: str
) -> None:
    assert Formatter(language).quantity(value, unit, spelled=True) == said


def test_weekdays_follow_iso_numbers() -> None:
    assert [Formatter(EN).weekday(n) for n in (1, 7)] == ["Monday", "Sunday"]
    assert Formatter(FA).weekday(6) == "شنبه"


def test_persian_sorts_by_its_own_alphabet() -> None:
    names = [
        "گزارش",
        "کتاب",
        "پشتیبانی",
        "بایگانی",
        "چاپ",
        "جلسه",
        "تلفن",
        "یادداشت",
        "آموزش",
        "امضا",
    ]
    assert in_order(names, str, FA) == [
        "آموزش",
        "امضا",
        "بایگانی",
        "پشتیبانی",
        "تلفن",
        "جلسه",
        "چاپ",
        "کتاب",
        "گزارش",
        "یادداشت",
    ]
    assert [initial(n, FA) for n in ("آرشیو", "گزارش", "ي")] == ["آ", "گ", "ی"]


def test_arabic_ignores_the_article_and_hamza() -> None:
    names = ["الهاتف", "أرشيف", "البريد", "إدارة", "تقارير"]
    assert in_order(names, str, AR) == ["إدارة", "أرشيف", "البريد", "تقارير", "الهاتف"]
    assert initial("البريد", AR) == "ب"


@given(st.lists(st.text(max_size=12), max_size=8), st.sampled_from(LANGUAGES))
def test_sorting_is_total_and_stable(names: list[str], language: Language) -> None:
    assert in_order(names, str, language) == in_order(list(reversed(names)), str, language)


def test_all_languages_have_the_same_messages_with_the_same_arguments() -> None:
    english = patterns(EN)
    for language in (AR, FA):
        own = patterns(language)
        assert set(own) == set(english)
        for key, pattern in own.items():
            assert arguments(pattern) == arguments(english[key]), (language.code, key)


def arguments(pattern: str) -> set[str]:
    return set(
        re.findall(
            r"\{(\w+)[,}]", re.sub(r"(?:zero|one|two|few|many|other|=\d+)\s*\{[^}]*\}", "", pattern)
        )
    )


def test_arabic_has_its_six_plurals() -> None:
    t = Messages(Formatter(AR))
    forms = [t("list.count", count=n) for n in (0, 1, 2, 3, 11, 100)]
    assert len(set(forms)) == 6
    assert forms[2] == "خدمتان"


def test_the_words_of_each_language_are_in_its_letters() -> None:
    wrong = {FA: "[يكة\u0660-\u0669]", AR: "[یکگپچژ\u06f0-\u06f9]"}
    for language, letters in wrong.items():
        for key, pattern in patterns(language).items():
            assert not re.search(letters, pattern), (language.code, key)
            assert not re.search("[\u0640\u202a-\u202e\u200e\u200f]", pattern), (language.code, key)
