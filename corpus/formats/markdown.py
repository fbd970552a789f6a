"""Markdown: # headings, tables, lists of tasks; comments and code are left out and named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.formats.formulas import fraction
from corpus.formats.source import Draft, Source
from corpus.formats.symbols import EMPTY, TICKED
from corpus.formats.typed_tables import typed_tables
from corpus.report import Format, LeftOut, ParseDetails, Reason
from corpus.text.decoding import decode
from corpus.text.lines import Line, text_lines, tidy

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,})")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})\s*")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FRONT = re.compile(r"\A---[ \t]*\n(?P<inside>(?:.*\n)*?)---[ \t]*\n")
_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})")
_TASK = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+\[(?P<state>[ xX√✓])\]\s*")
_BULLET = re.compile(r"[-*+•]\s+")
_QUOTE = re.compile(r"(?:>\s?)+")
_PICTURE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|<img\b[^>]*>", re.IGNORECASE)
_LINK = re.compile(r"\[(?P<text>[^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_DEFINITION = re.compile(r"\[[^\]]+\]:\s+\S+.*")
_NOTE = re.compile(r"\[\^[^\]]+\](?!:)")
_EMPHASIS = re.compile(r"(?<![A-Za-z0-9*])\*(?=\S)([^*]+?)(?<=\S)\*(?![0-9*])")
_UNDERLINED = re.compile(r"(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)")
_STRONG = re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1")
_CODE = re.compile(r"(`+)(.+?)\1")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_FRACTION = re.compile(r"\\d?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_MATH = re.compile(r"\$\$?([^$]+)\$\$?")
_DAMAGED = "\ufffd"


def read_markdown(source: Source) -> Draft:
    """Read a Markdown file: # headings by their level, emphasis without its marks."""
    text, encoding = decode(source.data, source.path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    left_out: list[LeftOut] = []
    text = _without(text, _FRONT, Reason.HIDDEN, left_out)
    text = _without_code(text, left_out)
    text = _without(text, _COMMENT, Reason.HIDDEN, left_out)
    pictures = len(_PICTURE.findall(text))
    told, tables = typed_tables(text, text_lines(text))
    lines = list(_lines(told))
    details = ParseDetails(
        Format.MARKDOWN,
        encoding,
        tables=tables,
        pictures=pictures,
        damaged=text.count(_DAMAGED),
    )
    return Draft(tuple(lines), details, tuple(left_out))


def _lines(told: list[Line]) -> Iterator[Line]:
    for i, line in enumerate(told):
        if line.whole:
            yield replace(line, text=_plain(line.text))
            continue
        if _RULE.fullmatch(line.text) or _DEFINITION.fullmatch(line.text):
            continue
        below = told[i + 1].text if i + 1 < len(told) else ""
        heading = _HEADING.match(line.text)
        if heading:
            yield replace(line, text=_plain(heading[2]), level=len(heading[1]))
        elif line.text and _UNDERLINE.fullmatch(below) and len(line.text) <= 60:
            yield replace(line, text=_plain(line.text), level=1 if below[0] == "=" else 2)
        else:
            yield _paragraph(line)


def _paragraph(line: Line) -> Line:
    text = _QUOTE.sub("", line.text, count=1) if line.text.startswith(">") else line.text
    task = _TASK.match(text)
    if task:
        state = EMPTY if task["state"] == " " else TICKED
        return replace(line, text=state + _plain(text[task.end() :]), indented=True)
    bullet = _BULLET.match(text)
    if bullet:
        return replace(line, text=_plain(text[bullet.end() :]), indented=True)
    return replace(line, text=_plain(text))


def _plain(text: str) -> str:
    """Return a line without the marks of Markdown."""
    text = _PICTURE.sub("", text)
    text = _NOTE.sub("", text)
    text = _LINK.sub(r"\g<text>", text)
    text = _FRACTION.sub(lambda found: fraction(found[1], found[2]), text)
    text = _MATH.sub(r"\1", text) if "\\" in text or "/" in text else text
    text = _CODE.sub(r"\2", text)
    text = _STRONG.sub(r"\2", text)
    text = _UNDERLINED.sub(r"\1", _EMPHASIS.sub(r"\1", text))
    return tidy(_ESCAPED.sub(r"\1", _TAG.sub("", text)))


def _without(text: str, pattern: re.Pattern[str], reason: Reason, left_out: list[LeftOut]) -> str:
    """Return a text without what `pattern` finds, its lines counted as before."""

    def cut(found: re.Match[str]) -> str:
        words = tidy(found[0].strip("-<>! \n"))
        if words:
            left_out.append(LeftOut(text.count("\n", 0, found.start()) + 1, words, reason))
        return "\n" * found[0].count("\n")

    return pattern.sub(cut, text)


def _without_code(text: str, left_out: list[LeftOut]) -> str:
    """Return a text without its blocks of code; one that never ends is text."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        end = (
            next(
                (
                    i
                    for i in range(at + 1, len(lines))
                    if lines[i].strip().startswith(fence["mark"])
                ),
                None,
            )
            if fence
            else None
        )
        if end is None:
            at += 1
            continue
        inside = tidy(" ".join(lines[at + 1 : end]))
        if inside:
            left_out.append(LeftOut(at + 1, inside, Reason.CODE))
        lines[at : end + 1] = [""] * (end + 1 - at)
        at = end + 1
    return "\n".join(lines)
