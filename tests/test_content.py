"""Hand-written pages: front matter, heading ids, links to entries, parity of the languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.content import check_content, check_files, check_tasks, read_content
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


def test_a_page_at_the_address_of_a_data_page(tmp_path: Path) -> None:
    for name in ("index", "services/email"):
        file = tmp_path / f"content/en/{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(GOOD, encoding="utf-8")
    found = list(check_files(tmp_path, ("en",)))
    assert [p.code for p in found] == ["C05", "C05"]


def test_bytes_that_are_not_text(tmp_path: Path, catalogue: Catalogue) -> None:
    file = tmp_path / "content" / "en" / "x.md"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\xff\xfe")
    assert {p.code for p in check_content(read_content(tmp_path), catalogue)} == {"Y01", "C03"}


@pytest.mark.parametrize(
    "link",
    ["[x][z]\n\n[z]: catalogue:service/directory", '<a href="catalogue:service/directory">x</a>',
     "[x](<catalogue:service/directory>)", "[x][z]\n\n[z]: <catalogue:portfolio/service/directory>"],
)  # fmt: skip
def test_links_in_other_forms_are_checked_too(
    link: str, tmp_path: Path, catalogue: Catalogue
) -> None:
    assert [p.code for p in problems(tmp_path, catalogue, en=f"{GOOD}\n{link}\n")] == ["C01"]


def test_a_task_leads_to_an_entry_or_a_page(catalogue: Catalogue) -> None:
    pages = read_content(ROOT)
    assert list(check_tasks(pages, catalogue)) == []
    organisation = catalogue.organisation
    tasks = [task.model_copy(update={"to": to}) for task, to in zip(
        organisation.tasks, ("portfolio/service/directory", "guides/how-to-complian"), strict=False)]  # fmt: skip
    wrong = organisation.model_copy(update={"tasks": tuple(tasks)})
    entries = {**catalogue.entries, "organisation": {wrong.id: wrong}}
    found = list(check_tasks(pages, Catalogue(entries, catalogue.sources)))
    assert [(p.code, p.hint) for p in found] == [
        ("C01", ""),
        ("C01", 'did you mean "guides/how-to-complain"?'),
    ]


@pytest.mark.parametrize(
    "name",
    ["README.md", "drafts/a.md", "de/guides/one.md", "en/guides/old.markdown", "en/notes.yaml",
     "en/guides/one.md~", "notes.bak"],
)  # fmt: skip
def test_a_file_that_nobody_means_to_publish(name: str, tmp_path: Path) -> None:
    for good in ("en/guides/one.md", "en/images/a.png", "assets/colours.css", ".git/x.bak", name):
        file = tmp_path / "content" / good
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(GOOD, encoding="utf-8")
    (problem,) = check_files(tmp_path, ("ar", "fa", "en"))
    assert (problem.code, problem.where.file) == ("C05", f"content/{name}")


def test_a_draft_is_not_published(tmp_path: Path, catalogue: Catalogue) -> None:
    text = GOOD.replace("order: 10", "draft: true")
    assert [p.code for p in problems(tmp_path, catalogue, en=text)] == ["C05"]


@pytest.mark.parametrize(
    ("link", "column", "message"),
    [
        ("![x](img/gone.svg)", 6, 'the link leads to "img/gone.svg", which does not exist'),
        ('Text, <img src="gone.png">', 17, 'the link leads to "gone.png", which does not exist'),
        ("[x](two.md#first)", 5, 'the link leads to "two.md", which does not exist'),
        ("[x](../../../README.md)", 5, 'the link leads to "../../../README.md", which does not exist'),
        ("[x](one.md#second)", 5, 'the link leads to "#second", which is not on that page'),
        ("[x](#fisrt)", 5, 'the link leads to "#fisrt", which is not on that page'),
    ],
)  # fmt: skip
def test_a_picture_or_a_page_that_is_not_there(
    link: str, column: int, message: str, tmp_path: Path, catalogue: Catalogue
) -> None:
    (tmp_path / "README.md").write_text(GOOD, encoding="utf-8")
    (problem,) = problems(tmp_path, catalogue, en=f"{GOOD}\n{link}\n")
    assert line(problem) == (
        f"content/en/guides/one.md:11:{column}: error C06 missing-file: {message}"
    )


def test_a_file_that_was_mistyped_is_guessed(tmp_path: Path, catalogue: Catalogue) -> None:
    picture = tmp_path / "content/en/guides/img/layers.svg"
    picture.parent.mkdir(parents=True)
    picture.write_text("<svg/>", encoding="utf-8")
    file = tmp_path / "content/en/guides/one.md"
    for link, hint in (("img/layer.svg", 'did you mean "img/layers.svg"?'), ("img/layers.svg", "")):
        file.write_text(f"{GOOD}\n![x]({link})\n", encoding="utf-8")
        found = [p for p in check_content(read_content(tmp_path), catalogue) if p.code == "C06"]
        assert [p.hint for p in found] == ([hint] if hint else [])


def test_links_to_other_places_are_left_alone(tmp_path: Path, catalogue: Catalogue) -> None:
    text = (
        f"{GOOD}\n[a](https://a.example/x.md) [b](/en/services/) [c](../services/) `[d](gone.md)`"
        "\n[e](mailto:a@b.example) [f](one.md#first) [g](catalogue:service/email#price)\n"
    )
    assert said(tmp_path, catalogue, en=text) == []


ROWS = f"{GOOD}\n| A | B |\n|---|---|\n| one {{#first-one}} | 1 |\n| `|` {{#first-two}} | 2 |\n"


def test_rows_have_the_same_ids_in_all_languages(tmp_path: Path, catalogue: Catalogue) -> None:
    other = ROWS.replace("first-two", "first-three")
    (problem,) = problems(tmp_path, catalogue, ar=ROWS, fa=ROWS, en=other)
    assert (problem.code, problem.where.file) == ("C03", "content/en/guides/one.md")


def test_a_row_has_an_id_of_its_own(tmp_path: Path, catalogue: Catalogue) -> None:
    same = ROWS.replace("first-two", "first")
    found = said(tmp_path, catalogue, ar=same, fa=same, en=same)
    assert len(found) == 3
    assert found[0].endswith('error C02 heading-id: the row id "first" stands twice')
