"""The adapter to MkDocs, Material and static-i18n: the only module that imports them.

`Fihrist` is an ordinary MkDocs plugin. It gives the hand-written pages their addresses, navigation
and links, and cuts the chrome for data pages out of pages that Material rendered. `mkdocs build`
and `mkdocs serve` run the whole build through it; `dresser` lets `fihrist build` run it as a step.
"""

from __future__ import annotations

import logging
import os
import shutil
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.build import get_context
from mkdocs.config import config_options, load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.theme import Theme
from mkdocs.utils.templates import TemplateContext

from generator import parallel
from generator.assets import THEME, Asset, assets
from generator.audiences import Audience
from generator.build import Dresser, Material, build, gather
from generator.dress import SLOTS, Chrome, SiteFacts, cited, mark, print_footer
from generator.editions import Edition, editions
from generator.linking import Linker
from generator.orders import today
from generator.pages.navigation import WRITTEN, chrome_places, part_of, sections
from generator.pages.reader import Reader
from generator.press import Host
from generator.publish.folder import write
from generator.publish.hand_written import common, headed, mended, rooted, slots
from generator.publish.naming import named_in, rename
from generator.render import Compiled
from generator.reports import as_text
from generator.search import site
from generator.search.documents import Article

STYLE = "assets/fihrist.css"
SCRIPTS = ("assets/fihrist.js", "assets/search.js")
log = logging.getLogger("mkdocs.plugins.fihrist")

_WRITTEN_AT = 5


class Options(Config):  # type: ignore[no-untyped-call]
    """What `mkdocs.yml` may say about the plugin."""

    audience = config_options.Choice(("customer", "staff"), default="customer")


@dataclass
class Collected:
    """What one run of MkDocs over all languages leaves for the data pages."""

    chrome: dict[str, dict[str, Chrome]] = field(default_factory=dict)
    hand_written: dict[str, list[Article]] = field(default_factory=dict)


