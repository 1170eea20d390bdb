"""Search in Chromium: how much the first answer loads, how long queries take, how it fares on a slow line.

`python -m benchmarks.search FOLDER` measures a site that is built already.
"""

from __future__ import annotations

import gzip
import http.server
import json
import random
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Any

from playwright.sync_api import Page, sync_playwright

from generator.search.site import engine

LANGUAGES = ("ar", "fa", "en")
QUERIES = 200
HEADS = ("language", "documents", "first kB", "files", "median ms", "p95 ms", "slow line ms")

_HTML = """<!doctype html><title>-</title><script>
let worker, last = 0;
const waiting = new Map();
function ask(request) {
  if (!worker) {
    worker = new Worker("assets/search/engine.js");
    worker.onmessage = ({data}) => waiting.get(data.id)(data);
  }
  return new Promise((resolve) => {
    waiting.set(++last, resolve);
    worker.postMessage({...request, id: last});
  });
}
async function time(request) {
  const started = performance.now();
  const {answer, error} = await ask(request);
  if (error) throw new Error(error);
  return [performance.now() - started, answer.results.length];
}
</script>""".replace("assets/search/engine.js", engine()[0])


@dataclass(frozen=True)
class Measured:
    """Figures of one language.

    Compressed kilobytes and files before the first answer; milliseconds of a query whose files were
    loaded before, and of the first answer on a slow line.
    """

    language: str
    documents: int
    first_kilobytes: float
    first_files: int
    median: float
    p95: float
    slow_first: float


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as a web server would, compressed; remembers what it sent."""

    sent: list[tuple[str, int]]

    def do_GET(self) -> None:
        """Answer with the page of the benchmark, or a file."""
        path = self.path.split("?")[0]
        file = Path(self.translate_path(path))
        raw = _HTML.encode() if path == "/" else file.read_bytes() if file.is_file() else b""
        body = gzip.compress(raw, 6)
        type(self).sent.append((path, len(body)))
        self.send_response(200 if raw else 404)
        self.send_header(
            "Content-Type", "text/html" if path == "/" else "text/javascript; charset=utf-8"
        )
        if path.count(".") > 1:
            self.send_header("Cache-Control", "max-age=31536000, immutable")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    sent: list[tuple[str, int]] = []

    class Handler(_Compressing):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(folder))

    Handler.sent = sent
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", sent
    server.shutdown()


def queries(folder: Path, language: str, count: int = QUERIES) -> list[str]:
    """What readers might type: names, parts of names, summaries, each third one with a slip."""
    choose = random.Random(f"{language}/2011")
    blocks = sorted((folder / "assets/search" / language).glob("d*.js"))
    found = []
    for block in choose.choices(blocks, k=count):
        text = block.read_text(encoding="utf-8")
        record = choose.choice(json.loads(text[text.index(",") + 1 : text.rindex(")")]))
        title, summary = (t if isinstance(t, str) else t[0][0] for t in (record[1], record[3]))
        words = (title if choose.random() < 0.6 else summary).split()
        start = choose.randrange(max(1, len(words) - 3))
        query = " ".join(words[start : start + choose.randint(1, 5)])
        if len(found) % 3 == 2 and len(query) > 5:
            at = choose.randrange(1, len(query) - 1)
            query = query[:at] + query[at + 1 :]
        found.append(query)
    return found


def measure(folder: Path) -> list[Measured]:
    """The figures of a built site."""
    with sync_playwright() as playwright, _served(folder) as (address, sent):
        browser = playwright.chromium.launch(
            executable_path=which("chromium"), args=["--no-sandbox"]
        )
        measured = []
        for language in LANGUAGES:
            manifest = (folder / "assets/search" / language / "m.js").read_text("utf-8")
            number = json.loads(manifest[manifest.index(",") + 1 : manifest.rindex(")")])[
                "documents"
            ]
            asked = queries(folder, language)
            longest = max(asked, key=lambda query: len(query.split()))
            page = browser.new_page()
            page.goto(address)
            sent.clear()
            _time(page, language, longest)
            first = list(sent)
            times = sorted([_time(page, language, query) for query in asked * 2][len(asked) :])
            measured.append(
                Measured(
                    language, number, sum(size for _, size in first) / 1000, len(first),
                    statistics.median(times), times[int(len(times) * 0.95)],
                    _slow(browser, address, language, longest),
                )
            )  # fmt: skip
            page.close()
        browser.close()
    return measured


def _time(page: Page, language: str, query: str) -> float:
    taken: float = page.evaluate("(r) => time(r)", {"language": language, "query": query})[0]
    return taken


def _slow(browser: Any, address: str, language: str, query: str) -> float:
    """Milliseconds to the first answer: 1.6 Mbit/s, 150 ms a request, a processor four times slower."""
    page = browser.new_page()
    page.goto(address)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    slow = {
        "offline": False,
        "latency": 150,
        "downloadThroughput": 200_000,
        "uploadThroughput": 90_000,
    }
    devtools.send("Network.emulateNetworkConditions", slow)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    taken = _time(page, language, query)
    page.close()
    return taken


def row(figures: Measured) -> tuple[str, ...]:
    """The figures of a language as a row of a table."""
    return (
        figures.language,
        f"{figures.documents:,}",
        f"{figures.first_kilobytes:.0f}",
        f"{figures.first_files}",
        f"{figures.median:.1f}",
        f"{figures.p95:.1f}",
        f"{figures.slow_first:.0f}",
    )


if __name__ == "__main__":
    for line in (HEADS, *map(row, measure(Path(sys.argv[1])))):
        print("".join(f"{cell:>13}" for cell in line))
