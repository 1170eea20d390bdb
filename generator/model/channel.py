"""A way to reach someone."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from generator.model.base import CalendarId, NonEmpty, Public, Record
from generator.model.text import Text

LanguageCode = Literal["ar", "fa", "en"]


class Channel(Record):
    """A phone number, address or place where people get help (schema:ContactPoint)."""

    type: Public[Literal["phone", "email", "portal", "chat", "place"]]
    value: Public[NonEmpty | None] = None
    place: Public[Text | None] = None
    languages: Public[tuple[LanguageCode, ...]] = ()
    hours: Public[CalendarId | None] = None

    @model_validator(mode="after")
    def _reachable(self) -> Channel:
        if (self.place is None) == (self.value is None) or (self.type == "place") != (
            self.place is not None
        ):
            raise PydanticCustomError(
                "channel_address", "expected `place` for a place and `value` for every other type"
            )
        return self
