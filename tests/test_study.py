"""What staff and trainers study with: maps, terms in texts, citations, languages side by side, questions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.audiences import Audience
from generator.editions import editions
from generator.languages import AR, EN, FA
from generator.layout import layered
from generator.linking import Linker
from generator.model.catalogue import Catalogue
from generator.model.walk import contents
from generator.pages.reader import Reader
from tests.conftest import TODAY, Built
from tests.test_browser import violations
from tests.test_site import in_languages, parsed

LIFECYCLE = {
    "strategy": 5, "design": 8, "transition": 7, "operation": 5, "improvement": 1,
}  # fmt: skip
FULL = [
    "strategy-management",
    "service-portfolio-management",
    "financial-management",
    "demand-management",
    "business-relationship-management",
    "service-level-management",
    "service-catalogue-management",
    "service-asset-and-configuration-management",
    "change-management",
    "incident-management",
    "problem-management",
    "request-fulfilment",
    "availability-management",
    "capacity-management",
    "seven-step-improvement",
]
PARTS = [
    "purpose",
    "questions",
    "objectives",
    "scope",
    "value",
    "concepts",
    "activities",
    "raci",
    "triggers",
    "inputs",
    "outputs",
    "interfaces",
    "roles",
    "measures",
    "challenges",
    "risks",
    "also-known-as",
    "self-check",
    "sources",
]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(
        viewport={"width": 1280, "height": 900}, reduced_motion="reduce", service_workers="block",
        permissions=["clipboard-read", "clipboard-write"],
    )  # fmt: skip
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


# ── what is there ──────────────────────────────────────────────────────────────────────────────


def test_all_processes_and_functions_of_itil_2011_are_there(built: Built) -> None:
    processes = built.material.catalogue.processes.values()
    stages = [p.stage for p in processes if p.form == "process"]
    assert {stage: stages.count(stage) for stage in LIFECYCLE} == LIFECYCLE
    assert len([p for p in processes if p.form == "function"]) == 4


@pytest.mark.parametrize("id_", FULL)
def test_a_process_in_full_depth_has_every_part_in_every_language(built: Built, id_: str) -> None:
    for code in ("ar", "fa", "en"):
        ids = parsed(built.pages[f"{code}/processes/{id_}/index.html"]).xpath("//article//h2/@id")
        assert [part for part in PARTS if part not in ids] == [], code


def test_every_term_says_what_it_means_in_three_languages(built: Built) -> None:
    terms = built.material.catalogue.terms
    assert len(terms) >= 203
    for term in terms.values():
        for language in (AR, FA, EN):
            assert len(term.definition.get(language) or "") > 30, (term.id, language.code)


def test_comparisons_have_rows_that_can_be_linked_to_an_example_and_sources(built: Built) -> None:
    comparisons = built.material.catalogue.comparisons.values()
    assert len(list(comparisons)) >= 11
    for comparison in comparisons:
        text = built.pages[f"en/compare/{comparison.id}/index.html"]
        root = parsed(text)
        rows = root.xpath("//table[contains(@class, 'fh-compare')]/tbody/tr/@id")
        assert len(rows) == sum(len(table.rows) for table in comparison.tables)
        assert {"similarities", "when-to-use", "example", "sources"} <= set(root.xpath("//h2/@id"))


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_every_measure_and_name_elsewhere_can_be_linked_to(built: Built, code: str) -> None:
    for process in built.material.catalogue.processes.values():
        root = parsed(built.pages[f"{code}/processes/{process.id}/index.html"])
        for place in root.xpath(
            "//*[@class='fh-csf']//li | //h2[@id='also-known-as']/following-sibling::dl[1]/div"
        ):
            assert place.xpath(".//a[@class='headerlink']/@href") == [f"#{place.get('id')}"], (
                process.id
            )
        assert len(root.xpath("//li[starts-with(@id, 'measure-')]")) == len(process.measures)


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_what_a_term_is_related_to_can_be_linked_to(built: Built, code: str) -> None:
    root = parsed(built.pages[f"{code}/glossary/incident/index.html"])
    rows = root.xpath("//*[@class='fh-pairs']/div[@id]/@id")
    assert rows == ["other-languages", "related", "not-service-request"]
    assert [f"#{id_}" for id_ in rows] == root.xpath("//dt/a[@class='headerlink']/@href")


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_every_title_heading_and_row_of_what_people_study_copies_its_address(
    built: Built, code: str
) -> None:
    lacking = []
    for name, text in built.pages.items():
        if re.match(f"{code}/(processes|compare|glossary|knowledge|guides)/", name):
            root = parsed(text)
            places = root.xpath(
                "//article//*[self::h1 or self::h2 or self::h3][not(@class='fh-card__name')]"
                " | //article//table[@class]/tbody/tr"
            )
            lacking += [
                (name, place.tag)
                for place in places
                if not place.xpath(".//a[@class='headerlink']")
            ]
    assert not lacking


def test_the_knowledge_written_by_hand_has_a_part_of_its_own(built: Built) -> None:
    for code, part in (("ar", "المعرفة"), ("fa", "دانستنی‌ها"), ("en", "Knowledge")):
        root = parsed(built.pages[f"{code}/index.html"])
        tabs = {
            a.text_content().strip(): a.get("href")
            for a in root.xpath("//a[@class='md-tabs__link']")
        }
        assert tabs[part] == "knowledge/learning-path/"
        page = parsed(built.pages[f"{code}/knowledge/errata/index.html"])
        (active,) = page.xpath("//li[contains(@class, 'md-tabs__item--active')]")
        assert active.text_content().strip() == part
        assert page.xpath("//a[contains(@href, 'knowledge/service-portfolio')]") or page.xpath(
            "//a[@href='../service-portfolio/']"
        )


def test_the_texts_have_typographic_apostrophes(built: Built) -> None:
    straight = []
    for kind, entries in built.material.catalogue.entries.items():
        for entry in entries.values():
            straight += [
                (kind, entry.id, text.en) for text in contents(entry)[0] if "'" in (text.en or "")
            ]
    assert not straight


# ── maps ───────────────────────────────────────────────────────────────────────────────────────


def test_boxes_stand_in_their_layers_and_do_not_touch() -> None:
    layers = [["a", "b"], ["c"], ["d", "e", "f"]]
    boxes = layered(layers, [("a", "c"), ("c", "d"), ("c", "f"), ("b", "e")], 100, 40, (50, 10))
    for i, layer in enumerate(layers):
        assert {boxes[name].x for name in layer} == {i * 150}
        tops = sorted(boxes[name].y for name in layer)
        assert all(low + 50 <= high for low, high in itertools.pairwise(tops))


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_the_map_of_the_lifecycle_leads_to_every_process(built: Built, code: str) -> None:
    root = parsed(built.pages[f"{code}/processes/index.html"])
    boxes = root.xpath("//*[local-name()='svg' and @class='fh-map']//*[@data-node]")
    assert {box.get("data-node") for box in boxes} == {
        p.id for p in built.material.catalogue.processes.values() if p.form == "process"
    }
    place = {
        box.get("data-node"): float(box.xpath(".//*[local-name()='rect']/@x")[0]) for box in boxes
    }
    first, last = place["strategy-management"], place["seven-step-improvement"]
    assert first < last if code == "en" else first > last


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_the_map_of_a_process_has_its_interfaces(built: Built, code: str) -> None:
    for process in built.material.catalogue.processes.values():
        root = parsed(built.pages[f"{code}/processes/{process.id}/index.html"])
        boxes = set(root.xpath("//*[@class='fh-map']//@data-node"))
        assert boxes == {process.id, *(i.process for i in process.interfaces if i.process)}
        arrows = root.xpath("//*[@class='fh-map']//*[@data-from]")
        assert len(arrows) == len(boxes) - 1


def test_a_box_that_is_pointed_at_lights_its_arrows(page: Page, address: str) -> None:
    page.goto(f"{address}/en/processes/")
    page.locator(".fh-map [data-node=demand-management]").focus()
    lit = page.locator(".fh-map__edge[data-fh-lit]")
    assert lit.count() > 0
    ends = lit.evaluate_all("all => all.flatMap(e => [[e.dataset.from, e.dataset.to]])")
    assert all("demand-management" in pair for pair in ends)


# ── terms in running text ──────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def linkers(built: Built) -> dict[str, Linker]:
    shown = editions(built.material.catalogue, Audience.CUSTOMER, TODAY)
    return {edition.language.code: Linker(Reader(edition)) for edition in shown}


@pytest.mark.parametrize(
    ("code", "text", "linked"),
    [
        ("en", "Two incidents at the service desk.", ["incidents", "service desk"]),
        ("en", "Service level agreements bind.", ["Service level agreements"]),
        ("ar", "بلّغ عن الحادث فورًا.", ["الحادث"]),
        ("ar", "فالحادث غير المشكلة، وإدارة الحوادث عملية.", ["فالحادث", "وإدارة الحوادث"]),
        ("ar", "سجّل حادثًا عند مورّد.", ["حادثًا", "مورّد"]),
        ("ar", "يجب أن تُعرض الخدمة.", []),
        ("fa", "رخدادها را ثبت کنید.", ["رخدادها"]),
        ("fa", "بودجهٔ بخش شما.", ["بودجهٔ"]),
        ("fa", "میز خدمت به رخداد‌ها رسیدگی می‌کند.", ["میز خدمت", "رخداد‌ها"]),
        ("en", "A plan for every user.", []),
    ],
)
def test_a_term_is_found_as_the_language_writes_it(
    linkers: dict[str, Linker], code: str, text: str, linked: list[str]
) -> None:
    html = linkers[code](f"<p>{text}</p>", f"{code}/processes/x/")
    assert re.findall(r"data-fh-term[^>]*>([^<]*)</a>", html) == linked


def test_a_name_of_signs_alone_is_not_looked_for(built: Built) -> None:
    whole = built.material.catalogue
    text = whole.terms["incident"].name.model_copy(update={"en": "→"})
    term = whole.terms["incident"].model_copy(update={"name": text})
    changed = Catalogue({**whole.entries, "term": {"incident": term}}, whole.sources)
    shown = editions(changed, Audience.CUSTOMER, TODAY)
    linker = Linker(Reader(next(e for e in shown if e.language is EN)))
    assert linker("<p>An incident → a problem.</p>", "en/x/") == "<p>An incident → a problem.</p>"


def test_only_the_first_use_in_a_section_is_linked(linkers: dict[str, Linker]) -> None:
    html = linkers["en"](
        '<p>Incident, incident.</p><h2 id="b">Incident</h2><p>An incident.</p><ul><li>incident</li></ul>',
        "en/processes/x/",
    )
    assert html.count("data-fh-term") == 2
    assert '<h2 id="b">Incident</h2>' in html


def test_links_code_and_other_languages_are_left_alone(linkers: dict[str, Linker]) -> None:
    html = '<p><a href="#">incident</a> <code>incident</code> <span lang="fa">incident</span></p>'
    assert linkers["en"](html, "en/processes/x/") == html


def test_the_english_name_stands_beside_the_first_use(linkers: dict[str, Linker]) -> None:
    html = linkers["ar"]('<p>حادث</p><h2 id="b">ب</h2><p>حادث</p>', "ar/processes/x/")
    assert html.count('<bdi lang="en" dir="ltr">Incident</bdi>') == 1
    assert "Incident" not in linkers["en"]("<p>x</p>", "en/processes/x/")


@pytest.mark.parametrize(
    ("code", "path", "term", "shown"),
    [
        ("en", "virtual-server", "budget", "budget"),
        ("ar", "on-premises-mail", "service-desk", "بمكتب الخدمة (Service desk)"),
        ("fa", "laptop", "cost-centre", "مرکز هزینهٔ (Cost centre)"),
    ],
)
def test_texts_of_services_link_terms_but_lists_and_hours_do_not(
    built: Built, code: str, path: str, term: str, shown: str
) -> None:
    page = parsed(built.pages[f"{code}/services/{path}/index.html"])
    links = page.xpath("//article//a[@data-fh-term]")
    assert term in [link.get("data-fh-term") for link in links]
    assert shown in " ".join(link.getparent().text_content() for link in links)
    for link in links:
        heading = link.xpath("preceding::h2[1]/@id")[0]
        assert heading in ("leaving", "about", "outcomes", "request", "price", "scope", "data")


def test_a_term_does_not_lead_to_its_own_page(linkers: dict[str, Linker]) -> None:
    assert "data-fh-term" not in linkers["en"]("<p>An incident.</p>", "en/glossary/incident/")


def test_a_tooltip_tells_by_pointer_key_and_touch(
    browser: Browser, page: Page, address: str
) -> None:
    path = f"{address}/fa/processes/incident-management/"
    page.goto(path)
    link = page.locator("a[data-fh-term]").first
    tip = page.locator("[role=tooltip]")
    link.hover()
    expect(tip).to_be_visible()
    assert tip.inner_text().strip()
    assert link.get_attribute("aria-describedby") == tip.get_attribute("id")
    page.keyboard.press("Escape")
    expect(tip).not_to_be_visible()
    page.mouse.move(5, 5)
    page.keyboard.press("Tab")
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(tip).to_be_visible()
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, service_workers="block"
    )
    phone = context.new_page()
    phone.goto(path)
    first = phone.locator("a[data-fh-term]").first
    first.tap()
    expect(phone.locator("[role=tooltip]")).to_be_visible()
    assert phone.url.partition("#")[0] == path
    box = phone.locator("[role=tooltip]").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    first.tap()
    phone.wait_for_url("**/fa/glossary/**")
    context.close()


# ── to take along ──────────────────────────────────────────────────────────────────────────────


def test_the_sign_at_a_heading_a_row_and_a_role_copies_its_address(
    page: Page, address: str
) -> None:
    path = f"{address}/en/processes/change-management/"
    page.goto(path)
    for place in ("#objectives", "tr[id^=raci-]", "tr[id^=input-]", "[id^=role-]"):
        element = page.locator(place).first
        element.hover()
        element.locator("a.headerlink").click()
        id_ = element.get_attribute("id")
        page.wait_for_function(
            "id => navigator.clipboard.readText().then(t => t.endsWith('#' + id))", arg=id_
        )
    expect(page.locator(".fh-said")).to_be_visible()


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_a_page_says_how_it_is_cited(page: Page, address: str, code: str) -> None:
    page.clock.set_fixed_time(date(2026, 12, 3).isoformat())
    page.goto(f"{address}/{code}/compare/slm-brm/")
    page.locator("#cite summary").click()
    text = page.locator("#cite").inner_text()
    url = f"https://services.marsa.example/{code}/compare/slm-brm/"
    assert text.count(url) == 3
    day = {"ar": "3 ديسمبر 2026", "fa": "۱۲ آذر ۱۴۰۵", "en": "3 December 2026"}[code]
    assert text.count(day) == 2
    assert "urldate = {2026-12-03}" in text
    assert "@misc{" in text


def test_guides_can_be_cited_too(built: Built) -> None:
    assert parsed(built.pages["fa/knowledge/business-case/index.html"]).xpath("//*[@id='cite']")


# ── side by side ───────────────────────────────────────────────────────────────────────────────


def test_every_process_comparison_and_term_stands_in_three_languages(built: Built) -> None:
    for kind, folder in (
        ("processes", "processes"),
        ("comparisons", "compare"),
        ("terms", "glossary"),
    ):
        for id_ in getattr(built.material.catalogue, kind):
            root = parsed(built.pages[f"parallel/{folder}/{id_}/index.html"])
            rows = root.xpath("//*[@class='fh-parallel__row']")
            for row in rows:
                cells = [(c.get("lang"), c.get("dir")) for c in row.xpath("./section")]
                assert cells == [("ar", "rtl"), ("fa", "rtl"), ("en", "ltr")]
            ids = root.xpath("//@id")
            assert len(ids) == len(set(ids)), id_


def test_parts_with_the_same_heading_stand_in_one_row(built: Built) -> None:
    root = parsed(built.pages["parallel/processes/incident-management/index.html"])
    for row in root.xpath("//*[@class='fh-parallel__row']")[1:]:
        heads = [cell.xpath(".//h2/@id")[0] for cell in row.xpath("./section")]
        assert [re.sub("-(fa|en)$", "", head) for head in heads] == [heads[0]] * 3


def test_links_in_it_lead_somewhere(built: Built) -> None:
    folder = built.folder / "customer"
    for name in ("parallel/processes/incident-management", "parallel/compare/slm-brm"):
        root = parsed(built.pages[f"{name}/index.html"])
        ids = set(root.xpath("//@id"))
        for link in root.xpath("//a/@href"):
            if link.startswith("#"):
                assert link[1:] in ids, link
            elif not link.startswith(("http", "mailto:")):
                assert (
                    (folder / name / link.partition("#")[0] / "index.html").resolve().is_file()
                ), link


def test_the_languages_are_chosen_and_the_address_keeps_them(page: Page, address: str) -> None:
    page.goto(f"{address}/parallel/glossary/incident/")
    page.locator("input[value=ar]").uncheck()
    assert page.url.endswith("?lang=fa,en")
    expect(page.locator("section[lang=ar]").first).not_to_be_visible()
    page.reload()
    expect(page.locator("section[lang=ar]").first).not_to_be_visible()
    expect(page.locator("section[lang=fa]").first).to_be_visible()
    page.locator("input[value=fa]").uncheck()
    expect(page.locator("input[value=en]")).to_be_disabled()


def test_any_two_entries_stand_side_by_side(page: Page, address: str) -> None:
    page.goto(f"{address}/en/processes/incident-management/")
    page.locator(".fh-tools a").nth(1).click()
    page.locator("select[name=b]").select_option("processes/problem-management/")
    expect(page.locator(".fh-parallel__row").first.locator("section")).to_have_count(2)
    row = page.locator(".fh-parallel__row", has=page.locator("#objectives-1, [id='objectives']"))
    expect(row.locator("section")).to_have_count(2)
    page.locator("input[value=fa]").check()
    expect(page.locator(".fh-parallel__row").first.locator("section")).to_have_count(4)
    page.reload()
    expect(page.locator(".fh-parallel__row").first.locator("section")).to_have_count(4)


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_two_services_stand_side_by_side(page: Page, address: str, code: str) -> None:
    page.goto(f"{address}/{code}/services/email/")
    page.locator(".fh-tools a").nth(1).click()
    first = page.locator(".fh-parallel__row").first.locator("section")
    expect(first).to_have_count(1)
    page.locator("input[name=find]").fill("VPN")
    page.locator(".fh-parallel__find button").first.click()
    expect(first).to_have_count(2)
    assert page.url.endswith(f"?a=services/email/&b=services/vpn/&lang={code}")
    prices = page.locator(".fh-parallel__row", has=page.locator("#price")).locator("section")
    expect(prices.nth(1).locator("h2")).to_have_attribute("id", "price-1")
    page.reload()
    expect(first).to_have_count(2)
    name = page.locator("select[name=b] option:checked").inner_text()
    assert name in first.nth(1).locator("h1").inner_text()


def test_a_service_stands_in_its_languages(page: Page, address: str) -> None:
    page.goto(f"{address}/fa/services/email/")
    page.locator(".fh-tools a").first.click()
    cells = page.locator(".fh-parallel__row").first.locator("section")
    expect(cells).to_have_count(3)
    assert cells.evaluate_all("all => all.map(cell => cell.lang)") == ["ar", "fa", "en"]


def test_services_are_chosen_by_the_address_and_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/parallel/?a=services/email&b=services/vpn&lang=en,ar")
    cells = page.locator(".fh-parallel__row").first.locator("section")
    expect(cells).to_have_count(4)
    find = page.locator("input[name=find]")
    find.fill("qqzzx")
    expect(page.locator(".fh-parallel__find [role=status]")).not_to_be_empty()
    find.fill("laptop")
    expect(page.locator(".fh-parallel__find button").first).to_be_visible()
    find.press("Enter")
    expect(page.locator("select[name=b]")).to_have_value("services/laptop/")
    expect(page.locator(".fh-parallel__find button")).to_have_count(0)
    ids = page.evaluate("Array.from(document.querySelectorAll('[id]'), e => e.id)")
    assert len(ids) == len(set(ids))


def test_an_address_brings_in_nothing_but_services(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/parallel/?a=../../secret/&b=services/category/network/&lang=en")
    expect(page.locator(".fh-parallel__list")).to_be_visible()
    assert not [
        url
        for url in asked
        if "secret" in url.rpartition("?")[0] or "category" in url.rpartition("?")[0]
    ]


def test_the_page_of_any_two_does_not_grow_with_the_services(built: Built) -> None:
    text = built.pages["parallel/index.html"]
    assert not [id_ for id_ in built.material.catalogue.services if f"services/{id_}" in text]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(browser: Browser, address: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, service_workers="block"
    )
    page = context.new_page()
    found = []
    for path in (
        "parallel/processes/incident-management/",
        "parallel/compare/slm-brm/",
        "parallel/glossary/incident/",
        "parallel/",
        "parallel/?a=services/email/&b=services/vpn/&lang=en",
        "en/knowledge/service-portfolio/",
        "fa/knowledge/business-case/",
    ):
        page.goto(f"{address}/{path}")
        found += [(path, *violation) for violation in violations(page)]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert not found


# ── questions ──────────────────────────────────────────────────────────────────────────────────


def test_every_full_process_and_comparison_has_questions(built: Built) -> None:
    about = [question.about for question in built.material.catalogue.entries["question"].values()]
    for id_ in FULL:
        assert about.count(f"process/{id_}") >= 3, id_
    for id_ in built.material.catalogue.comparisons:
        assert about.count(f"comparison/{id_}") >= 3, id_


def test_nothing_for_staff_stands_side_by_side_for_customers(built: Built) -> None:
    names = [name for name in built.pages if name.startswith("parallel/")]
    assert names
    assert not [name for name in names if "/portfolio/" in name]
    assert not set(in_languages(built.pages)) & set(names)
