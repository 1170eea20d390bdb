"""The questions at the end of a page, with which readers test themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from generator.model.question import LEVELS, Question
from generator.pages.citations import Citation, Sources
from generator.pages.page import Heading, Prose
from generator.pages.reader import Reader

ANCHOR = "self-check"
"""The permanent id of the section."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question, the answers to choose from, and what stands folded under them."""

    id: str
    title: str
    level: str
    stem: Prose
    several: bool
    options: tuple[Prose, ...]
    summary: str
    right: tuple[Prose, ...]
    why: Prose
    citation: Citation
    outdated: bool


def questions_about(r: Reader, kind: str, id_: str, sources: Sources) -> tuple[QuestionView, ...]:
    """The questions about an entry; first those that ask to remember, then those that ask to apply."""
    asked = r.once("questions", lambda: _by_entry(r)).get(f"{kind}/{id_}", ())
    return tuple(_view(r, question, i, sources) for i, question in enumerate(asked, 1))


def heading(r: Reader) -> Heading:
    """The line of the section in the contents of a page."""
    return Heading(ANCHOR, r.t("questions.title"))


def _by_entry(r: Reader) -> Mapping[str, tuple[Question, ...]]:
    found = sorted(
        r.edition.public.questions.values(), key=lambda q: (q.about, LEVELS.index(q.level), q.id)
    )
    return {about: tuple(run) for about, run in groupby(found, key=lambda q: q.about)}


def _view(r: Reader, q: Question, number: int, sources: Sources) -> QuestionView:
    return QuestionView(
        id=f"question-{q.id}",
        title=r.t("questions.question", number=number),
        level=r.t(f"level.{q.level}"),
        stem=Prose(r.pick(q.stem)),
        several=q.multiple,
        options=r.lines(tuple(option.text for option in q.options)),
        summary=r.t("questions.answer", number=number),
        right=r.lines(tuple(option.text for option in q.options if option.right)),
        why=Prose(r.pick(q.why)),
        citation=sources.cite(q.sources or "own"),
        outdated=("question", q.id) in r.edition.outdated,
    )
