"""The files of search in a site."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import chain, islice

from generator.assets import named
from generator.editions import Edition
from generator.pages.addresses import FOLDERS, entry_url
from generator.pages.reader import Reader
from generator.search.assets import engine_script
from generator.search.files import Index
from generator.search.words import words_script

FOLDER = "assets/search"
"""Where they are, relative to the site."""
ENGINE = f"{FOLDER}/engine.js"
SUGGESTED = 6
"""Entries that are offered before anything is typed."""


def files(
    edition: Edition, index: Index, urls: Iterable[str], published: Container[str] = ()
) -> Iterator[tuple[str, str]]:
    """Names and texts of the index of an edition, and of what the script says about results.

    `urls` are those of its documents in order; files of the index that were `published` stand already.
    """
    code = edition.language.code
    numbers = {url: number for number, url in enumerate(urls)}
    suggested = (numbers[url] for url in _suggested(edition) if url in numbers)
    for name, text in index.files(list(islice(suggested, SUGGESTED)), published):
        yield f"{FOLDER}/{code}/{name}", text
    yield words(Reader(edition))


def engine() -> tuple[str, str]:
    """Name and text of the script that searches."""
    text = engine_script()
    return named(ENGINE, text.encode()), text


def words(reader: Reader) -> tuple[str, str]:
    """Name and text of the script that says what is said about results."""
    text = words_script(reader)
    return named(words_of(reader.language.code), text.encode()), text


def words_of(code: str) -> str:
    """The plain name of the script of a language."""
    return f"{FOLDER}/{code}.js"


def _suggested(edition: Edition) -> Iterator[str]:
    """The entries that the tasks of the home page lead to, then the first services."""
    public, language = edition.public, edition.language
    tasks = dict.fromkeys(task.to.partition("/")[::2] for task in public.organisation.tasks)
    services = (("service", id_) for id_ in public.services if ("service", id_) not in tasks)
    for kind, id_ in chain(tasks, services):
        if kind in FOLDERS and edition.has_page(kind, id_):
            yield entry_url(language, kind, id_)
