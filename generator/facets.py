"""What the filters of a split catalogue look at: one file a language, fetched when a filter is used.

Services share few combinations of categories, audience, price and availability. Each combination
stands there once, and each service has the number of its own. Only what the customers' lists show is
in it: names, addresses, and the choices of the filters.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.bidi import isolated
from generator.editions import Edition
from generator.pages import paging
from generator.pages.filters import GROUPS
from generator.pages.shelf import Rows, shelf


def facets_script(edition: Edition) -> Iterator[tuple[str, str]]:
    """Name and text of a script that sets `fihristServices`, where the list of services is split."""
    rows = shelf(edition).offered
    if paging.is_split(len(rows)):
        data = facets(rows) | {"names": [isolated(row.name, edition.language) for row in rows]}
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        yield f"assets/services/{edition.language.code}.js", f"self.fihristServices={text};\n"


def facets(rows: Rows) -> dict[str, Any]:
    """Services in the order of the list: their ids, and which of the `sets` of choices each has."""
    combinations = [tuple(choices(row) for choices in GROUPS.values()) for row in rows]
    numbers = {sets: number for number, sets in enumerate(dict.fromkeys(combinations))}
    return {
        "groups": list(GROUPS),
        "sets": list(numbers),
        "of": [numbers[sets] for sets in combinations],
        "ids": [row.id for row in rows],
    }
