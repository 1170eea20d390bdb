"""`fihrist serve`: an open page follows what is written."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.catalogue import make_site
from tests.conftest import ROOT
from tests.test_warm import insert

SERVE = "from generator.cli import main; main()"


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def served_site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A site's folder, and the address at which its customers' site is served."""
    make_site(tmp_path, 40)
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, "serve", "--audience", "customer", "--port", str(port)],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("customer: "):
            break
    yield tmp_path, f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(timeout=30)


def test_an_open_page_shows_a_change_and_stays_where_it_was(
    served_site: tuple[Path, str], browser: Browser
) -> None:
    root, address = served_site
    page = browser.new_page()
    page.goto(f"{address}/en/services/email/")
    page.evaluate("scrollTo(0, 400)")
    insert(root / "catalogue/services/email.yaml", "description", "en", "Quickly,")
    expect(page.locator("article")).to_contain_text("Quickly,", timeout=60_000)
    page.wait_for_function("Math.abs(scrollY - 400) < 2")
    page.close()


def test_a_change_of_another_page_leaves_an_open_one_alone(
    served_site: tuple[Path, str], browser: Browser
) -> None:
    root, address = served_site
    reached, other = browser.new_page(), browser.new_page()
    reached.goto(f"{address}/en/services/email/")
    other.goto(f"{address}/en/services/vpn/")
    other.evaluate("window.untouched = true")
    insert(root / "catalogue/services/email.yaml", "description", "en", "Quickly,")
    expect(reached.locator("article")).to_contain_text("Quickly,", timeout=60_000)
    reached.evaluate("window.untouched = true")
    insert(root / "catalogue/services/vpn.yaml", "description", "en", "Promptly,")
    expect(other.locator("article")).to_contain_text("Promptly,", timeout=60_000)
    assert other.evaluate("window.untouched") is None
    assert reached.evaluate("window.untouched")
    for page in (reached, other):
        page.close()


def test_a_mistake_is_told_and_the_page_stays(
    served_site: tuple[Path, str], browser: Browser
) -> None:
    root, address = served_site
    page = browser.new_page()
    page.goto(f"{address}/en/services/email/")
    title = page.locator("h1").inner_text()
    file = root / "catalogue/services/email.yaml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("summary:", "sumary:", 1), encoding="utf-8")
    insert(root / "catalogue/services/vpn.yaml", "description", "en", "Quickly,")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("catalogue/services/email.yaml", timeout=60_000)
    expect(told).to_contain_text("sumary")
    page.goto(f"{address}/en/services/email/")
    assert page.locator("h1").inner_text() == title
    expect(told).to_contain_text("sumary")
    file.write_text(good, encoding="utf-8")
    expect(told).to_have_count(0, timeout=60_000)
    page.goto(f"{address}/en/services/vpn/")
    expect(page.locator("article")).to_contain_text("Quickly,", timeout=60_000)
    page.close()
