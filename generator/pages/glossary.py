"""The page of one term, and the glossary."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from generator.languages import Phrase, initial, sort_key
from generator.model.term import Term
from generator.pages.addresses import entry_url, list_url
from generator.pages.citations import Sources, SourceView
from generator.pages.index import IndexGroup, IndexItem, english, index_page
from generator.pages.page import Code, Link, Page, Prose
from generator.pages.questions import QuestionView, questions_about
from generator.pages.reader import Reader


@dataclass(frozen=True, slots=True)
class TermView:
    """Everything on a term page."""

    name: Phrase
    abbreviation: Code | None
    others: tuple[Phrase, ...]
    definition: Prose
    variants: tuple[str, ...]
    relations: tuple[tuple[str, str, tuple[Link, ...]], ...]
    confusions: tuple[tuple[str, Link, Phrase], ...]
    process: Link | None
    questions: tuple[QuestionView, ...]
    sources: tuple[SourceView, ...]
    own: bool


def term_page(r: Reader, id_: str) -> Page:
    """The page of one term."""
    t = r.edition.public.terms[id_]
    url = entry_url(r.language, "term", id_)
    sources = Sources(r, t.sources)
    relations = (
        ("broader", t.broader),
        ("narrower", t.narrower),
        ("part-of", t.part_of),
        ("related", t.related),
    )
    view = TermView(
        name=r.pick(t.name),
        abbreviation=Code(t.abbreviation) if t.abbreviation else None,
        others=tuple(
            Phrase(text, lang, r.language, on_purpose=True)
            for lang, text in t.name.items()
            if lang is not r.language
        ),
        definition=Prose(r.pick(t.definition)),
        variants=t.variants.get(r.language),
        relations=tuple(
            (key, r.t(f"term.{key}"), r.links("term", ids, url)) for key, ids in relations if ids
        ),
        confusions=tuple(
            (f"not-{x.term}", r.link("term", x.term, url), r.pick(x.why)) for x in t.not_to_confuse
        ),
        process=r.link("process", t.process, url) if t.process else None,
        questions=questions_about(r, "term", id_, sources),
        sources=sources.views(),
        own=sources.own,
    )
    return Page(
        url, r.language, "glossary", "term", r.say("term.page_title", name=view.name),
        view.definition, view,
        r.entry_alternates("term", id_),
    )  # fmt: skip


def glossary_page(r: Reader) -> Page:
    """All terms under the letters of the language's own alphabet."""
    url = list_url(r.language, "glossary")
    terms: list[Term] = sorted(
        r.edition.public.terms.values(), key=lambda t: sort_key(r.pick(t.name).text, r.language)
    )
    groups = tuple(
        IndexGroup(
            f"letter-{ord(letter):04x}", letter, False,
            tuple(
                IndexItem(r.link("term", t.id, url), Prose(r.pick(t.definition), inline=True),
                          Code(t.abbreviation) if t.abbreviation else None, english(r, t.name))
                for t in run
            ),
        )
        for letter, run in groupby(terms, key=lambda t: initial(r.pick(t.name).text, r.language))
    )  # fmt: skip
    return index_page(r, "glossary", "letters", groups, len(terms))
