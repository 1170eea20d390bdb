"""The hand-written pages under `content/{language}/`, and what must hold between them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from generator.checks.exposure import hidden
from generator.checks.files import local_links
from generator.checks.pages import spelling
from generator.checks.references import PAGED
from generator.languages import BY_CODE, LANGUAGES, Language
from generator.model import KINDS
from generator.model.catalogue import Catalogue
from generator.problems import Location, Problem, nearest, quote

_FRONT = re.compile(r"---\r?\n(.*?)\r?\n---\r?\n", re.S)
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{#([^}\s]+)[^}]*\}\s*)?#*\s*$")
_ROW = re.compile(r"^\|\s*((?:[^|`]|`[^`]*`)*?)\s*\{#([^}\s]+)\}\s*\|")
_ID = re.compile(r"[a-z][a-z0-9]*([.-][a-z0-9]+)*")
_LINK = re.compile(r"""(?:\]\(|\]:|href=)\s*[<"']?(catalogue:)([^)\s#>"']*)""")
_FENCE = re.compile(r"^\s*(```|~~~)")
_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})
_LEFTOVERS = (".yaml", ".yml", ".bak", ".orig", ".rej", ".tmp", "~")


@dataclass(frozen=True)
class HandWritten:
    """A hand-written page: `path` is relative to its language's folder, without `.md`.

    `anchors` are the ids of its headings and of rows of its tables.
    """

    language: Language
    path: str
    file: str
    title: str
    description: str
    order: int
    anchors: tuple[str, ...]
    links: tuple[tuple[str, Location], ...]
    problems: tuple[Problem, ...] = field(default=(), repr=False)


def read_content(root: Path) -> tuple[HandWritten, ...]:
    """Every Markdown page of `content/`, in the order of the navigation."""
    pages = [
        _read(root, file, language)
        for language in LANGUAGES
        for file in sorted((root / "content" / language.code).rglob("[!.]*.md"))
    ]
    return tuple(sorted(pages, key=lambda p: (p.language.code, p.order, p.path)))


def check_all(
    root: Path, pages: tuple[HandWritten, ...], catalogue: Catalogue
) -> Iterator[Problem]:
    """Everything that is wrong with hand-written pages, and with what leads to them."""
    yield from check_content(pages, catalogue)
    yield from check_tasks(pages, catalogue)
    yield from check_files(root, catalogue.policy.languages)


def check_content(pages: tuple[HandWritten, ...], catalogue: Catalogue) -> Iterator[Problem]:
    """Front matter, heading ids, links to entries, and parity of the languages."""
    for page in pages:
        yield from page.problems
        yield from _links(page, catalogue)
    yield from _parity(pages, [BY_CODE[code] for code in catalogue.policy.languages])


_TAKEN = frozenset({"index", "services", "processes", "compare", "glossary", "portfolio", "search"})
"""First parts of addresses at which data pages stand."""


def check_files(root: Path, languages: Collection[str]) -> Iterator[Problem]:
    """C05: files below `content/` that the host would publish although nobody means them to be."""
    folder = root / "content"
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        if file.is_dir() or any(part.startswith(".") for part in path.parts):
            continue
        where = Location(file.relative_to(root).as_posix())
        if file.suffix.lower() not in _MARKDOWN:
            if file.name.lower().endswith(_LEFTOVERS):
                yield Problem(where, "C05", "the file would be published", "pages and their images")
        elif path.parts[0] not in languages or file.suffix != ".md":
            expected = f"`content/{{{','.join(languages)}}}/….md`"
            yield Problem(where, "C05", "the page would be published unchecked", expected)
        elif path.with_suffix("").parts[1] in _TAKEN:
            message = "the page would stand at an address of the program's own pages"
            yield Problem(where, "C05", message, "another folder, such as `guides/`")


def _read(root: Path, file: Path, language: Language) -> HandWritten:
    name = file.relative_to(root).as_posix()
    path = file.relative_to(root / "content" / language.code).with_suffix("").as_posix()
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError):
        problem = Problem(Location(name), "Y01", "the page is not UTF-8", "UTF-8 text")
        return HandWritten(language, path, name, path, "", 0, (), (), (problem,))
    meta, problems = _front_matter(name, text)
    lines = list(_prose_lines(text))
    anchors, more = _anchors(name, lines)
    order = meta.get("order", "100")
    return HandWritten(
        language,
        path,
        name,
        meta.get("title", path),
        meta.get("description", ""),
        int(order) if order.isdecimal() else 100,
        anchors,
        tuple(_found_links(name, lines)),
        (*problems, *more, *local_links(root, name, lines), *spelling(name, language, text)),
    )


