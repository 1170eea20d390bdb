"""One walk over the texts of all entries, for every rule that looks at texts (V24, V24b, V25)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator.checks import exposure, numbers, orthography, references, strays, terms
from generator.checks.written import Written
from generator.languages import BY_CODE, Language
from generator.model.base import Entry
from generator.model.catalogue import Catalogue
from generator.model.required import required_texts
from generator.model.translated import Translated, Translation
from generator.model.translation import source_hash
from generator.model.walk import located_texts
from generator.problems import Problem, quote

Rule = Callable[[Written], Iterator[Problem]]
"""Looks at the texts of one entry."""


def source_language(written: Written) -> Iterator[Problem]:
    """V24: every text exists in the source language of the catalogue."""
    source = BY_CODE[written.catalogue.policy.source_language]
    if source in written.lacking:
        for keys, text, _ in located_texts(written.entry):
            if text.get(source) is None:
                where = written.catalogue.at(written.kind, written.entry.id, *keys)
                message = f"`{keys[-1] if isinstance(keys[-1], str) else keys[-2]}` has no text"
                expected = f"a text in {quote(source.code)}, the source language"
                yield Problem(where, "V24", f"{message} in {quote(source.code)}", expected)


def published_languages(written: Written) -> Iterator[Problem]:
    """V24b: what must exist before an entry is published in a language exists there."""
    policy = written.catalogue.policy
    for language in written.lacking:
        is_translation = (
            language.code in policy.languages and language.code != policy.source_language
        )
        if is_translation and exposure.is_read(written):
            yield from _unpublished(written, language)


def _unpublished(written: Written, language: Language) -> Iterator[Problem]:
    missing = [keys for keys, text in required_texts(written.entry) if text.get(language) is None]
    if missing:
        where = written.catalogue.at(written.kind, written.entry.id, *missing[0])
        names = ", ".join(
            dict.fromkeys(".".join(k for k in keys if isinstance(k, str)) for keys in missing)
        )
        message = f"{quote(written.entry.id)} has no page in {quote(language.code)}"
        yield Problem(where, "V24b", message, f"text in {quote(language.code)} for {names}")


def translations(written: Written) -> Iterator[Problem]:
    """V25: a translation is finished, and of the source text as it is now."""
    entry = written.entry
    if not isinstance(entry, Translated) or not entry.translation:
        return
    source = BY_CODE[written.catalogue.policy.source_language]
    current = source_hash(entry, source)
    for code, translation in entry.translation.items():
        if code != source.code and (fault := _fault(translation, current)):
            key, message, expected, hint = fault
            where = written.catalogue.at(written.kind, entry.id, "translation", code, key)
            yield Problem(where, "V25", f"the {quote(code)} text {message}", expected, hint)


def _fault(translation: Translation, current: str) -> tuple[str, str, str, str] | None:
    """What is wrong with a translation: key, message, what was expected, what to do."""
    done = f"then write `state: reviewed` and `of: {current}`"
    match translation.state:
        case "draft":
            return "state", "is a draft", "a review by someone who knows the language", done
        case "stale":
            now = "a translation of the source text as it is now"
            return "state", "is marked as stale", now, done
        case "translated" | "reviewed" if translation.of != current:
            of = translation.of
            given = f"translates {quote(of)}" if of else "says not what it translates"
            hint = "compare it with the source text, then write the hash"
            return "of", given, f"the source hash {current}", hint
    return None


RULES: tuple[Rule, ...] = (
    orthography.letters,
    orthography.hidden_characters,
    orthography.joining,
    orthography.marks,
    orthography.digits,
    strays.joiners,
    strays.pairs,
    terms.false_friends,
)
"""Rules that look at one entry by itself."""

POLICY_RULES: tuple[Rule, ...] = (
    exposure.links,
    source_language,
    published_languages,
    numbers.differ,
    translations,
)


def written(catalogue: Catalogue, entries: Iterable[tuple[str, Entry]]) -> Iterator[Problem]:
    """Every rule about the texts and the ids of one entry, of some entries, each with its kind."""
    rules: tuple[Rule, ...] = (
        *RULES,
        terms.Abbreviations(catalogue).unexplained,
        references.Links(catalogue).broken,
        references.Ids(catalogue).unknown,
    )
    if catalogue.entries.get("policy"):
        rules += POLICY_RULES
    for kind, entry in entries:
        found = Written(catalogue, kind, entry)
        for rule in rules:
            yield from rule(found)
