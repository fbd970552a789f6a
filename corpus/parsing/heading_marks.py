"""What a line looks like as a heading: its number or sign, and how its title ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum, auto

from corpus.parsing.section_types import type_of_heading
from corpus.text.lines import Line
from corpus.text.numbering import NumberingStyle, marker


class Sign(IntEnum):
    """The kinds of headings that have no number."""

    UNNUMBERED = 101
    BULLET = 102
    LABEL = 103
    MONTH = 104
    QUESTION = 105
    LEAD_IN = 106


class MarkForm(Enum):
    """How a line goes on behind its number or sign."""

    BARE = auto()
    """A short title without a stop."""
    ENDED = auto()
    """A short title that ends with 。 or ：."""
    RUN_IN = auto()
    """A short title, and its paragraph in the same line."""
    SENTENCE = auto()
    """Text."""


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """A line as a heading; `heading` is the part of it that would be one, with its number.

    `value` is None for signs, which do not count.
    """

    kind: NumberingStyle | Sign
    value: int | None
    form: MarkForm
    heading: str


_LONGEST_HEADING = 40
_LONGEST_ENDED = 30
_LONGEST_WITH_COMMA = 16
_SHORTEST_BODY = 12
_LONGEST_UNNUMBERED = 20
_FEWEST_MONTHS = 3
_FEWEST_DOTTED = 2
_RUN_IN = re.compile(r"[^。；！？：:]{2,30}(?:。|[：:](?!(?<=\d.)\d))(?=.)")
_RUN_IN_AT_SPACE = re.compile(
    r"[^\s。；！？：:，,、\d]{1,15}[\u4e00-\u9fff]\s(?=[\u4e00-\u9fff“《（]\S{11})"
)
_ENDS_TEXT = tuple("。！？；，,、!?;:：")
_STOPS = re.compile("[。；！？!?;]")

_BULLET = re.compile(r"[★☆◆◇●■□▲△※►➤◎❖✦]+\s*")
_LABEL = re.compile(r"【[^】]{1,15}】")
_DIGITS = "(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])"
_MONTH = re.compile(rf"{_DIGITS}(?:[、—–-]{_DIGITS})?月份?(?:[：:\s]+|$)")
_QUESTION = re.compile(r"(?:问|[QＱ]\d*)\s*[：:].*?[？?]")
_ITEM = re.compile(
    "[一二三四五六七八九十]是|其[一二三四五六七八九十]|[一二三四五六七八九]来|一方面"
)
_NO_HEADING = re.compile(
    r"[\s—–\-=_*/\\|<>@。；！？：:，,]|\d{3}|年\d+月|日$|[的了是在和与]$|[（(][^）)]*$|^(?:附|注|图|表|答|问)"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def marks(lines: Sequence[Line]) -> list[HeadingMark | None]:
    """Return for each line what it looks like as a heading, None where it is plain text.

    Some signs count only in company: a month among other months, 1.1 beside 1.2, a short line
    without a number beside others like it or with words that head sections (存在的问题).
    """
    found = [_numbered(line.text) or _signed(line.text) for line in lines]
    for kind, fewest in (
        (NumberingStyle.DOTTED, _FEWEST_DOTTED),
        (NumberingStyle.DOTTED_TWICE, _FEWEST_DOTTED),
        (Sign.MONTH, _FEWEST_MONTHS),
    ):
        if sum(mark is not None and mark.kind is kind for mark in found) < fewest:
            found = [None if mark is not None and mark.kind is kind else mark for mark in found]
    return _unnumbered(lines, found)


def is_item(text: str) -> bool:
    """Whether a line is an item of a list: it starts with a number, or with 一是, 其一."""
    return marker(text) is not None or _ITEM.match(text) is not None


def _numbered(text: str) -> HeadingMark | None:
    number = marker(text)
    if number is None or number.value > 99 or number.end == len(text):
        return None
    if number.kind is NumberingStyle.SECTION and "条" in text[: number.end]:
        return HeadingMark(number.kind, number.value, MarkForm.RUN_IN, text[: number.end].strip())
    form, end = _form(text[number.end :])
    long = len(text) - number.end > _LONGEST_WITH_COMMA and "，" in text
    if form is not MarkForm.RUN_IN and long and number.kind >= NumberingStyle.DECIMAL:
        form = MarkForm.SENTENCE
    return HeadingMark(number.kind, number.value, form, text[: number.end + end].rstrip())


def _signed(text: str) -> HeadingMark | None:
    for kind, sign in ((Sign.BULLET, _BULLET), (Sign.LABEL, _LABEL), (Sign.MONTH, _MONTH)):
        found = sign.match(text)
        if found is None:
            continue
        heading = found[0].rstrip(" ：:")
        if kind is Sign.BULLET:
            form, end = _form(text[found.end() :])
            if form is MarkForm.SENTENCE or found.end() == len(text):
                return None
            return HeadingMark(kind, None, form, text[: found.end() + end].rstrip())
        rest = text[found.end() :]
        if len(rest) <= _LONGEST_UNNUMBERED and not rest.endswith(_ENDS_TEXT):
            return HeadingMark(kind, None, MarkForm.BARE, text)
        return HeadingMark(kind, None, MarkForm.RUN_IN, heading)
    question = _QUESTION.match(text)
    if question and question.end() < len(text):
        return HeadingMark(Sign.QUESTION, None, MarkForm.RUN_IN, question[0])
    return None


def _form(title: str) -> tuple[MarkForm, int]:
    """Return how a title goes on, and where the heading in it ends."""
    question = _QUESTION.match(title)
    if question:
        return MarkForm.RUN_IN if question.end() < len(title) else MarkForm.BARE, question.end()
    if len(title) <= _LONGEST_HEADING and not title.endswith(_ENDS_TEXT):
        return MarkForm.BARE, len(title)
    ended = len(title) <= _LONGEST_ENDED and title.endswith(("。", "：", ":"))
    if ended and not _STOPS.search(title[:-1]):
        return MarkForm.ENDED, len(title) - 1
    opening = _RUN_IN.match(title) or _RUN_IN_AT_SPACE.match(title)
    if opening and len(title) - opening.end() >= _SHORTEST_BODY:
        return MarkForm.RUN_IN, opening.end() - 1
    return MarkForm.SENTENCE, len(title)


def _unnumbered(lines: Sequence[Line], found: list[HeadingMark | None]) -> list[HeadingMark | None]:
    """Add the headings that have neither number nor sign."""
    texts = [line.text for line in lines]
    short = [
        i
        for i, line in enumerate(lines)
        if found[i] is None and line.level is None and _heads(texts, i, found)
    ]
    typed = {i for i in short if type_of_heading(texts[i])}
    if len(short) >= 2 and typed:
        typed.update(short)
    result = list(found)
    for i in typed:
        result[i] = HeadingMark(Sign.UNNUMBERED, None, MarkForm.BARE, texts[i])
    for i, text in enumerate(texts[:-1]):
        if result[i] is None and lines[i].level is None and _leads_in(text, texts[i + 1]):
            result[i] = HeadingMark(Sign.LEAD_IN, None, MarkForm.BARE, text[:-1])
    return result


def _heads(texts: Sequence[str], i: int, found: Sequence[HeadingMark | None]) -> bool:
    """Whether a line stands like a heading: short, after the end of a text, before another."""
    text = texts[i]
    if not 2 <= len(text) <= _LONGEST_UNNUMBERED or _NO_HEADING.search(text):
        return False
    if not _CHINESE.search(text) or i + 1 == len(texts):
        return False
    before, after = texts[i - 1] if i else "。", texts[i + 1]
    ended = before.endswith(_ENDS_TEXT) or (i > 0 and found[i - 1] is not None)
    follows = found[i + 1] is not None or after.endswith(("。", "；", "：", "！"))
    return ended and (follows or len(after) > _LONGEST_HEADING)


def _leads_in(text: str, after: str) -> bool:
    if not text.endswith(("：", ":")) or len(text) > _LONGEST_ENDED or _STOPS.search(text):
        return False
    return is_item(after) and type_of_heading(text[:-1]) is not None
