"""The example site, built once for the tests that look at it."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from generator.audiences import Audience
from generator.build import Material, Result, build, gather
from generator.editions import editions
from generator.publish.folder import replacing, write
from generator.publish.mkdocs import dresser
from generator.search.query import Engine
from tests.browsing import chromium, served

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Built:
    """The two sites in a folder."""

    folder: Path
    material: Material
    results: Mapping[str, Result]

    @cached_property
    def pages(self) -> dict[str, str]:
        """Every HTML page of the customer site, by its address."""
        return html_files(self.folder / "customer")

    @cached_property
    def staff(self) -> dict[str, str]:
        """Every HTML page of the staff site, by its address."""
        return html_files(self.folder / "staff")

    def search(self, audience: str, code: str) -> Engine:
        """The search index of one audience in one language."""
        folder = self.folder / audience / "assets/search" / code
        return Engine(
            code, index_loader({f.name: f.read_text("utf-8") for f in folder.glob("*.js")})
        )


def index_loader(files: Mapping[str, str]) -> Callable[[str], Any]:
    """Gives what a file of a search index holds, by its stem."""
    stems = {name.split(".")[0]: text for name, text in files.items() if name.endswith(".js")}
    return lambda stem: json.loads(stems[stem][stems[stem].index(",") + 1 : -2])


def html_files(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(folder.rglob("*.html"))
    }


def build_site(material: Material, audience: Audience, folder: Path, jobs: int = 2) -> Result:
    with replacing(folder) as fresh:
        shown = editions(material.catalogue, audience, TODAY)
        return build(shown, fresh, dresser(material.root / "mkdocs.yml", material), write, jobs)


@pytest.fixture(autouse=True, scope="module")
def swept() -> Iterator[None]:
    """Builds keep what they made from the search for garbage: a process makes one, but tests make many."""
    yield
    gc.unfreeze()
    gc.collect()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("site")
    material = gather(ROOT, TODAY, jobs=2)
    results = {a.value: build_site(material, a, folder / a.value) for a in Audience}
    return Built(folder, material, results)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests: a process runs one Playwright at a time."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def address(built: Built) -> Iterator[str]:
    """The customers' site, served on localhost."""
    with served(built.folder / "customer") as url:
        yield url


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a file under tests/golden; `--update-golden` writes it."""

    def compare(name: str, text: str) -> None:
        file = Path(__file__).parent / "golden" / name
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")

    return compare


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
