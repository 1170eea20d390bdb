"""What is isolated in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.bidi import LRI, PDI, RLI, isolated, runs
from generator.languages import AR, EN, FA, LANGUAGES, Language

IN_ARABIC = [
    "/etc/hosts", "--force", "foo()", ".env", "C:\\", "+98 21 1234 5678", "< 4 h", "99.9 %",
    "10%–20%", "INC-0012 (P1)", "24×7", "v2.1", "ITIL®", "SLM/BRM", "help@marsa.example",
    "https://marsa.example/a?b=1", "C++", "ISO/IEC 20000-1:2018", "Windows 11", "Wi-Fi", "a_b.txt",
    "GET /api/v1/", "192.168.0.1/24", "#42", "@team", "50 GB", "≤ 10 ms", "2026-11-21", "08:00–16:00",
    "R&D", "x86-64", "key=value", "~/.ssh", "$HOME", "1.2.3-rc1", "node[0]", "f(x)",
]  # fmt: skip


@pytest.mark.parametrize("phrase", IN_ARABIC)
@pytest.mark.parametrize(
    ("before", "after"), [("شغّل ", " الآن."), ("راجع «", "»، ثم عد."), ("(", ") من فضلك")]
)
def test_a_phrase_inside_arabic_is_one_isolate(phrase: str, before: str, after: str) -> None:
    text = f"{before}{phrase}{after}"
    assert isolated(text, AR) == f"{before}{LRI}{phrase}{PDI}{after}"


@pytest.mark.parametrize(
    "text",
    [
        "سنة 2026.",
        "في 30 يومًا",
        "۹۹٫۹٪ در ماه",
        "نسخة رقم 3، ثم 4",
        "نص عربي فقط!",
        "12,000 صندوق",
        "99.9% شهريًا",
    ],
)
def test_what_reads_right_by_itself_is_left_alone(text: str) -> None:
    assert runs(text, AR) == []


@pytest.mark.parametrize("number", ["−۷۰", "-۱۲٫۵٪", "−٤٠"])
def test_a_sign_stays_before_native_digits(number: str) -> None:
    language = AR if "٤" in number else FA
    assert isolated(f"از {number} تا", language) == f"از {LRI}{number}{PDI} تا"


@pytest.mark.parametrize("text", ["۱۰–۲۰", "۱۴۰۵-۰۹", "٣-٤"])
def test_a_dash_between_native_digits_is_no_sign(text: str) -> None:
    assert runs(text, FA) == []


def test_the_sentences_own_punctuation_stays_outside() -> None:
    assert (
        isolated("هل تعرف ITIL؟ نعم، ITIL.", FA) == f"هل تعرف {LRI}ITIL{PDI}؟ نعم، {LRI}ITIL{PDI}."
    )
    assert isolated("سطح خدمت (SLA و OLA)", FA) == f"سطح خدمت ({LRI}SLA{PDI} و {LRI}OLA{PDI})"


def test_an_arabic_name_inside_english() -> None:
    text = "The name «مرسى للخدمات المشتركة» means anchorage."
    assert isolated(text, EN) == f"The name «{RLI}مرسى للخدمات المشتركة{PDI}» means anchorage."


def test_a_persian_word_with_zwnj_beside_english() -> None:
    text = "توافق‌نامهٔ سطح خدمت (Service level agreement)"
    assert isolated(text, FA) == f"توافق‌نامهٔ سطح خدمت ({LRI}Service level agreement{PDI})"


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_isolation_adds_isolates_and_nothing_else(text: str, language: Language) -> None:
    clean = text.translate({ord(c): None for c in (LRI, RLI, PDI)})
    shown = isolated(clean, language)
    assert shown.translate({ord(c): None for c in (LRI, RLI, PDI)}) == clean
    assert shown.count(LRI) + shown.count(RLI) == shown.count(PDI)
