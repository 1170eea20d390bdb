"""The search as a reader meets it: the boxes, the page, keys, languages, a folder, no connection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import etree
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from generator.search.site import engine
from tests.browsing import served
from tests.conftest import Built
from tests.test_browser import violations

WORDS = {"ar": "البريد", "fa": "رایانامه", "en": "email"}
SERVICE = "services/email/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A desktop browser in which nothing was opened before."""
    made = browser.new_context(
        viewport={"width": 1280, "height": 900}, reduced_motion="reduce", service_workers="block"
    )
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def box(page: Page) -> Locator:
    """The search in the header."""
    return page.locator("[data-fh-search=header]")


def results(where: Page | Locator) -> Locator:
    return where.locator("a.md-search-result__link")


def status(where: Page | Locator) -> Locator:
    return where.locator("[role=status]")


def page_at(address: str) -> re.Pattern[str]:
    """A page, at its top or at one of its headings."""
    return re.compile(re.escape(address) + r"(#.+)?$")


def opened(page: Page, address: str, code: str, typed: str = "", path: str = SERVICE) -> Locator:
    """The box in the header of a page, with something typed letter by letter."""
    page.goto(f"{address}/{code}/{path}")
    box(page).locator("input").click()
    page.keyboard.type(typed, delay=15)
    expect(results(box(page)).first).to_be_visible()
    return box(page)


@pytest.mark.parametrize("code", WORDS)
def test_a_result_tells_what_it_is_and_leads_to_the_place(
    page: Page, address: str, code: str
) -> None:
    found = opened(page, address, code, WORDS[code], "guides/how-to-request/")
    first = results(found).first
    expect(first).to_have_attribute("href", page_at(f"{address}/{code}/{SERVICE}"))
    assert first.locator(".fh-result__trail").inner_text()
    assert found.locator(".fh-result-group h2").first.inner_text()
    assert found.locator("mark").first.inner_text().lower() in first.inner_text().lower()
    direction = "ltr" if code == "en" else "rtl"
    assert first.evaluate("e => getComputedStyle(e).direction") == direction
    assert first.locator("mark").first.evaluate("e => getComputedStyle(e).unicodeBidi") == "isolate"
    anchored = found.locator("a.md-search-result__link[href*='#']").first
    wanted = anchored.get_attribute("href")
    assert wanted
    anchored.click()
    page.wait_for_url(wanted)
    assert page.locator(f"[id='{wanted.partition('#')[2]}']").count() == 1


def test_counts_are_announced_in_the_plural_of_the_language(page: Page, address: str) -> None:
    found = opened(page, address, "ar", WORDS["ar"])
    shown = {0: "لا نتائج", 1: "نتيجة واحدة", 2: "نتيجتان"}
    for typed in ("البريد", "البريد المحلي", "تسجيل الدخول المتعدد", "رقم الهاتف"):
        found.locator("input").fill(typed)
        page.wait_for_timeout(150)
        total = page.evaluate(TOTAL, ["ar", typed])
        form = "نتائج" if 3 <= total % 100 <= 10 else "نتيجة"
        expect(status(found)).to_have_text(shown.get(total, f"{total} {form}"))
    assert status(found).get_attribute("role") == "status"


TOTAL = """
async ([language, query]) => {
  const worker = new Worker(new URL("ENGINE", new URL("../../../", location.href)));
  const answer = await new Promise((resolve) => {
    worker.onmessage = ({data}) => resolve(data.answer);
    worker.postMessage({id: 1, language, query});
  });
  return answer.total;
}
""".replace("ENGINE", engine()[0])


def test_persian_counts_have_persian_digits(page: Page, address: str) -> None:
    found = opened(page, address, "fa", "خدمت")
    expect(status(found)).to_contain_text("نتیجه")
    text = status(found).inner_text()
    assert text.strip("نتیجه ")
    assert set(text.split()[0]) <= set("۰۱۲۳۴۵۶۷۸۹٬")


def test_paste_dictation_and_input_methods_search_too(page: Page, address: str) -> None:
    page.goto(f"{address}/fa/{SERVICE}")
    field = box(page).locator("input")
    field.click()
    page.evaluate("text => document.execCommand('insertText', false, text)", "چاپگر")
    expect(results(box(page)).first).to_have_attribute(
        "href", page_at(f"{address}/fa/services/shared-printing/")
    )
    session = page.context.new_cdp_session(page)
    field.fill("")
    session.send(
        "Input.imeSetComposition", {"text": "تلفن", "selectionStart": 4, "selectionEnd": 4}
    )
    expect(results(box(page)).first).to_have_attribute(
        "href", page_at(f"{address}/fa/services/telephony/")
    )


