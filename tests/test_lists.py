"""Lists of a catalogue that is too large for one page: parts, ways between them, filters."""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from posixpath import normpath
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.catalogue import make_site
from generator import ledger
from generator.availability import Availability
from generator.build import gather
from generator.editions import Audience, Edition, editions
from generator.languages import AR, EN, FA, LANGUAGES, Language
from generator.load import load
from generator.messages import Messages
from generator.model.catalogue import Catalogue
from generator.pages import catalogue as lists
from generator.pages import paging
from generator.pages.filters import GROUPS, counts
from generator.pages.reader import Reader
from generator.pages.shelf import shelf
from generator.pages.site import makers
from tests.browsing import served
from tests.conftest import ROOT, TODAY, Built, build_site
from tests.test_browser import violations
from tests.test_pages import rendered
from tests.test_site import broken_link, parsed

SERVICES = 350
MOST = 300_000
"""Bytes of HTML in a page."""
CODES = ["ar", "fa", "en"]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Both sites of a catalogue whose lists are split."""
    root = tmp_path_factory.mktemp("large")
    make_site(root, SERVICES)
    material = gather(root, TODAY, 2)
    results = {a.value: build_site(material, a, root / "out" / a.value) for a in Audience}
    return Built(root / "out", material, results)


@pytest.fixture(scope="module")
def shown(large: Built) -> dict[str, Edition]:
    found = editions(large.material.catalogue, Audience.CUSTOMER, TODAY)
    return {edition.language.code: edition for edition in found}


@pytest.fixture(scope="module")
def address(large: Built) -> Iterator[str]:
    with served(large.folder) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


# ── pages ──


def test_no_page_is_too_large(large: Built) -> None:
    sizes = {name: len(text.encode()) for name, text in (large.pages | large.staff).items()}
    assert max(sizes.values()) < MOST, sorted(sizes, key=lambda name: sizes[name])[-3:]


def links(pages: dict[str, str], name: str) -> set[str]:
    """The pages that the article of a page leads to."""
    article = pages[name].partition("<article")[2]
    folder = name.removesuffix("index.html")
    found = re.findall(r'<a[^>]* href="([^"#]+/)"', article)
    return {f"{normpath(folder + href)}/index.html" for href in found} & set(pages)


def reached(pages: dict[str, str], start: str, through: str) -> set[str]:
    """Pages that links lead to, by way of those that match `through`."""
    found, waiting = {start}, [start]
    while waiting:
        new = links(pages, waiting.pop()) - found
        found |= new
        waiting += [name for name in new if re.fullmatch(through, name)]
    return found


@pytest.mark.parametrize("code", CODES)
def test_links_lead_to_every_service(large: Built, shown: dict[str, Edition], code: str) -> None:
    every = {f"{code}/services/{id_}/index.html" for id_ in shown[code].public.services}
    offered = {f"{code}/services/{row.id}/index.html" for row in shelf(shown[code]).offered}
    a_to_z = rf"{code}/services/a-z/.*"
    assert every <= reached(large.pages, f"{code}/services/a-z/index.html", a_to_z)
    by_category = rf"{code}/services/(category/.*)?index\.html"
    assert offered <= reached(large.pages, f"{code}/index.html", by_category)


@pytest.mark.parametrize("code", CODES)
def test_links_lead_staff_to_every_record(large: Built, code: str) -> None:
    every = {
        f"{code}/portfolio/service/{id_}/index.html" for id_ in large.material.catalogue.services
    }
    board = f"{code}/portfolio/index.html"
    assert every <= reached(large.staff, board, rf"{code}/portfolio/services/.*")


@pytest.mark.parametrize("audience", ["customer", "staff"])
def test_every_link_leads_somewhere(large: Built, audience: str) -> None:
    pages = large.pages if audience == "customer" else large.staff
    ids = {name: set(re.findall(r' id="([^"]+)"', text)) for name, text in pages.items()}
    lists = [n for n in pages if "/page/" in n or "/a-z/" in n or "/portfolio/" in n]
    broken = [
        (name, target)
        for name in lists
        for target in re.findall(r' (?:href|src)="([^"]+)"', pages[name])
        if broken_link(large.folder / audience, name, target, ids)
    ]
    assert not broken


def test_titles_are_unique(large: Built) -> None:
    titles = [re.search("<title>(.*?)</title>", text)[1] for name, text in large.pages.items()  # type: ignore[index]
              if "/category/" in name or "/a-z/" in name or "/audience/" in name]  # fmt: skip
    assert len(titles) == len(set(titles))


def further(pages: dict[str, str]) -> list[str]:
    return [n for n in pages if re.search(r"/page/|/a-z/letter|/portfolio/services/", n)]


def test_what_comes_and_goes_is_not_kept(large: Built) -> None:
    passing = further(large.pages)
    assert len(passing) > 50
    site_map = (large.folder / "customer/sitemap.xml").read_text(encoding="utf-8")
    inventory = (large.folder / "customer/objects.inv").read_bytes().partition(b"zlib.\n")[2]
    known = site_map + zlib.decompress(inventory).decode()
    kept = ledger.ledger_of("customer", large.results["customer"].places, CODES)
    for name in passing:
        url = name.removesuffix("index.html")
        code, _, path = url.partition("/")
        assert f"{url}<" not in known
        assert f" {url} " not in known
        assert ("customer", code, path) not in kept
        head = parsed(large.pages[name]).find("head")
        assert head.xpath("meta[@name='robots']/@content") == ["noindex, follow"]
        assert not head.xpath("link[@rel='alternate']")
    first = "en/services/audience/employees/"
    assert f"{first}<" in site_map
    assert ("customer", "en", "services/audience/employees/") in kept
    shards = (large.folder / "customer/assets/search").rglob("d*.js")
    assert not any("/page/" in file.read_text(encoding="utf-8") for file in shards)


@pytest.mark.parametrize(
    ("number", "pages", "expected"),
    [
        (1, 2, "[1] 2"),
        (1, 9, "[1] 2 … 9"),
        (3, 9, "1 2 [3] 4 … 9"),
        (4, 9, "1 2 3 [4] 5 … 9"),
        (5, 9, "1 … 4 [5] 6 … 9"),
        (6, 9, "1 … 5 [6] 7 8 9"),
        (9, 9, "1 … 8 [9]"),
    ],
)
def test_the_numbers_that_a_pager_names(number: int, pages: int, expected: str) -> None:
    reader = Reader(editions(example(), Audience.CUSTOMER, TODAY)[2])
    found = paging.pager(reader, "en/services/category/network/", number, pages)
    assert found is not None
    shown = [
        "…" if step is None else f"[{step.number}]" if step.current else step.number
        for step in found.steps
    ]
    assert " ".join(shown) == expected
    assert (found.previous is None, found.next is None) == (number == 1, number == pages)


def test_a_list_that_fits_has_no_pager() -> None:
    reader = Reader(editions(example(), Audience.CUSTOMER, TODAY)[2])
    assert paging.pager(reader, "en/services/category/network/", 1, 1) is None


def example() -> Catalogue:
    catalogue, problems = load(ROOT)
    assert not problems
    return catalogue


PAGER = {
    "ar": ("صفحات هذه القائمة", "الصفحة السابقة", "الصفحة التالية", "الصفحة 2", ["1", "2", "3"]),
    "fa": ("صفحه‌های این فهرست", "صفحهٔ قبل", "صفحهٔ بعد", "صفحهٔ ۲", ["۱", "۲", "۳"]),
    "en": ("Pages of this list", "Previous page", "Next page", "Page 2", ["1", "2", "3"]),
}


@pytest.mark.parametrize("code", CODES)
def test_a_pager_speaks_the_readers_language(large: Built, code: str) -> None:
    folder = f"{code}/services/audience/employees"
    root = parsed(large.pages[f"{folder}/page/2/index.html"])
    (pager,) = root.xpath("//nav[@class='fh-pager']")
    label, back, on, here, numbers = PAGER[code]
    assert pager.get("aria-label") == label
    (previous,), (following,) = (pager.xpath(f"a[@rel='{rel}']") for rel in ("prev", "next"))
    assert (previous.text_content(), following.text_content()) == (back, on)
    assert (previous.get("href"), following.get("href")) == ("../../", "../3/")
    (current,) = pager.xpath(".//a[@aria-current='page']")
    assert current.get("aria-label") == here
    assert [a.text for a in pager.xpath("ol/li/a")] == numbers
    assert 'rel="prev"' not in large.pages[f"{folder}/index.html"]
    last = f"{folder}/page/{len(numbers)}/index.html"
    assert last in large.pages
    assert 'rel="next"' not in large.pages[last]


LINES = {
    "ar": "الخدمات من 101 إلى 200 من أصل {}",
    "fa": "خدمات ۱۰۱ تا ۲۰۰ از مجموع {}",
    "en": "101–200 of {}",
}


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_what_is_on_it(large: Built, shown: dict[str, Edition], code: str) -> None:
    count = len(shelf(shown[code]).within("audience", "employees"))
    text = large.pages[f"{code}/services/audience/employees/page/2/index.html"]
    said = parsed(text).xpath("//p[@class='fh-count']")[0].text_content()
    services = Messages(shown[code].formatter)("list.count", count=count)
    assert said == LINES[code].format(services)
    assert text.count('class="fh-card"') == paging.LIMIT


class Closed(dict[str, Any]):
    """Services that can be looked up, and not gone through."""

    def _refuse(self, *_: object) -> Any:
        raise AssertionError("a page goes through all services")

    values = items = keys = __iter__ = _refuse


@pytest.mark.parametrize("audience", list(Audience))
def test_only_rows_go_through_all_services(large: Built, audience: Audience) -> None:
    edition = editions(large.material.catalogue, audience, TODAY)[0]
    work = [make for make in makers(edition) if "service_page" not in str(make)]
    shelf(edition)
    closed = [
        Catalogue({**found.entries, "service": Closed(found.services)}, found.sources)
        for found in (edition.public, edition.portfolio or edition.public)
    ]
    whole = closed[1] if edition.portfolio is not None else None
    reader = Reader(replace(edition, public=closed[0], portfolio=whole))
    for make in work:
        make(reader)


def test_many_categories_are_named_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "LIMIT", 20)
    monkeypatch.setattr(lists, "SHELVES", 10)
    catalogue = example()
    model = catalogue.categories["network"]
    ids = [f"group-{n}" for n in range(300)]
    categories = {id_: model.model_copy(update={"id": id_}) for id_ in ids}
    every = itertools.cycle(tuple(ids[i : i + 10]) for i in range(0, 300, 10))
    services = {
        id_: s.model_copy(update={"categories": next(every)})
        for id_, s in catalogue.services.items()
    }
    found = rendered(
        Catalogue({**catalogue.entries, "category": categories, "service": services}, {}),
        Audience.CUSTOMER,
    )
    page, article = found["ar/services/"]
    assert not page.toc
    assert len(article.encode()) < MOST / 2
    assert article.count('class="fh-quiet"') > 200
    assert 'id="group-7"' in article
    assert all(len(text.encode()) < MOST for _, text in found.values())


def test_registers_are_split_and_entries_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "REGISTERED", 4)
    found = rendered(example(), Audience.STAFF)
    first, article = found["fa/portfolio/agreements/"]
    assert article.count('<section class="fh-group"') == 4
    on_later_pages = {
        id_: f"fa/portfolio/agreements/{target.partition('#')[0]}" for id_, target in first.former
    }
    assert len(on_later_pages) == len(example().agreements) - 4
    for id_, url in on_later_pages.items():
        assert f'id="{id_}"' in found[url][1]
    _, record = found["fa/portfolio/service/email/"]
    targets = re.findall(r'href="([^"]*agreements/[^"#]*)#([^"]+)"', record)
    assert targets
    for href, id_ in targets:
        url = f"{normpath('fa/portfolio/service/email/' + href)}/"
        assert f'<h2 id="{id_}"' in found[url][1]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_the_forms_of_the_count_line_suit_every_number(
    browser: Browser, language: Language
) -> None:
    """What the script makes of the forms is what the program says, for numbers of any size."""
    edition = next(
        e for e in editions(example(), Audience.CUSTOMER, TODAY) if e.language is language
    )
    reader = Reader(edition)
    given = counts(reader)
    assert len(given["forms"]) <= {AR: 6, FA: 3, EN: 3}[language]
    page = browser.new_page()
    numbers = [*range(1200), 9_999, 10_000, 10_003, 10_011]
    said = page.evaluate(
        """([{locale, forms}, numbers]) => {
          const [plurals, digits] = [new Intl.PluralRules(locale), new Intl.NumberFormat(locale)];
          return numbers.map((n) => (forms[n] || forms[plurals.select(n)] || forms.other).replace("#", digits.format(n)));
        }""",
        [given, numbers],
    )
    page.close()
    assert said == [reader.t("list.count", count=n) for n in numbers]


# ── filters ──

CHOICES: list[dict[str, tuple[str, ...]]] = [
    {"category": ("network",)},
    {"category": ("network", "data"), "price": ("free",)},
    {"audience": ("managers",), "availability": ("available",), "price": ("paid", "quote")},
    {"availability": ("closing",), "category": ("advice",)},
    {"audience": ("employees",)},
]


def matching(edition: Edition, chosen: dict[str, tuple[str, ...]]) -> list[str]:
    """The services that match, by the rule and not by the script: OR in a group, AND between."""
    return [
        row.id
        for row in shelf(edition).offered
        if all(set(GROUPS[name](row)) & set(values) for name, values in chosen.items())
    ]


def listed(page: Page) -> list[str]:
    """All that the list of what was found names, more and more of it."""
    button = page.locator(".fh-found button")
    while button.is_visible():
        button.click()
    hrefs: list[str] = page.locator(".fh-found li > a").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    return [href.split("/")[0] for href in hrefs]


@pytest.mark.parametrize("code", CODES)
def test_filters_find_among_all_services(
    page: Page, address: str, shown: dict[str, Edition], code: str
) -> None:
    edition = shown[code]
    t = Messages(edition.formatter)
    for chosen in CHOICES:
        query = "&".join(f"{name}={','.join(values)}" for name, values in chosen.items())
        page.goto(f"{address}/customer/{code}/services/?{query}")
        expected = matching(edition, chosen)
        expect(page.locator(".fh-count")).to_have_text(t("list.count", count=len(expected)))
        assert listed(page) == expected
        assert page.locator(".fh-empty").is_visible() == (not expected)
        assert not page.locator(".fh-card:visible").count()


def test_what_is_found_is_named_with_its_category(
    page: Page, address: str, shown: dict[str, Edition]
) -> None:
    page.goto(f"{address}/customer/fa/services/?category=network")
    row = next(row for row in shelf(shown["fa"]).offered if "network" in row.categories)
    item = page.locator(".fh-found li").first
    expect(item.locator("a")).to_have_text(row.name)
    category = shown["fa"].public.categories[row.categories[0]].name.fa
    expect(item.locator(".fh-tag")).to_have_text(str(category))
    item.locator("a").click()
    page.wait_for_url(f"**/fa/services/{row.id}/")


def test_filters_fetch_their_data_once_and_only_when_used(page: Page, address: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{address}/customer/en/services/", wait_until="networkidle")
    assert not [url for url in fetched if "assets/services" in url]
    page.locator("input[name=category][value=network]").check()
    page.locator("input[name=price][value=free]").check()
    expect(page.locator(".fh-found")).to_be_visible()
    assert len([url for url in fetched if "assets/services" in url]) == 1


def test_back_undoes_a_choice(page: Page, address: str, shown: dict[str, Edition]) -> None:
    t = Messages(shown["ar"].formatter)
    total = len(shelf(shown["ar"]).offered)
    page.goto(f"{address}/customer/ar/services/")
    cards = page.locator(".fh-card:visible").count()
    page.locator("input[name=category][value=network]").check()
    expect(page.locator(".fh-found")).to_be_visible()
    page.locator("input[name=price][value=free]").check()
    both = len(matching(shown["ar"], {"category": ("network",), "price": ("free",)}))
    expect(page.locator(".fh-count")).to_have_text(t("list.count", count=both))
    page.go_back()
    one = len(matching(shown["ar"], {"category": ("network",)}))
    expect(page.locator(".fh-count")).to_have_text(t("list.count", count=one))
    assert not page.locator("input[name=price][value=free]").is_checked()
    page.go_back()
    expect(page.locator(".fh-count")).to_have_text(t("list.count", count=total))
    expect(page.locator(".fh-card:visible")).to_have_count(cards)
    assert not page.locator(".fh-found").is_visible()
    page.go_forward()
    expect(page.locator(".fh-count")).to_have_text(t("list.count", count=one))


def test_more_is_shown_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/customer/fa/services/?audience=employees")
    button = page.locator(".fh-found button")
    expect(button).to_have_text("نمایش خدمات بیشتر")
    assert page.locator(".fh-found li").count() == 50
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".fh-found li")).to_have_count(100)
    assert page.evaluate("document.activeElement === document.querySelectorAll('.fh-found a')[50]")


def test_filters_work_from_a_folder(page: Page, large: Built, shown: dict[str, Edition]) -> None:
    page.goto((large.folder / "customer/en/services/index.html").as_uri())
    page.locator("input[name=category][value=network]").check()
    expect(page.locator(".fh-found")).to_be_visible()
    assert listed(page) == matching(shown["en"], {"category": ("network",)})
    page.locator(".fh-found a").first.click()
    page.wait_for_url("**/index.html")


def test_a_failure_is_told_and_can_be_mended(page: Page, address: str) -> None:
    page.route("**/assets/services/*", lambda route: route.abort())
    page.goto(f"{address}/customer/en/services/")
    page.locator("input[name=category][value=network]").check()
    expect(page.locator(".fh-failed")).to_be_visible()
    assert page.locator(".fh-card:visible").count()
    page.unroute("**/assets/services/*")
    page.locator("input[name=price][value=free]").check()
    expect(page.locator(".fh-found")).to_be_visible()
    assert not page.locator(".fh-failed").is_visible()


def test_without_script_lists_lead_on(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/customer/ar/services/")
    assert not page.locator(".fh-filters").is_visible()
    assert not page.locator(".fh-found").is_visible()
    page.locator(".fh-onward a").first.click()
    page.wait_for_url("**/ar/services/category/*/")
    page.goto(f"{address}/customer/ar/services/audience/employees/")
    page.locator("a[rel=next]").click()
    page.wait_for_url("**/employees/page/2/")
    page.locator("a[rel=prev]").click()
    page.wait_for_url("**/employees/")
    context.close()


@pytest.mark.parametrize("code", CODES)
def test_arrows_of_a_pager_point_onward(page: Page, address: str, code: str) -> None:
    page.goto(f"{address}/customer/{code}/services/audience/employees/page/2/")
    scale: Callable[[str], float] = lambda rel: page.locator(f"a[rel={rel}] svg").evaluate(  # noqa: E731
        "e => new DOMMatrix(getComputedStyle(e).transform).a"
    )
    assert (scale("next"), scale("prev")) == ((1, -1) if code == "en" else (-1, 1))
    boxes = [page.locator(f"a[rel={rel}]").bounding_box() for rel in ("prev", "next")]
    assert boxes[0]
    assert boxes[1]
    assert (boxes[0]["x"] < boxes[1]["x"]) == (code == "en")


@pytest.mark.parametrize("size", [(390, 844), (1280, 900)])
@pytest.mark.parametrize("code", CODES)
def test_split_lists_are_accessible(
    browser: Browser, address: str, large: Built, code: str, size: tuple[int, int]
) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"
    )
    page = context.new_page()
    letter = next(n for n in large.pages if n.startswith(f"{code}/services/a-z/letter"))
    found = []
    for path in (
        f"customer/{code}/services/audience/employees/page/2/",
        f"customer/{code}/services/?category=network",
        f"customer/{code}/services/a-z/",
        f"customer/{letter.removesuffix('index.html')}",
        f"staff/{code}/portfolio/",
        f"staff/{code}/portfolio/services/status/catalogue-operational/page/2/",
    ):
        page.goto(f"{address}/{path}", wait_until="load")
        if "?" in path:
            expect(page.locator(".fh-found")).to_be_visible()
        found += [(path, *violation) for violation in violations(page)]
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size[0], path
    context.close()
    assert not found


def test_a_small_catalogue_fetches_nothing(built: Built) -> None:
    assert not (built.folder / "customer/assets/services").exists()
    assert not further(built.pages)
    assert not further(built.staff)


def test_closed_services_are_not_among_what_filters_look_at(
    large: Built, shown: dict[str, Edition]
) -> None:
    for code, edition in shown.items():
        text = (large.folder / f"customer/assets/services/{code}.js").read_text(encoding="utf-8")
        closed = [row for row in shelf(edition).rows if row.availability is Availability.CLOSED]
        assert closed
        assert not [row.id for row in closed if f'"{row.id}"' in text]


def test_the_file_of_the_filters_is_small(large: Built) -> None:
    for file in Path(large.folder / "customer/assets/services").glob("*.js"):
        assert len(zlib.compress(file.read_bytes())) / SERVICES < 20
