"""The few files that belong to no language: chooser, 404, site map, redirects, search entries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.dress import SiteFacts
from generator.editions import Edition
from generator.languages import Language
from generator.messages import Messages
from generator.pages.addresses import FOLDERS, LISTS, entry_url, list_url
from generator.pages.reader import Reader
from generator.render import TEMPLATES, plain, plain_prose


def files(
    shown: Sequence[Edition], facts: SiteFacts, urls: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Names and texts of the files."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    languages = [(edition.language, Messages(edition.formatter)) for edition in shown]
    names = facts.name
    yield (
        "index.html",
        environment.get_template("chooser.html.jinja").render(
            languages=languages, names=names, facts=facts
        ),
    )
    base = urlsplit(facts.url).path or "/"
    yield (
        "404.html",
        environment.get_template("not_found.html.jinja").render(
            languages=languages, names=names, base=base, services=LISTS["services"]
        ),
    )
    yield "sitemap.xml", _sitemap(urls, facts) if facts.url and not facts.staff else _EMPTY
    yield "robots.txt", _robots(facts)
    for edition in shown:
        yield from _redirects(edition, environment)
        yield f"{edition.language.code}/search/search_index.json", _search(edition)


_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>\n'
)


def _robots(facts: SiteFacts) -> str:
    if facts.staff:
        return "User-agent: *\nDisallow: /\n"
    site_map = f"Sitemap: {facts.url}sitemap.xml\n" if facts.url else ""
    return f"User-agent: *\nAllow: /\n{site_map}"


def _sitemap(urls: Sequence[str], facts: SiteFacts) -> str:
    """All pages with their other languages (sitemaps.org, with the XHTML link extension)."""
    by_path: dict[str, list[str]] = {}
    for url in sorted(urls):
        code, _, path = url.partition("/")
        by_path.setdefault(path, []).append(code)
    entries: list[str] = []
    for path, codes in by_path.items():
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{c}" href="{facts.url}{c}/{escape(path)}"/>'
            for c in codes
        )
        entries += (f"<url><loc>{facts.url}{c}/{escape(path)}</loc>{links}</url>" for c in codes)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n' + "\n".join(entries) + "\n</urlset>\n"
    )


def _redirects(edition: Edition, environment: Environment) -> Iterator[tuple[str, str]]:
    """A page at each old address that leads to the new one (V36)."""
    template = environment.get_template("moved.html.jinja")
    language = edition.language
    for stone in edition.public.tombstones.values():
        old = entry_url(language, stone.of, stone.id)
        target = _target(edition, language, stone.of, stone.redirect_to)
        depth = "../" * old.count("/")
        yield (
            f"{old}index.html",
            template.render(
                language=language, t=Messages(edition.formatter), target=f"{depth}{target}"
            ),
        )


_LIST_OF = {"service": "services", "category": "services", "audience": "services",
            "process": "processes", "comparison": "compare", "term": "glossary"}  # fmt: skip


def _target(edition: Edition, language: Language, kind: str, id_: str | None) -> str:
    if id_ is not None and edition.has_page(kind, id_):
        return entry_url(language, kind, id_)
    return list_url(language, _LIST_OF[kind])


_FIELDS = {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1.0}}
"""What the theme's search weighs how much."""


def _search(edition: Edition) -> str:
    """Entries for Material's search box: what customers may see, in the reader's language."""
    reader = Reader(edition)
    code = edition.language.code
    docs = []
    for kind in FOLDERS:
        for id_, entry in edition.public.entries[kind].items():
            title, text = _entry_text(reader, entry)
            location = entry_url(edition.language, kind, id_).removeprefix(f"{code}/")
            docs.append({"location": location, "title": title, "text": text})
    config = {
        "lang": ["en"],
        "separator": r"[\s\-،؛؟«».:/()\u2066-\u2069]+",
        "pipeline": [],
        "fields": _FIELDS,
    }
    return json.dumps({"config": config, "docs": docs}, ensure_ascii=False, separators=(",", ":"))


def _entry_text(reader: Reader, entry: object) -> tuple[str, str]:
    """Title, and beside the summary the other names by which people look for an entry."""
    name = getattr(entry, "title", None) or entry.name  # type: ignore[attr-defined]
    words = [text for _, text in name.items()]
    for field in ("summary", "definition", "description"):
        found = getattr(entry, field, None)
        if found is not None:
            words.append(plain_prose(reader.pick(found).text))
            break
    for field in ("aliases", "keywords", "variants"):
        found = getattr(entry, field, None)
        if found is not None:
            words += (*found.get(reader.language), *found.en)
    words.append(getattr(entry, "abbreviation", None) or "")
    return escape(plain(reader.pick(name))), escape(" · ".join(dict.fromkeys(filter(None, words))))
