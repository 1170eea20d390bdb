"""How a page is cited: in plain words, in the style of the APA, and for BibTeX.

The day of reading is the day of the build until the browser writes the reader's own.
"""

from __future__ import annotations

from html import escape

from generator.bidi import LRI
from generator.languages import FSI, PDI, isolate
from generator.pages.reader import Reader
from generator.render import with_elements, without_isolates

_BABEL = {"ar": "arabic", "fa": "persian", "en": "english"}
"""Names of the languages in BibTeX's `langid` (babel)."""


def citing(url: str, title: str, reader: Reader, name: str) -> str:
    """What stands at the end of a page that may be cited.

    `url` is the whole address, `title` and `name` (of the site) are plain text.
    """
    t, day = reader.t, reader.edition.today
    values = {
        "title": isolate(title),
        "site": isolate(name),
        "year": isolate(reader.format.year(day)),
        "url": f"{LRI}{url}{PDI}",
        "day": FSI + PDI,
    }
    today = _day(reader.format.locale, reader.format.day(day))
    rows = [
        (
            t(f"cite.{style}"),
            with_elements(t(f"cite.as_{style}", **values)).replace("<bdi></bdi>", today),
        )
        for style in ("plain", "apa")
    ]
    rows.append(("BibTeX", _bibtex(url, title, reader, name)))
    items = "".join(f"<div><dt>{escape(label)}</dt><dd>{text}</dd></div>" for label, text in rows)
    return (
        f'\n<details class="fh-citing fh-more" id="cite"><summary>{escape(t("cite.title"))}</summary>'
        f'<dl class="fh-pairs" data-fh-copy="{escape(t("cite.copy"))}">{items}</dl></details>'
    )


def _day(form: str, day: str) -> str:
    return f'<span data-fh-day="{form}"><bdi>{escape(day)}</bdi></span>'


def _bibtex(url: str, title: str, reader: Reader, name: str) -> str:
    day = reader.edition.today
    key = "-".join(url.strip("/").split("/")[-3:])
    title = without_isolates(title)
    before = {"author": f"{{{name}}}", "title": title, "year": str(day.year), "url": url}
    lines = "".join(f"  {field} = {{{value}}},\n" for field, value in before.items())
    return (
        f'<pre dir="ltr"><code>@misc{{{escape(key)},\n{escape(lines)}'
        f"  urldate = {{{_day('iso', day.isoformat())}}},\n"
        f"  langid = {{{_BABEL[reader.language.code]}}}\n}}</code></pre>"
    )
