"""How good the answers are: labelled queries over labelled documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Any

from generator.parallel import each, keeping
from generator.search.assets import engine_script
from generator.search.files import files
from generator.search.index import Document, Indexer, Section
from generator.search.parts import Part, parts
from generator.search.query import Engine
from generator.search.synonyms import Synonyms

FIRST = 5
"""Answers that are looked at."""


class LabelError(ValueError):
    """Documents or queries that cannot be read or asked."""


@dataclass(frozen=True, slots=True)
class Label:
    """A query and the ids of the documents that answer it."""

    language: str
    kind: str
    query: str
    relevant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A labelled query with the ids of the first answers, best first."""

    label: Label
    found: tuple[str, ...]

    @property
    def rank(self) -> int | None:
        """The place of the first right answer, from 1."""
        return next((i for i, id_ in enumerate(self.found, 1) if id_ in self.label.relevant), None)


Indexes = Mapping[str, Mapping[str, str]]
"""The files of an index by language and name."""
Ask = Callable[[Indexes, Sequence[Label]], list[Outcome]]


def read_documents(path: Path) -> dict[str, list[Document]]:
    """The documents of a file `{"documents": {language: [{id, title, text, alias}]}}`. Raises LabelError."""
    found = _read(path, "documents", dict)
    try:
        return {
            language: [_document(language, record) for record in records]
            for language, records in found.items()
        }
    except (KeyError, TypeError) as error:
        raise LabelError(f"{path}: a document lacks {error}") from error


def _document(language: str, record: Mapping[str, str]) -> Document:
    alias = record.get("alias", "")
    return Document(
        url=record["id"],
        language=language,
        kind="page",
        title=((record["title"], language),),
        names=(((alias, language),),) if alias else (),
        aliases=(),
        summary=(),
        sections=(Section("", (), ((record["text"], language),)),),
    )


def read_labels(path: Path, documents: Mapping[str, Sequence[Document]]) -> list[Label]:
    """The queries of a file `{"queries": [{lang, class, query, relevant}]}`, about these documents.

    Raises LabelError.
    """
    try:
        labels = [
            Label(q["lang"], q["class"], q["query"], tuple(q["relevant"]))
            for q in _read(path, "queries", list)
        ]
    except (KeyError, TypeError) as error:
        raise LabelError(f"{path}: a query lacks {error}") from error
    if strange := {label.language for label in labels} - set(documents):
        raise LabelError(f"{path}: no documents in {', '.join(sorted(strange))}")
    return labels


def _read(path: Path, key: str, shape: type) -> Any:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LabelError(f"{path}: {error}") from error
    if not isinstance(found, dict) or not isinstance(found.get(key), shape):
        raise LabelError(f"{path}: expected an object with `{key}`")
    return found[key]


BATCH = 500
"""Documents that a process reads before it takes the next batch."""


@keeping()
def index(
    documents: Mapping[str, Sequence[Document]], synonyms: Mapping[str, Synonyms], jobs: int = 1
) -> Indexes:
    """The index of each language in memory."""
    indexers = {language: Indexer(language, synonyms[language]) for language in documents}

    def read(batch: tuple[str, int]) -> tuple[Part, ...]:
        language, start = batch
        shown = documents[language][start : start + BATCH]
        return tuple(parts(map(indexers[language], shown)))

    batches = [
        (language, start)
        for language, shown in documents.items()
        for start in range(0, len(shown), BATCH)
    ]
    made: dict[str, list[Part]] = {language: [] for language in documents}
    for (language, _), found in zip(batches, each(read, batches, jobs, 1), strict=True):
        made[language] += found

    def written(language: str) -> dict[str, str]:
        return dict(files(language, made[language], []))

    return dict(zip(made, each(written, list(made), jobs, 1), strict=True))


def ask_here(indexes: Indexes, labels: Sequence[Label]) -> list[Outcome]:
    """The answers of the Python twin."""
    engines = {language: Engine(language, _loader(made)) for language, made in indexes.items()}
    outcomes = []
    for label in labels:
        engine = engines[label.language]
        hits = engine.search(label.query)[:FIRST]
        outcomes.append(Outcome(label, tuple(engine.document(hit.number)[0] for hit in hits)))
    return outcomes


def _loader(made: Mapping[str, str]) -> Callable[[str], Any]:
    by_stem = {name.split(".")[0]: text for name, text in made.items() if name.endswith(".js")}

    def load(stem: str) -> Any:
        text = by_stem[stem]
        return json.loads(text[text.index(",") + 1 : text.rindex(")")])

    return load


_PAGE = """<!doctype html><title>-</title><script>
const worker = new Worker("engine.js"), waiting = new Map();
worker.onmessage = ({data: {id, answer, error}}) => waiting.get(id)(answer || {error});
let last = 0;
const ask = (request) => new Promise((resolve) => {
  waiting.set(++last, resolve);
  worker.postMessage({...request, id: last});
});
</script>"""
_ASK = """async ([labels, limit]) => {
  const found = [];
  for (const [language, query] of labels) {
    const answer = await ask({language, query, limit});
    if (answer.error) throw new Error(answer.error);
    found.push(answer.results.map(({url}) => url));
  }
  return found;
}"""


def ask_browser(indexes: Indexes, labels: Sequence[Label]) -> list[Outcome]:
    """The answers of the worker that readers get, in Chromium. Raises LabelError without one."""
    try:
        from playwright.sync_api import Route, sync_playwright
    except ImportError:
        raise LabelError("asking in a browser needs Playwright: run `make test` once") from None

    texts = {"/": _PAGE, "/engine.js": engine_script()}
    for language, made in indexes.items():
        texts |= {f"/{language}/{name}": text for name, text in made.items()}

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix("http://search.test").split("?")[0]
        kind = "text/html" if path == "/" else "text/javascript"
        route.fulfill(body=texts[path], content_type=f"{kind}; charset=utf-8")

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.context.route("http://search.test/**", serve)
        page.goto("http://search.test/")
        asked = [[label.language, label.query] for label in labels]
        found: list[list[str]] = page.evaluate(_ASK, [asked, FIRST])
        browser.close()
    return [Outcome(label, tuple(ids)) for label, ids in zip(labels, found, strict=True)]


def report(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A line for each language, then for each class, then the queries whose first answer is wrong."""
    languages = list(dict.fromkeys(outcome.label.language for outcome in outcomes))
    for language in languages:
        yield f"{language} {_rates(o for o in outcomes if o.label.language == language)}"
    classes = sorted({(languages.index(o.label.language), o.label.kind) for o in outcomes})
    yield ""
    for position, kind in classes:
        language = languages[position]
        own = [o for o in outcomes if (o.label.language, o.label.kind) == (language, kind)]
        yield f"{language} {kind} {_rates(own)} of {len(own)}"
    missed = [outcome for outcome in outcomes if outcome.rank != 1]
    if missed:
        yield ""
    for outcome in missed:
        label = outcome.label
        yield (
            f"{label.language} {label.kind}: {label.query} "
            f"(expected {' or '.join(label.relevant)}; found {', '.join(outcome.found) or 'nothing'})"
        )


def _rates(outcomes: Iterable[Outcome]) -> str:
    ranks = [outcome.rank for outcome in outcomes]
    first = sum(rank == 1 for rank in ranks)
    among = sum(rank is not None for rank in ranks)
    return f"{100 * first / len(ranks):.1f} {100 * among / len(ranks):.1f}"
