"""Page objects → HTML: escaping, the language of every text, isolation of mixed directions.

Templates compute nothing. Whatever they print goes through `_Html.show`, the one place that knows
how a phrase, a value, a code or a sentence is written so that neither its language nor its
direction disturbs what surrounds it (W3C: Inline markup and bidirectional text).
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache, lru_cache
from html import escape, unescape
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markupsafe import Markup
from markupsafe import escape as safe

from generator import bidi
from generator.bidi import LRI, RLI
from generator.languages import FSI, PDI, Language, Phrase, isolate
from generator.pages.page import Code, Link, Page, Prose, Sentence, Value
from generator.pages.reader import Reader

TEMPLATES = Path(__file__).parent / "templates"

_MARKDOWN = re.compile(
    r"[*_`\[\]<>#|~\\]|^\s*(?:[-+]|\d+[.)])(?:\s|$)|^ *(?:=+|-+) *$|^[ \t]|[ \t]$|&#?\w+;",
    re.MULTILINE,
)
_BLANK = re.compile(r"\n\n+")


_TAG = re.compile(r"(<[^>]*>)")
_ALONE = frozenset({"code", "pre", "kbd", "samp", "script", "style", "bdi", "svg"})
"""Elements whose text is isolated already, or is no prose."""


def isolated(text: str, language: Language) -> str:
    """Escaped text in which runs of the other direction are isolated."""
    direction = "ltr" if language.is_rtl else "rtl"
    return bidi.mark(text, language, escape, f'<bdi dir="{direction}">', "</bdi>")


def isolated_html(html: str, language: Language) -> str:
    """The same for the texts of a piece of HTML: what Markdown made of a hand-written page."""
    inside: list[str] = []
    parts = []
    for part in _TAG.split(html):
        if part.startswith("<"):
            name = part.strip("</>").split()[0].lower() if part.strip("</> ") else ""
            if name in _ALONE:
                inside = inside[:-1] if part.startswith("</") else [*inside, name]
            parts.append(part)
        else:
            parts.append(part if inside else isolated(unescape(part), language))
    return "".join(parts)


def plain(value: Any) -> str:
    """A title, description or attribute: no markup, values isolated by control characters."""
    match value:
        case Phrase():
            return bidi.isolated(value.text, value.language)
        case Value() | Code():
            return isolate(value.text)
        case Sentence():
            return "".join(_inside_plain(part) for part in value.parts)
        case Prose():
            return bidi.isolated(plain_prose(value.phrase.text), value.phrase.language)
        case _:
            return str(value)


def _inside_plain(part: Any) -> str:
    isolated_already = isinstance(part, (str, Value, Code))
    if isolated_already or (isinstance(part, Phrase) and not part.is_foreign):
        return plain(part)
    return isolate(plain(part))


def plain_prose(markdown: str) -> str:
    """The first paragraph of a Markdown text without its markup."""
    first = markdown.strip().split("\n\n")[0]
    return re.sub(r"\[([^\]]*)\]\([^)]*\)|\*+|`", r"\1", first).replace("\n", " ")


class _Generator(CodeGenerator):
    """Compiles `{{ a.b(c) }}` to `show(a.b(c))`: half the time of what Jinja would make of it.

    `show` alone escapes, so nothing is escaped twice; attributes and calls are Python's own, as
    templates get nothing but objects whose attributes exist.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write an attribute."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call."""
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


