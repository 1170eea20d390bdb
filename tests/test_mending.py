"""`fihrist check --fix`: what it mends, what it leaves, and that it touches nothing else."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator import fixing
from generator.checks.pages import spelling
from generator.checks.written import without_quotes
from generator.cli import main
from generator.languages import AR, EN, FA, Language
from generator.mending import edits, mend
from generator.scalars import applied, rewrite
from tests.conftest import ROOT

EXAMPLES = ROOT / "generator" / "examples"
ZWNJ, RLM = "\u200c", "\u200f"

PERSIAN = [
    ("این كتاب براي علي است", "این کتاب برای علی است"),
    ("مصطفى", "مصطفی"),
    ("تا ٢٤ ساعت", "تا ۲۴ ساعت"),
    ("ارتـباط", "ارتباط"),
    ("ﻛﺘﺎﺏ", "کتاب"),
    (f"{RLM}متن\u061c\u202a", "متن"),
    ("می شود و نمی کند و می خواهند", f"می{ZWNJ}شود و نمی{ZWNJ}کند و می{ZWNJ}خواهند"),
    ("میشود و نمیتوان", f"می{ZWNJ}شود و نمی{ZWNJ}توان"),
    ("کتاب ها و خانه های ما", f"کتاب{ZWNJ}ها و خانه{ZWNJ}های ما"),
    ("بزرگ تر و بزرگ ترین", f"بزرگ{ZWNJ}تر و بزرگ{ZWNJ}ترین"),
    (f"می{ZWNJ}{ZWNJ}شود", f"می{ZWNJ}شود"),
    (f"کتاب {ZWNJ}ها", f"کتاب{ZWNJ}ها"),
    (f"کتاب{ZWNJ}، نامه{ZWNJ}", "کتاب، نامه"),
    ("این, آن; کدام?", "این، آن؛ کدام؟"),
    ("«نام», آن", "«نام»، آن"),
    ("[نام](https://example.org/), آن", "[نام](https://example.org/)، آن"),
    ('او گفت "سلام دنیا".', "او گفت «سلام دنیا»."),
    ("ا\u0653مدن", "آمدن"),
]
ARABIC = [
    ("بین الکتاب", "بين الكتاب"),
    ("بعد ۱۲ يومًا", "بعد 12 يومًا"),
    ("بعد ۱۲ يومًا و٣ أشهر", "بعد ١٢ يومًا و٣ أشهر"),
    ("۱۲٫۵ أو ۱۲٬۵۰۰", "12.5 أو 12,500"),
    ("العـــربية", "العربية"),
    ("ﺍﻟﻌﺮﺑﻴﺔ", "العربية"),
    ("نعم, هذا; أليس كذلك?", "نعم، هذا؛ أليس كذلك؟"),
    ('كلمة "نعم"', "كلمة «نعم»"),
    (f"نعم{ZWNJ} لا", "نعم لا"),
    ("ا\u0655دارة", "إدارة"),
]
KEPT = [
    (FA, "مرحلة بعد"),
    (FA, "واژهٔ «كتاب» و “علي” عربی است"),
    (FA, "کد `می شود, كتاب` و ``a`كتاب`` و https://example.org/كتاب?x,y"),
    (FA, "[نام](page.md 'كتاب') و [نام][كتاب] و <a title='كتاب'>"),
    (FA, "نشانی كتاب@example.org"),
    (FA, "ماه می شروع شد و ۱۰ می رفت؛ ماه می است"),
    (FA, "خیس یا تر، های و هوی"),
    (FA, "میز و میدان و میراث و تنها و ترتیب"),
    (FA, f"**کتاب**{ZWNJ}ها و [کتاب](a.md){ZWNJ}ها و SMS{ZWNJ}ها و `x`{ZWNJ}ها"),
    (FA, "نام‌های A, B و C"),
    (FA, 'نمایشگر 24" و "SLA" و 5" متن 6"'),
    (FA, "[ایمیل]: https://example.org 'كتاب'"),
    (AR, "هذا علی الطاولة"),
    (AR, "شرکت پارسگان پروژه"[5:]),
    (AR, "سنة 1447 هـ"),
    (AR, "ﷺ و﷼ و﴿"),
    (AR, "كلمة «کتاب» فارسية"),
    (EN, f'The word كتاب, ي and{RLM} "کتاب" may stand; don\'t touch'),
]


@pytest.mark.parametrize(
    ("language", "text", "mended"),
    [(FA, *pair) for pair in PERSIAN] + [(AR, *pair) for pair in ARABIC],
)
def test_mended(language: Language, text: str, mended: str) -> None:
    assert mend(text, language) == mended
    assert mend(mended, language) == mended


@pytest.mark.parametrize(("language", "text"), KEPT)
def test_kept(language: Language, text: str) -> None:
    assert mend(text, language) == text


def test_the_organisation_chooses_the_digits_of_arabic() -> None:
    assert mend("بعد ۱۲ يومًا", AR, "arab") == "بعد ١٢ يومًا"


def test_what_no_text_may_hold_goes_from_quotations_too() -> None:
    assert mend(f"«{RLM}كتاب»", FA) == "«كتاب»"


# Properties

PIECES = (
    *"يكىةیکگپچآاأءبتهمو۱۲٣٤5ـًٔ",
    *" \n,;?.()[]«»\"'*_`#{}<>!:/",
    *("می ", "نمی ", "شود", " ها", " تر", "کتاب", "كتاب", "علي", ZWNJ, RLM, "\ufeff", "ﻛ", "ﷺ"),
    *(
        "https://a.b/",
        "](a.md)",
        "SLA",
        "{#id}",
        "\ue000",
        "\ue002",
        "ا\u0653",
        "ماه می ",
        "me@a.b",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
LANGUAGES = st.sampled_from((AR, FA))
SPELLED = st.lists(
    st.sampled_from(
        (
            "كتاب",
            "علي",
            "مىروم",
            "٢٤",
            "کتاب",
            "بین",
            "نعم",
            "۱۲",
            "ارتـباط",
            "ﻛﺘﺎﺏ",
            f"ها{RLM}",
            ZWNJ,
        )
    ),
    max_size=8,
)


@settings(deadline=None)
@given(TEXTS, LANGUAGES)
def test_mending_again_changes_nothing(text: str, language: Language) -> None:
    once = mend(text, language)
    assert mend(once, language) == once
    assert once.count("\n") == text.count("\n")


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=0x24F)), LANGUAGES)
def test_latin_text_stays(text: str, language: Language) -> None:
    assert mend(text, language) == text
    assert mend(text, EN) == text


@settings(deadline=None)
@given(TEXTS, TEXTS, TEXTS, LANGUAGES)
def test_code_and_addresses_stay(before: str, code: str, after: str, language: Language) -> None:
    code = re.sub(r"[`\n]", "", code)
    address = "https://example.org/" + re.sub(r"[\s)<>«»،؛؟`\"]", "", code)
    assume("`" not in before + after and code)
    calm = re.sub(r'[\[\]"«»“”<{@:./]', "", before)
    assert f" `{code}` " in mend(f"{calm} `{code}` {after}", language)
    assert f" {address} " in mend(f"{calm} {address} {after}", language)


@settings(deadline=None)
@given(SPELLED, LANGUAGES)
def test_what_is_surely_wrong_is_gone(words: list[str], language: Language) -> None:
    mended = mend(" ".join(words), language)
    assert not re.search("[\u200e\u200f\ufe70-\ufefc\u0640]", mended)
    wrong = "[يكى٠-٩]" if language is FA else "[ک۰-۹]|ی(?=[ء-ي])"
    assert not re.search(wrong, without_quotes(mended))
    found = {p.message for p in spelling("x.md", language, mended) if p.code == "V27"}
    assert not [message for message in found if "joiner" in message]


_SAME = str.maketrans(
    {**dict(zip("يىك٠١٢٣٤٥٦٧٨٩", "ییک0123456789", strict=True)), **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True))}
)  # fmt: skip


@settings(deadline=None)
@given(TEXTS, LANGUAGES)
def test_no_letter_is_lost(text: str, language: Language) -> None:
    def letters(of: str) -> Counter[str]:
        plain = of.replace("ﻛ", "ک").replace("ا\u0653", "آ").replace("ـ", "")
        return Counter(c for c in plain.translate(_SAME) if c.isalnum())

    assume("ٔ" not in text and "ً" not in text)
    assert letters(mend(text, language)) == letters(text)


@settings(deadline=None)
@given(TEXTS, LANGUAGES)
def test_edits_lead_from_one_text_to_the_other(text: str, language: Language) -> None:
    mended = mend(text, language)
    assert applied(text, list(edits(text, mended))) == mended


# Files of the catalogue

BEFORE = f"""\
# می شود, كتاب: a comment stays
kind:   service   # كتاب
name: {{ar: بین, "fa": 'كتاب ها, don''t', en: "كتاب"}}  # ي
aliases:
  fa: [ايميل, "كتاب{RLM}"]   # spelled as people type
