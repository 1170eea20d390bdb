"""Where the time of a cold build goes, in one process: `python -m benchmarks.breakdown SITE OUT`.

A stopwatch stands around the steps of the build; time in an inner step counts for that one only.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LOADING, YAML, RECORDS, CHECKS, CHROME = (
    "loading the program", "reading YAML", "records from it", "checks between entries",
    "hand-written pages and chrome (MkDocs)",
)  # fmt: skip
CONTENTS, ARTICLES, DRESSING, WRITING = (
    "what pages say", "their HTML", "dressing them in the chrome", "writing files",
)  # fmt: skip
ENTRIES, INDEX, STATICS, REST = (
    "entries for search", "search index", "maps, worker and llms.txt", "the rest",
)  # fmt: skip
PARTS = (
    LOADING, YAML, RECORDS, CHECKS, CHROME, CONTENTS, ARTICLES, DRESSING, WRITING, ENTRIES, INDEX,
    STATICS, REST,
)  # fmt: skip


class Stopwatch:
    """Seconds by part."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._parts, self._since = [REST], time.perf_counter()

    @contextmanager
    def on(self, part: str) -> Iterator[None]:
        """What happens meanwhile is a part."""
        self._turn()
        self._parts.append(part)
        try:
            yield
        finally:
            self._turn()
            self._parts.pop()

    def _turn(self) -> None:
        now = time.perf_counter()
        self.seconds[self._parts[-1]] += now - self._since
        self._since = now

    def around(self, part: str, owner: Any, *names: str) -> None:
        """Measure functions or methods as a part; what they yield is made at once."""
        for name in names:
            setattr(owner, name, self._timed(part, getattr(owner, name)))

    def _timed(self, part: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **named: Any) -> Any:
            with self.on(part):
                found = work(*args, **named)
                return list(found) if isinstance(found, Iterator) else found

        return timed


def measure(root: Path, out: Path) -> dict[str, float]:
    """Build the customers' site into a folder; gives the seconds of each part."""
    watch = Stopwatch()
    with watch.on(LOADING):
        from generator.audiences import Audience
        from generator.orders import Order
        from generator.publish import mkdocs
        from generator.publishing import publish

        from .catalogue import TODAY

        _set_up(watch)
    mkdocs.dresser = _dresser(watch, mkdocs.dresser)
    order = Order(root, out, (Audience.CUSTOMER,), TODAY, 1, caching=False)
    with watch.on(REST):
        publish(order, None, lambda line: None)
    return {part: watch.seconds[part] for part in PARTS}


def _set_up(watch: Stopwatch) -> None:
    from generator import build, dress, llms, press, publishing, render, statics, values
    from generator.search import index, site

    watch.around(YAML, values, "parse_bytes")
    watch.around(RECORDS, build, "load")
    watch.around(CHECKS, build, "check")
    watch.around(CONTENTS, press.Press, "_made")
    watch.around(ARTICLES, render.Renderer, "article")
    watch.around(ENTRIES, press, "document")
    watch.around(ENTRIES, index.Indexer, "__call__")
    watch.around(DRESSING, press, "parts")
    watch.around(DRESSING, dress.Chrome, "dress")
    watch.around(WRITING, publishing, "write", "write_or_link")
    watch.around(INDEX, build, "parts", "keep_part", "in_order", "index_of")
    watch.around(INDEX, site, "files")
    watch.around(STATICS, statics, "files", "inventory_of")
    watch.around(STATICS, llms, "files")


def _dresser(watch: Stopwatch, dresser: Callable[..., Any]) -> Callable[..., Any]:
    def measured(*args: Any) -> Any:
        with watch.on(CHROME):
            dress = dresser(*args)
        return watch._timed(CHROME, dress)

    return measured


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))
