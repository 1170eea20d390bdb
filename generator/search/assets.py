"""The script that searches in the browser, with the rule table in it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from generator.search.analyser import rules_as_json

SCRIPT = Path(__file__).parent / "engine.js"


@lru_cache
def engine_script() -> str:
    """The engine as it is published."""
    return SCRIPT.read_text(encoding="utf-8").replace('"fihrist-rules"', rules_as_json(), 1)
