"""The glossary's names, and how other texts use them (V28 to V30)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast

from generator.checks.written import Writing, Written, without_code, without_quotes
from generator.languages import AR, EN, FA, LANGUAGES, Language, fold
from generator.model.catalogue import Catalogue
from generator.model.comparison import Comparison
from generator.model.process import Process
from generator.model.term import Term
from generator.model.walk import Keys
from generator.problems import Problem, Related, quote


def labels(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V28: no variant of a term equals its name (SKOS S13)."""
    for id_, term in catalogue.terms.items():
        for language, name in term.name.items():
            for i, variant in enumerate(term.variants.get(language)):
                if variant == name:
                    where = catalogue.at("term", id_, "variants", language.code, i)
                    related = Related(catalogue.at("term", id_, "name", language.code), "the name")
                    message = f"the variant {quote(variant)} is the name itself"
                    yield Problem(where, "V28", message, "another name", "remove it", (related,))


def collisions(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """V28b: no term's name is, but for marks and letter variants, a label of another term."""
    for language in LANGUAGES:
        named: dict[str, Term] = {}
        for term in catalogue.terms.values():
            if (name := term.name.get(language)) is not None:
                other = named.setdefault(fold(name, language), term)
                if other is not term:
                    yield _collision(
                        catalogue, language, (term, ("name", language.code), name), other
                    )
        for term in catalogue.terms.values():
            for i, variant in enumerate(term.variants.get(language)):
                other = named.get(fold(variant, language), term)
                if other is not term:
                    keys: Keys = ("variants", language.code, i)
                    yield _collision(catalogue, language, (term, keys, variant), other)


def _collision(
    catalogue: Catalogue, language: Language, label: tuple[Term, Keys, str], other: Term
) -> Problem:
    term, keys, text = label
    related = Related(catalogue.at("term", other.id, "name", language.code), "the other name")
    name = other.name.get(language)
    alike = "equals" if name == text else "differs only in marks or letter variants from"
    return Problem(
        catalogue.at("term", term.id, *keys),
        "V28b",
        f"{quote(text)} {alike} {quote(name)}, the name of {quote(other.id)}",
        "names that search can tell apart",
        related=(related,),
    )


_FALSE_FRIENDS: Mapping[Language, Mapping[str, str]] = {
    AR: {
        "علاقات العمل": "علاقات الأعمال",
        "باقة الخدمات": "محفظة الخدمات",
        "إدارة الطلبات": "إدارة الطلب",
    },
    FA: {
        "سبد خرید": "سبد خدمات",
        "مشتری نهایی": "کاربر",
    },
}
"""Mistranslations of ITIL terms, each with the right form."""

_BPM = re.compile(r"(?<![A-Za-z])BPM(?![A-Za-z])")
_NEAR_BRM = ("BRM", "business relationship", "علاقات الأعمال", "ارتباط با کسب‌وکار")


def false_friends(written: Writing) -> Iterator[Problem]:
    """V29: no text uses a known mistranslation, except between quotation marks."""
    for language, forms in _FALSE_FRIENDS.items():
        joined = written.joined(language)
        for wrong, right in forms.items():
            if wrong in joined:
                for match in _phrase(wrong).finditer(without_quotes(joined)):
                    yield _false_friend(written, language, match.start(), wrong, right)
    for language, joined in written.all:
        if "BPM" in joined:
            for match in _BPM.finditer(without_quotes(joined)):
                text = written.passage(language, match.start()).text.lower()
                if any(near.lower() in text for near in _NEAR_BRM):
                    yield _false_friend(written, language, match.start(), "BPM", "BRM")


def _phrase(words: str) -> re.Pattern[str]:
    """The words as they stand between others; an Arabic particle may be joined to the first."""
    return re.compile(rf"(?<!\w)(?<!\w[وفبلك])(?=[وفبلك]?{words}(?!\w))")


def _false_friend(
    written: Writing, language: Language, offset: int, wrong: str, right: str
) -> Problem:
    where = written.where(written.passage(language, offset), wrong)
    message = f"{quote(wrong)} is a mistranslation"
    return Problem(where, "V29", message, f'"{right}"', "what is quoted stands in «…»")


_ONLY_CAPITALS = bytes(byte if 65 <= byte <= 90 else 32 for byte in range(256))


def _capitals(text: str) -> list[bytes]:
    """The runs of Latin capitals in a text."""
    return text.encode("ascii", "replace").translate(_ONLY_CAPITALS).split()


class Abbreviations:
    """V30: an abbreviation of the glossary is explained in each entry that uses it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._terms: dict[bytes, list[Term]] = {}
        for term in catalogue.terms.values():
            short = term.abbreviation or ""
            if len(short) >= 2 and short != "IT" and _capitals(short) == [short.encode()]:
                self._terms.setdefault(short.encode(), []).append(term)
        self._shorts = frozenset(self._terms)

    def unexplained(self, written: Written) -> Iterator[Problem]:
        """The first use of each abbreviation that nothing in the entry explains."""
        if not self._terms:
            return
        for language, joined in written.all:
            capitals = _capitals(joined)
            if not self._shorts.isdisjoint(capitals):
                yield from self._unexplained_in(written, language, self._shorts & set(capitals))

    def _unexplained_in(
        self, written: Written, language: Language, used: frozenset[bytes]
    ) -> Iterator[Problem]:
        text = without_code(written.joined(language))
        for capitals in used:
            short, terms = capitals.decode(), self._terms[capitals]
            match = _as_word(short).search(text)
            if match and not _is_explained(written, language, short, terms):
                yield _unexplained(written, language, match, terms[0])


def _as_word(short: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9/-]){short}(?:s|'s|’s)?(?![A-Za-z0-9/-])")


def _unexplained(written: Written, language: Language, match: re.Match[str], term: Term) -> Problem:
    where = written.where(written.passage(language, match.start()), match.group())
    name = term.name.pick(language)
    return Problem(
        where,
        "V30",
        f"{quote(match.group())} is not explained",
        f'its full name, "{name.text}", in the same entry',
        f"or link to it: [{match.group()}](catalogue:term/{term.id})",
    )


def _is_explained(written: Written, language: Language, short: str, terms: list[Term]) -> bool:
    if short in _own_abbreviations(written):
        return True
    joined = written.joined(language)
    compact = ""
    for term in terms:
        if term is written.entry or ("term", term.id) in written.ids:
            return True
        if f"](catalogue:term/{term.id})" in joined:
            return True
        compact = compact or _compact(joined, language)
        if any(name in compact for name in _full_names(term, language)):
            return True
    return False


def _own_abbreviations(written: Written) -> tuple[str | None, ...]:
    match written.entry:
        case Term(abbreviation=short) | Process(abbreviation=short):
            return (short,)
        case Comparison(sides=sides):
            return tuple(side.abbreviation for side in sides)
    return ()


def _full_names(term: Term, language: Language) -> Iterator[str]:
    """The names that explain an abbreviation: the reader's own, its variants, the English one."""
    for one in (language, EN):
        for name in (term.name.get(one), *term.variants.get(one)):
            if name is not None and len(name) > 2 * len(cast(str, term.abbreviation)):
                yield _compact(name, language)


_ARTICLE = re.compile(r"(?<!\w)([وفبك]?)ال(?=\w\w)")


def _compact(text: str, language: Language) -> str:
    """A text folded, without Arabic articles, spaces and hyphens: names in it are found."""
    folded = _ARTICLE.sub(r"\1", fold(text, language).replace(" لل", " لال"))
    return re.sub(r"[\s-]+", "", folded)
