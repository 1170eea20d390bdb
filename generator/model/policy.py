"""The provider's own rules for its portfolio. Staff only."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from generator.model.base import Duration, Entry
from generator.model.channel import LanguageCode
from generator.model.service import Section, Status


def _every_status(sections: dict[Status, Section]) -> dict[Status, Section]:
    missing = [status for status in get_args(Status) if status not in sections]
    if missing:
        names = ", ".join(missing)
        raise PydanticCustomError(
            "every_status", "expected a section for each status; none for {names}", {"names": names}
        )
    return sections


class Policy(Entry):
    """How statuses map to portfolio sections, and what the checks expect."""

    kind: Literal["policy"]
    sections: Annotated[dict[Status, Section], AfterValidator(_every_status)]
    languages: tuple[LanguageCode, ...] = Field(min_length=1)
    source_language: LanguageCode = "en"
    review_interval: Duration = Duration(years=1)
    pipeline_unchanged: Duration = Duration(months=6)
    due_diligence_notice: Duration = Duration(days=60)
    retired_page_lifetime: Duration = Duration(years=1)
    announce_released: bool = True
    show_supporting_names: bool = False
