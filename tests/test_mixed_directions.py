"""The manual's examples of what is isolated in mixed text are true."""

from __future__ import annotations

import re

import pytest

from generator.bidi import runs
from generator.languages import BY_CODE
from generator.render import isolated, isolated_html
from tests.conftest import ROOT

SECTION = (ROOT / "docs/texts.md").read_text(encoding="utf-8").split("## Mixed directions")[1]
ROWS = re.findall(r"^\| (ar|fa|en) \| (.+?) \| (.+?) \|$", SECTION.split("\n## ")[0], re.M)


def test_there_are_examples_in_every_language() -> None:
    assert {code for code, _, _ in ROWS} == set(BY_CODE)


@pytest.mark.parametrize(("code", "written", "told"), ROWS)
def test_what_the_manual_says_is_isolated(code: str, written: str, told: str) -> None:
    language = BY_CODE[code]
    expected = re.findall(r"`([^`]+)`", told)
    assert bool(expected) != (told == "nothing")
    assert [written[start:end] for start, end in runs(written, language)] == expected
    direction = "ltr" if language.is_rtl else "rtl"
    html = isolated(written, language)
    assert re.findall(rf'<bdi dir="{direction}">(.*?)</bdi>', html) == expected
    assert isolated_html(written, language) == html
