"""What a screen reader is told of a service page, kept as golden files in three languages.

Made from the small site that `fihrist new` writes, whose texts do not change with the example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from generator.audiences import Audience
from generator.build import gather
from generator.scaffold import new_site
from tests.browsing import served
from tests.conftest import TODAY, build_site


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = new_site(tmp_path_factory.mktemp("aria") / "own")
    material = gather(root, TODAY, 1)
    out = root / "site"
    build_site(material, Audience.CUSTOMER, out, jobs=1)
    with served(out) as url:
        yield url


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_accessibility_tree_of_a_service(
    browser: Browser, address: str, code: str, golden: Callable[[str, str], None]
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.goto(f"{address}/{code}/services/email/", wait_until="networkidle")
    tree = page.locator("body").aria_snapshot()
    page.close()
    assert 'heading "' in tree
    golden(f"aria/{code}.yaml", f"{tree}\n")
