"""Mends what is certainly wrong in the spelling of an Arabic or Persian text (V26, V27).

Only what has one right form is changed. Code, addresses, link targets and HTML stay as they are; so
does a quotation, but for characters that no text may hold. Where a reader must decide (a last ی in
Arabic, ة in Persian), the text stays, and `fihrist check` says so.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator

from generator.checks.orthography import (
    CONTROLS,
    DIGITS,
    ENDING,
    OWN_MARK,
    TATWEEL,
    VERB,
    ZWNJ,
)
from generator.checks.strays import STRAY
from generator.languages import AR, FA, Language

Edit = tuple[int, int, str]
"""Start and end in the old text, and what stands there in the new one."""

_LETTER = "ء-غف-يٮٯٱ-ۓەۮۯۺ-ۼ"
_MARK = "\u064b-\u065f\u0670"
_FOREIGN_TO_ARABIC = re.compile("[گپچژھ]")

# Characters that stand for what is put aside while a text is mended.
_ASIDE, _TARGET, _QUOTED = "\ue000", "\ue001", "\ue002"
_SIGN = re.compile(f"[{_ASIDE}-{_QUOTED}]")

_CODE = (
    rf"(?P<code>[{_ASIDE}-{_QUOTED}]|(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    r"|https?://[^\s)<>«»،؛؟]+|catalogue:[^\s)]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|<[A-Za-z/!][^>\n]*>|\{[#:.][^}\n]*\}|(?m:^ {0,3}\[[^\]\n]+\]:.*$))"
    r"|(?P<target>\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\]\n]*\]))"
)
_NOT_PROSE = re.compile(_CODE, re.DOTALL)
_NOT_OWN_WORDS = re.compile(_CODE + r'|«[^»]*»|"[^"\n]*"|“[^”]*”', re.DOTALL)
_ENDS_IN_ARABIC = re.compile(rf"[{_LETTER}{_MARK}][»”\"*_)]*\Z")


def mend(text: str, language: Language, arabic_digits: str = "latn") -> str:
    """The text with the mistakes mended that have one right form; English stays as it is.

    `arabic_digits` (CLDR numbering system) is what Persian digits become in Arabic, unless the text
    has Arabic ones already. Mending twice changes no more than mending once.
    """
    if language not in (AR, FA):
        return text
    while (mended := _once(text, language, arabic_digits)) != text:
        text = mended
    return text


def clean(text: str) -> str:
    """The text without what no text may hold (V26): controls, tatweel, forms that do not join."""
    while (cleaned := _outside(_NOT_PROSE, _cleaned, text)) != text:
        text = cleaned
    return text


def edits(old: str, new: str) -> Iterator[Edit]:
    """What differs between a text and its mended form, which has the same lines."""
    at = 0
    for before, after in zip(old.split("\n"), new.split("\n"), strict=True):
        if before != after:
            matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
            for kind, start, end, first, last in matcher.get_opcodes():
                if kind != "equal":
                    yield at + start, at + end, after[first:last]
        at += len(before) + 1


def _once(text: str, language: Language, arabic_digits: str) -> str:
    text = _outside(_NOT_PROSE, _quoted, clean(text))
    if language is FA:
        return _outside(_NOT_OWN_WORDS, _persian, text)
    has_own = any(digit in text for digit in DIGITS["٠"])
    zero = "٠" if has_own or arabic_digits == "arab" else "0"
    return _outside(_NOT_OWN_WORDS, lambda prose: _arabic(prose, zero), text)


def _outside(pattern: re.Pattern[str], change: Callable[[str], str], text: str) -> str:
    """The text changed where the pattern does not match."""
    aside: list[str] = []

    def put_aside(match: re.Match[str]) -> str:
        aside.append(match.group())
        if match["target"]:
            return _TARGET
        arabic = not match["code"] and _ENDS_IN_ARABIC.search(match.group())
        return _QUOTED if arabic else _ASIDE

    changed = change(pattern.sub(put_aside, text))
    back = iter(aside)
    return _SIGN.sub(lambda _: next(back), changed)


# What no text may hold

_CONTROL = re.compile(f"[{CONTROLS}\ufeff]")
_FORM = re.compile("[\ufb50-\ufdef\ufe70-\ufefc]")
_STRETCHED = re.compile(f"(?<=[{_LETTER}{_MARK}]){TATWEEL}+(?=[{_LETTER}])")
_RUN = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]{2,}")


def _cleaned(text: str) -> str:
    text = _FORM.sub(_plain_letters, _CONTROL.sub("", text))
    text = _STRETCHED.sub("", text)
    return _RUN.sub(lambda match: unicodedata.normalize("NFC", match.group()), text)


def _plain_letters(match: re.Match[str]) -> str:
    """The letters of a presentation form; signs that are more than letters stay."""
    letters = unicodedata.normalize("NFKC", match.group())
    return letters if letters.isalpha() else match.group()


# Letters

_TO_PERSIAN = str.maketrans("يىك" + DIGITS["٠"], "ییک" + DIGITS["۰"])
_ARABIC_WORD = re.compile(f"[{_LETTER}{_MARK}{ZWNJ}]+")
_INNER_YEH = re.compile(f"ی(?=[{_MARK}]*[{_LETTER}])")
_NUMBER = re.compile("[۰-۹]+(?:[٫٬][۰-۹]+)*")
_TO_ARABIC_DIGITS = {
    "0": str.maketrans(DIGITS["۰"] + "٫٬", DIGITS["0"] + ".,"),
    "٠": str.maketrans(DIGITS["۰"], DIGITS["٠"]),
}


def _arabic(text: str, zero: str) -> str:
    text = _ARABIC_WORD.sub(_arabic_word, text)
    text = _NUMBER.sub(lambda match: match.group().translate(_TO_ARABIC_DIGITS[zero]), text)
    return _own_marks(STRAY.sub("", text))


def _arabic_word(match: re.Match[str]) -> str:
    """The word in Arabic letters; one that has other Persian letters is a name, and stays."""
    word = match.group()
    if _FOREIGN_TO_ARABIC.search(word):
        return word
    return _INNER_YEH.sub("ي", word.replace("ک", "ك"))


# Joining

_IN_WORD = rf"\w{_MARK}{ZWNJ}"
_SPACED_PREFIX = re.compile(
    rf"(?<![{_IN_WORD}])(?<!ماه )(?<!\d )(ن?می) "
    rf"(?=(?!(?:است|هست|نیست|بعد)\b)[آ-ی]\w*[میدت](?![{_IN_WORD}])|توان(?![{_IN_WORD}]))"
)
"""A verb ends in its person or, in the past, in د or ت; «ماه می» is the month of May."""

_GLUED_PREFIX = re.compile(rf"(?<![{_IN_WORD}])(ن?می)(?={VERB}(?![{_IN_WORD}]))")
_SPACED_ENDING = re.compile(
    rf"(?<![{_IN_WORD}])(?!(?:یا|از|به|که|هم|نه|با|در|بر|ها|های) )"
    rf"([آ-یء][{_IN_WORD}]+) (?=(?:{ENDING})(?![{_IN_WORD}])(?! و هوی))"
)


def _persian(text: str) -> str:
    text = STRAY.sub("", text.translate(_TO_PERSIAN))
    for pattern in (_SPACED_PREFIX, _GLUED_PREFIX, _SPACED_ENDING):
        text = pattern.sub(rf"\1{ZWNJ}", text)
    return _own_marks(text)


# Punctuation

_ASCII_MARK = re.compile(
    rf"([{_LETTER}{_MARK}{_QUOTED}][»”\"*_){_TARGET}]*)(,|[;?](?![A-Za-z0-9=]))"
)
_STRAIGHT = re.compile(rf'(?<![\w"])"(?=[^\s"])([^"\n«»]*[{_LETTER}][^"\n«»]*)(?<=\S)"(?![\w"])')


def _own_marks(text: str) -> str:
    return _ASCII_MARK.sub(lambda match: match[1] + OWN_MARK[match[2]], text)


def _quoted(text: str) -> str:
    """Straight quotes around Arabic script as « and »; a line with an odd number of them stays."""
    return "\n".join(
        line if line.count('"') % 2 else _STRAIGHT.sub(r"«\1»", line) for line in text.split("\n")
    )
