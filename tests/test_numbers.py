"""Numbers that differ between languages are found, and numbers that are only written differently are not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.checks import check
from generator.checks.numbers import numbers
from generator.load import load
from tests.conftest import ROOT, TODAY
from tests.test_examples import BASE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("up to 30 days, 5 times", {"30"}),
        ("۳۰ روز", {"30"}),
        ("٣٠ يومًا", {"30"}),
        ("1,940 rials", {"1940"}),
        ("۱٬۹۴۰ ریال", {"1940"}),
        ("132 ألف ريال", {"132000"}),
        ("۹ هزار ریال", {"9000"}),
        ("1.08 million rials", {"1080000"}),
        ("یک میلیون و ۸۰ هزار ریال", {"1080000"}),
        ("99.9%", {"99.9"}),
        ("۹۹٫۹٪", {"99.9"}),
        ("99.50%", {"99.5"}),
        ("بخش ۸٫۳٫۲", {"8.3.2"}),
        ("from 6:00 to 22:00", {"22"}),
        ("at 08:30", {"8:30"}),
        ("ISO/IEC 20000-1:2018 and ITIL 2011", set()),
        ("on 21 November, or November 21", set()),
        ("در ۱۴ خرداد", set()),
        ("run `--retry 15` at https://site.example/2040", set()),
        ("10–20 users", {"10", "20"}),
    ],
)
def test_numbers_of_a_text(text: str, expected: set[str]) -> None:
    assert set(numbers(text)) == expected


def said(root: Path, ar: str, fa: str, en: str) -> list[str]:
    """The messages for a text in three languages."""
    shutil.copytree(BASE, root / "site")
    text = f"kind: category\nid: communication\nname: {{ar: الاتصالات, fa: ارتباطات, en: Talk}}\ndescription:\n  ar: {ar}\n  fa: {fa}\n  en: {en}\n"
    file = root / "site/catalogue/categories/communication.yaml"
    file.write_text(text, encoding="utf-8")
    found = check(load(root / "site")[0], TODAY).all
    assert all(problem.where.file.endswith("communication.yaml") for problem in found)
    return [problem.message for problem in found if problem.code == "V38"]


@pytest.mark.parametrize(
    ("ar", "fa", "en", "expected"),
    [
        ("في 30 يومًا.", "در ۲۰ روز.", "Within 30 days.", ['the "fa" text lacks 30, has 20']),
        ("في شهر.", "در ۳۰ روز.", "Within 30 days.", ['the "ar" text lacks 30']),
        ("حتى 100 ألف رسالة.", "تا ۱۰ هزار پیام.", "Up to 100,000 messages.",
         ['the "fa" text lacks 100000, has 10000']),
        ("منذ 2019.", "از ۱۴۰۵.", "Since 2018.", ['the "ar" text lacks 2018, has 2019', 'the "fa" text lacks 2018, has 1405']),
        ("عند 8:30.", "ساعت ۹:۳۰.", "At 8:30.", ['the "fa" text lacks 8:30, has 9:30']),
        ("توافر 99.9٪.", "دسترس‌پذیری ۹۹٫۵٪.", "Availability of 99.9%.", ['the "fa" text lacks 99.9, has 99.5']),
    ],
)  # fmt: skip
def test_a_difference_is_found(
    ar: str, fa: str, en: str, expected: list[str], tmp_path: Path
) -> None:
    assert said(tmp_path, ar, fa, en) == expected


@pytest.mark.parametrize(
    ("ar", "fa", "en"),
    [
        ("ثلاثون يومًا.", "سی روز.", "Within 30 days."),
        ("سبع وثلاثون إدارة.", "سی‌وهفت اداره.", "Thirty-seven departments, or 37."),
        ("لمئة وعشرين شخصًا.", "سالن ۱۲۰ نفره.", "For up to 120 people."),
        ("على مدار الساعة.", "شبانه‌روز.", "For 24 hours."),
        ("بعد العاشرة ليلًا.", "از ساعت ۲۲.", "After 22:00."),
        ("منذ 2026.", "از سال ۱۴۰۵.", "Since 2026."),
        ("منذ 1447.", "از سال ۱۴۰۴.", "Since 2026."),
        ("في 5 يونيو 2026.", "در ۱۵ خرداد ۱۴۰۵.", "On 5 June 2026."),
        ("أربع وعشرون ساعة.", "۲۴ ساعت.", "Twenty-four hours."),
        ("معيار ISO/IEC 20000-1.", "این استاندارد.", "The standard."),
        ("رسالتان: 20 و 10.", "۱۰ و ۲۰ پیام.", "10 and 20 messages."),
    ],
)
def test_another_way_to_write_a_number_is_none(ar: str, fa: str, en: str, tmp_path: Path) -> None:
    assert said(tmp_path, ar, fa, en) == []


def test_the_example_has_no_number_that_differs() -> None:
    assert not [p for p in check(load(ROOT)[0], TODAY).all if p.code == "V38"]
