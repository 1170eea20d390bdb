"""The reader of an edition: picks texts, writes values, finds addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, reduce
from typing import Any, TypeVar

from generator.editions import Edition
from generator.languages import BY_CODE, SPELLED, Language, Phrase, isolate
from generator.messages import Messages
from generator.model.base import Duration
from generator.model.calendar import Calendar
from generator.model.channel import Channel
from generator.model.text import Text
from generator.pages.addresses import FOLDERS, entry_url, list_url, record_url, relative
from generator.pages.page import Alternate, Code, Link, Prose, Sentence, Value

T = TypeVar("T")
Shape = tuple[tuple[str, int | None], ...]
"""The names of what stands in a message; whole numbers with their values."""

_UNITS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
_SLOT = re.compile("([\ue000-\ue0ff])")


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A way to reach someone: its type in words, where, when, in which languages."""

    label: str
    address: Code | Phrase
    hours: Phrase | None
    languages: tuple[Language, ...]


class Reader:
    """One edition as its pages are written: language, words, formats, links."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.language = edition.language
        self.format = edition.formatter
        self.t = Messages(self.format)
        self.memo: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives: it is called once under a key."""
        if key not in self.memo:
            self.memo[key] = make()
        found: T = self.memo[key]
        return found

    def pick(self, text: Text) -> Phrase:
        """The text for this reader."""
        return text.pick(self.language)

    def maybe(self, text: Text | None) -> Phrase | None:
        """The text for this reader, if there is one."""
        return None if text is None else text.pick(self.language)

    def all(self, texts: tuple[Text, ...]) -> tuple[Phrase, ...]:
        """The texts for this reader."""
        return tuple(text.pick(self.language) for text in texts)

    def lines(self, texts: tuple[Text, ...]) -> tuple[Prose, ...]:
        """The texts for this reader, each a line of Markdown."""
        return tuple(Prose(text.pick(self.language), inline=True) for text in texts)

    def say(self, key: str, **values: Any) -> Sentence:
        """A message with things inside; whole numbers stay available to its plural rules."""
        shape = tuple([(n, v if isinstance(v, int) else None) for n, v in values.items()])
        parts = self.once((key, shape), lambda: self._parts(key, shape))
        return Sentence(tuple([part if name is None else values[name] for part, name in parts]))

    def _parts(self, key: str, shape: Shape) -> list[tuple[str, str | None]]:
        """The words of a message, and between them the names of the things inside."""
        names = [name for name, number in shape if number is None]
        slots = {name: chr(0xE000 + i) for i, name in enumerate(names)}
        numbers = {name: number for name, number in shape if number is not None}
        parts = filter(None, _SLOT.split(self.t(key, **slots, **numbers)))
        return [(p, names[ord(p) - 0xE000] if _SLOT.match(p) else None) for p in parts]

    def day(self, day: date) -> Value:
        """A day in the reader's calendar."""
        return self.once(day, lambda: Value(self.format.day(day), day.isoformat()))

    def deadline(self, day: date) -> Value:
        """A day that matters: with the Gregorian one beside it where calendars differ."""
        own, gregorian = self.format.day(day), self.format.gregorian(day)
        text = own if gregorian is None else f"{own} ({isolate(gregorian)})"
        return Value(text, day.isoformat())

    def number(self, value: int | Decimal) -> Value:
        """A number."""
        return Value(self.format.number(value))

    def money(self, amount: Decimal, currency: str) -> Value:
        """An amount of money."""
        return Value(self.format.money(amount, currency))

    def amounts(self, amounts: Iterable[Decimal], currency: str) -> tuple[Value, ...]:
        """Amounts of money that stand in a column under the name of their currency."""
        return tuple(Value(text) for text in self.format.amounts(amounts, currency))

    def in_currency(self, key: str, currency: str) -> str:
        """The head of such a column."""
        return self.t("money.column", column=self.t(key), currency=self.format.currency(currency))

    def duration(self, duration: Duration) -> Value:
        """A length of time in words."""
        return self.once(duration, lambda: Value(self._words(duration), str(duration)))

    def _words(self, duration: Duration) -> str:
        values = [(value, unit[:-1]) for unit in _UNITS if (value := getattr(duration, unit))]
        spelled = all(value <= SPELLED for value, _ in values)
        return self.joined(self.format.quantity(value, unit, spelled) for value, unit in values)

    def joined(self, words: Iterable[str]) -> str:
        """Words joined by "and"."""
        return reduce(lambda first, second: self.t("joined", first=first, second=second), words)

    def calendar(self, id_: str) -> Phrase:
        """The name of a calendar."""
        return self.pick(self._calendar(id_).name)

    def zone(self, name: str) -> Phrase | Code:
        """A time zone by its city in the reader's language, from CLDR."""
        from babel.dates import get_timezone_location

        code = self.language.code
        city = self.once(name, lambda: get_timezone_location(name, locale=code, return_city=True))
        return Phrase(city, self.language, self.language)

    def _calendar(self, id_: str) -> Calendar:
        return self.edition.public.calendars[id_]

    def channel(self, channel: Channel) -> ChannelView:
        """A way to reach someone, as pages show it."""
        hours = self.calendar(channel.hours) if channel.hours else None
        spoken = tuple(BY_CODE[code] for code in channel.languages)
        label = self.t(f"channel.{channel.type}")
        if channel.place is not None:
            return ChannelView(label, self.pick(channel.place), hours, spoken)
        value = channel.value or ""
        return ChannelView(label, Code(value, _HREF[channel.type](value)), hours, spoken)

    def link(self, kind: str, id_: str, page: str) -> Link:
        """A link to an entry's page by its name. The entry must be in this edition."""
        name = self.edition.public.name(kind, id_)
        return Link(relative(entry_url(self.language, kind, id_), page), self.pick(name))

    def links(self, kind: str, ids: tuple[str, ...], page: str) -> tuple[Link, ...]:
        """Links to several entries."""
        return tuple(self.link(kind, id_, page) for id_ in ids)

    def list_link(self, name: str, page: str) -> str:
        """The address of a list page, as a link."""
        return relative(list_url(self.language, name), page)

    def target(self, address: str, page: str) -> str | None:
        """Where `kind/id` leads for this reader, if anywhere."""
        kind, _, id_ = address.partition("/")
        if kind not in FOLDERS or not self.edition.has_page(kind, id_):
            return None
        return relative(entry_url(self.language, kind, id_), page)

    def guide(self, path: str, page: str) -> str:
        """The address of a hand-written page, as a link."""
        return relative(f"{self.language.code}/{path.strip('/')}/", page)

    def record(self, service_id: str, page: str) -> str:
        """The staff record of a service, as a link."""
        return relative(record_url(self.language, service_id), page)

    def alternates(self, url: Callable[[Language], str]) -> tuple[Alternate, ...]:
        """The same page in every language."""
        return tuple(Alternate(language, url(language)) for language in self.all_languages)

    def entry_alternates(self, kind: str, id_: str) -> tuple[Alternate, ...]:
        """The page of an entry in every language, as far as it is published there."""
        published = self.edition.languages[kind, id_]
        return tuple(
            Alternate(lang, entry_url(lang, kind, id_) if lang in published else None)
            for lang in self.all_languages
        )

    @cached_property
    def all_languages(self) -> tuple[Language, ...]:
        """The languages of the site."""
        return self.edition.site_languages


def _telephone(value: str) -> str:
    return "tel:" + re.sub(r"[^+\d]", "", value)


_HREF: dict[str, Callable[[str], str]] = {
    "phone": _telephone,
    "email": lambda value: f"mailto:{value}",
    "portal": lambda value: value if value.startswith("http") else "",
    "chat": lambda value: value if value.startswith("http") else "",
}
