"""Questions with which readers can test themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.model.catalogue import Catalogue
from generator.model.question import Question
from generator.problems import Problem, Related, quote

ENOUGH = 3
"""From how many questions about one entry on the right answer may not always stand in one place."""


def answers(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V35: a question has exactly one right answer, unless it says that it has several."""
    for id_, question in catalogue.questions.items():
        right = [i for i, option in enumerate(question.options) if option.right]
        several = len(right) > 1
        if not right or several != question.multiple:
            where = catalogue.at("question", id_, "options")
            shown = ", ".join(quote(_text(question, i)) for i in right) or "no answer"
            expected = "two or more right answers" if question.multiple else "exactly one"
            hint = "with several right answers, write `multiple: true`" if several else ""
            yield Problem(where, "V35", f"marked as right: {shown}", expected, hint)


def _text(question: Question, place: int) -> str:
    texts = question.options[place].text.items()
    return next(text for _, text in reversed(list(texts)))


def places(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V35: the place of the right answer varies over the questions about one entry."""
    about: dict[str, list[tuple[str, int]]] = {}
    for id_, question in catalogue.questions.items():
        right = [i for i, option in enumerate(question.options) if option.right]
        if len(right) == 1:
            about.setdefault(question.about, []).append((id_, right[0]))
    for entry, found in about.items():
        if len(found) >= ENOUGH and len({place for _, place in found}) == 1:
            (first, place), *others = found
            where = catalogue.at("question", first, "options", place)
            message = f"answer {place + 1} is right in all questions about {quote(entry)}"
            related = tuple(
                Related(catalogue.at("question", id_, "options", place), "and here")
                for id_, place in others
            )
            yield Problem(where, "V35", message, "places that vary", related=related)
