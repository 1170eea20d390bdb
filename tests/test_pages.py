"""Pages kept as golden files in three languages, made from the small catalogue of the examples."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.audiences import Audience
from generator.editions import editions
from generator.languages import EN, FA, Phrase
from generator.load import load
from generator.model.catalogue import Catalogue
from generator.model.offering import Target
from generator.pages.addresses import entry_url
from generator.pages.offering import target_view
from generator.pages.page import Page
from generator.pages.reader import Reader
from generator.pages.site import makers
from generator.render import Renderer, plain
from tests.conftest import ROOT, TODAY
from tests.test_examples import BASE, EXAMPLES, laid_over_base

KINDS = (
    "home",
    "search",
    "catalogue",
    "service",
    "process",
    "comparison",
    "term",
    "index",
    "board",
    "record",
    "register",
)


@lru_cache
def pages(root: Path = BASE, audience: Audience = Audience.STAFF) -> dict[str, tuple[Page, str]]:
    catalogue, problems = load(root)
    assert not problems
    return rendered(catalogue, audience)


def rendered(catalogue: Catalogue, audience: Audience) -> dict[str, tuple[Page, str]]:
    found = {}
    for edition in editions(catalogue, audience, TODAY):
        renderer = Renderer(Reader(edition))
        for make in makers(edition):
            page = make(renderer.reader)
            found[page.url] = (page, renderer.article(page))
    return found


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_golden_page(kind: str, code: str, golden: Callable[[str, str], None]) -> None:
    url = next(
        url
        for url, (page, _) in sorted(pages().items())
        if page.template == kind and url.startswith(code)
    )
    golden(f"pages/{code}/{kind}.html", pages()[url][1])


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_golden_page_of_translations(
    code: str, golden: Callable[[str, str], None], tmp_path: Path
) -> None:
    found = pages(laid_over_base(EXAMPLES / "V25" / "bad", tmp_path))
    golden(f"pages/{code}/translations.html", found[f"{code}/portfolio/translations/"][1])


def test_every_kind_of_page_has_a_golden_file() -> None:
    assert {page.template for page, _ in pages().values()} == set(KINDS)


@pytest.fixture
def without_persian(tmp_path: Path) -> Path:
    """The base catalogue in which the customer-facing service lacks some Persian texts."""
    shutil.copytree(BASE, tmp_path / "site")
    return tmp_path / "site"


def change(root: Path, edit: Callable[[dict[str, object]], None]) -> dict[str, tuple[Page, str]]:
    file = root / "catalogue/services/email.yaml"
    entry = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    edit(entry)
    file.write_text(yaml.safe_dump(entry, allow_unicode=True), encoding="utf-8")
    catalogue, problems = load(root)
    assert not problems
    return rendered(catalogue, Audience.CUSTOMER)


def test_a_service_without_its_summary_in_persian_has_no_persian_page(
    without_persian: Path,
) -> None:
    found = change(without_persian, lambda entry: entry["summary"].pop("fa"))  # type: ignore[attr-defined]
    assert "fa/services/email/" not in found
    page, _ = found["en/services/email/"]
    assert [a.url for a in page.alternates] == ["ar/services/email/", None, "en/services/email/"]
    assert "services/email" not in found["fa/services/"][1]


def test_a_fallback_text_is_marked_with_its_language(without_persian: Path) -> None:
    def edit(entry: dict[str, object]) -> None:
        entry["utility"] = {"en": "Letters by wire"}

    found = change(without_persian, edit)
    assert (
        '<span class="fh-other" lang="en" dir="ltr">Letters by wire</span>'
        in found["fa/services/email/"][1]
    )
    assert "fh-other" not in found["en/services/email/"][1]


def test_what_is_untranslated_leaves_its_neighbours_whole() -> None:
    """Every second entry has no Persian name and so no Persian page; all the others still do."""
    catalogue, gone = load(ROOT)[0], set()
    entries: dict[str, Any] = {kind: dict(found) for kind, found in catalogue.entries.items()}
    for kind, name in (("service", "name"), ("process", "name"), ("term", "name"), ("comparison", "title")):  # fmt: skip
        for id_ in list(entries[kind])[::2]:
            text = getattr(entries[kind][id_], name).model_copy(update={"fa": None})
            entries[kind][id_] = entries[kind][id_].model_copy(update={name: text})
            gone.add(entry_url(FA, kind, id_))
    changed = Catalogue(entries, catalogue.sources)
    edition = next(e for e in editions(changed, Audience.STAFF, TODAY) if e.language is FA)
    renderer = Renderer(Reader(edition))
    urls = set()
    for make in makers(edition):
        page = make(renderer.reader)
        assert renderer.article(page)
        urls.add(page.url)
    assert not gone & urls


def test_a_definition_with_a_link_is_read_as_markdown_everywhere() -> None:
    catalogue = load(ROOT)[0]
    term = catalogue.terms["incident"]
    text = term.definition.model_copy(
        update={"en": "A *fault* in a [service](catalogue:term/service)."}
    )
    entries = {**catalogue.terms, "incident": term.model_copy(update={"definition": text})}
    changed = Catalogue({**catalogue.entries, "term": entries}, catalogue.sources)
    edition = next(
        e for e in editions(changed, Audience.CUSTOMER, TODAY) if e.language.code == "en"
    )
    renderer = Renderer(Reader(edition))
    found = {p.url: p for make in makers(edition) if "glossary" in (p := make(renderer.reader)).url}
    assert plain(found["en/glossary/incident/"].description) == "A fault in a service."
    assert 'A <em>fault</em> in a <a href="service/">service</a>.' in renderer.article(
        found["en/glossary/"]
    )


@given(st.text(alphabet="ab1 \n.,)(-+=&;:!?\"'/", max_size=30))
@example("a\n===\n\n1.\n")
def test_plain_paragraphs_are_what_markdown_makes_of_them(text: str) -> None:
    assume(text.strip())
    made = in_english().prose(Phrase(text, EN, EN))
    expected = MarkdownIt("commonmark", {"html": False}).render(text).rstrip("\n")
    assert made == expected.replace("'", "&#x27;")


@lru_cache
def in_english() -> Renderer:
    shown = editions(load(BASE)[0], Audience.CUSTOMER, TODAY)
    return Renderer(Reader(next(edition for edition in shown if edition.language is EN)))


WINDOWS = {
    "P1W": ("كل أسبوع تقويمي", "در هر هفتهٔ تقویمی", "each calendar week"),
    "P1M": ("كل شهر تقويمي", "در هر ماه تقویمی", "each calendar month"),
    "P3M": ("كل ربع من السنة التقويمية", "در هر سه‌ماههٔ تقویمی", "each calendar quarter"),
    "P1Y": ("كل سنة تقويمية", "در هر سال تقویمی", "each calendar year"),
    "P2M": (
        "كل فترة تقويمية مدتها شهران",
        "در هر دورهٔ تقویمی به مدت دو ماه",
        "over each calendar period of two months",
    ),
}


@pytest.mark.parametrize("length", WINDOWS)
def test_a_window_of_the_calendar_is_named(length: str) -> None:
    target = Target.model_validate(
        {
            "metric": "availability", "op": "gte", "value": "99.9", "unit": "percent",
            "window": {"length": length, "kind": "calendar"}, "basis": "always",
        }
    )  # fmt: skip
    said = []
    for edition in editions(load(BASE)[0], Audience.CUSTOMER, TODAY):
        said.append(plain(target_view(Reader(edition), target).window))
    assert tuple(re.sub("[\u2068\u2069]", "", text) for text in said) == WINDOWS[length]


def test_the_only_group_of_a_list_has_no_heading() -> None:
    found = pages(ROOT, Audience.CUSTOMER)
    for url in (
        "en/compare/",
        "en/services/category/communication/",
        "en/services/audience/employees/",
    ):
        headings = re.findall(r"<h(\d)", found[url][1])
        assert headings[0] == "1"
        assert len(headings) > 2
        assert set(headings[1:]) == {"2"}


def test_a_card_does_not_repeat_the_category_it_stands_under() -> None:
    found = pages(ROOT, Audience.CUSTOMER)
    tag = '<span class="fh-tag">'
    assert tag not in found["en/services/"][1]
    assert tag not in found["en/services/category/communication/"][1]
    assert tag in found["en/services/audience/employees/"][1]


def test_a_card_gives_the_day_of_closing_in_the_readers_calendar_only() -> None:
    found = pages(ROOT, Audience.CUSTOMER)
    card = found["fa/services/"][1].partition('id="service-fax-gateway"')[2].partition("</article>")[0]  # fmt: skip
    assert "۱۱ فروردین ۱۴۰۶" in card
    assert "۳۱ مارس ۲۰۲۷" not in card
    assert "۳۱ مارس ۲۰۲۷" in found["fa/services/fax-gateway/"][1]


def test_money_in_a_column_names_its_currency_in_the_head() -> None:
    page = pages(ROOT)["ar/portfolio/service/email/"][1]
    assert '<th scope="col" class="fh-number">المبلغ (ريال عماني)</th>' in page
    assert 'class="fh-number"><bdi>9,240</bdi></td>' in page


def test_only_rows_in_which_the_sides_agree_are_marked() -> None:
    page = pages(ROOT, Audience.CUSTOMER)["en/compare/slm-brm/"][1]
    rows = re.findall(r'<tr id="([\w-]+)".*?</tr>', page, re.S)
    marked = re.findall(r'<tr id="([\w-]+)" class="fh-alike">.*?fh-mark', page)
    assert page.count("fh-mark") == len(marked)
    assert {"meets-customer", "reviews-service"} <= set(marked) < set(rows)


def test_what_has_no_source_is_called_the_sites_own_once() -> None:
    page = pages(ROOT, Audience.CUSTOMER)["en/processes/service-level-management/"][1]
    assert page.count("own explanation") == 1


QUESTION = """\
kind: question
id: {id}
about: process/service-level-management
level: {level}
stem: {{ar: من؟, fa: چه کسی؟, en: "Who, {id}?"}}
options:
  - {{text: {{ar: الأول, fa: نخست, en: "Wrong *one*"}}}}
  - {{text: {{ar: الثاني, fa: دوم, en: "Right one"}}, right: true}}
