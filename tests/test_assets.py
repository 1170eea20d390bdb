"""What browsers may keep for ever has a name that tells its content; every reference to it leads there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from generator.assets import THEME, assets, named
from tests.browsing import served
from tests.conftest import ROOT, Built

LANGUAGES = ("ar", "fa", "en")
(_PATTERN,) = re.findall(
    r'"~(/assets/.+)" "public', (ROOT / "docs/operators.md").read_text("utf-8")
)
FOR_EVER = re.compile(_PATTERN)
"""What the manual tells operators to send with `immutable`."""
ASKED_AGAIN = re.compile(
    r"/assets/(search/\w\w/(m\.js|files\.json)|(terms|services)/\w\w\.js|images/favicon\.png)"
)
KINDS = (
    "", "services/", "services/email/", "processes/", "processes/incident-management/", "glossary/",
    "glossary/incident/", "compare/", "search/", "parallel/processes/incident-management/", "parallel/",
)  # fmt: skip


def published(folder: Path) -> Iterator[tuple[str, Path]]:
    files = (file for file in sorted((folder / "assets").rglob("*")) if file.is_file())
    yield from (("/" + file.relative_to(folder).as_posix(), file) for file in files)


def hashes(file: Path) -> set[str]:
    """The hashes that a file may have in its name: of all of it, or of what its call holds."""
    data = file.read_bytes()
    called = data.partition(b",")[2].removesuffix(b")\n")
    return {
        hashlib.blake2b(data, digest_size=4).hexdigest(),
        hashlib.blake2b(called, digest_size=3).hexdigest(),
    }


@pytest.mark.parametrize("audience", ["customer", "staff"])
def test_names_tell_what_is_in_a_file(built: Built, audience: str) -> None:
    kept = asked = 0
    for name, file in published(built.folder / audience):
        if not FOR_EVER.search(name):
            assert ASKED_AGAIN.fullmatch(name), name
            asked += 1
        elif "/stylesheets/" not in name and "/javascripts/" not in name:  # the host names those
            assert file.name.split(".")[1] in hashes(file), name
            kept += 1
    assert kept > 20
    assert asked >= 9


def test_what_changes_without_its_name_is_asked_for_again(built: Built) -> None:
    for file in (built.folder / "customer").rglob("*"):
        name = "/" + file.relative_to(built.folder / "customer").as_posix()
        if file.suffix in (".html", ".json", ".inv", ".xml", ".txt") or file.name == "sw.js":
            assert not FOR_EVER.search(name) or "LICENSE" in name, name


def test_plain_names_are_nowhere(built: Built) -> None:
    own = [f.relative_to(THEME).as_posix() for f in (THEME / "assets").rglob("*") if f.is_file()]
    plain = re.compile("|".join(re.escape(name) for name in (*own, "assets/search/engine.js")))
    for folder in ("customer", "staff"):
        for file in (built.folder / folder).rglob("*"):
            if file.suffix in (".html", ".js", ".css", ".xml"):
                assert not plain.search(file.read_text(encoding="utf-8")), file


class Log:
    """What a page asks for and does not get."""

    def __init__(self, page: Page) -> None:
        self.missing: list[str] = []
        self.asked: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("requestfailed", self._failed)
        page.on("response", lambda r: self.missing.append(r.url) if r.status >= 400 else None)
        page.on("pageerror", lambda error: self.missing.append(str(error)))

    def _failed(self, request: Request) -> None:
        """Leaving a page aborts what it still asks for; from a folder nothing is loaded ahead."""
        at = urlsplit(request.url)
        is_there = at.scheme == "file" and Path(unquote(at.path)).is_file()
        if request.failure != "net::ERR_ABORTED" and not is_there:
            self.missing.append(request.url)


def use(page: Page, code: str) -> None:
    """What makes a page fetch more than it names: what a term means, the search."""
    term = page.locator("article a[data-fh-term]:visible")
    if term.count():
        term.first.hover()
        expect(page.locator("#fh-tip-text")).to_be_visible()
    field = page.locator("[data-fh-search=header] input")
    if field.count():
        field.click()
        field.fill({"ar": "البريد", "fa": "رایانامه", "en": "email"}[code])
        results = page.locator("[data-fh-search=header] a.md-search-result__link")
        expect(results.first).to_be_visible()


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("way", ["http", "file"])
def test_nothing_is_missing(browser: Browser, built: Built, code: str, way: str) -> None:
    context = browser.new_context(service_workers="block", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    log = Log(page)
    with served(built.folder) as address:
        base = f"{address}/customer/" if way == "http" else f"file://{built.folder}/customer/"
        for path in KINDS:
            url = base + (path if path.startswith("parallel") else f"{code}/{path}")
            page.goto(url if way == "http" else f"{url}index.html", wait_until="load")
            use(page, code)
            page.evaluate("document.fonts.ready.then(() => true)")
        page.goto(f"{base}index.html?choose", wait_until="load")
    context.close()
    assert not log.missing
    shown = {unquote(urlsplit(url).path.rpartition("/customer")[2]) for url in log.asked}
    assert {n.split(".")[0] for n in shown if n.startswith("/assets/") and FOR_EVER.search(n)} >= {
        "/assets/fihrist", "/assets/search", "/assets/abreast", "/assets/logo",
        "/assets/search/engine", f"/assets/search/{code}", "/assets/fonts/source-sans-3-latin",
    }  # fmt: skip


def test_nothing_is_missing_without_a_connection(browser: Browser, built: Built) -> None:
    context = browser.new_context()
    page = context.new_page()
    with served(built.folder / "customer") as address:
        for code in LANGUAGES:
            page.goto(f"{address}/{code}/services/email/")
            page.evaluate("navigator.serviceWorker.ready")
            page.wait_for_function("navigator.serviceWorker.controller !== null")
    log = Log(page)
    for code in LANGUAGES:
        page.goto(f"{address}/{code}/services/email/")
        use(page, code)
        page.goto(f"{address}/{code}/search/?q=vpn")
        expect(page.locator("[data-fh-search=page] mark").first).to_be_visible()
        assert page.evaluate("document.fonts.load('1em Vazirmatn', 'س').then(f => f.length)")
    page.goto(f"{address}/{LANGUAGES[0]}/no-such-page/")
    assert page.evaluate("getComputedStyle(document.querySelector('main')).fontFamily") != ""
    missing = [url for url in log.missing if "/terms/" not in url and not url.endswith("/sw.js")]
    context.close()
    assert not missing


def test_an_older_look_is_not_kept_by_browsers(built: Built) -> None:
    worker = (built.folder / "customer/sw.js").read_text(encoding="utf-8")
    (listed,) = re.findall(r"^const ASSETS = (.+);$", worker, re.M)
    for name in re.findall('"([^"]+)"', listed):
        assert (built.folder / "customer" / name).is_file()
        assert FOR_EVER.search(f"/{name}")
    assert re.search(r"const SHELL = `fihrist shell \$\{SCOPE\} [0-9a-f]{8}`", worker)


def test_files_that_the_settings_name_are_named_too(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    for name, text in {"logo.svg": "<svg/>", "colours.css": "a{}", "photo.png": "x"}.items():
        (tmp_path / "assets" / name).write_text(text)
    wanted = ("assets/colours.css", "https://x.example/a.js", "assets/none.js", "style/other.css")
    found = assets([tmp_path, THEME], wanted, {})
    assert found["assets/logo.svg"].data == b"<svg/>"
    assert found["assets/colours.css"].name == named("assets/colours.css", b"a{}")
    assert not found.keys() & {*wanted[1:], "assets/photo.png"}


def test_a_style_sheet_has_another_name_when_a_font_has() -> None:
    plain = assets([THEME], (), {})
    other = assets([THEME], (), {"assets/search/engine.js": "assets/search/engine.00000000.js"})
    differing = {name for name in plain if plain[name].name != other[name].name}
    assert differing == {"assets/search.js", "assets/abreast.js"}
    sheet = plain["assets/fihrist.css"].data.decode()
    for name in re.findall(r'url\("(fonts/[^"]+)"\)', sheet):
        assert f"assets/{name}" in {asset.name for asset in plain.values()}
