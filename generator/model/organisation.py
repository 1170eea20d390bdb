"""The provider itself."""

from __future__ import annotations

from typing import Literal

from generator.model.base import CalendarId, Entry, NonEmpty, Public, Record, TeamId
from generator.model.channel import Channel
from generator.model.text import Text, Words


class Task(Record):
    """A line of "I want to …" on the home page, leading to `kind/id` or a guide's path."""

    title: Public[Text]
    to: Public[NonEmpty]


class Formats(Record):
    """How Arabic pages show digits and dates."""

    arabic_digits: Public[Literal["latn", "arab"]] = "latn"
    arabic_calendar: Public[Literal["gregory", "islamic-umalqura"]] = "gregory"


class Organisation(Entry):
    """The IT provider that publishes the catalogue."""

    kind: Literal["organisation"]
    name: Public[Text]
    summary: Public[Text]
    about: Public[Text]
    public_body: Public[bool] = False
    working_week: Public[CalendarId]
    service_desk: Public[TeamId]
    channels: Public[tuple[Channel, ...]] = ()
    tasks: Public[tuple[Task, ...]] = ()
    formats: Public[Formats] = Formats()
    everyday_words: Public[tuple[Words, ...]] = ()
