"""Letters and spelling of Arabic and Persian (V26, V27)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.checks.written import GAP, Passage, Writing, Written, without_code, without_quotes
from generator.languages import AR, FA, LANGUAGES, Language
from generator.model.base import Entry
from generator.model.service import Service
from generator.model.term import Term
from generator.model.text import Words
from generator.problems import Problem, quote

DIGITS = {"0": "0123456789", "٠": "٠١٢٣٤٥٦٧٨٩", "۰": "۰۱۲۳۴۵۶۷۸۹"}
"""The three sets of digits, by their zero: Latin, Arabic, Persian."""

_WRONG = {AR: "یکگپچژھ" + DIGITS["۰"], FA: "يكىة" + DIGITS["٠"]}
_MENDED = {
    AR: str.maketrans(dict(zip(_WRONG[AR], (*"يك", "غ", "ب", "تش", *"جه0123456789"), strict=True))),
    FA: str.maketrans(dict(zip(_WRONG[FA], (*"یکیه", *DIGITS["۰"]), strict=True))),
}
_WRONG_LETTER = {language: re.compile(f"[{letters}]") for language, letters in _WRONG.items()}
_WORD = re.compile(r"[^\s\0«»“”\"'()\[\]،؛؟,.:;!?/*_]+")

CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TATWEEL = "\u0640"
_UNSEEN = CONTROLS + TATWEEL
_HIDDEN = re.compile(f"[{_UNSEEN}\ufb50-\ufdff\ufe70-\ufeff]")


def letters(written: Writing) -> Iterator[Problem]:
    """V26: texts have the letters of their language; names in «…» may have others."""
    for language, wrong in _WRONG.items():
        joined = written.joined(language)
        if any(letter in joined for letter in wrong):
            for passage in written.passages(language):
                yield from _wrong_words(written, language, passage)


def _wrong_words(written: Writing, language: Language, passage: Passage) -> Iterator[Problem]:
    own = without_quotes(passage.text)
    wrong = _WRONG_LETTER[language]
    words = [word for word in _WORD.findall(own) if wrong.search(word)]
    if words:
        found = ", ".join(dict.fromkeys(wrong.findall(" ".join(words))))
        more = f" (and {len(words) - 1} more)" if len(words) > 1 else ""
        yield Problem(
            written.where(passage, words[0]),
            "V26",
            f"{quote(words[0])}{more} has {found} in {_NAMES[language]} text",
            f"{_NAMES[language]} letters and digits; a foreign name stands in «…»",
            " or ".join(f'write "{mended}"' for mended in _mended(words[0], language)),
        )


_CODES = tuple(language.code for language in LANGUAGES)
_NAMES = {AR: "Arabic", FA: "Persian"}


def _mended(word: str, language: Language) -> list[str]:
    """The word in the letters of its language; a last yeh in Arabic may be either of two."""
    mended = word.translate(_MENDED[language])
    if language is AR and word.endswith("ی"):
        return [mended, mended[:-1] + "ى"]
    return [mended]


def hidden_characters(written: Written) -> Iterator[Problem]:
    """V26: no text and no word for search holds direction controls, tatweel or such forms."""
    words = _words(written.entry)
    listed = [word for _, found in words for code in _CODES for word in getattr(found, code)]
    if _holds_hidden("".join((written.ar, written.fa, written.en, *listed))):
        yield from hidden_in_texts(written)
        yield from _hidden_in_words(written, words)


def hidden_in_texts(written: Writing) -> Iterator[Problem]:
    """V26: no text holds direction controls, tatweel or presentation forms."""
    for language in LANGUAGES:
        for passage in written.passages(language):
            if match := _HIDDEN.search(passage.text):
                where = written.where(passage, match.group())
                yield Problem(where, "V26", *_hidden(passage.text, match))


def _hidden_in_words(written: Written, words: tuple[tuple[str, Words], ...]) -> Iterator[Problem]:
    for field, found in words:
        for code in _CODES:
            for i, word in enumerate(getattr(found, code)):
                if match := _HIDDEN.search(word):
                    where = written.catalogue.at(written.kind, written.entry.id, field, code, i)
                    yield Problem(where, "V26", *_hidden(word, match))


def _holds_hidden(text: str) -> bool:
    """A fast look: presentation forms are known by the high byte of their UTF-16."""
    units = text.encode("utf-16-be")
    if b"\xfb" in units or b"\xfc" in units or b"\xfd" in units or b"\xfe" in units:
        return bool(_HIDDEN.search(text))
    return any(c in text for c in _UNSEEN)


def _words(entry: Entry) -> tuple[tuple[str, Words], ...]:
    match entry:
        case Service():
            return ("aliases", entry.aliases), ("keywords", entry.keywords)
        case Term():
            return (("variants", entry.variants),)
    return ()


def _hidden(text: str, match: re.Match[str]) -> tuple[str, str, str]:
    """Message, expected and hint for a character that breaks text silently."""
    character = match.group()
    name = f"U+{ord(character):04X} ({unicodedata.name(character, 'unassigned').lower()})"
    if character in CONTROLS:
        hint = "remove it: direction is set when the page is made"
        return f"the invisible character {name} stands in the text", "text without it", hint
    word = next(w.group() for w in _WORD.finditer(text) if w.start() <= match.start() < w.end())
    mended = unicodedata.normalize("NFKC", word).replace(TATWEEL, "")
    expected = "letters that join by themselves"
    return f"{quote(word)} has {name}", expected, f'write "{mended}"'


ZWNJ = "\u200c"
_STEMS = "شو|کن|ده|باش|گیر|خواه|رو|رس|آی|گوی|گذار|مان|ساز|یاب|بین|پرداز|گرد|دار|آور|خور"
_PAST = "شد|کرد|داد|رفت|گرفت|گفت|خواست|توانست|داشت"
VERB = rf"(?:{_STEMS})(?:یم|ید|ند|م|ی|د)|(?:{_PAST})(?:یم|ید|ند|م|ی)?|توان(?:یم|ید|ند|م|ی|د)?"
"""The commonest Persian verbs, in the forms that follow می."""

ENDING = "ها(?:ی(?:ی|م|ت|ش|مان|تان|شان)?)?|ترین|تر"
_JOINED_BY_ZWNJ = (
    (re.compile(rf"(?<![\w{ZWNJ}])(ن?می) ([آ-یء][\w{ZWNJ}]*)"), "has a space after the prefix"),
    (
        re.compile(rf"([آ-یء][\w\u0654{ZWNJ}]*) ({ENDING})(?![\w{ZWNJ}])"),
        "has a space before the ending",
    ),
    (
        re.compile(rf"(?<![\w{ZWNJ}])(ن?می)({VERB})(?![\w{ZWNJ}])"),
        "joins the prefix to the verb",
    ),
)
_MAY_MISS_ZWNJ = tuple(
    re.compile(pattern)
    for pattern in (
        rf"می(?: (?<=[\s\0(«ن]می )|(?:{VERB})(?![\w{ZWNJ}]))",
        rf" ها(?:ی(?:ی|م|ت|ش|مان|تان|شان)?)?(?![\w{ZWNJ}])",
        rf" تر(?:ین)?(?![\w{ZWNJ}])",
    )
)
"""Fast looks at all texts at once, from a literal on; only what they find is looked at closely."""


def joining(written: Writing) -> Iterator[Problem]:
    """V27: Persian prefixes and endings are joined by a zero-width non-joiner."""
    if not any(pattern.search(written.joined(FA)) for pattern in _MAY_MISS_ZWNJ):
        return
    for passage in written.passages(FA):
        text = without_code(passage.text)
        for pattern, why in _JOINED_BY_ZWNJ:
            if match := pattern.search(text):
                where = written.where(passage, match.group())
                hint = f'write "{match[1]}{ZWNJ}{match[2]}"'
                message = f"{quote(match.group())} {why}"
                yield Problem(where, "V27", message, "a zero-width non-joiner (U+200C)", hint)


_ASCII_MARK = re.compile(r"[ء-غف-ْٔٱ-ۓە][»”\"*_]*(?:\]\( *\))?([,;?])")
OWN_MARK = {",": "،", ";": "؛", "?": "؟"}


_MAY_BE_ASCII = tuple((mark, re.compile(rf"\{mark}(?<=[ء-ۓە»”\"*_)]\{mark})")) for mark in OWN_MARK)


def marks(written: Writing) -> Iterator[Problem]:
    """V27: Arabic-script text has its own comma, semicolon and question mark."""
    for language in (AR, FA):
        joined = written.joined(language)
        if any(pattern.search(joined) for mark, pattern in _MAY_BE_ASCII if mark in joined):
            for passage in written.passages(language):
                if match := _ASCII_MARK.search(without_code(passage.text)):
                    where = written.where(passage, passage.text[match.start() : match.end()])
                    message = f"{quote(match[1])} stands after Arabic-script letters"
                    yield Problem(where, "V27", message, f'"{OWN_MARK[match[1]]}"')


_LATIN = re.compile(
    r"[A-Za-z][A-Za-z0-9_./:+&-]*(?:[ \u00a0][0-9][0-9.:/-]*)*|[0-9][0-9.,]*[ \u00a0]?[A-Za-z]+"
    r"|\+[0-9][0-9 \u00a0-]*"
)
_LATIN_DIGIT, _OTHER_DIGIT = re.compile("[0-9]"), re.compile("[٠-٩۰-۹]")
_NUMBER = re.compile("[0-9]+|[٠-٩]+|[۰-۹]+")


def digits(written: Writing) -> Iterator[Problem]:
    """V27: a text keeps to one set of digits, but for Latin names (ISO/IEC 20000-1) and phones."""
    for language, own in ((AR, DIGITS["٠"]), (FA, DIGITS["۰"])):
        joined = written.joined(language)
        if any(digit in joined for digit in own) and any(d in joined for d in DIGITS["0"]):
            offset = 0
            for text in joined.split(GAP):
                if not text.isascii() and (mixed := _mixed_digits(text)):
                    yield _mixed(written, written.passage(language, offset), *mixed)
                offset += len(text) + 1


def _mixed_digits(text: str) -> tuple[str, str] | None:
    """The first number of a text in Latin digits and the first in others, if it has both."""
    if _LATIN_DIGIT.search(text) is None or _OTHER_DIGIT.search(text) is None:
        return None
    numbers = _NUMBER.findall(_LATIN.sub("", without_code(text)))
    latin = next((number for number in numbers if number.isascii()), None)
    other = next((number for number in numbers if not number.isascii()), None)
    return (latin, other) if latin is not None and other is not None else None


def _mixed(written: Writing, passage: Passage, latin: str, other: str) -> Problem:
    message = f"{quote(latin)} and {quote(other)} are written in two sets of digits"
    hint = "a number that is a code stands between backquotes"
    where = written.where(passage, latin)
    return Problem(where, "V27", message, "one set of digits in a text", hint)
