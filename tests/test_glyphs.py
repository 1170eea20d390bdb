"""The visual order of mixed text, measured glyph by glyph in Chromium on real pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
import yaml
from playwright.sync_api import Browser

from generator.audiences import Audience
from generator.build import gather
from generator.scaffold import new_site
from tests.browsing import served
from tests.conftest import TODAY, build_site
from tests.test_bidi import IN_ARABIC

RTL_PHRASES = {
    "ar": [
        *IN_ARABIC,
        "OLA/SLA 2",
        "24/7",
        "3.14 %",
        "A/B",
        "e-mail",
        "IPv6 (2001:db8::1)",
        "0.5–1.0 ms",
    ],
    "fa": [
        *IN_ARABIC,
        "service desk",
        "VPN + MFA",
        "CI/CD",
        "ISO 9001:2015",
        "P1–P4",
        "100 Mbit/s",
        "Node.js 20",
    ],
}
EN_PHRASES = [
    "مرسى للخدمات المشتركة", "خدمات مشترک مرسا", "می‌شود", "کتاب‌ها و دفترها", "محفظة الخدمات، كتالوج الخدمات",
    "إدارة علاقات الأعمال", "توافق‌نامهٔ سطح خدمت", "بندر عباس",
]  # fmt: skip
FRAMES = {
    "ar": ["اكتب {} ثم تابع.", "({}) هو المطلوب.", "انظر «{}»؛ ثم عد."],
    "fa": ["بنویسید {} و ادامه دهید.", "({}) همان است.", "بنگرید به «{}»؛ سپس."],
    "en": ["Write {} and go on.", "({}) is the name.", "See “{}”; then return."],
}
ORDER = """
([item, phrase]) => {
  const walker = document.createTreeWalker(item, NodeFilter.SHOW_TEXT);
  const glyphs = [];
  for (let node; (node = walker.nextNode());)
    for (let i = 0; i < node.data.length; i++) glyphs.push([node, i]);
  const text = glyphs.map(([node, i]) => node.data[i]).join("");
  const start = text.indexOf(phrase);
  if (start < 0) return null;
  return glyphs.slice(start, start + phrase.length).map(([node, i]) => {
    const range = document.createRange();
    range.setStart(node, i);
    range.setEnd(node, i + 1);
    const box = range.getBoundingClientRect();
    return [node.data[i], box.left, box.width, box.top];
  });
}
"""


def cases(code: str) -> list[tuple[str, str]]:
    phrases = RTL_PHRASES.get(code, EN_PHRASES)
    return [(phrase, FRAMES[code][i % 3].format(phrase)) for i, phrase in enumerate(phrases)]


def test_there_are_enough_cases() -> None:
    assert sum(len(cases(code)) for code in ("ar", "fa", "en")) >= 60


def escaped(text: str) -> str:
    """Literal text in Markdown: with what both CommonMark and Python-Markdown understand."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!>" else c for c in text).replace("<", "&lt;")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = new_site(tmp_path_factory.mktemp("glyphs") / "own")
    file = root / "catalogue/services/wifi.yaml"
    entry = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    entry["description"] = {}
    for code in FRAMES:
        lines = "\n".join(f"- {escaped(sentence)}" for _, sentence in cases(code))
        entry["description"][code] = f"\n{lines}\n"
        entry["in_scope"] = entry.get("in_scope", [])
        guide = root / f"content/{code}/guides/mixed.md"
        guide.write_text(
            f"---\ntitle: Mixed\ndescription: Mixed text.\n---\n\n{lines}\n", encoding="utf-8"
        )
    entry["outcomes"] = [
        {code: cases(code)[min(i, len(cases(code)) - 1)][1] for code in FRAMES}
        for i in range(len(RTL_PHRASES["fa"]))
    ]
    file.write_text(yaml.safe_dump(entry, allow_unicode=True), encoding="utf-8")
    material = gather(root, TODAY, 1)
    out = root / "site"
    build_site(material, Audience.CUSTOMER, out, jobs=1)
    with served(out) as url:
        yield url


@pytest.mark.parametrize("path", ["services/wifi/", "guides/mixed/"])
@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_glyphs_stand_in_reading_order(
    browser: Browser, address: str, code: str, path: str
) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"{address}/{code}/{path}")
    wrong = []
    for item in page.query_selector_all("article li"):
        text = item.inner_text()
        for phrase, sentence in cases(code):
            if sentence not in text:
                continue
            glyphs = page.evaluate(ORDER, [item, phrase])
            if glyphs and not in_order(glyphs, rightwards=code != "en"):
                wrong.append((phrase, sentence))
    found = sum(sentence in page.inner_text("article") for _, sentence in cases(code))
    page.close()
    assert found == len(cases(code))
    assert not wrong


def in_order(glyphs: list[list[object]], rightwards: bool) -> bool:
    """Whether each visible glyph stands beyond the one before it, in its line."""
    places = [(g[1], g[3]) for g in glyphs if str(g[0]).strip() and g[0] != "\u200c" and g[2]]
    steps = [
        (float(b[0]) - float(a[0])) * (1 if rightwards else -1)  # type: ignore[arg-type]
        for a, b in pairwise(places)
        if a[1] == b[1]
    ]
    return all(step > -0.5 for step in steps)
