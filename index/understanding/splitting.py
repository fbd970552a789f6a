"""How questions stand in a message: several in one, years side by side, a pasted text before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.understanding.words.courtesies import asks, courteous

MOST_QUESTIONS = 5
"""Questions that are answered of one message, at most."""

_END = re.compile(
    r"(?<=[？?])(?!\s*[？?!！”’」』）)])\s*|\n+|[,，](?=(?:还有|另外|顺便(?:问一下)?)[^,，]{2,})"
)
_RUN_IN = re.compile(r"(?<=[\s;；,，。?？])(?=[（(]?[2-9][.、．)）]\s*\D)")
_NUMBER = re.compile(r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十])[)）.、．]|[-•*·])\s*")
_SENTENCES = re.compile(r"[^。！？!?；\n]+[。！？!?；\n]*")
_YEARS_FIRST = re.compile(r"\s*(?:(?:19|20)\d{2}\s*年?\s*(?:[,，、和与跟]|vs)?\s*){2,}")
_LONG = 80


def split_questions(text: str) -> list[str]:
    """Return the questions in `text`; one alone is returned as it is.

    Lines and sentences that ask nothing keep it whole: they are a paragraph with a question
    behind it, or what the question is about.
    """
    if _NUMBER.match(text):
        text = _RUN_IN.sub("\n", text)
    parts = [part.strip() for part in _END.split(text) if part.strip(" \t\n　？?!！。.")]
    parts = [part for part in parts if courteous(part)]
    questions = [_NUMBER.sub("", part) for part in parts if asks(part)]
    if len(questions) < 2 or len(questions) != len(parts):
        return [text.strip()]
    return questions[:MOST_QUESTIONS]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is to be set side by side: of which years, and what of them."""

    years: tuple[int, ...]
    question: str

    @property
    def words(self) -> str:
        """The comparison as one would ask for it."""
        named = "、".join(f"{year}年" for year in self.years)
        return f"{named}{self.question}有什么不同"


def comparison(words: str) -> Comparison | None:
    """Return what sets years side by side (2020 2021 双减).

    None where fewer than two years come first, or nothing comes after them.
    """
    match = _YEARS_FIRST.match(words)
    asked = words[match.end() :].strip(" 　？?。") if match is not None else ""
    if match is None or not asked:
        return None
    years = dict.fromkeys(int(year) for year in re.findall(r"\d{4}", match[0]))
    return Comparison(tuple(years), asked) if len(years) > 1 else None


def pasted(text: str) -> tuple[str, str]:
    """Return what was pasted before the question in a long `text`, "" where nothing was, and it.

    The question is the last sentence that asks; what stands before it is what it is about.
    """
    if len(text) < _LONG:
        return "", text
    sentences = [match[0].strip() for match in _SENTENCES.finditer(text) if match[0].strip()]
    asking = [i for i, sentence in enumerate(sentences) if asks(sentence)]
    if len(sentences) < 2 or not asking or len(sentences[asking[-1]]) > _LONG:
        return "", text
    rest = sentences[: asking[-1]] + sentences[asking[-1] + 1 :]
    return "".join(rest), sentences[asking[-1]]
