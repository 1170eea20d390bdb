"""Hand-written pages: front matter, heading ids, links to entries, parity of the languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.content import check_content, read_content
from generator.load import load
from generator.model.catalogue import Catalogue
from generator.problems import Problem
from generator.reports import line
from tests.conftest import ROOT

GOOD = "---\ntitle: Guide\ndescription: A guide.\norder: 10\n---\n\n## First {#first}\n\nText.\n"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(ROOT)[0]


def problems(folder: Path, catalogue: Catalogue, **pages: str) -> list[Problem]:
    for code in ("ar", "fa", "en"):
        file = folder / "content" / code / "guides" / "one.md"
        file.parent.mkdir(parents=True)
        file.write_text(pages.get(code, GOOD), encoding="utf-8")
    return list(check_content(read_content(folder), catalogue))


def said(folder: Path, catalogue: Catalogue, **pages: str) -> list[str]:
    return [line(problem) for problem in problems(folder, catalogue, **pages)]


def test_a_sound_page_has_no_problems(tmp_path: Path, catalogue: Catalogue) -> None:
    assert said(tmp_path, catalogue) == []


def test_a_link_to_what_does_not_exist(tmp_path: Path, catalogue: Catalogue) -> None:
    text = GOOD + "\nSee [mail](catalogue:service/emial) and [ok](catalogue:service/email#price).\n"
    (problem,) = problems(tmp_path, catalogue, en=text)
    assert line(problem) == (
        "content/en/guides/one.md:11:12: error C01 broken-link: "
        'the link leads to "service/emial", which does not exist'
    )
    assert problem.hint == 'did you mean "service/email"?'


@pytest.mark.parametrize(
    "target", ["service/directory", "service/private-5g", "customer/ports-division"]
)
def test_a_link_to_what_customers_may_not_see(
    target: str, tmp_path: Path, catalogue: Catalogue
) -> None:
    (problem,) = problems(tmp_path, catalogue, fa=f"{GOOD}\n[x](catalogue:{target})\n")
    assert (problem.code, problem.where.line) == ("C01", 11)
    assert "customers cannot see" in problem.message or "has no page" in problem.message


def test_a_heading_without_an_id(tmp_path: Path, catalogue: Catalogue) -> None:
    text = GOOD.replace(" {#first}", "")
    found = said(tmp_path, catalogue, ar=text, fa=text, en=text)
    assert len(found) == 3
    assert found[0].startswith("content/ar/guides/one.md:7:1: error C02 heading-id")


def test_code_is_not_searched_for_headings_and_links(tmp_path: Path, catalogue: Catalogue) -> None:
    fenced = GOOD + "\n```\n## no heading\n[x](catalogue:service/none)\n```\n"
    assert said(tmp_path, catalogue, en=fenced) == []


def test_missing_front_matter(tmp_path: Path, catalogue: Catalogue) -> None:
    text = "## First {#first}\n"
    assert [p.code for p in problems(tmp_path, catalogue, en=text)] == ["C04", "C04"]


def test_other_headings_in_one_language(tmp_path: Path, catalogue: Catalogue) -> None:
    (problem,) = problems(tmp_path, catalogue, fa=GOOD.replace("#first", "#other"))
    assert (problem.code, problem.where.file) == ("C03", "content/fa/guides/one.md")


def test_a_page_that_one_language_lacks(tmp_path: Path, catalogue: Catalogue) -> None:
    for code in ("ar", "en"):
        file = tmp_path / "content" / code / "one.md"
        file.parent.mkdir(parents=True)
        file.write_text(GOOD, encoding="utf-8")
    (problem,) = check_content(read_content(tmp_path), catalogue)
    assert 'content/fa/one.md" does not exist' in problem.message


def test_bytes_that_are_not_text(tmp_path: Path, catalogue: Catalogue) -> None:
    file = tmp_path / "content" / "en" / "x.md"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\xff\xfe")
    assert {p.code for p in check_content(read_content(tmp_path), catalogue)} == {"Y01", "C03"}
