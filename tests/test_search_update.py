"""The index brought up to date is the index made from nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from generator.search import files as files_module
from generator.search import update as update_module
from generator.search.files import files
from generator.search.index import Document, Indexer, Section
from generator.search.kept import STATE
from generator.search.parts import KINDS, in_order, parts
from generator.search.synonyms import Synonyms
from generator.search.update import Wanted, update

Documents = dict[str, Document]
Groups = list[tuple[list[str], float]]
VOCABULARY = ["".join(random.Random(i).choices("bcdfgaeiou", k=4)) for i in range(150)]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a few documents reach."""
    for name, value in (("CAP", 12), ("KEYS", 16), ("FULL", 200)):
        monkeypatch.setattr(files_module, name, value)
    monkeypatch.setattr(update_module, "PART", 9)


def text(choose: random.Random, most: int) -> str:
    return " ".join(choose.choices(VOCABULARY, k=choose.randint(1, most)))


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
        self.groups: Groups = [(choose.sample(VOCABULARY, 2), 1.0) for _ in range(20)]
        self.published: dict[str, str] = {}
        self.made: list[str] = []

    def update(self) -> None:
        self.made = []

        def make(url: str) -> Document:
            self.made.append(url)
            return self.documents[url]

        wanted = [Wanted(d.url, d.kind, repr(d)) for d in self.documents.values()]
        kept = update(
            self.folder, wanted, make, Synonyms(self.groups, "en"), "en", self.published
        )  # fmt: skip
        new = dict(kept.index.files([0], self.published))
        names = new["files.json"]
        self.published = {n: t for n, t in (self.published | new).items() if f'"{n}"' in names}
        self.published["files.json"] = names

    def cold(self) -> dict[str, str]:
        indexer = Indexer("en", Synonyms(self.groups, "en"))
        return dict(files("en", in_order(parts(map(indexer, self.documents.values()))), [0]))


@pytest.mark.parametrize("seed", range(12))
def test_an_update_gives_the_same_files(seed: int, tmp_path: Path) -> None:
    choose = random.Random(seed)
    site = Site(tmp_path / "kept", choose)
    site.update()
    assert site.published == site.cold()
    for _ in range(12):
        urls = choose.sample(sorted(site.documents), choose.choice((1, 1, 3)))
        match choose.randrange(6):
            case 0 if len(site.documents) > 10:
                for url in urls:
                    del site.documents[url]
            case 1:
                new = document(choose, choose.randrange(1000))
                items = [*site.documents.items()]
                items.insert(choose.randrange(len(items)), (new.url, new))
                site.documents = dict(items)
            case 2:
                site.groups[choose.randrange(20)] = (choose.sample(VOCABULARY, 2), 1.0)
            case _:
                for url in urls:
                    site.documents[url] = changed(choose, site.documents[url])
        site.update()
        assert site.published == site.cold()


def test_only_what_changed_is_made_and_published(tmp_path: Path) -> None:
    site = Site(tmp_path / "kept", random.Random(1))
    site.update()
    before = dict(site.published)
    site.update()
    assert site.made == []
    assert site.published == before
    url = "en/7/"
    site.documents[url] = changed(site.choose, site.documents[url])
    site.update()
    assert site.made == [url]
    assert len(before.keys() & site.published.keys()) > len(before) / 2


def test_what_is_torn_counts_as_nothing(tmp_path: Path) -> None:
    site = Site(tmp_path / "kept", random.Random(2))
    site.update()
    for i in range(len(list(site.folder.iterdir()))):
        for tear in (
            lambda data: b"",
            lambda data: data[: len(data) // 2],
            lambda data: data + b"x",
        ):
            file = sorted(site.folder.iterdir())[i]
            file.write_bytes(tear(file.read_bytes()))
            site.documents["en/7/"] = changed(site.choose, site.documents["en/7/"])
            site.update()
            assert site.published == site.cold()
    file = max(site.folder.iterdir(), key=lambda file: file.name)
    file.write_bytes(b"")
    site.documents = {url: changed(site.choose, d) for url, d in site.documents.items()}
    site.update()
    assert site.published == site.cold()


def test_what_another_version_kept_counts_as_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(tmp_path / "kept", random.Random(3))
    site.update()
    assert (site.folder / STATE).exists()
    monkeypatch.setattr("generator.search.kept._version", lambda: "another")
    site.update()
    assert len(site.made) == len(site.documents)