class Fihrist(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Hand-written pages and chrome for the languages of a site."""

    def __init__(self) -> None:
        self.readers: dict[str, Reader] = {}
        self._facts: SiteFacts
        self._assets: dict[str, Asset] = {}
        self.material: Material | None = None
        self.collected = Collected()
        self.alone = True
        self.serving = False
        self._shared: list[File] = []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether errors may end the run: a server keeps the last good site."""
        if dirty and command == "build":
            raise ConfigurationError("--dirty would keep pages that may no longer be published")
        self.serving = command == "serve"

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Before static-i18n: read the catalogue, unless `fihrist build` has done so."""
        _require(config, "i18n")
        if config.plugins["i18n"].building:  # type: ignore[attr-defined]
            return config
        self.collected = Collected()
        if self.alone:
            self._gather(config)
        _require_languages(config, set(self.readers))
        if str(THEME) not in config.theme.dirs:
            config.theme.dirs.insert(0, str(THEME))
        _pass_icons_by(config.theme)
        if STYLE not in config.extra_css:
            config.extra_css.insert(0, STYLE)
        known = {str(script) for script in config.extra_javascript}
        config.extra_javascript[:0] = [name for name in SCRIPTS if name not in known]
        config.extra["generator"] = False
        self._name_assets(config)
        return config

    def _name_assets(self, config: MkDocsConfig) -> None:
        """Give what browsers keep the names under which it is published."""
        made = {site.ENGINE: site.engine()[0]}
        made |= {site.words_of(code): site.words(r)[0] for code, r in self.readers.items()}
        folders = [Path(folder) for folder in (config.docs_dir, *config.theme.dirs)]
        self._assets = assets(folders, named_in(config), made)
        names = {**made, **{name: asset.name for name, asset in self._assets.items()}}
        self._facts = replace(self._facts, assets=names)
        rename(config, self._facts.asset)

    def _gather(self, config: MkDocsConfig) -> None:
        """The plugin's own build: `mkdocs build` and `mkdocs serve`."""
        root = Path(config.config_file_path or ".").parent
        day = today()
        material = gather(root, day, parallel.available())
        if not material.is_sound:
            log.error("\n%s", as_text(material.problems))
            if not self.serving or self.material is None:
                raise Abort("Fihrist found errors in the catalogue")
        else:
            self.material = material
        assert self.material is not None
        audience = Audience(self.config.audience)
        if audience is Audience.STAFF and Path(config.site_dir).name == Audience.CUSTOMER:
            raise Abort("Fihrist: the staff site would go to the folder of the customers' site")
        self.prepare(editions(self.material.catalogue, audience, day), config.site_url or "")

    def prepare(self, shown: Sequence[Edition], site_url: str) -> None:
        """Set what the run shows."""
        self.readers = {edition.language.code: Reader(edition) for edition in shown}
        self._linkers = {code: Linker(reader) for code, reader in self.readers.items()}
        name = {
            code: reader.pick(reader.edition.public.organisation.name).text
            for code, reader in self.readers.items()
        }
        url = site_url if not site_url or site_url.endswith("/") else f"{site_url}/"
        self._facts = SiteFacts(url, name, shown[0].audience is Audience.STAFF)

    @property
    def _reader(self) -> Reader:
        return self.readers[self._code]

    @event_priority(-200)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """After static-i18n: the default language gets a prefix like the others, pictures stay."""
        i18n: Any = config.plugins["i18n"]
        self._code: str = i18n.current_language
        config.site_name = Markup.escape(self._facts.name[self._code])  # Material prints it raw
        config.extra["homepage"] = f"{self._code}/"
        palette = config.theme.get("palette", [])
        schemes = palette if isinstance(palette, list) else []
        for scheme, name in zip(schemes, ("dark", "light"), strict=False):
            if "toggle" in scheme:
                scheme["toggle"]["name"] = self._reader.t(f"theme.{name}")
        for file in files:
            if file.is_documentation_page() and not file.dest_uri.startswith(f"{self._code}/"):
                _move(file, f"{self._code}/{file.dest_uri}", config)
            elif not file.is_documentation_page() and file.src_dir == config.docs_dir:
                _move(file, file.src_uri, config)
        self._share(files, config)
        for file in files:
            if file.src_uri in self._assets:
                _publish(file, self._assets[file.src_uri], config)
        return files

    def _share(self, files: Files, config: MkDocsConfig) -> None:
        """Pictures for all languages, which static-i18n knows in its first language only."""
        if self._code == config.plugins["i18n"].default_language:  # type: ignore[attr-defined]
            own = tuple(f"{code}/" for code in self.readers)
            self._shared = [
                file
                for file in files
                if file.src_dir == config.docs_dir and not file.src_uri.startswith(own)
            ]
        for file in self._shared:
            if file.src_uri not in files.src_uris:
                files.append(file)

    @event_priority(-200)
    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """The parts of the site, those of hand-written pages among them."""
        reader, pages = self._reader, sorted(nav.pages, key=self._order)
        items: list[Any] = [Link(reader.t("nav.home"), f"{self._code}/")]
        self._sections: dict[str, Any] = {"home": items[0]}
        for section in sections(reader):
            links = [Link(title, url) for title, url in section.pages]
            items.append(self._section(Section(section.title, list(links))))
            self._sections[section.id] = items[-1]
        items[_WRITTEN_AT:_WRITTEN_AT] = self._written(pages)
        self._nav = Navigation(items, pages)
        return self._nav

    def _written(self, pages: Sequence[MkDocsPage]) -> list[Section]:
        """The hand-written pages by the part of the site that they stand in, each leading to the next."""
        written = []
        for part in WRITTEN:
            found = [page for page in pages if part_of(page.url) == part]
            for before, page, after in zip([None, *found], found, [*found[1:], None], strict=False):
                page.previous_page, page.next_page = before, after
            if found:
                written.append(self._section(Section(self._reader.t(f"nav.{part}"), list(found))))
        return written

    def _section(self, section: Section) -> Section:
        for child in section.children:
            child.parent = section
        return section

    def _order(self, page: MkDocsPage) -> tuple[int, str]:
        file = f"content/{page.file.src_uri}"
        orders = {p.file: p.order for p in self.material.content} if self.material else {}
        return orders.get(file, 100), page.file.src_uri

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, **_: Any) -> str:
        """Keep hand-written pages out of the host's own search index; Material prints titles raw."""
        page.meta["search"] = {"exclude": True}
        page.title = page.meta["title"] = Markup.escape(page.meta["title"])
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """Links to entries by id become links to their pages, from the same language."""
        return mended(html, self._reader, page.url)

    @event_priority(-200)
    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, **_: Any
    ) -> TemplateContext:
        """What our templates need to know of a hand-written page."""
        if page.file.src_dir is None:
            return context
        shown: Any = context
        filled = slots(
            self._reader, self._facts, page.url, page.meta["title"].unescape(),
            page.meta["description"],
        )  # fmt: skip
        shown["fihrist"] = {**common(self._reader, self._facts, page.url), **filled}
        title, description = str(page.meta["title"].unescape()), str(page.meta["description"])
        html = headed(page.content or "", title, self._reader)
        written = Article(page.url, title, description, html)
        self.collected.hand_written.setdefault(self._code, []).append(written)
        page.content = (
            self._linkers[self._code](written.html, page.url)
            + cited(page.url, title, self._reader, self._facts)
            + print_footer(page.url, self._reader, self._facts)
        )
        return context

    @event_priority(-200)
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        """With navigation and templates ready: cut the chrome of every section."""
        self._env, self._files, self._config = env, files, config
        env.bytecode_cache = Compiled()

    @event_priority(-50)
    def _after_language(self, config: MkDocsConfig) -> None:
        self.collected.chrome[self._code] = dict(self._chromes(config))

    @event_priority(-200)
    def _after_all(self, config: MkDocsConfig) -> None:
        if config.plugins["i18n"].building or not self.alone:  # type: ignore[attr-defined]
            return
        shown = tuple(reader.edition for reader in self.readers.values())
        result = build(
            shown, Path(config.site_dir), lambda folder, _: _host(self, folder), write,
            parallel.available(),
        )  # fmt: skip
        log.info("Fihrist made %s pages", sum(result.pages.values()))

    on_post_build = CombinedEvent(_after_language, _after_all)

    @event_priority(-200)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Mend what the host's templates leave undone."""
        return rooted(output, self._reader)

    def _chromes(self, config: MkDocsConfig) -> Iterator[tuple[str, Chrome]]:
        for key, url, section in chrome_places(self._reader):
            yield key, self._chrome(url, section, config)

    def _chrome(self, url: str, section: str, config: MkDocsConfig) -> Chrome:
        return Chrome.cut(self.slow(url, section, {slot: mark(slot) for slot in SLOTS}))

    def slow(self, url: str, section: str, slots: dict[str, str]) -> str:
        """A data page through the host's templates, with these parts."""
        config, nav = self._config, self._nav
        file = File("_.md", None, config.site_dir, True, dest_uri=f"{url}index.html")
        page = MkDocsPage(slots["title"], file, config)
        page.content = slots["article"]
        page.meta = {"hide": ["navigation"]}
        page.toc = TableOfContents([AnchorLink("", "title", 1)])
        item = self._sections.get(section, self._sections["home"])
        item.active = True
        try:
            context: Any = get_context(nav, self._files, config, page)
            context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
            shown = common(self._reader, self._facts, url)
            context["fihrist"] = {**shown, **slots, "data": True}
            html: str = self._env.get_template("main.html").render(context)
        finally:
            item.active = False
        return rooted(html, self._reader)

    @event_priority(-300)
    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Rebuild when the catalogue or the program's templates change."""
        root = Path(config.config_file_path or ".").parent
        for folder in (
            root / "catalogue",
            THEME,
            THEME.parent / "templates",
            THEME.parent / "messages",
        ):
            server.watch(str(folder))
        return server


