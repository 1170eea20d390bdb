"""A server on localhost that rebuilds on change and reloads open pages."""

from __future__ import annotations

import gc
import json
import re
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.audiences import Audience
from generator.orders import Tell

PROGRAM = Path(__file__).parent.parent
QUIET_SECONDS = 0.02
"""How long nothing may change before a rebuild begins: editors save in several steps."""

_RELOAD = Path(__file__).with_name("reload.js").read_text(encoding="utf-8")
_NOTHING = b"<!doctype html><title>Fihrist</title><body></body>"
"""What is shown while there is no site."""

_NO_WORKER = """
addEventListener("install",function(){skipWaiting()});
addEventListener("activate",function(){registration.unregister()});
"""
"""Takes the place of the worker that keeps pages: while one works on a site, nothing is kept."""
_HASHED = re.compile(r"\.(?:[0-9a-f]{6}|[0-9a-f]{8})\.[^.]+$")
"""A file that is named by what it holds."""
PING_SECONDS = 15
"""How long a page hears nothing at most: what is written to a page that was closed ends its thread."""


class Versions:
    """The versions of a site since it is served: open pages are told of those in which they changed.

    `trouble` says what keeps another from being made.
    """

    def __init__(self) -> None:
        self.trouble = ""
        self._first = int(time.time())  # of another server, an open page may know another number
        self._pages: list[frozenset[str] | None] = []
        self._changed = threading.Condition()

    @property
    def number(self) -> int:
        """The number of the last."""
        return self._first + len(self._pages)

    def add(self, names: Sequence[str] | None) -> None:
        """One more, in which these files have changed; with None any may have."""
        with self._changed:
            self._pages.append(None if names is None else frozenset(map(_address, names)))
            self._changed.notify_all()

    def say(self, trouble: str) -> None:
        """Say what the trouble is, or that there is none any more."""
        if trouble != self.trouble:
            self.trouble = trouble
            self.add(())

    def after(self, number: int) -> tuple[int, list[str] | None]:
        """The number of the last once it is another, or the same after a while; pages changed since."""
        with self._changed:
            self._changed.wait_for(lambda: self.number != number, PING_SECONDS)
            since = self._pages[max(number - self._first, 0) :]
            if not self._first <= number <= self.number or None in since:
                return self.number, None
            return self.number, sorted(frozenset().union(*filter(None, since)))


def _address(name: str) -> str:
    return f"/{name.removesuffix('index.html')}"


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, versions: Versions, **kwargs: Any) -> None:
        self.versions = versions
        self._caching = "no-cache"
        super().__init__(*args, **kwargs)

    def do_HEAD(self) -> None:
        self._caching = "no-cache"
        super().do_HEAD()

    def do_GET(self) -> None:
        self._caching = "no-cache"
        url = urlsplit(self.path)
        if url.path == "/.changes":
            since = dict(parse_qsl(url.query)).get("since", "")
            self._tell_changes(int(since) if since.isdecimal() else 0)
            return
        if self.path == "/sw.js":
            self._send(_NO_WORKER.encode(), "text/javascript", 200)
            return
        path = Path(self.translate_path(self.path))
        if path.is_dir() and url.path.endswith("/"):
            path /= "index.html"
        if path.suffix == ".html" and path.is_file():
            self._page(path, 200)
        elif not path.exists():
            self._page(Path(self.directory) / "404.html", 404)
        else:
            if _HASHED.search(path.name):
                self._caching = "max-age=31536000, immutable"
            super().do_GET()

    def _tell_changes(self, number: int) -> None:
        """Server-sent events (HTML Living Standard, 9.2): the pages that changed after a version."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self._caching = "no-store"
        self.end_headers()
        with suppress(OSError):
            while True:
                number, pages = self.versions.after(number)
                told = json.dumps(
                    {"number": number, "pages": pages, "trouble": self.versions.trouble}
                )
                self.wfile.write(f"data: {told}\n\n".encode())
                self.wfile.flush()

    def _page(self, path: Path, status: int) -> None:
        number, trouble = self.versions.number, json.dumps(self.versions.trouble)
        html = path.read_bytes() if path.is_file() else _NOTHING
        told = trouble.replace("<", "\\u003c")
        script = _RELOAD.replace("AT, TROUBLE", f"{number}, {told}")
        body = html.replace(b"</body>", f"<script>{script}</script></body>".encode())
        self._send(body, "text/html; charset=utf-8", status)

    def _send(self, body: bytes, kind: str, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self._caching = "no-store"
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", self._caching)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal for problems."""


class _Changes(FileSystemEventHandler):
    def __init__(self) -> None:
        self.happened = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("created", "modified", "deleted", "moved"):
            self.happened.set()


class _Settings(FileSystemEventHandler):
    """Changes of the settings, but not of what else stands beside them."""

    def __init__(self, changes: _Changes) -> None:
        self._changes = changes

    def on_any_event(self, event: FileSystemEvent) -> None:
        if str(event.src_path).endswith("mkdocs.yml"):
            self._changes.on_any_event(event)


def serve_sites(
    root: Path,
    audiences: Sequence[Audience],
    port: int,
    rebuild: Callable[[Path, Tell], tuple[str, bool]],
    say: Callable[[str], None],
) -> None:
    """Build, serve each audience on a port of its own, and rebuild on change, until interrupted.

    `rebuild` makes the sites in a folder, tells what it has written, and gives back what to say and
    whether it went well; on errors it leaves the last good sites in place.
    """
    out = root / "site"
    versions, changes = {audience: Versions() for audience in audiences}, _Changes()

    def tell(audience: Audience, names: Sequence[str] | None) -> None:
        versions[audience].add(names)

    def follow() -> None:
        try:
            said, is_well = rebuild(out, tell)
        except OSError as error:  # a file that went away, a full disk: the next change may mend it
            said, is_well = str(error), False
        say(said)
        for site in versions.values():
            site.say("" if is_well else said)
        gc.unfreeze()  # what builds kept from the search for garbage
        gc.collect()

    follow()
    for i, audience in enumerate(audiences):
        handler = partial(_Handler, versions=versions[audience], directory=str(out / audience))
        server = ThreadingHTTPServer(("127.0.0.1", port + i), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say(f"{audience}: http://127.0.0.1:{port + i}/")
    observer = _watch(root, changes)
    try:
        while True:
            changes.happened.wait()
            _settle(changes)
            follow()
    except KeyboardInterrupt:
        observer.stop()


def _watch(root: Path, changes: _Changes) -> Any:
    observer = Observer()
    folders = [root / "catalogue", root / "content"]
    folders += [PROGRAM / part for part in ("templates", "messages", "theme")]
    for folder in folders:
        if folder.is_dir():
            observer.schedule(changes, str(folder), recursive=True)
    observer.schedule(_Settings(changes), str(root))
    observer.start()
    return observer


def _settle(changes: _Changes) -> None:
    while changes.happened.is_set():
        changes.happened.clear()
        time.sleep(QUIET_SECONDS)
