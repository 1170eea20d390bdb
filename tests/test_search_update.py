"""The index brought up to date is the index made from nothing."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.search import files as files_module
from generator.search import kept as kept_module
from generator.search.files import files, index_of
from generator.search.index import Document, Indexer, Section
from generator.search.kept import STATE, Kept, keep_part, kept_in
from generator.search.parts import KINDS, Part, in_order, parts
from generator.search.synonyms import Synonyms
from generator.search.update import having, keep, updated

Documents = dict[str, Document]
TRUST = 0.4
VOCABULARY = ["".join(random.Random(i).choices("bcdfgaeiou", k=4)) for i in range(150)]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a few documents reach."""
    for name, value in (("CAP", 12), ("KEYS", 16), ("FULL", 200)):
        monkeypatch.setattr(files_module, name, value)
    monkeypatch.setattr(kept_module, "TOGETHER", 4)


def text(choose: random.Random, most: int) -> str:
    return " ".join(choose.choices(VOCABULARY, k=choose.randint(1, most)))


def phrases(choose: random.Random) -> list[str]:
    return [" ".join(choose.sample(VOCABULARY, choose.choice((1, 1, 2)))) for _ in range(2)]


def document(choose: random.Random, number: int) -> Document:
    sections = (Section("a", ((text(choose, 2), "en"),), ((text(choose, 25), "en"),)),)
    kind = choose.choice(KINDS[:3])
    return Document(f"en/{number}/", "en", kind, ((text(choose, 3), "en"),), (), (),
                    ((text(choose, 6), "en"),), (), sections)  # fmt: skip


def changed(choose: random.Random, shown: Document) -> Document:
    other = document(choose, 0)
    if choose.random() < 0.5:
        return replace(shown, title=other.title)
    return replace(shown, sections=other.sections)


class Site:
    """Documents, synonyms, and what is published and kept of their index."""

    def __init__(self, folder: Path, choose: random.Random) -> None:
        self.folder, self.choose = folder, choose
        self.documents = {f"en/{i}/": document(choose, i) for i in range(60)}
        self.groups = [phrases(choose) for _ in range(20)]
        self.synonyms = self.known()
        self.published = self.cold()
        index = index_of("en", self.parts())
        runs = [keep_part(self.folder, part) for part in self.parts()]
        keep(self.folder, index, runs, self.synonyms)

    def known(self) -> Synonyms:
        return Synonyms([(group, TRUST) for group in self.groups], "en")

    def parts(self) -> list[Part]:
        indexer = Indexer("en", self.synonyms)
        documents = sorted(self.documents.values(), key=lambda d: KINDS.index(d.kind))
        made = list(map(indexer, documents))
        runs = [made[i : i + 9] for i in range(0, len(made), 9)]
        return in_order([part for run in runs for part in parts(run)])

    def cold(self) -> dict[str, str]:
        return dict(files("en", self.parts(), [0]))

    def before(self) -> Kept | None:
        return kept_in(self.folder, "en")

    def change(self, *urls: str) -> bool:
        """Change some documents; tells whether the index could be brought up to date."""
        self.documents |= {url: changed(self.choose, self.documents[url]) for url in urls}
        return self.update(urls)

    def rename(self) -> bool:
        """Give a group other phrases; tells whether it can be told what that changes."""
        number, before = self.choose.randrange(len(self.groups)), self.before()
        assert before is not None
        old, new = self.groups[number], phrases(self.choose)
        new = self.choose.choice([new, old[:1] + new])
        try:
            words, reached = before.synonyms.with_groups([(old, new)], TRUST)
            urls = having(before, reached)
        except ValueError:
            return False
        self.groups[number] = new
        self.synonyms = self.known()
        return self.update(urls, words)

    def update(self, urls: Iterable[str], words: Synonyms | None = None) -> bool:
        now = [self.documents[url] for url in urls]
        before = self.before()
        if before is None or (kept := updated(before, now, self.published, words)) is None:
            return False
        new = dict(kept.index.files([0], self.published))
        names = json.loads(new["files.json"])["files"]
        self.published = {n: (self.published | new)[n] for n in (*names, "files.json")}
        kept.write()
        return True


@pytest.mark.parametrize("seed", range(12))
def test_an_update_gives_the_same_files(seed: int, tmp_path: Path) -> None:
    choose = random.Random(seed)
    site = Site(tmp_path / "kept", choose)
    for _ in range(12):
        assert site.change(*choose.sample(sorted(site.documents), choose.choice((1, 1, 3))))
        assert site.published == site.cold()


@pytest.mark.parametrize("seed", range(6))
def test_other_synonyms_give_the_same_files(seed: int, tmp_path: Path) -> None:
    site = Site(tmp_path / "kept", random.Random(seed))
    told = 0
    for _ in range(12):
        told += site.rename()
        assert site.published == site.cold()
    assert told > 6


def test_a_name_of_stop_words_may_stand_anywhere(tmp_path: Path) -> None:
    before = Site(tmp_path / "kept", random.Random(1)).before()
    assert before is not None
    with pytest.raises(ValueError, match="stop words"):
        having(before, {("who",): frozenset()})


def test_the_same_documents_change_nothing(tmp_path: Path) -> None:
    site = Site(tmp_path / "kept", random.Random(1))
    before = site.before()
    assert before is not None
    kept = updated(before, list(site.documents.values()), site.published)
    assert kept is not None
    assert dict(kept.index.files([0])).items() <= site.published.items()


def test_most_files_stay(tmp_path: Path) -> None:
    site = Site(tmp_path / "kept", random.Random(2))
    before = dict(site.published)
    assert site.change("en/7/")
    assert len(before.keys() & site.published.keys()) > len(before) / 2


def test_documents_that_are_not_kept_cannot_be_brought_up_to_date(tmp_path: Path) -> None:
    site = Site(tmp_path / "kept", random.Random(4))
    site.documents["en/new/"] = document(site.choose, 99)
    assert not site.change("en/new/")


def test_what_is_torn_counts_as_nothing(tmp_path: Path) -> None:
    tears = (lambda data: b"", lambda data: data[: len(data) // 2], lambda data: data + b"x")
    for i, tear in enumerate(tears):
        for number in range(20):
            site = Site(tmp_path / f"kept-{i}-{number}", random.Random(2))
            files = sorted(site.folder.iterdir())
            if number == len(files):
                break
            files[number].write_bytes(tear(files[number].read_bytes()))
            assert not site.change("en/7/") or site.published == site.cold()


def test_what_another_version_kept_counts_as_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(tmp_path / "kept", random.Random(3))
    assert (site.folder / STATE).exists()
    monkeypatch.setattr("generator.cache.program", lambda: b"another")
    assert not site.change("en/7/")
