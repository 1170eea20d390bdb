"""The built site in a real browser: filters, language switch, direction, accessibility."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from generator.audiences import Audience
from generator.editions import editions
from generator.messages import Messages
from tests.browsing import served
from tests.conftest import TODAY, Built

KINDS = {
    "home": "",
    "search": "search/?q=IT",
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
    "translations": "portfolio/translations/",
}


@pytest.fixture(scope="session")
def address(built: Built) -> Iterator[str]:
    with served(built.folder) as url:
        yield url


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
    expect(page.locator(".fh-card:visible")).to_have_count(everything)


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
        link.wait_for()


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


SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
AXE = """
([source, tags]) => {
  if (!window.axe) (0, eval)(source);
  const only = tags.length ? {runOnly: {type: "tag", values: tags}} : {};
  return axe.run(document, {resultTypes: ["violations"], ...only}).then((found) =>
    found.violations.map((v) => [v.id, v.impact, v.nodes[0].html.slice(0, 160)]));
}
"""


def violations(page: Page, *tags: str) -> list[list[str]]:
    """What axe finds, of any impact, by all its rules or those with one of these tags."""
    found: list[list[str]] = page.evaluate(AXE, [Axe().axe_script, list(tags)])
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_accessibility(browser: Browser, address: str, code: str, scheme: str, size: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    found = []
    # In the dark only the colours differ.
    tags = ("cat.color",) if scheme == "dark" else ()
    for audience, kinds in (("customer", KINDS), ("staff", STAFF_KINDS)):
        for path in kinds.values():
            page.goto(f"{address}/{audience}/{code}/{path}", wait_until="load")
            found += [(path, *violation) for violation in violations(page, *tags)]
    page.goto(f"{address}/customer/{code}/{KINDS['service']}")
    page.locator(".md-select button").focus()
    page.locator("a[data-fh-language]").first.wait_for()
    found += [("language menu", *violation) for violation in violations(page, *tags)]
    if size == "phone":
        page.keyboard.press("Escape")
        page.locator(".md-header__button[for=__drawer]").click()
        page.wait_for_timeout(300)
        found += [("drawer", *violation) for violation in violations(page, *tags)]
    context.close()
    assert not found


FOCUS = """
() => {
  const e = document.activeElement;
  const shown = e.matches(".md-option") ? e.nextElementSibling : e;
  const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
  return {
    what: [e.tagName.toLowerCase(), ...e.classList].join("."),
    text: (e.getAttribute("aria-label") || e.textContent).trim(),
    ring: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
    seen: box.width > 1 && box.height > 1 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
  };
}
"""


def tab_through(page: Page, last: str, limit: int = 80) -> list[dict[str, str | bool]]:
    """What Tab reaches, until it has reached an element of the class `last`."""
    stops: list[dict[str, str | bool]] = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
        if last in str(stops[-1]["what"]):
            return stops
    raise AssertionError(f"Tab does not reach {last}: {stops}")


SKIP = {"ar": "الانتقال إلى المحتوى", "fa": "رفتن به محتوا", "en": "Skip to content"}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_a_keyboard_reaches_everything_in_order(
    browser: Browser, address: str, code: str, size: str
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{address}/customer/{code}/{KINDS['service']}", wait_until="networkidle")
    stops = tab_through(page, "fh-start")
    assert stops[0]["text"] == SKIP[code]
    reached = " ".join(str(stop["what"]) for stop in stops)
    wanted = ["md-skip", "md-option", "md-select__link", "md-search__input", "fh-start"]
    wanted.insert(1, "md-logo" if size == "desktop" else "button.md-header__button")
    if size == "desktop":
        wanted.insert(-1, "md-tabs__link")
    places = [reached.find(what) for what in wanted]
    assert -1 not in places, (wanted, reached)
    assert places == sorted(places)
    assert not [stop for stop in stops if not stop["ring"]]
    assert not [stop for stop in stops if not stop["seen"] and "search" not in str(stop["what"])]
    context.close()


@pytest.mark.parametrize("code", ["ar", "en"])
def test_the_skip_link_leads_to_the_content(page: Page, address: str, code: str) -> None:
    for path in (KINDS["service"], KINDS["guide"]):
        page.goto(f"{address}/customer/{code}/{path}")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('main')")


def test_the_language_is_chosen_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/customer/ar/{KINDS['service']}#hours")
    menu, button = page.locator(".md-select__inner"), page.locator(".md-select button")
    button.focus()
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    page.wait_for_timeout(300)
    assert menu.evaluate("e => getComputedStyle(e).opacity") == "1"
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert not menu.is_visible()
    assert page.evaluate("document.activeElement.matches('.md-select button')")
    page.keyboard.press("Enter")
    assert menu.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/customer/fa/{KINDS['service']}#hours")


def test_colours_are_switched_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/customer/fa/{KINDS['service']}", wait_until="networkidle")
    tab_through(page, "md-option")
    for scheme in ("slate", "default"):
        page.keyboard.press("Enter")
        assert page.locator("body").get_attribute("data-md-color-scheme") == scheme
        assert page.evaluate(FOCUS)["ring"]


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_drawer_is_opened_and_closed_by_keyboard(
    browser: Browser, address: str, key: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/customer/fa/{KINDS['service']}", wait_until="networkidle")
    button, drawer = page.locator("button[for=__drawer]"), page.locator("#__drawer")
    assert button.get_attribute("aria-label") == "ناوبری"
    button.focus()
    page.keyboard.press(key)
    assert drawer.is_checked()
    assert button.get_attribute("aria-expanded") == "true"
    assert page.evaluate("!!document.activeElement.closest('.md-sidebar--primary')")
    page.keyboard.press("Escape")
    assert not drawer.is_checked()
    assert page.evaluate("document.activeElement.matches('button[for=__drawer]')")
    context.close()


def test_filters_and_search_are_used_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/customer/fa/services/", wait_until="networkidle")
    everything = count_shown(page)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.fh-filters input')"):
            break
    assert page.evaluate(FOCUS)["ring"]
    page.keyboard.press("Space")
    assert count_shown(page) < everything
    page.goto(f"{address}/customer/fa/services/", wait_until="networkidle")
    tab_through(page, "md-search__input")
    assert page.locator("#__search").is_checked()
    page.keyboard.press("Escape")
    assert not page.locator("#__search").is_checked()


PHONE = {"width": 390, "height": 844}
SIDEWAYS = "document.documentElement.scrollWidth"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_the_stages_of_the_lifecycle_point_onward(page: Page, address: str, code: str) -> None:
    page.goto(f"{address}/customer/{code}/{KINDS['process']}")
    shape = page.locator(".fh-stages > li").first.evaluate("e => getComputedStyle(e).clipPath")
    assert shape.startswith("polygon(")
    tip = shape.removeprefix("polygon(").split(", ")[2]
    assert tip == ("100% 50%" if code == "en" else "0px 50%")


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_the_stages_are_bars_on_a_phone(phone: Page, address: str, code: str) -> None:
    phone.goto(f"{address}/customer/{code}/{KINDS['process']}")
    shapes = phone.locator(".fh-stages > li").evaluate_all(
        "all => all.map(e => getComputedStyle(e).clipPath)"
    )
    assert shapes == ["none"] * 5


def test_not_found_fits_a_phone(browser: Browser, built: Built) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    with served(built.folder / "customer") as url:
        page.goto(f"{url}/404.html")
        assert page.evaluate(SIDEWAYS) == 390
        boxes = page.locator("section").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect()).map(b => [b.left >= 16, b.right <= 374])"
        )
        assert boxes == [[True, True]] * 3
    context.close()


def test_the_buttons_of_the_chooser_stand_in_one_line(page: Page, built: Built) -> None:
    with served(built.folder / "customer") as url:
        page.goto(f"{url}/?choose")
        boxes = [button.bounding_box() for button in page.locator(".md-button").all()]
    assert len({(box["y"], box["height"]) for box in boxes if box}) == 1


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_a_hand_written_table_is_read_on_a_phone(phone: Page, address: str, code: str) -> None:
    phone.goto(f"{address}/customer/{code}/{KINDS['guide']}")
    cells = phone.locator("table td")
    assert cells.count() > 5
    for label, start, end in cells.evaluate_all(
        """all => all.map(e => { const box = e.getBoundingClientRect();
           return [getComputedStyle(e, "::before").content, box.left, box.right]; })"""
    ):
        assert len(label) > 3
        assert start >= 0
        assert end <= 390


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_the_letters_of_a_raci_matrix_stay_in_one_line(
    phone: Page, address: str, code: str
) -> None:
    phone.goto(f"{address}/customer/{code}/{KINDS['process']}")
    both = phone.locator(".fh-raci abbr", has_text="A/R")
    assert both.count() > 0
    single = phone.locator(".fh-raci abbr", has_text="C").first.bounding_box()
    assert single
    heights = {box["height"] for letters in both.all() if (box := letters.bounding_box())}
    assert heights == {single["height"]}


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_all_columns_of_the_board_are_in_view(page: Page, address: str, code: str) -> None:
    page.goto(f"{address}/staff/{code}/portfolio/")
    hidden = page.locator(".fh-band__columns").evaluate_all(
        "all => all.map(e => e.scrollWidth - e.clientWidth)"
    )
    assert hidden == [0, 0, 0]


def test_a_phone_shows_the_portfolio_once(phone: Page, address: str) -> None:
    phone.goto(f"{address}/staff/en/portfolio/")
    assert phone.locator(".fh-band__columns").first.is_visible()
    assert not phone.locator(".fh-board table").is_visible()


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_the_name_of_the_site_is_whole_on_a_phone(phone: Page, address: str, code: str) -> None:
    phone.goto(f"{address}/customer/{code}/services/")
    name = phone.locator(".md-header__topic:first-child .md-ellipsis")
    cut = name.evaluate("e => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]")
    assert max(cut) <= 1


def test_a_page_has_its_contents_on_a_phone_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/customer/fa/{KINDS['service']}")
    contents = page.locator(".fh-contents")
    link = contents.locator("a[href='#hours']")
    assert not link.is_visible()
    contents.locator("summary").click()
    link.click()
    page.wait_for_url("**/services/email/#hours")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not contents.is_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(media="print")
    assert not contents.is_visible()
    context.close()


@pytest.mark.parametrize("kind", ["service", "catalogue", "guide"])
@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_paper_says_when_it_was_printed(
    page: Page, address: str, built: Built, code: str, kind: str
) -> None:
    """In the reader's own calendar and digits, by the day of the reader's computer."""
    edition = next(
        e
        for e in editions(built.material.catalogue, Audience.CUSTOMER, TODAY)
        if e.language.code == code
    )
    page.clock.set_fixed_time("2027-03-21T12:00:00")
    page.goto(f"{address}/customer/{code}/{KINDS[kind]}")
    line = page.locator(".fh-print")
    assert not line.is_visible()
    page.emulate_media(media="print")
    day = edition.formatter.day(date(2027, 3, 21))
    said = Messages(edition.formatter)("page.printed", date=day)
    expect(line.locator("p").last).to_have_text(said)
    assert f"https://services.marsa.example/{code}/{KINDS[kind]}" in line.inner_text()


def test_without_script_paper_gives_no_day(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/customer/en/{KINDS['service']}")
    page.emulate_media(media="print")
    assert page.locator(".fh-print p").first.is_visible()
    assert not page.locator("[data-fh-day]").is_visible()
    context.close()


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_a_table_of_money_fits_on_paper(browser: Browser, address: str, code: str) -> None:
    context = browser.new_context(viewport={"width": 680, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/staff/{code}/{STAFF_KINDS['record']}")
    page.emulate_media(media="print")
    assert page.evaluate(SIDEWAYS) == 680
    context.close()


def test_what_is_folded_on_a_screen_is_open_on_paper(page: Page, address: str) -> None:
    page.goto(f"{address}/staff/en/portfolio/cases/")
    text = page.locator(".fh-more p").first
    assert not text.evaluate("e => e.checkVisibility({contentVisibilityAuto: true})")
    page.emulate_media(media="print")
    assert text.evaluate("e => e.checkVisibility({contentVisibilityAuto: true})")


def test_an_answer_opens_without_script_and_is_open_on_paper(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/customer/fa/{KINDS['process']}")
    first, second = (page.locator(".fh-question").nth(i) for i in range(2))
    shown = "e => e.checkVisibility({contentVisibilityAuto: true})"
    assert first.locator("li").first.is_visible()
    assert not first.locator(".fh-question__right").evaluate(shown)
    first.locator("summary").click()
    assert first.locator(".fh-question__right").evaluate(shown)
    assert not second.locator(".fh-question__right").evaluate(shown)
    page.emulate_media(media="print")
    assert second.locator(".fh-question__right").evaluate(shown)
    context.close()


def test_an_order_on_paper_has_its_address(page: Page, address: str) -> None:
    page.goto(f"{address}/customer/ar/{KINDS['service']}")
    page.emulate_media(media="print")
    button = page.locator("#request ~ p > a.md-button").first
    after = button.evaluate("e => getComputedStyle(e, '::after').content")
    assert button.get_attribute("href") in after


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_opening_hours_stand_beside_their_days_on_a_phone(
    phone: Page, address: str, code: str
) -> None:
    phone.goto(f"{address}/customer/{code}/{KINDS['service']}")
    lines = phone.locator(".fh-week dl > div").evaluate_all(
        "all => all.map(e => [...e.children].map(x => x.offsetTop))"
    )
    assert len(lines) > 1
    assert all(day == hours for day, hours in lines)


def test_three_facts_leave_no_empty_cell(phone: Page, address: str) -> None:
    phone.goto(f"{address}/customer/fa/{KINDS['closing']}")
    whole, last = (phone.locator(x) for x in (".fh-facts", ".fh-facts > div:last-child"))
    assert phone.locator(".fh-facts > div").count() == 3
    assert last.evaluate("e => e.offsetWidth") >= whole.evaluate("e => e.clientWidth") - 1
