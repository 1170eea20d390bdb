"""The built site in a real browser: filters, language switch, direction, accessibility."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browsing import chromium, served
from tests.conftest import Built

KINDS = {
    "home": "",
    "catalogue": "services/",
    "a-z": "services/a-z/",
    "category": "services/category/communication/",
    "service": "services/email/",
    "closing": "services/fax-gateway/",
    "closed": "services/pager/",
    "processes": "processes/",
    "process": "processes/service-level-management/",
    "comparison": "compare/slm-brm/",
    "glossary": "glossary/",
    "term": "glossary/service/",
    "guide": "guides/how-to-complain/",
}
STAFF_KINDS = {
    "board": "portfolio/",
    "record": "portfolio/service/email/",
    "customers": "portfolio/customers/",
}


@pytest.fixture(scope="session")
def address(built: Built) -> Iterator[str]:
    with served(built.folder) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def count_shown(page: Page) -> int:
    return page.locator(".fh-card:visible").count()


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_filters_narrow_the_list_and_the_address_keeps_them(
    page: Page, address: str, code: str
) -> None:
    page.goto(f"{address}/customer/{code}/services/")
    everything = count_shown(page)
    page.get_by_role("checkbox").locator("visible=true").nth(0).wait_for()
    page.locator("input[name=category][value=network]").check()
    assert 0 < count_shown(page) < everything
    assert "category=network" in page.url
    assert page.locator(".fh-card:visible").evaluate_all(
        "cards => cards.every(card => card.dataset.category.split(' ').includes('network'))"
    )
    page.reload()
    assert page.locator("input[name=category][value=network]").is_checked()
    page.locator("input[name=price][value=free]").check()
    page.locator("input[name=availability][value=announced]").check()
    assert count_shown(page) == 0
    assert page.locator(".fh-empty").is_visible()
    page.locator(".fh-filters__reset").click()
    assert count_shown(page) == everything


def test_the_count_follows_the_languages_plural(page: Page, address: str) -> None:
    page.goto(f"{address}/customer/ar/services/?category=network")
    shown = count_shown(page)
    assert shown in range(3, 11)
    assert page.locator(".fh-count").inner_text().strip() == f"{shown} خدمات"


def test_without_script_the_catalogue_is_plain_lists(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/customer/fa/services/")
    assert count_shown(page) > 30
    assert not page.locator(".fh-filters").is_visible()
    context.close()


def test_switching_language_keeps_page_and_anchor(page: Page, address: str) -> None:
    page.goto(f"{address}/customer/ar/services/email/#hours")
    page.get_by_role("button", name="اللغة").hover()
    page.locator("a[data-fh-language=fa]").click()
    page.wait_for_url(f"{address}/customer/fa/services/email/#hours")
    assert page.locator("html").get_attribute("dir") == "rtl"


def test_the_chooser_follows_the_browser_and_remembers(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="fa-IR")
    page = context.new_page()
    page.goto(f"{address}/customer/")
    page.wait_for_url(f"{address}/customer/fa/")
    page.goto(f"{address}/customer/fa/services/email/")
    page.locator(".md-select button").hover()
    page.locator("a[data-fh-language=en]").click()
    page.wait_for_url("**/en/services/email/")
    page.goto(f"{address}/customer/")
    page.wait_for_url(f"{address}/customer/en/")
    context.close()


def test_search_finds_a_service_in_the_readers_language(page: Page, address: str) -> None:
    for code, word, expected in (
        ("ar", "البريد", "email"),
        ("fa", "رایانامه", "email"),
        ("en", "wifi", "wifi"),
    ):
        page.goto(f"{address}/customer/{code}/", wait_until="networkidle")
        page.locator("input.md-search__input").click()
        page.keyboard.type(word, delay=20)
        link = page.locator(f".md-search-result__link[href*='/{code}/services/{expected}/']").first
        link.wait_for(timeout=15_000)


def test_pages_load_nothing_from_elsewhere_and_report_no_errors(page: Page, address: str) -> None:
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    for code in ("ar", "fa", "en"):
        for path in KINDS.values():
            page.goto(f"{address}/customer/{code}/{path}", wait_until="networkidle")
    assert not [url for url in requests if not url.startswith((address, "data:"))]
    assert not errors


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_no_page_scrolls_sideways_on_a_phone(browser: Browser, address: str, code: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    page = context.new_page()
    wide = []
    for audience, kinds in (("customer", KINDS), ("staff", STAFF_KINDS)):
        for path in kinds.values():
            page.goto(f"{address}/{audience}/{code}/{path}")
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 360:
                wide.append((path, width))
    context.close()
    assert not wide


def test_the_request_button_is_on_the_first_screen_of_a_phone(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    for code in ("ar", "fa", "en"):
        page.goto(f"{address}/customer/{code}/services/email/")
        box = page.locator(".fh-start").bounding_box()
        assert box
        assert box["y"] + box["height"] < 844
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_accessibility(browser: Browser, address: str, code: str, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    found = []
    for audience, kinds in (("customer", KINDS), ("staff", STAFF_KINDS)):
        for path in kinds.values():
            page.goto(f"{address}/{audience}/{code}/{path}", wait_until="load")
            result = Axe().run(page)
            found += [
                (path, v["id"], v["impact"], v["nodes"][0]["html"][:160])
                for v in result.response["violations"]
            ]
    context.close()
    assert not found