summary: &same
  fa: >-   # folded كتاب
    خط اول می
    شود, كتاب.

      - دورتر كتاب

    پایان?
  ar: |
    نعم, لا.

      بین
    `بین, بین`
description: *same
note:
  fa: "\\u0643تاب {RLM}\\
    می شود \\"كتاب من\\"
    یک; دو"
  ar: نعم, ثم
    بین
id: &id شناسه‌ي
also: {{fa: *id, ar: [*id]}}
tail: {{fa: &t متن?, en: x}}
"""
AFTER = """\
# می شود, كتاب: a comment stays
kind:   service   # كتاب
name: {ar: بين, "fa": 'کتاب‌ها، don''t', en: "كتاب"}  # ي
aliases:
  fa: [ايميل, "كتاب"]   # spelled as people type
summary: &same
  fa: >-   # folded كتاب
    خط اول می
    شود، کتاب.

      - دورتر کتاب

    پایان؟
  ar: |
    نعم، لا.

      بين
    `بین, بین`
description: *same
note:
  fa: "کتاب \\
    می‌شود «كتاب من»
    یک؛ دو"
  ar: نعم، ثم
    بين
id: &id شناسه‌ي
also: {fa: *id, ar: [*id]}
tail: {fa: &t متن؟, en: x}
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_keeps_all_but_the_mistakes(newline: str) -> None:
    found = fixing.entry(BEFORE.replace("\n", newline))
    assert found.text == AFTER.replace("\n", newline)
    assert found.mended == (3, 3, 5, 7, 14, 21, 24, 28)
    assert found.left == ()
    assert fixing.entry(found.text).text == found.text