why: {{ar: هكذا., fa: چنین است., en: It is so.}}
"""


def test_questions_to_remember_come_before_those_to_apply(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "site")
    folder = tmp_path / "site/catalogue/questions"
    for id_, level in (("a", "apply"), ("b", "recall"), ("c", "apply")):
        (folder / f"{id_}.yaml").write_text(QUESTION.format(id=id_, level=level), encoding="utf-8")
    page, article = pages(tmp_path / "site")["en/processes/service-level-management/"]
    assert [heading.id for heading in page.toc[-2:]] == ["self-check", "sources"]
    assert re.findall(r'<h3 id="question-(\w)">Question (\d)', article) == [
        ("b", "1"),
        ("a", "2"),
        ("c", "3"),
    ]
    options = article.partition("Who, b?")[2].partition("</article>")[0]
    assert "<li>Wrong <em>one</em></li>\n<li>Right one</li>" in options
    folded = options.partition("<details")[2]
    assert "The right answer: <strong>Right one</strong>" in folded
    assert "It is so." in folded


def test_no_questions_no_section() -> None:
    page, article = pages()["en/processes/service-level-management/"]
    assert "self-check" not in article
    assert "self-check" not in [heading.id for heading in page.toc]


def test_a_function_says_so_and_stands_behind_the_stages(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "site")
    file = tmp_path / "site/catalogue/processes/service-level-management.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "stage: design", "form: function\nstage: operation"
    )
    file.write_text(text, encoding="utf-8")
    found = pages(tmp_path / "site")
    assert (
        '<p class="fh-eyebrow">Function</p>' in found["en/processes/service-level-management/"][1]
    )
    article = found["en/processes/"][1]
    assert "1 process<" in article
    functions = article.partition('aria-labelledby="functions"')[2]
    assert "Service level management" in functions
    assert 'href="#functions"' not in article.partition("</ol>")[0]
    assert 'aria-labelledby="functions"' not in pages()["en/processes/"][1]
