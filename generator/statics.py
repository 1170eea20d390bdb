"""The few files that belong to no language: chooser, 404, site map; redirects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.dress import SiteFacts
from generator.editions import Edition
from generator.languages import Language
from generator.messages import Messages
from generator.pages.addresses import LISTS, entry_url, list_url
from generator.render import TEMPLATES
from generator.search import site


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
    yield site.engine()
    for edition in shown:
        yield from _redirects(edition, environment)


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