class Compiled(FileSystemBytecodeCache):
    """Templates compiled once for environments that are set up alike: one for each language.

    They are kept where Python keeps what it compiles, if one may write there.
    """

    _code: ClassVar[dict[str, Any]] = {}

    def __init__(self) -> None:
        super().__init__(str(Path(__file__).parent / "__pycache__"), f"%s.{_compiler()}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template that was compiled before."""
        key = bucket.key + bucket.checksum
        if key in self._code:
            bucket.code = self._code[key]
        else:
            super().load_bytecode(bucket)
            if bucket.code is not None:
                self._code[key] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self._code[bucket.key + bucket.checksum] = bucket.code
        with suppress(OSError):
            os.makedirs(self.directory, exist_ok=True)
            super().dump_bytecode(bucket)


@cache
def _compiler() -> str:
    """What stands for what compiles templates: this module, and Jinja."""
    return f"{zlib.crc32(Path(__file__).read_bytes()):08x}-{version('jinja2')}"


class Renderer:
    """Writes the pages of one reader."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.language = reader.language
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=self.show,
            bytecode_cache=Compiled(),
            auto_reload=False,
        )
        self._environment.code_generator_class = _Generator
        self._environment.globals.update(t=reader.t, language=reader.language)
        self._environment.filters.update(plain=plain)
        # What says the same on page after page is made once.
        macros = self._environment.get_template("macros.html.jinja").module
        for name in ("badge", "heading", "icon"):
            setattr(macros, name, lru_cache(maxsize=1000)(getattr(macros, name)))
        self._template = lru_cache(maxsize=None)(self._compiled)
        self._url = ""
        self._markdown = _markdown()

    def article(self, page: Page) -> str:
        """The article of a page: everything between the chrome's header and footer."""
        self._url = page.url
        return self._template(page.template)(page=page.view, toc=page.toc)

    def _compiled(self, name: str) -> Callable[..., str]:
        return self._environment.get_template(f"{name}.html.jinja").render

    def show(self, value: Any) -> str:
        """Anything that a template prints, as safe HTML."""
        kind = value.__class__
        if kind is str:
            return _interface(value)
        if kind is Markup:
            return value  # type: ignore[no-any-return]
        if kind is Phrase:
            return self._phrase(value)
        if kind is Sentence:
            return "".join(
                [escape(p) if p.__class__ is str else self._inside(p) for p in value.parts]
            )
        if kind is Value:
            return _value(value)
        if kind is Code:
            return _code(value)
        if kind is Prose:
            return self._line(value.phrase) if value.inline else self.prose(value.phrase)
        if kind is Link:
            return f'<a href="{escape(value.href)}">{self.show(value.text)}</a>'
        return safe(value)

    def _inside(self, value: Any) -> str:
        if value.__class__ is Phrase and not value.is_foreign:
            return f"<bdi>{self._phrase(value)}</bdi>"
        return self.show(value)

    def _phrase(self, phrase: Phrase) -> str:
        text = isolated(phrase.text, phrase.language)
        return f"<span {_foreign(phrase)}>{text}</span>" if phrase.is_foreign else text

    def _line(self, phrase: Phrase) -> str:
        if not _MARKDOWN.search(phrase.text) and "\n\n" not in phrase.text:
            return self._phrase(phrase)
        environment = {"renderer": self, "language": phrase.language}
        html = str(self._markdown.renderInline(phrase.text, environment))
        return f"<span {_foreign(phrase)}>{html}</span>" if phrase.is_foreign else html

    def prose(self, phrase: Phrase) -> str:
        """A Markdown text as paragraphs, with links to entries resolved for this reader."""
        if _MARKDOWN.search(phrase.text):
            environment = {"renderer": self, "language": phrase.language}
            html = str(self._markdown.render(phrase.text, environment)).rstrip("\n")
        else:
            html = "\n".join([
                f"<p>{isolated(paragraph, phrase.language)}</p>"
                for paragraph in _BLANK.split(phrase.text.strip())
            ])  # fmt: skip
        return f"<div {_foreign(phrase)}>{html}</div>" if phrase.is_foreign else html

    def resolve(self, address: str) -> str | None:
        """Where `catalogue:KIND/ID` leads from the page that is being written."""
        return self.reader.target(address, self._url)


_ELEMENTS = {FSI: "<bdi>", LRI: '<bdi dir="ltr">', RLI: '<bdi dir="rtl">', PDI: "</bdi>"}


def with_elements(text: str) -> str:
    """Plain text as HTML, with elements in the place of isolate characters (UAX #9)."""
    return "".join([_ELEMENTS.get(character, character) for character in escape(text)])


def without_isolates(text: str) -> str:
    """Plain text without isolate characters, for programs that know none."""
    return "".join([character for character in text if character not in _ELEMENTS])


FALLBACK = 'class="fh-other"'
"""What marks a text that stands in for a missing translation."""


def _foreign(phrase: Phrase) -> str:
    language = phrase.language
    mark = f"{FALLBACK} " if phrase.is_fallback else ""
    return f'{mark}lang="{language.code}" dir="{language.direction}"'


@lru_cache(maxsize=10_000)
def _interface(text: str) -> str:
    if FSI in text:
        return escape(text).replace(FSI, "<bdi>").replace(PDI, "</bdi>")
    return str(safe(text))


def _value(value: Value) -> str:
    text = escape(value.text)
    if FSI in text:
        text = text.replace(FSI, "<bdi>").replace(PDI, "</bdi>")
    if value.machine:
        return f'<time datetime="{value.machine}"><bdi>{text}</bdi></time>'
    return f"<bdi>{text}</bdi>"


def _code(code: Code) -> str:
    shown = re.sub("(?<=[^/])/(?=[^/])", "/<wbr>", escape(code.text))
    text = f'<bdi dir="ltr">{shown}</bdi>'
    return f'<a href="{escape(code.href)}">{text}</a>' if code.href else text


def _is_allowed(url: str) -> bool:
    return url.startswith(("catalogue:", "https://", "http://", "mailto:", "#"))


@lru_cache
def _markdown() -> MarkdownIt:
    """CommonMark without HTML and images; tables allowed."""
    markdown = (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .disable(["image", "html_block", "html_inline"])
    )
    setattr(markdown, "validateLink", _is_allowed)  # noqa: B010
    markdown.add_render_rule("text", _render_text)
    markdown.add_render_rule("link_open", _render_link_open)
    markdown.add_render_rule("link_close", _render_link_close)
    markdown.add_render_rule("code_inline", _render_code)
    return markdown


def _render_text(self: RendererHTML, tokens: Any, i: int, options: Any, env: Any) -> str:
    return isolated(tokens[i].content, env["language"])


def _render_code(self: RendererHTML, tokens: Any, i: int, options: Any, env: Any) -> str:
    return f'<code dir="ltr">{escape(tokens[i].content)}</code>'


def _render_link_open(self: RendererHTML, tokens: Any, i: int, options: Any, env: Any) -> str:
    href = str(tokens[i].attrs["href"])
    if href.startswith("catalogue:"):
        address, hash_, anchor = href.removeprefix("catalogue:").partition("#")
        resolved = env["renderer"].resolve(address)
        env.setdefault("open", []).append(resolved)
        return f'<a href="{escape(resolved + hash_ + anchor)}">' if resolved is not None else ""
    env.setdefault("open", []).append(href)
    return f'<a href="{escape(href)}">'


def _render_link_close(self: RendererHTML, tokens: Any, i: int, options: Any, env: Any) -> str:
    return "</a>" if env["open"].pop() is not None else ""