def test_the_values_are_the_mended_ones() -> None:
    before, after = (yaml.load(t, Loader=yaml.CBaseLoader) for t in (BEFORE, AFTER))
    assert after["summary"]["ar"] == mend(before["summary"]["ar"], AR)
    assert after["name"]["fa"] == mend(before["name"]["fa"], FA)
    assert after["note"]["fa"] == mend(before["note"]["fa"], FA)


QUOTED = TEXTS.map(lambda text: text.replace("\n", " "))


@settings(deadline=None)
@given(QUOTED, QUOTED, st.sampled_from(("'", '"')), LANGUAGES)
def test_any_quoted_value_is_mended(one: str, two: str, style: str, language: Language) -> None:
    assume("\ufeff" not in one + two)
    text = yaml.dump(
        {"a": {language.code: one}, "b": {"en": two}}, allow_unicode=True, default_style=style
    )
    found = fixing.entry(text)
    loaded = yaml.load(found.text, Loader=yaml.CBaseLoader)
    assert loaded["b"]["en"] == two
    if not found.left and len(one) < 40:
        assert loaded["a"][language.code] == mend(one, language)


def test_a_text_whose_place_is_not_plain_is_left() -> None:
    found = fixing.entry("a:\n  fa: |2\n    كتاب\n")
    assert (found.mended, found.left) == ((), (2,))


def test_a_file_that_would_say_something_else_is_left() -> None:
    def pick(root: yaml.MappingNode):  # type: ignore[no-untyped-def]
        yield root.value[0][1], lambda value: f"{value} # x"

    found = rewrite("fa: a\n", pick)
    assert (found.text, found.left) == ("fa: a\n", (1,))


# Pages

PAGE = f"""\
---
title: "كتاب ها" # كتاب
description: متن, متن
order: 1
other: كتاب
---

## كتاب `كتاب` {{#ketab}}

نخست می شود, <b title="كتاب">كتاب</b>
و "كتاب" [كتاب](page.md "كتاب").{RLM}

1. كتاب
- علي

    كتاب در فهرست

| كتاب | علي, |
|---|---|

!!! note "عنوان كتاب"
    متن كتاب

```text
كتاب, می شود
```

    كتاب کد

<div class="كتاب">
كتاب
</div>

<!-- كتاب
-->
پایان?
"""


def test_a_page_keeps_all_but_its_prose() -> None:
    found = fixing.page(PAGE, FA)
    changed = [
        (old, new)
        for old, new in zip(PAGE.split("\n"), found.text.split("\n"), strict=True)
        if old != new
    ]
    assert changed == [
        ('title: "كتاب ها" # كتاب', 'title: "کتاب‌ها" # كتاب'),
        ("description: متن, متن", "description: متن، متن"),
        ("## كتاب `كتاب` {#ketab}", "## کتاب `كتاب` {#ketab}"),
        ('نخست می شود, <b title="كتاب">كتاب</b>', 'نخست می‌شود، <b title="كتاب">کتاب</b>'),
        (f'و "كتاب" [كتاب](page.md "كتاب").{RLM}', 'و «كتاب» [کتاب](page.md "كتاب").'),
        ("1. كتاب", "1. کتاب"),
        ("- علي", "- علی"),
        ("    كتاب در فهرست", "    کتاب در فهرست"),
        ("| كتاب | علي, |", "| کتاب | علی، |"),
        ('!!! note "عنوان كتاب"', '!!! note "عنوان کتاب"'),
        ("    متن كتاب", "    متن کتاب"),
        ("پایان?", "پایان؟"),
    ]
    assert found.mended[:3] == (2, 3, 8)
    assert fixing.page(found.text, FA).text == found.text


