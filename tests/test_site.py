"""The finished example site, as a reader and a crawler meet it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from posixpath import normpath
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html as lxml_html
from pydantic import BaseModel

from generator.audiences import Audience
from generator.languages import AR, EN, FA, LANGUAGES
from generator.messages import patterns
from generator.model.base import ForCustomers
from tests.conftest import Built, build_site

BASE = "https://services.marsa.example/"
OUTSIDE_LANGUAGES = ("index.html", "404.html", "offline.html")


@lru_cache(maxsize=2000)
def parsed(text: str) -> Any:
    return lxml_html.document_fromstring(
        text.encode(), parser=lxml_html.HTMLParser(encoding="utf-8")
    )


def in_languages(pages: dict[str, str]) -> dict[str, str]:
    """The pages of a language; those that show several side by side have tests of their own."""
    return {
        name: text
        for name, text in pages.items()
        if name not in OUTSIDE_LANGUAGES and not name.startswith("parallel/")
    }


def test_every_language_has_the_same_pages(built: Built) -> None:
    for pages in (built.pages, built.staff):
        by_language = defaultdict(set)
        for name in in_languages(pages):
            code, _, rest = name.partition("/")
            by_language[code].add(rest)
        assert set(by_language) == {"ar", "fa", "en"}
        assert by_language["ar"] == by_language["fa"] == by_language["en"]


def test_every_page_says_its_language_and_direction(built: Built) -> None:
    for name, text in in_languages(built.pages | built.staff).items():
        root = parsed(text)
        language = next(lang for lang in LANGUAGES if name.startswith(f"{lang.code}/"))
        assert (root.get("lang"), root.get("dir")) == (language.code, language.direction), name


def test_heading_ids_are_latin_and_the_same_in_all_languages(built: Built) -> None:
    for name, text in in_languages(built.staff).items():
        found = heading_ids(text)
        assert all(re.fullmatch(r"[a-z][a-z0-9.-]*", id_) for id_ in found), (name, found)
        if name.startswith("en/") and not name.endswith(("a-z/index.html", "glossary/index.html")):
            for code in ("ar", "fa"):
                other = heading_ids(built.staff[f"{code}{name[2:]}"])
                assert sorted(other) == sorted(found), (code, name)


def heading_ids(text: str) -> list[str]:
    headings = parsed(text).xpath(
        "//article//*[self::h1 or self::h2 or self::h3][ancestor-or-self::*]"
    )
    return [h.get("id") for h in headings if h.get("id") and not h.get("id").startswith("letter-")]


def test_ids_are_unique_on_a_page(built: Built) -> None:
    for name, text in built.staff.items():
        ids = parsed(text).xpath("//*/@id")
        assert len(ids) == len(set(ids)), (name, {i for i in ids if ids.count(i) > 1})


@pytest.mark.parametrize("audience", ["customer", "staff"])
def test_internal_links_and_anchors_resolve(built: Built, audience: str) -> None:
    folder = built.folder / audience
    pages = built.pages if audience == "customer" else built.staff
    ids = {name: set(parsed(text).xpath("//*/@id")) for name, text in pages.items()}
    broken = []
    for name, text in pages.items():
        for target in parsed(text).xpath("//@href | //@src"):
            problem = broken_link(folder, name, target, ids)
            if problem:
                broken.append((name, target, problem))
    assert not broken


def broken_link(folder: Path, name: str, target: str, ids: dict[str, set[str]]) -> str:
    parts = urlsplit(target)
    if parts.scheme in ("http", "https"):
        if not target.startswith(BASE):
            return ""
        path = parts.path.lstrip("/")
    elif parts.scheme or target.startswith("javascript:"):
        return ""
    elif not parts.path:
        path = name
    elif parts.path.startswith("/"):
        path = parts.path[1:]
    else:
        path = normpath(f"{name.rpartition('/')[0]}/{parts.path}") + (
            "/" if parts.path.endswith("/") else ""
        )
        path = path.removeprefix("./").removeprefix("/")
    file = unquote(path)
    if file.endswith("/") or file in ("", "."):
        file = f"{file.removeprefix('.').removeprefix('/')}index.html"
    if not (folder / file).is_file():
        return "no file"
    if parts.fragment and file in ids and not parts.fragment.startswith("__"):
        return (
            ""
            if unquote(parts.fragment) in ids[file] or parts.fragment.startswith("fh-")
            else "no anchor"
        )
    return ""


def test_canonical_and_alternates_are_absolute_and_reciprocal(built: Built) -> None:
    for name, text in in_languages(built.pages).items():
        root = parsed(text)
        own = BASE + name.removesuffix("index.html")
        assert root.xpath("//link[@rel='canonical']/@href") == [own]
        links = {
            e.get("hreflang"): e.get("href")
            for e in root.xpath("//link[@rel='alternate'][@hreflang]")
        }
        rest = name.partition("/")[2].removesuffix("index.html")
        assert links == {
            **{code: f"{BASE}{code}/{rest}" for code in ("ar", "fa", "en")},
            "x-default": f"{BASE}en/{rest}",
        }


def test_every_page_has_a_title_and_a_description_of_its_own(built: Built) -> None:
    seen: dict[str, str] = {}
    for name, text in in_languages(built.pages).items():
        root = parsed(text)
        title = root.findtext(".//title")
        (description,) = root.xpath("//meta[@name='description']/@content")
        assert title
        assert 10 < len(description) <= 165, name
        key = f"{name[:2]} {title}"
        assert key not in seen, (name, seen[key])
        seen[key] = name


def test_the_switcher_names_each_language_in_itself(built: Built) -> None:
    for name, text in in_languages(built.pages).items():
        choices = parsed(text).xpath("//a[@data-fh-language]")
        found = [(c.get("lang"), c.get("dir"), c.text_content()) for c in choices]
        assert found == [(lang.code, lang.direction, lang.name) for lang in (AR, FA, EN)], name


def test_no_english_interface_word_on_arabic_and_persian_pages(built: Built) -> None:
    english = {
        text
        for key, text in patterns(EN).items()
        if "{" not in text
        and len(text) > 3
        and text not in set(patterns(AR).values()) | set(patterns(FA).values())
    } | {"Permanent link", "Made with", "Skip to content", "Search", "Note", "Back to top"}
    for name, text in in_languages(built.staff).items():
        if name.startswith("en/"):
            continue
        root = parsed(text)
        for foreign in root.xpath(
            "//script | //style | //*[@lang='en'] | //*[@class='fh-other'] | //code"
            " | //article//bdi[@dir='ltr']"
        ):
            tail = foreign.tail or ""
            foreign.clear()
            foreign.tail = tail
        words = {t.strip() for t in root.xpath("//body//text()")}
        words |= {
            t.strip() for t in root.xpath("//@title | //@aria-label | //@placeholder | //@alt")
        }
        parsed.cache_clear()
        assert not words & english, name


def texts(value: Any, secret: bool) -> Iterator[tuple[str, bool]]:
    """The texts below a value, and whether the marks in the model make them staff-only."""
    if isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            public = any(isinstance(mark, ForCustomers) for mark in info.metadata)
            yield from texts(getattr(value, name), secret or not public)
    elif isinstance(value, tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item, secret)
    elif isinstance(value, str):
        yield value, secret


def test_no_staff_text_of_the_example_is_in_the_customer_site(built: Built) -> None:
    catalogue = built.material.catalogue
    hidden = {s.id for s in catalogue.services.values()
              if s.type == "supporting" or (catalogue.section(s) == "pipeline" and s.status != "release")}  # fmt: skip
    staff_kinds = {"policy", "customer", "supplier", "agreement", "business-case"}
    found = [
        (line, secret)
        for kind, entry in catalogue.all()
        for text, secret in texts(
            entry, kind in staff_kinds or (kind == "service" and entry.id in hidden)
        )
        for line in text.splitlines()
    ]
    shown = "\n".join(text for text, secret in found if not secret)
    canaries = {text for text, secret in found if secret and len(text) > 12 and text not in shown}
    assert len(canaries) > 1000
    files = [f for f in (built.folder / "customer").rglob("*") if f.is_file()]
    lines = dict.fromkeys(line for file in files for line in file.read_bytes().split(b"\n"))
    everything = b"\n".join([*lines, *(str(file).encode() for file in files)])
    assert not [text for text in canaries if text.encode() in everything]
    names = {part for f in files for part in f.relative_to(built.folder / "customer").parts}
    assert not names & hidden


def test_staff_pages_say_so_and_ask_not_to_be_indexed(built: Built) -> None:
    for name, text in in_languages(built.staff).items():
        root = parsed(text)
        assert root.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow"], name
        assert root.xpath("//*[contains(@class, 'fh-staff-mark')]"), name
    assert "Disallow: /" in (built.folder / "staff/robots.txt").read_text()


def test_the_site_map_lists_every_page_once(built: Built) -> None:
    text = (built.folder / "customer/sitemap.xml").read_text(encoding="utf-8")
    listed = re.findall(r"<loc>(.*?)</loc>", text)
    pages = {BASE + name.removesuffix("index.html") for name in in_languages(built.pages)}
    assert sorted(listed) == sorted(url for url in pages if not url.endswith("/search/"))


def test_chooser_and_404_speak_three_languages(built: Built) -> None:
    for name in OUTSIDE_LANGUAGES:
        root = parsed(built.pages[name])
        sections = [(s.get("lang"), s.get("dir")) for s in root.xpath("//section")]
        assert sections == [("ar", "rtl"), ("fa", "rtl"), ("en", "ltr")]


def test_two_builds_are_the_same_to_the_byte(built: Built, tmp_path: Path) -> None:
    build_site(built.material, Audience.CUSTOMER, tmp_path / "again", jobs=1)
    assert tree(tmp_path / "again") == tree(built.folder / "customer")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()
    }


def test_nothing_is_loaded_from_elsewhere(built: Built) -> None:
    for name, text in built.pages.items():
        loaded = parsed(text).xpath("//script/@src | //img/@src | //link[@rel='stylesheet']/@href")
        assert not [url for url in loaded if urlsplit(url).netloc], name
