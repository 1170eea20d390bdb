"""The machine in words: no names, no folders."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator import parallel

from . import rivals


def machine() -> str:
    """Cores, memory, system, Python, and how busy it is."""
    busy = f"load {os.getloadavg()[0]:.1f} when the measuring began"
    python = f"Python {platform.python_version()}"
    return f"{parallel.available()} cores, {_memory()} of memory, {_system()}, {python}; {busy}"


def _memory() -> str:
    told = Path("/proc/meminfo")
    found = re.search(r"MemTotal:\s+(\d+)", told.read_text("ascii")) if told.exists() else None
    return f"{int(found[1]) * 1024 / 2**30:.0f} GiB" if found else "an unknown amount"


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.system()


def versions(tools: tuple[str, ...]) -> str:
    """The versions of other programs."""
    packages = dict.fromkeys(package for tool in tools for package in rivals.PACKAGES[tool])
    return ", ".join(_known(packages))


def _known(packages: dict[str, None]) -> Iterator[str]:
    for package in packages:
        try:
            yield f"{package} {version(package)}"
        except PackageNotFoundError:
            continue