def test_problems_of_a_page_stand_where_they_are() -> None:
    text = "---\ntitle: كتاب\n---\n\nمتن `كتاب`.\n\nسبد خرید, (متن و می شود\n"
    found = [(p.code, p.where.line, p.where.column) for p in spelling("x.md", FA, text)]
    assert sorted(found) == [
        ("V26", 2, 8), ("V27", 7, 8), ("V27", 7, 11), ("V27", 7, 18), ("V29", 7, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["1. تا ۵ روز", "[+968 2455 0100](tel:+9682455) تا ۲۲:۰۰", "أ) متن ب) متن (ج د)", "متن :-\\)"],
)
def test_pages_that_are_right(text: str) -> None:
    assert list(spelling("x.md", FA, f"{text}\n")) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("»متن«", '"»" was not opened in "»متن«"'),
        ("(متن", '"(" is not closed in "(متن"'),
        ("متن] و", '"]" was not opened in "متن]"'),
        ("(متن]", '"(" is not closed in "(متن]"'),
    ],
)
def test_signs_without_a_partner(text: str, message: str) -> None:
    assert [p.message for p in spelling("x.md", FA, text)] == [message]


# The command


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EXAMPLES / "base", tmp_path, dirs_exist_ok=True)
    shutil.copytree(EXAMPLES / "V27" / "bad", tmp_path / "catalogue", dirs_exist_ok=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check_fix(site: Path) -> None:
    file = site / "catalogue" / "categories" / "communication.yaml"
    file.chmod(0o640)
    result = CliRunner().invoke(main, ["check", "--fix", "--today", "2026-11-21", "--jobs", "1"])
    lines = result.stdout.splitlines()
    assert lines[:3] == [
        "mended 2 texts in 1 file",
        "  catalogue/categories/communication.yaml:5",
        "  catalogue/categories/communication.yaml:6",
    ]
    assert result.exit_code == 0
    assert {line.split(" ")[2] for line in lines if ": warning " in line} == {"V27"}
    assert "می‌نویسند و پاسخ‌ها را" in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in file.parent.iterdir()) == ["communication.yaml"]
    again = CliRunner().invoke(main, ["check", "--fix", "--today", "2026-11-21", "--jobs", "1"])
    assert again.stdout.startswith("mended 0 texts in 0 files\n")


def test_check_fix_keeps_other_forms_readable(site: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--fix", "--format", "json", "--jobs", "1"])
    assert result.stdout.startswith("[")
    assert result.stderr.startswith("mended 2 texts")


def test_check_fix_leaves_what_cannot_be_read(site: Path) -> None:
    file = site / "catalogue" / "broken.yaml"
    file.write_bytes("fa: كتاب: [\n".encode())
    (site / "catalogue" / "bytes.yaml").write_bytes(b"fa: \xff\n")
    result = CliRunner().invoke(main, ["check", "--fix", "--jobs", "1"])
    assert result.exit_code == 1
    assert file.read_bytes() == "fa: كتاب: [\n".encode()


def test_check_fix_writes_the_digits_that_the_organisation_has_chosen(site: Path) -> None:
    with (site / "catalogue" / "organisation.yaml").open("a", encoding="utf-8") as file:
        file.write("formats: {arabic_digits: arab}\n")
    file_ = site / "catalogue" / "categories" / "communication.yaml"
    file_.write_text("kind: category\nid: x\nname: {ar: بعد ۱۲}\n", encoding="utf-8")
    CliRunner().invoke(main, ["check", "--fix", "--jobs", "1"])
    assert "بعد ١٢" in file_.read_text(encoding="utf-8")


def test_the_example_has_nothing_to_mend() -> None:
    for file in sorted((ROOT / "catalogue").rglob("*.yaml")):
        assert fixing.entry(file.read_text(encoding="utf-8")).mended == (), file
    for language in (AR, FA):
        for file in sorted((ROOT / "content" / language.code).rglob("*.md")):
            assert fixing.page(file.read_text(encoding="utf-8"), language).mended == (), file
