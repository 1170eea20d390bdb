"""`fihrist` without its search, to be held against programs that have none."""

from __future__ import annotations

from generator import build, press
from generator.cli import main
from generator.search.synonyms import Synonyms


def leave_out_search() -> None:
    """No page is looked at for search, and no index is written."""
    for module, name, instead in (
        (press, "document", lambda *_: None),
        (build, "synonyms", lambda edition: Synonyms((), edition.language.code)),
        (build._Writer, "guides", lambda writer: [[] for _ in writer.indexers]),
        (build._SearchWriter, "__call__", lambda *_: ("", 0)),
    ):
        setattr(module, name, instead)


if __name__ == "__main__":
    leave_out_search()
    main()
