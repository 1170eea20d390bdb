"""The few files that belong to no page: chooser, 404, site map, search for browsers; redirects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.assets import digest
from generator.dress import SiteFacts
from generator.editions import Edition
from generator.facets import facets_script
from generator.inventory import Inventory, inventory
from generator.languages import Language
from generator.linking import terms_script
from generator.messages import Messages
from generator.pages.addresses import LISTS, entry_url, list_url, parallel_url
from generator.places import ANY, Place, listed
from generator.render import TEMPLATES
from generator.search import site
from generator.side_by_side import KINDS


def files(
    shown: Sequence[Edition], facts: SiteFacts, places: Sequence[Place], versions: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Names and texts of the files; `versions` are those of the search indexes."""
    environment = plain_environment()
    languages = [(edition.language, Messages(edition.formatter)) for edition in shown]
    names = facts.name
    yield (
        "index.html",
        environment.get_template("chooser.html.jinja").render(
            languages=languages, names=names, facts=facts
        ),
    )
    base = urlsplit(facts.url).path or "/"
    standalone = environment.get_template("standalone.html.jinja")
    for file, name in (("404.html", "not_found"), ("offline.html", "offline")):
        text = standalone.render(
            languages=languages, names=names, base=base, name=name, search=LISTS["search"],
            services=LISTS["services"], facts=facts,
        )  # fmt: skip
        yield file, text
    yield worker(shown, facts, versions)
    yield (
        "sitemap.xml",
        _sitemap(listed(places), facts) if facts.url and not facts.staff else _EMPTY,
    )
    yield "robots.txt", _robots(facts)
    yield site.engine()
    for edition in shown:
        yield terms_script(edition)
        yield from facets_script(edition)
        if facts.url:
            yield _open_search(edition, facts)
        yield from _redirects(edition, edition is shown[0], environment)


def inventory_of(facts: SiteFacts, places: Sequence[Place]) -> Inventory:
    """The inventory of a site."""
    return inventory(facts.name.get("en") or next(iter(facts.name.values())), places)


def worker(shown: Sequence[Edition], facts: SiteFacts, versions: Sequence[str]) -> tuple[str, str]:
    """Name and text of the script that keeps pages and search for readers without a network."""
    template = plain_environment().get_template("sw.js.jinja")
    codes = [edition.language.code for edition in shown]
    needed = [name for name in facts.assets.values() if not name.endswith(".txt")]
    return "sw.js", template.render(
        codes=codes, version="".join(versions), assets=needed, look=digest("".join(needed).encode())
    )


def moved(shown: Sequence[Edition]) -> Iterator[Place]:
    """The redirects of a site; whatever anchor is asked for, they lead on with it."""
    for edition in shown:
        for old, _ in _moves(edition, edition is shown[0]):
            yield Place(old, "", (ANY,), listed=False)


def plain_environment() -> Environment:
    """For templates of pages that are not dressed: they print strings only."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


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


def _open_search(edition: Edition, facts: SiteFacts) -> tuple[str, str]:
    """What a browser needs to search the site from its address bar (OpenSearch 1.1)."""
    language, t = edition.language, Messages(edition.formatter)
    name = t("search.browser", site=facts.name[language.code])
    page = f"{facts.url}{list_url(language, 'search')}"
    return (
        f"{language.code}/opensearch.xml",
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(facts.name[language.code][:16].rstrip())}</ShortName>\n"
        f"<LongName>{escape(name[:48])}</LongName>\n"
        f"<Description>{escape(t('search.label'))}: {escape(name)}</Description>\n"
        f"<Language>{language.code}</Language>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Image width="16" height="16" type="image/svg+xml">{facts.url}{facts.asset("assets/favicon.svg")}</Image>\n'
        f'<Url type="text/html" template="{page}?q={{searchTerms}}"/>\n'
        f'<Url type="application/opensearchdescription+xml" rel="self" '
        f'template="{facts.url}{language.code}/opensearch.xml"/>\n'
        "</OpenSearchDescription>\n",
    )


def _redirects(
    edition: Edition, first: bool, environment: Environment
) -> Iterator[tuple[str, str]]:
    """A page at each old address that leads to the new one (V36)."""
    template = environment.get_template("moved.html.jinja")
    for old, target in _moves(edition, first):
        address = "../" * old.count("/") + target
        t = Messages(edition.formatter)
        yield f"{old}index.html", template.render(language=edition.language, t=t, target=address)


def _moves(edition: Edition, first: bool) -> Iterator[tuple[str, str]]:
    """Old and new addresses; the first edition has those beside the languages too."""
    for stone in edition.public.tombstones.values():
        old = entry_url(edition.language, stone.of, stone.id)
        target = _target(edition, edition.language, stone.of, stone.redirect_to)
        yield old, target
        if first and stone.of in KINDS:
            known = stone.redirect_to is not None and edition.has_page(stone.of, stone.redirect_to)
            yield parallel_url(old), parallel_url(target) if known else "parallel/"


_LIST_OF = {"service": "services", "category": "services", "audience": "services",
            "process": "processes", "comparison": "compare", "term": "glossary"}  # fmt: skip


def _target(edition: Edition, language: Language, kind: str, id_: str | None) -> str:
    if id_ is not None and edition.has_page(kind, id_):
        return entry_url(language, kind, id_)
    return list_url(language, _LIST_OF[kind])