UNRULY = """
const Real = Worker;
self.Worker = class extends Real {
  set onmessage(listener) {
    super.onmessage = (event) => {
      const {id, answer} = event.data;
      if (self.isBroken) listener({data: {id, error: "broken"}});
      else setTimeout(() => listener(event), answer && answer.query === self.isLate ? 600 : 0);
    };
  }
};
"""
"""An engine whose answers can be made to come late, or not at all."""


def test_a_late_answer_never_replaces_a_newer_one(page: Page, address: str) -> None:
    page.add_init_script(UNRULY)
    found = opened(page, address, "en", "email")
    field = found.locator("input")
    page.evaluate("self.isLate = 'printing'")
    field.fill("printing")
    page.wait_for_timeout(100)
    field.fill("backup")
    expect(results(found).first).to_have_attribute(
        "href", page_at(f"{address}/en/services/backup/")
    )
    page.wait_for_timeout(1000)
    expect(results(found).first).to_have_attribute(
        "href", page_at(f"{address}/en/services/backup/")
    )


@pytest.mark.parametrize("code", WORDS)
def test_the_keyboard_is_enough(page: Page, address: str, code: str) -> None:
    page.goto(f"{address}/{code}/guides/how-to-request/")
    page.keyboard.press("Control+k")
    expect(box(page).locator("input")).to_be_focused()
    page.keyboard.type(WORDS[code])
    expect(box(page).locator("mark").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(results(box(page)).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results(box(page)).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box(page).locator("input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(results(box(page)).first).not_to_be_visible()
    expect(box(page).locator("input")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/{code}/{SERVICE}**")


def test_keys_pressed_before_the_answer_go_where_it_leads(page: Page, address: str) -> None:
    page.add_init_script(UNRULY)
    opened(page, address, "en", "printing", "guides/how-to-request/")
    page.evaluate("self.isLate = 'backup'")
    box(page).locator("input").fill("")
    page.keyboard.type("backup")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(page_at(f"{address}/en/services/backup/"))


def test_a_result_on_the_page_itself_is_not_covered_by_the_results(
    page: Page, address: str
) -> None:
    found = opened(page, address, "en")
    found.locator("input").fill("email price")
    first = results(found).first
    expect(first).to_have_attribute("href", re.compile(f"/en/{SERVICE}#"))
    place = (first.get_attribute("href") or "").split("#")[1]
    first.click()
    expect(found.locator("[data-fh-results]")).not_to_be_visible()
    expect(page.locator(f"[id='{place}']")).to_be_in_viewport()


def test_enter_leads_to_the_page_of_the_search(page: Page, address: str) -> None:
    opened(page, address, "ar", "كلمة المرور", "guides/how-to-request/")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/ar/search/?q={quote('كلمة المرور').replace('%20', '+')}")
    expect(page.locator("h1")).to_have_text("البحث")
    field = page.locator("[data-fh-search=page] input")
    expect(field).to_have_value("كلمة المرور")
    expect(results(page.locator("[data-fh-search=page]")).first).to_have_attribute(
        "href", page_at(f"{address}/ar/services/account/")
    )
    assert page.title().startswith("كلمة المرور – ")


def test_the_address_holds_query_and_kinds(page: Page, address: str) -> None:
    page.goto(f"{address}/en/search/?q=service+level")
    place = page.locator("[data-fh-search=page]")
    expect(status(place)).to_contain_text("results")
    every = status(place).inner_text()
    button = place.locator("[data-kind=term]")
    number = button.locator("bdi").inner_text()
    button.click()
    expect(status(place)).to_have_text(f"{number} results")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert "kind=term" in page.url
    assert place.locator(".fh-result-group").count() == 1
    page.reload()
    expect(status(place)).to_have_text(f"{number} results")
    page.locator("[data-kind=term]").click()
    expect(status(place)).to_have_text(every)
    place.locator("input").fill("vpn")
    page.keyboard.press("Enter")
    place.locator("input").fill("email")
    page.keyboard.press("Enter")
    page.go_back()
    expect(place.locator("input")).to_have_value("vpn")
    expect(results(place).first).to_have_attribute("href", page_at(f"{address}/en/services/vpn/"))


def test_more_results_follow_and_the_focus_goes_to_them(page: Page, address: str) -> None:
    page.goto(f"{address}/en/search/?q=service")
    place = page.locator("[data-fh-search=page]")
    expect(results(place)).to_have_count(20)
    before = set(results(place).evaluate_all("links => links.map(link => link.href)"))
    place.locator("button.fh-result__rest").click()
    expect(results(place)).to_have_count(40)
    focused = page.evaluate("document.activeElement.href")
    assert focused
    assert focused not in before


def test_the_box_leads_on_to_all_results(page: Page, address: str) -> None:
    found = opened(page, address, "fa", "خدمت")
    expect(results(found)).to_have_count(10)
    found.locator("a.fh-result__rest").click()
    page.wait_for_url("**/fa/search/?q=*")
    expect(results(page.locator("[data-fh-search=page]"))).to_have_count(20)


@pytest.mark.parametrize(
    ("code", "typed", "meant"), [("en", "bakcup", "backup"), ("ar", "الطباعه المشتركه", None)]
)
def test_a_slip_is_offered_mended(
    page: Page, address: str, code: str, typed: str, meant: str | None
) -> None:
    found = opened(page, address, code, typed)
    button = found.locator(".fh-result__corrected button")
    if meant is None:
        assert button.count() == 0  # another spelling of the same word is no slip
        return
    expect(button).to_have_text(meant, ignore_case=True)
    button.click()
    expect(found.locator("input")).to_have_value(re.compile(f"^{meant}$", re.IGNORECASE))
    expect(button).to_have_count(0)


def test_what_other_languages_have_is_offered(page: Page, address: str) -> None:
    found = opened(page, address, "ar", "privacy notice")
    more = found.locator(".fh-result__elsewhere", has_text="بالإنجليزية")
    expect(more).to_be_visible()
    if not more.get_attribute("open"):
        more.locator("summary").click()
    link = results(more).first
    assert link.get_attribute("lang") == "en"
    assert link.get_attribute("dir") == "ltr"
    assert f"{address}/en/" in (link.get_attribute("href") or "")


def test_pages_opened_lately_come_first_and_can_be_forgotten(page: Page, address: str) -> None:
    found = opened(page, address, "en")
    groups = found.locator(".fh-result-group h2")
    expect(groups).to_have_text(["Suggestions"])
    page.keyboard.type("wifi")
    expect(found.locator("mark").first).to_be_visible()
    results(found).first.click()
    page.wait_for_url(f"{address}/en/services/wifi/**")
    box(page).locator("input").click()
    expect(groups).to_have_text(["Opened lately", "Suggestions"])
    expect(results(found).first).to_contain_text("Wi-Fi")
    found.locator(".fh-result__forget").click()
    expect(groups).to_have_text(["Suggestions"])


def test_nothing_found_says_so_and_shows_other_ways(page: Page, address: str) -> None:
    page.goto(f"{address}/fa/{SERVICE}")
    box(page).locator("input").click()
    page.keyboard.type("ژژژژژژ")
    expect(status(box(page))).to_have_text("برای «ژژژژژژ» چیزی پیدا نشد")
    links = box(page).locator(".fh-search__lists a")
    assert links.count() > 3
    links.nth(1).click()
    page.wait_for_url(f"{address}/fa/services/a-z/")


def test_an_index_that_cannot_be_loaded_is_no_dead_end(page: Page, address: str) -> None:
    page.add_init_script(f"{UNRULY} self.isBroken = true;")
    page.goto(f"{address}/en/{SERVICE}")
    box(page).locator("input").click()
    expect(status(box(page))).to_contain_text("could not be loaded")
    assert box(page).locator(".fh-search__lists a").first.is_visible()
    page.evaluate("self.isBroken = false")
    page.keyboard.type("email")
    expect(results(box(page)).first).to_have_attribute("href", page_at(f"{address}/en/{SERVICE}"))


def test_the_home_page_has_a_box_of_its_own(page: Page, address: str) -> None:
    page.goto(f"{address}/ar/")
    door = page.locator("[data-fh-search=door]")
    door.locator("input").click()
    expect(results(door).first).to_be_visible()
    page.keyboard.type("الطابعة")
    expect(results(door).first).to_have_attribute(
        "href", page_at(f"{address}/ar/services/shared-printing/")
    )
    page.locator(".md-header__title").click()
    expect(results(door).first).not_to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("code", WORDS)
def test_results_are_accessible(
    browser: Browser, address: str, code: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, reduced_motion="reduce", color_scheme=scheme,
        service_workers="block",
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"{address}/{code}/{SERVICE}")
    page.locator("button[for=__search]" if width < 500 else ".md-search__input").click()
    expect(results(box(page)).first).to_be_visible()
    found = violations(page)
    page.keyboard.type(WORDS[code])
    expect(box(page).locator("mark").first).to_be_visible()
    expect(box(page).locator(".fh-facets button").first).to_be_visible()
    found += violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{address}/{code}/search/?q={WORDS[code]}")
    expect(page.locator("[data-fh-search=page] mark").first).to_be_visible()
    found += violations(page)
    context.close()
    assert not found


@pytest.mark.parametrize("code", WORDS)
def test_on_a_phone_the_box_fills_the_screen_and_closes(
    browser: Browser, address: str, code: str
) -> None:
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, reduced_motion="reduce", service_workers="block"
    )
    page = context.new_page()
    page.goto(f"{address}/{code}/{SERVICE}")
    button = page.locator("button[for=__search]")
    assert button.get_attribute("aria-label")
    button.focus()
    page.keyboard.press("Enter")
    expect(box(page).locator("input")).to_be_focused()
    page.keyboard.type(WORDS[code])
    expect(box(page).locator("mark").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    wide = (
        box(page)
        .locator("a, button, p")
        .evaluate_all(
            "all => all.filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect())"
            ".filter(r => r.width && (r.left < -1 || r.right > 321)).length"
        )
    )
    assert wide == 0
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(results(box(page)).first).not_to_be_visible()
    context.close()


@pytest.mark.parametrize("code", WORDS)
def test_without_script_the_search_explains_itself(
    browser: Browser, address: str, code: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{code}/{SERVICE}")
    page.locator(".md-search__input").fill("x")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/{code}/search/?q=x")
    assert "JavaScript" in page.locator(".fh-notice").inner_text()
    page.locator(".fh-search__lists a[href$='services/a-z/']").click()
    page.wait_for_url(f"{address}/{code}/services/a-z/")
    context.close()


def test_a_folder_without_a_server_can_be_searched(page: Page, built: Built) -> None:
    folder = built.folder / "customer"
    for code, word in WORDS.items():
        page.goto((folder / code / SERVICE / "index.html").as_uri())
        box(page).locator("input").click()
        page.keyboard.type(word)
        expect(box(page).locator("mark").first).to_be_visible()
        results(box(page)).first.click()
        page.wait_for_url(f"**/{code}/{SERVICE}index.html**")
        box(page).locator("input").fill(word)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{code}/search/index.html?q=*")
        expect(page.locator("[data-fh-search=page] mark").first).to_be_visible()


def test_after_one_visit_search_and_opened_pages_need_no_connection(
    browser: Browser, built: Built, tmp_path: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    with served(built.folder / "customer") as url:
        page.goto(f"{url}/fa/{SERVICE}")
        page.evaluate("navigator.serviceWorker.ready")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.goto(f"{url}/fa/{SERVICE}")
    assert page.locator("h1").inner_text()
    assert (
        page.evaluate("document.fonts.load('1em Vazirmatn', 'س').then(found => found.length)") > 0
    )
    box(page).locator("input").click()
    page.keyboard.type("رایانامه")
    expect(results(box(page)).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/fa/search/?q=*")
    expect(page.locator("[data-fh-search=page] mark").first).to_be_visible()
    page.goto(f"{url}/fa/services/vpn/")
    expect(page.locator("[lang=fa] h1")).to_have_text("اتصال به شبکه برقرار نیست")
    context.close()


def test_a_page_that_is_missing_offers_the_search(browser: Browser, address: str) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(f"{address}/404.html")
    page.locator("section[lang=en] input").fill("printing")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/en/search/?q=printing")
    context.close()


@pytest.mark.parametrize("code", WORDS)
def test_browsers_can_search_the_site_from_their_address_bar(built: Built, code: str) -> None:
    text = (built.folder / "customer" / code / "opensearch.xml").read_bytes()
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    description = etree.fromstring(text)
    assert description.tag == f"{space}OpenSearchDescription"
    assert 0 < len(description.findtext(f"{space}ShortName") or "") <= 16
    url = description.find(f"{space}Url[@type='text/html']")
    assert url is not None
    assert url.get("template") == f"https://services.marsa.example/{code}/search/?q={{searchTerms}}"
    head = built.pages[f"{code}/{SERVICE}index.html"]
    assert f'href="https://services.marsa.example/{code}/opensearch.xml"' in head


def test_search_engines_are_told_to_leave_the_search_out(built: Built) -> None:
    for code in WORDS:
        assert (
            '<meta name="robots" content="noindex, follow">'
            in built.pages[f"{code}/search/index.html"]
        )
    assert "/search/" not in (built.folder / "customer" / "sitemap.xml").read_text("utf-8")


def test_the_hosts_own_search_is_gone(built: Built) -> None:
    left = [
        f
        for f in (built.folder / "customer").rglob("*")
        if "lunr" in f.name or f.name == "search_index.json"
    ]
    assert not left
    assert not list((built.folder / "customer" / "assets" / "javascripts").glob("workers/*"))
