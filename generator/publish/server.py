"""A server on localhost that rebuilds on change and reloads open pages."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

PROGRAM = Path(__file__).parent.parent
QUIET_SECONDS = 0.05
"""How long nothing may change before a rebuild begins: editors save in several steps."""

_RELOAD = """
<script>(function(){var at=null,changes=new EventSource("/.changes");
changes.onmessage=function(e){if(at!==null&&e.data!==at){
sessionStorage.setItem("fihrist.scroll",scrollY);location.reload()}at=e.data};
addEventListener("pagehide",function(){changes.close()});
var y=sessionStorage.getItem("fihrist.scroll");if(y){sessionStorage.removeItem("fihrist.scroll");
addEventListener("load",function(){scrollTo(0,+y)})}})()</script>
"""


_NO_WORKER = """
addEventListener("install",function(){skipWaiting()});
addEventListener("activate",function(){registration.unregister()});
"""
"""Takes the place of the worker that keeps pages: while one works on a site, nothing is kept."""
PING_SECONDS = 15
"""How long a page hears nothing at most: what is written to a page that was closed ends its thread."""


class Version:
    """Counts the rebuilds; open pages are told and reload when it grows."""

    def __init__(self) -> None:
        self.number = 0
        self._changed = threading.Condition()

    def grow(self) -> None:
        """Count one more."""
        with self._changed:
            self.number += 1
            self._changed.notify_all()

    def after(self, number: int) -> int:
        """The number once it is another, or the same after a while."""
        with self._changed:
            self._changed.wait_for(lambda: self.number != number, PING_SECONDS)
            return self.number


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        self.version = version
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        if self.path == "/.changes":
            self._tell_changes()
            return
        if self.path == "/sw.js":
            self._send(_NO_WORKER.encode(), "text/javascript", 200)
            return
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.split("?")[0].endswith("/"):
            path /= "index.html"
        if path.suffix == ".html" and path.is_file():
            self._page(path, 200)
        elif not path.exists():
            self._page(Path(self.directory) / "404.html", 404)
        else:
            super().do_GET()

    def _tell_changes(self) -> None:
        """Server-sent events (HTML Living Standard, 9.2): the number of each version."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        number = -1
        with suppress(OSError):
            while True:
                self.wfile.write(f"data: {(number := self.version.after(number))}\n\n".encode())
                self.wfile.flush()

    def _page(self, path: Path, status: int) -> None:
        html = path.read_bytes() if path.is_file() else b"404"
        body = html.replace(b"</body>", _RELOAD.encode() + b"</body>")
        self._send(body, "text/html; charset=utf-8", status)

    def _send(self, body: bytes, kind: str, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

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
    audiences: Sequence[str],
    port: int,
    rebuild: Callable[[Path], str],
    say: Callable[[str], None],
) -> None:
    """Build, serve each audience on a port of its own, and rebuild on change, until interrupted.

    `rebuild` makes the sites in a folder and gives back what to say; on errors it leaves the last
    good sites in place.
    """
    out = root / "site"
    version, changes = Version(), _Changes()
    say(rebuild(out))
    for i, audience in enumerate(audiences):
        handler = partial(_Handler, version=version, directory=str(out / audience))
        server = ThreadingHTTPServer(("127.0.0.1", port + i), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say(f"{audience}: http://127.0.0.1:{port + i}/")
    observer = _watch(root, changes)
    try:
        while True:
            changes.happened.wait()
            _settle(changes)
            say(rebuild(out))
            version.grow()
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
