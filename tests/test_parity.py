"""The three languages of a page have the same structure: headings, tables, lists, code, links, times."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import pytest

from generator.languages import BY_CODE
from generator.messages import patterns
from tests.conftest import Built
from tests.test_site import in_languages, parsed

WORDS = ("term.variants", "service.aliases", "service.keywords")
"""Labels of lists of words, which need not match between languages."""


@dataclass(frozen=True)
class Structure:
    """What a page holds apart from its words.

    `tables` are cells by rows, `lists` the tag and length of each list, `times` machine-readable
    days, times and durations.
    """

    headings: list[str]
    tables: list[list[int]]
    lists: Counter[tuple[str, int]]
    code: list[str]
    links: Counter[str]
    times: list[str]


def structure(root: Any) -> Structure:
    """The structure of a page; of one whose entries stand in the order of the alphabet, without order."""
    words = {patterns(BY_CODE[root.get("lang")])[key] for key in WORDS}
    article = "//article[not(contains(@class, 'fh-card'))]"
    own = "not(ancestor::*[@id='cite'])"
    rows = [dt for dt in root.xpath(f"{article}//dt") if dt.text_content().rstrip("#") not in words]
    found = Structure(
        [str(i) for i in root.xpath(f"{article}//*[self::h1 or self::h2 or self::h3 or self::h4]/@id")],
        [[len(tr.xpath("./th | ./td")) for tr in table.iter("tr")] for table in root.xpath(f"{article}//table")],
        Counter(
            (e.tag, len(e.xpath("./li")) + len([dt for dt in rows if e in (dt.getparent(), dt.getparent().getparent())]))
            for e in root.xpath(f"{article}//*[self::ul or self::ol or self::dl]")
        ),
        sorted(code.text_content() for code in root.xpath(f"{article}//code[{own}] | {article}//pre[{own}]")),
        Counter(a for a in root.xpath(f"{article}//a[not(@data-fh-term)][not(contains(@href, 'lang='))]/@href") if not a.startswith(("http", "mailto:", "tel:"))),
        sorted(root.xpath(f"{article}//@datetime")),
    )  # fmt: skip
    return by_the_alphabet(found) if root.xpath("//*[@class='fh-letters' or @class='fh-register']") else found  # fmt: skip


def by_the_alphabet(found: Structure) -> Structure:
    """A structure without what follows from the order of names, and without letters."""
    items = sum(length * number for (tag, length), number in found.lists.items() if tag == "dl")
    return replace(
        found,
        headings=sorted(id_ for id_ in found.headings if not id_.startswith("letter-")),
        tables=sorted(found.tables),
        lists=Counter({("dl", items): 1}),
        links=Counter({a: n for a, n in found.links.items() if not a.startswith("#letter-")}),
    )


@pytest.mark.parametrize("audience", ["customer", "staff"])
def test_every_page_has_the_same_structure_in_all_languages(built: Built, audience: str) -> None:
    pages = in_languages(built.pages if audience == "customer" else built.staff)
    english = {name[3:]: structure(parsed(text)) for name, text in pages.items() if name[:2] == "en"}  # fmt: skip
    assert any(path.startswith("guides/") for path in english), "pages written by hand too"
    wrong = {}
    for name, text in pages.items():
        found = structure(parsed(text))
        for part, expected in english[name[3:]].__dict__.items():
            if found.__dict__[part] != expected:
                wrong[name, part] = (found.__dict__[part], expected)
    assert not wrong


PAGE = (
    '<html lang="{}"><body><article><h1 id="a">A</h1><h2 id="b">B</h2>'
    "<table><tr><td>1</td><td>2</td></tr></table><ul><li>x</li></ul>"
    '<dl class="fh-pairs"><div><dt>x</dt><dd>y</dd></div></dl>'
    '<code>run</code><a href="../">up</a><time datetime="P1D">a day</time></article></body></html>'
)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("headings", '<h2 id="b">B</h2>', ""),
        ("tables", "<td>2</td>", ""),
        ("lists", "<li>x</li>", "<li>x</li><li>y</li>"),
        ("lists", "<div><dt>x</dt><dd>y</dd></div>", ""),
        ("code", "<code>run</code>", ""),
        ("links", 'href="../"', 'href="../../"'),
        ("times", "P1D", "P2D"),
    ],
)
def test_every_part_of_a_structure_is_compared(part: str, old: str, new: str) -> None:
    page = PAGE.format("en")
    assert structure(parsed(page)) == structure(parsed(PAGE.format("ar")))
    other = structure(parsed(page.replace(old, new)))
    before = structure(parsed(page))
    assert [name for name in before.__dict__ if before.__dict__[name] != other.__dict__[name]] == [
        part
    ]
