"""The ledger: every address and anchor that a site has published, kept for ever.

A line for each page: the site, its languages (`*` for all), its path below the language, its anchors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from generator.places import ANY, Place
from generator.problems import Location, Problem, quote

FILE = "published.txt"
_HEAD = """\
# What this site has published: addresses and anchors that must lead somewhere for ever.
# `fihrist build --record` adds what is new. Take nothing out: others link to it.
"""

Key = tuple[str, str, str]
"""Site, language and path; pages outside the languages have none."""
Ledger = dict[Key, set[str]]
"""The anchors of each page."""


def ledger_of(site: str, places: Iterable[Place], languages: Collection[str]) -> Ledger:
    """What a site publishes."""
    found: Ledger = {}
    for place in (place for place in places if place.kept):
        code, _, path = place.url.partition("/")
        key = (site, code, path) if code in languages else (site, "", place.url)
        found[key] = set(place.anchors)
    return found


def read(file: Path, languages: Collection[str]) -> tuple[Ledger, dict[Key, int]]:
    """The ledger in a file, and the line of each page; nothing where there is no file yet."""
    found: Ledger = {}
    lines: dict[Key, int] = {}
    if not file.is_file():
        return found, lines
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        site, codes, path, *anchors = line.split(" ")
        for code in _codes(codes, languages):
            key = (site, code, path.removeprefix("/"))
            found.setdefault(key, set()).update(anchors)
            lines[key] = number
    return found, lines


def _codes(codes: str, languages: Collection[str]) -> Iterable[str]:
    if codes == "-":
        return ("",)
    return languages if codes == "*" else codes.split(",")


def written(ledger: Mapping[Key, Collection[str]], languages: Collection[str]) -> str:
    """The text of the file."""
    every = sorted(languages)
    together: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for (site, code, path), anchors in ledger.items():
        together[site, path, " ".join(sorted(set(anchors) - {ANY}))].append(code)
    lines = []
    for (site, path, anchors), codes in sorted(together.items()):
        shown = "*" if sorted(codes) == every else ",".join(sorted(codes)) or "-"
        lines.append(f"{site} {shown} /{path} {anchors}".rstrip())
    return _HEAD + "".join(f"{line}\n" for line in lines)


def merged(one: Ledger, other: Ledger) -> Ledger:
    """Everything that stands in either."""
    return {key: one.get(key, set()) | other.get(key, set()) for key in {**one, **other}}


def lost(
    file: Path, before: Ledger, lines: Mapping[Key, int], now: Ledger, sites: Collection[str]
) -> Iterator[Problem]:
    """S02: what was published leads somewhere still, for the sites that were built."""
    gone: dict[tuple[int, str, str, tuple[str, ...]], list[str]] = defaultdict(list)
    for key, anchors in before.items():
        site, code, path = key
        there = now.get(key)
        missing = () if there is None or ANY in there else tuple(sorted(anchors - there))
        if site in sites and (there is None or missing):
            gone[lines[key], site, path, missing].append(code)
    for (line, site, path, missing), codes in sorted(gone.items()):
        languages = f" ({', '.join(sorted(codes))})" if any(codes) else ""
        page = f"{quote('/' + path)} of the {site} site{languages}"
        what = f"has lost {', '.join(map(quote, missing))}" if missing else "is gone"
        expected = "the same ids, or where they lead" if missing else "the page, or a redirect"
        hint = _redirect(path, missing[0] if missing else "")
        yield Problem(Location(file.name, line, 1), "S02", f"{page} {what}", expected, hint)


def _redirect(path: str, anchor: str = "") -> str:
    """What to write where."""
    id_ = path.rstrip("/").rpartition("/")[2] or "…"
    if anchor:
        return (
            f"keep the id, or write `former_anchors: {{{anchor}: NEW}}` in the entry {quote(id_)}"
        )
    return f"keep the id, or lead on in catalogue/tombstones/{id_}.yaml: `redirect_to: …`"