def _front_matter(name: str, text: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
    match = _FRONT.match(text)
    try:
        loaded = yaml.load(match.group(1), Loader=yaml.CBaseLoader) if match else {}
    except yaml.YAMLError:
        return {}, (Problem(Location(name), "C04", "the front matter is not YAML", "`key: value`"),)
    fields = loaded if isinstance(loaded, dict) else {}
    meta = {key: value for key, value in fields.items() if isinstance(value, str) and value}
    missing = [key for key in ("title", "description") if key not in meta]
    if meta.get("draft", "false").lower() not in ("false", "no"):
        draft = Problem(Location(name), "C05", "the page is a draft", "pages for all to read")
        return meta, (draft,)
    return meta, tuple(
        Problem(Location(name), "C04", f"`{key}` is missing", f"a line `{key}: …`")
        for key in missing
    )


def _prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines outside front matter and fenced code, with their 1-based numbers."""
    front = _FRONT.match(text)
    skipped = text[: front.end()].count("\n") if front else 0
    fenced = False
    for number, line in enumerate(text.split("\n"), 1):
        if number <= skipped:
            continue
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            yield number, line


def _anchors(
    name: str, lines: list[tuple[int, str]]
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The ids of headings, which need one, and of table rows, whose first cell may have one."""
    ids: list[str] = []
    problems = []
    for number, what, title, id_ in _marked(lines):
        where = Location(name, number, 1)
        if id_ is None:
            message = f"the {what} {quote(title)} has no id"
            problems.append(Problem(where, "C02", message, "`{#id}`"))
        elif not _ID.fullmatch(id_) or id_ in ids:
            why = "stands twice" if id_ in ids else "is not a Latin id"
            problems.append(Problem(where, "C02", f"the {what} id {quote(id_)} {why}", "an id"))
        else:
            ids.append(id_)
    return tuple(ids), tuple(problems)


def _marked(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str, str, str | None]]:
    """Each heading below the title, and each row with an id: its line, what it is, its title, its id."""
    for number, line in lines:
        if row := _ROW.match(line):
            yield number, "row", row.group(1), row.group(2)
        elif (heading := _HEADING.match(line)) and len(heading.group(1)) > 1:
            yield number, "heading", heading.group(2), heading.group(3)


def _found_links(name: str, lines: list[tuple[int, str]]) -> Iterator[tuple[str, Location]]:
    for number, line in lines:
        for match in _LINK.finditer(line):
            yield match.group(2), Location(name, number, match.start(1) + 1)


def _links(page: HandWritten, catalogue: Catalogue) -> Iterator[Problem]:
    for address, where in page.links:
        kind, _, id_ = address.partition("/")
        known = [f"{k}/{i}" for k, i in catalogue.sources if k in PAGED]
        if not catalogue.knows(kind, id_):
            fault, hint = "which does not exist", nearest(address, known)
        elif kind not in PAGED:
            fault, hint = "which has no page", "write its name"
        elif (reason := hidden(catalogue, kind, id_)) is not None:
            fault, hint = f"which customers cannot see: it {reason[1]}", "write its name"
        else:
            continue
        message = f"the link leads to {quote(address)}, {fault}"
        yield Problem(where, "C01", message, "`catalogue:KIND/ID`", hint)


def check_tasks(pages: tuple[HandWritten, ...], catalogue: Catalogue) -> Iterator[Problem]:
    """C01: a task of the home page that leads to no entry leads to a hand-written page."""
    organisation, paths = catalogue.organisation, {page.path for page in pages}
    for i, task in enumerate(organisation.tasks):
        path = task.to.strip("/")
        if path.partition("/")[0] not in KINDS and not {path, f"{path}/index"} & paths:
            where = catalogue.at("organisation", organisation.id, "tasks", i, "to")
            message = f"the link leads to {quote(task.to)}, which does not exist"
            expected = "`KIND/ID`, or the path of a guide"
            yield Problem(where, "C01", message, expected, nearest(path, sorted(paths)))


def _parity(pages: tuple[HandWritten, ...], languages: list[Language]) -> Iterator[Problem]:
    by_path: dict[str, dict[Language, HandWritten]] = {}
    for page in pages:
        by_path.setdefault(page.path, {})[page.language] = page
    for found in by_path.values():
        first = next(iter(found.values()))
        for language in languages:
            other = found.get(language)
            if other is None:
                file = f"content/{language.code}/{first.path}.md"
                yield Problem(
                    Location(first.file), "C03", f"{quote(file)} does not exist", "the same page"
                )
            elif other.anchors != first.anchors:
                yield Problem(
                    Location(other.file),
                    "C03",
                    f"the ids of headings and rows are {', '.join(other.anchors) or 'none'}",
                    f"those of {first.file}: {', '.join(first.anchors) or 'none'}",
                )
