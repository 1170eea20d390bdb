"""The files that the settings of the host name, under the names that they are published under."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

_PICTURES = ("logo", "favicon")


def named_in(config: Any) -> Iterator[str]:
    """Style sheets, scripts and pictures that the settings name."""
    yield from config.extra_css
    yield from map(str, config.extra_javascript)
    yield from filter(None, map(config.theme.get, _PICTURES))


def rename(config: Any, name: Callable[[str], str]) -> None:
    """Write other names into the settings."""
    config.extra_css[:] = map(name, config.extra_css)
    scripts = config.extra_javascript
    for number, script in enumerate(scripts):
        if isinstance(script, str):
            scripts[number] = name(script)
        else:
            script.path = name(script.path)
    for key in filter(config.theme.get, _PICTURES):
        config.theme[key] = name(config.theme[key])