class _Published(FileSystemLoader):
    """Files of a theme, listed without the hidden folders, of which the host publishes nothing."""

    def list_templates(self) -> list[str]:
        """The names of the files."""
        return list(self._listed)

    @cached_property
    def _listed(self) -> list[str]:
        found: set[str] = set()
        for top in self.searchpath:
            for folder, folders, names in os.walk(top):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found.update((Path(folder) / name).relative_to(top).as_posix() for name in names)
        return sorted(found)


def _pass_icons_by(theme: Theme) -> None:
    """List the files of a theme once, not once a language, and without Material's 14,000 icons."""
    make, files = theme.get_env, _Published(theme.dirs)

    def environment() -> Environment:
        made = make()
        made.loader = files
        return made

    theme.get_env = environment  # type: ignore[method-assign]


def _require(config: MkDocsConfig, plugin: str) -> None:
    """Raise ConfigurationError where `mkdocs.yml` lacks what the site is made with."""
    if plugin not in config.plugins or config.theme.name != "material":
        raise ConfigurationError(f"mkdocs.yml: expected the plugin {plugin} and the theme material")


def _require_languages(config: MkDocsConfig, wanted: set[str]) -> None:
    i18n: Any = config.plugins["i18n"]
    found = {language.locale for language in i18n.config.languages}
    if found != wanted:
        raise ConfigurationError(
            f"mkdocs.yml: the languages of the plugin i18n are {', '.join(sorted(found))}; "
            f"expected those of catalogue/policy.yaml: {', '.join(sorted(wanted))}"
        )


def _move(file: File, dest_uri: str, config: MkDocsConfig) -> None:
    file.dest_uri = dest_uri
    file.abs_dest_path = os.path.normpath(os.path.join(config.site_dir, dest_uri))
    file.url = file._get_url(config.use_directory_urls)


def _publish(file: File, asset: Asset, config: MkDocsConfig) -> None:
    """Publish a file under its name."""
    _move(file, asset.name, config)
    file.content_bytes = asset.data


def dresser(config_file: Path, material: Material) -> Dresser:
    """The host as a step of `fihrist build`."""

    def dress(folder: Path, shown: Sequence[Edition]) -> Host:
        with _quiet():
            config = load_config(str(config_file), site_dir=str(folder))
            _require(config, "fihrist")
            plugin: Any = config.plugins["fihrist"]
            plugin.alone = False
            plugin.material = material
            plugin.prepare(shown, config.site_url or "")
            mkdocs_build(config)
        return _host(plugin, folder)

    return dress


_LEFTOVERS = ("sitemap.xml.gz", "search", "assets/javascripts/workers", "assets/javascripts/lunr")
"""What the host writes for its own pages and its own search; ours cover the whole site."""


def _host(plugin: Fihrist, folder: Path) -> Host:
    for path in [folder / name for name in _LEFTOVERS]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    found = plugin.collected
    sheets = sorted(f"assets/stylesheets/{f.name}" for f in folder.glob("assets/stylesheets/*.css"))
    return Host(
        plugin._facts, found.chrome, (*sheets, plugin._facts.asset(STYLE)), found.hand_written
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Only warnings and errors of the host, without those that do not concern us."""
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
