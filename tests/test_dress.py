"""Joined pages equal what the host renders from the same parts, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.build import gather
from generator.dress import Chrome, chrome_key, parts
from generator.editions import Audience, editions
from generator.pages import paging
from generator.pages.page import Page
from generator.pages.reader import Reader
from generator.pages.site import makers
from generator.publish.mkdocs import Fihrist, dresser
from generator.render import Renderer
from tests.conftest import ROOT, TODAY


@pytest.mark.parametrize("limit", [100, 5], ids=["whole lists", "split lists"])
@pytest.mark.parametrize("audience", list(Audience))
def test_a_joined_page_is_the_page_the_host_would_render(
    audience: Audience, limit: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "LIMIT", limit)
    slow: dict[str, str] = {}
    original = Fihrist._chromes

    def with_samples(self: Fihrist, config: Any) -> Iterator[tuple[str, Chrome]]:
        renderer = Renderer(self._reader)
        for page in sample(renderer):
            filled = parts(page, renderer.article(page), renderer, self._facts)
            slow[page.url] = self.slow(page.url, page.section, filled)
        return original(self, config)

    monkeypatch.setattr(Fihrist, "_chromes", with_samples)
    material = gather(ROOT, TODAY, 1)
    shown = editions(material.catalogue, audience, TODAY)
    host = dresser(ROOT / "mkdocs.yml", material)(tmp_path, shown)
    for edition in shown:
        renderer = Renderer(Reader(edition))
        for page in sample(renderer):
            chrome = host.chrome[edition.language.code][chrome_key(page)]
            filled = parts(page, renderer.article(page), renderer, host.facts)
            assert chrome.dress(filled) == slow[page.url]
    assert len(slow) > 30


def sample(renderer: Renderer) -> list[Page]:
    """Every page there is one of, and two of each other kind."""
    pages: dict[str, list[Page]] = {}
    for make in makers(renderer.reader.edition):
        page = make(renderer.reader)
        found = pages.setdefault(chrome_key(page), [])
        if len(found) < 2:
            found.append(page)
    return [page for found in pages.values() for page in found]
