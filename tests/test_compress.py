"""Compressed companions: each says what its file says, none is left behind, warm is cold."""

from __future__ import annotations

import gzip
import random
import shutil
from pathlib import Path

import brotli
import pytest

from benchmarks.catalogue import TODAY, make_site
from generator.delivery import carry_out
from generator.editions import Audience
from generator.orders import Order, Outcome
from generator.publish.compress import LEAST, companions, compress
from tests.test_warm import WORDS, insert, killed_after, quiet, service, stamps, tree

OPEN = {".br": brotli.decompress, ".gz": gzip.decompress}


def built(
    root: Path, out: str = "site", compressing: bool = True, caching: bool = True, jobs: int = 2
) -> Outcome:
    order = Order(
        root, root / out, tuple(Audience), TODAY, jobs, caching, compressing=compressing
    )  # fmt: skip
    return carry_out(order, quiet)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with companions, which each test leaves as it is built from nothing."""
    root = tmp_path_factory.mktemp("compressed") / "site"
    make_site(root, 48)
    assert built(root).sites
    return root


def check(out: Path) -> None:
    """Every text of some size has companions that say the same, and no companion stands alone."""
    found = tree(out)
    for name, data in found.items():
        if name.endswith(tuple(OPEN)):
            assert OPEN[name[-3:]](data) == found[name[:-3]], name
        else:
            assert {n for n, _ in companions(name, data)} == {name + e for e in OPEN} & found.keys()
    assert sum(name.endswith(".html.br") for name in found) > 100


def test_companions_say_what_their_files_say(root: Path) -> None:
    check(root / "site")


def test_what_does_not_pay_has_none(tmp_path: Path) -> None:
    text = b"abc " * 100
    assert [n for n, _ in companions("a/b.html", text)] == ["a/b.html.br", "a/b.html.gz"]
    assert not list(companions("b.html", text[: LEAST - 1]))
    assert not list(companions("b.html", random.Random(1).randbytes(1000)))
    assert not list(companions("b.woff2", text))
    (tmp_path / "b").mkdir()
    (tmp_path / "b/a.css").write_bytes(text)
    compress(tmp_path, None, 1, quiet)
    assert sorted(file.name for file in (tmp_path / "b").iterdir()) == [
        "a.css",
        "a.css.br",
        "a.css.gz",
    ]


def test_warm_is_cold(root: Path) -> None:
    before = stamps(root / "site")
    insert(service(root, random.Random(2)), "description", "fa", WORDS["fa"])
    warm = built(root)
    after = stamps(root / "site")
    changed = {name for name in after if after[name] != before.get(name)}
    assert warm.written == len(changed)
    assert {n for n in changed if n.endswith(".html.br")} == {
        f"{n}.br" for n in changed if n.endswith(".html")
    }
    built(root, "cold", caching=False)
    assert tree(root / "site") == tree(root / "cold")
    check(root / "site")


def test_files_that_stay_keep_their_companions(root: Path) -> None:
    before = stamps(root / "site")
    file = next((root / "catalogue/categories").glob("*.yaml"))
    insert(file, "description", "en", WORDS["en"])
    assert built(root).written is None
    after = stamps(root / "site")
    kept = {name for name in after if after[name] == before.get(name)}
    assert {n + ".br" for n in kept if n + ".br" in after} <= kept
    assert len([n for n in kept if n.endswith(".br")]) > 100
    shutil.rmtree(root / "cold", ignore_errors=True)
    built(root, "cold", caching=False)
    assert tree(root / "site") == tree(root / "cold")


def test_none_are_left_by_a_build_without(root: Path) -> None:
    assert built(root, compressing=False).written is None
    assert not [name for name in tree(root / "site") if name.endswith(tuple(OPEN))]
    assert built(root).written is None
    check(root / "site")


@pytest.mark.parametrize("writes", [1, 2, 5])
def test_a_build_that_was_killed_is_completed(root: Path, writes: int) -> None:
    file = service(root, random.Random(5))
    original = file.read_text(encoding="utf-8")
    insert(file, "description", "en", WORDS["en"])
    with killed_after(writes):
        built(root, jobs=1)
    file.write_text(original, encoding="utf-8")
    assert built(root).sites
    check(root / "site")
