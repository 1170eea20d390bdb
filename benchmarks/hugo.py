"""The same site by Hugo: content adapters over the same YAML, and the chrome that Fihrist cut.

The templates stand in `hugo_site/`. What they need of Fihrist is written here once, before anything
is measured: the words of the interface, the pieces of the chrome, and the theme's assets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import yaml

from generator.audiences import Audience
from generator.build import Host, gather
from generator.dress import Chrome
from generator.editions import Edition, editions
from generator.languages import BY_CODE, Formatter, Language
from generator.messages import patterns
from generator.pages import paging
from generator.publish.mkdocs import dresser

from .catalogue import TODAY

TEMPLATES = Path(__file__).parent / "hugo_site"
_SLOTS = {
    "title": "{{ .Title }}",
    "head": '{{ partial "head" . }}',
    "switcher": '{{ partial "switcher" . }}',
    "toc": '{{ partial "toc" (dict "headings" $headings "part" (cond .IsHome "home" "service")) }}',
    "article": '{{ partial (printf "articles/%s" (cond .IsHome "home" .Type)) '
    '(dict "page" . "headings" $headings) }}\n{{ partial "address" . }}',
}
_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
_SAMPLES = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Words = dict[str, str | dict[str, str]]


def make_project(root: Path, folder: Path) -> None:
    """Write the Hugo project for the site at `root` into `folder`."""
    material = gather(root, TODAY, 1)
    shown = editions(material.catalogue, Audience.CUSTOMER, TODAY)
    static = folder / "static"
    static.mkdir(parents=True)
    host = dresser(root / "mkdocs.yml", material)(static, shown)
    for page in static.rglob("*.html"):
        page.unlink()
    for edition in shown:
        code = edition.language.code
        _write(folder / "i18n" / f"{code}.yaml", _yaml(words(edition)))
        for key, chrome in host.chrome[code].items():
            _write_chrome(folder / "assets" / "chrome" / code / _name(key, code), chrome)
    chrome = next(iter(host.chrome[shown[0].language.code].values()))
    _write(folder / "layouts" / "all.html", _layout(chrome))
    _write(folder / "hugo.yaml", _yaml(_settings(root, host, shown)))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


def _name(key: str, code: str) -> str:
    """The folder of a chrome's pieces: `en/services/a-z/` → `services-a-z-`, the home page `-`."""
    return key.removeprefix(f"{code}/").replace("/", "-") or "-"


def _write_chrome(folder: Path, chrome: Chrome) -> None:
    for i, piece in enumerate(chrome.pieces):
        _write(folder / f"{i}.html", piece)


def _layout(chrome: Chrome) -> str:
    """The one layout: the pieces of the chrome, each cached, with what differs between them."""
    piece = (
        '{{{{ partialCached "chrome" (dict "lang" $lang "key" $key "piece" {0}) $lang $key {0} }}}}'
    )
    start = (
        "{{- $lang := .Language.Lang -}}"
        "{{- $key := or .Params.chrome "
        '(printf "%s-" (replace (strings.TrimPrefix "/" .Path) "/" "-")) -}}'
        '{{- if eq .Type "group" -}}{{- $members := partialCached "members" . .Path $lang -}}'
        "{{- if gt (.Paginate $members).PageNumber 1 -}}"
        "{{- $key = .Params.further -}}{{- end -}}{{- end -}}"
        '{{- $headings := partial "headings" . -}}\n'
    )
    slots = [f"{_SLOTS[slot]}{piece.format(i)}" for i, slot in enumerate(chrome.slots, 1)]
    return "".join((start, piece.format(0), *slots, "\n"))


def _settings(root: Path, host: Host, shown: Sequence[Edition]) -> dict[str, object]:
    return {
        "baseURL": host.facts.url,
        "defaultContentLanguage": "en",
        "defaultContentLanguageInSubdir": True,
        "disableKinds": ["taxonomy", "term", "rss"],
        "enableRobotsTXT": True,
        "languages": _languages(host, [edition.language for edition in shown]),
        "pagination": {"pagerSize": paging.LIMIT, "disableAliases": True},
        "cascade": _cascade(root),
        "module": {"mounts": _mounts(root, [edition.language.code for edition in shown])},
    }


def _cascade(root: Path) -> list[dict[str, object]]:
    """Each folder of hand-written pages has no page of its own, and all of them the same layout."""
    folders = {path.name for path in root.glob("content/*/*/")}
    guide = {"type": "guides", "params": {"chrome": "services"}}
    return [
        rule
        for name in sorted(folders)
        for rule in (
            {"target": {"kind": "section", "path": f"/{name}"}, "build": {"render": "never"}},
            {"target": {"kind": "page", "path": f"/{name}/**"}, **guide},
        )
    ]


def _languages(host: Host, languages: Sequence[Language]) -> dict[str, object]:
    return {
        language.code: {
            "label": language.name,
            "direction": language.direction,
            "locale": language.code,
            "title": host.facts.name[language.code],
            "weight": i,
        }
        for i, language in enumerate(languages, 1)
    }


def _mounts(root: Path, codes: Sequence[str]) -> list[dict[str, object]]:
    """Which folder stands where: the catalogue as data, the hand-written pages by language."""
    mounts: list[dict[str, object]] = [
        {"source": str(root / "catalogue"), "target": "data"},
        {"source": str(TEMPLATES / "content"), "target": "content"},
        {"source": str(TEMPLATES / "layouts"), "target": "layouts"},
    ]
    for code in codes:
        sites = {"matrix": {"languages": [code]}}
        folder = str(root / "content" / code)
        mounts.append({"source": folder, "target": "content", "sites": sites})
    for name in ("layouts", "assets", "i18n", "static"):
        mounts.append({"source": name, "target": name})
    return mounts


def words(edition: Edition) -> Words:
    """The messages of a language as Hugo reads them, with the units and days of ICU."""
    language, formatter = edition.language, edition.formatter
    found: Words = {key: _message(text) for key, text in patterns(language).items()}
    for unit in _UNITS:
        found[f"unit.{unit}"] = {
            form: _counted(formatter, number, unit) for form, number in _SAMPLES.items()
        }
    found |= {day: formatter.weekday(i) for i, day in enumerate(_WEEKDAYS, 1)}
    found |= {f"language.{code}": other.name for code, other in BY_CODE.items()}
    return found | {"comma": language.comma, "locale": language.open_graph}


def _message(pattern: str) -> str | dict[str, str]:
    """An ICU pattern as a Go template; a plural as its forms."""
    forms = dict(re.findall(r"\b(zero|one|two|few|many|other) \{([^{}]*)\}", pattern))
    if forms:
        return {form: text.replace("#", "{{ .Count }}") for form, text in forms.items()}
    return re.sub(r"\{(\w+)(?:, number)?\}", r"{{ .\1 }}", pattern)


def _counted(formatter: Formatter, number: int, unit: str) -> str:
    return formatter.quantity(number, unit).replace(formatter.plain(number), "{{ .Count }}")
