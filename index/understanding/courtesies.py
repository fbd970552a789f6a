"""How questions are worded: several in one message, courtesies, a pasted paragraph before one."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_QUESTIONS = 5
"""Questions that are answered of one message, at most."""

_END = re.compile(
    r"(?<=[？?])(?!\s*[？?!！”’」』）)])\s*|\n+|[,，](?=(?:还有|另外|顺便(?:问一下)?)[^,，]{2,})"
)
_RUN_IN = re.compile(r"(?<=[\s;；,，。?？])(?=[（(]?[2-9][.、．)）]\s*\D)")
_NUMBER = re.compile(r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十])[)）.、．]|[-•*·])\s*")
_ASKS = re.compile(
    r"[？?]|吗|呢|什么|咋|啥|哪|谁|多少|几|怎|如何|为何|是否|有没有|总结|概括|归纳|对比|比较"
    r"|\b(?:how|what|which|who|when|where|why)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:[\s,，。.!！~～、:：]|(?:各位|大家|亲爱的)?(?:领导|老师|同事|同志)们?(?=[,，。!！~～])|(?:大家|您|你|老师|各位)们?好(?:呀|啊|哇)?"
    r"|(?:早上|上午|中午|下午|晚上)好|在吗|在不在|打扰(?:一下|了|您了)?|不好意思|抱歉"
    r"|(?:我)?(?:想|要)?(?:请问|请教)(?:一下|下|您|各位|大家)?|(?:我)?(?:想|要)(?:问问|问|了解|知道|咨询|查|看看)(?:一下|下)?"
    r"|(?:问|咨询|了解)(?:一?下)(?!.{0,2}题)|麻烦(?:问|您|你)?(?:问|查|看)?(?:一?下)?|(?:能|可)不(?:能|可以)(?:帮我|告诉我|说说)(?:一?下)?"
    r"|(?:请|可以|能)?(?:帮我|告诉我|给我|帮忙)(?:查|看|找|问|说|讲)?(?:一查|一看|一?下)?"
    r"|(?:hi|hello|hey)\b|(?:please|could you|can you|would you)\b(?:\s+please)?"
    r"(?:\s+tell me)?|tell me\b)+",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:[\s,，。.!！~～、]*(?:谢谢(?:您|你|啦|了|大家|老师)*|多谢(?:了)?|感谢(?:您|你)*|辛苦(?:了|您)*|拜托(?:了)?"
    r"|麻烦(?:您|你)?了|急(?:用)?|在线等|thanks?(?:\s+(?:you|a lot))?|please))+[\s,，。.!！~～]*$",
    re.IGNORECASE,
)
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
    questions = [_NUMBER.sub("", part) for part in parts if _ASKS.search(part)]
    if len(questions) < 2 or len(questions) != len(parts):
        return [text.strip()]
    return questions[:MOST_QUESTIONS]


def courteous(text: str) -> str:
    """Return `text` without the greetings before and the thanks behind the question."""
    bare = _THANKS.sub("", text)
    bare = bare[match.end() :] if (match := _GREETING.match(bare)) else bare
    return bare.strip()


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
    asking = [i for i, sentence in enumerate(sentences) if _ASKS.search(sentence)]
    if len(sentences) < 2 or not asking or len(sentences[asking[-1]]) > _LONG:
        return "", text
    rest = sentences[: asking[-1]] + sentences[asking[-1] + 1 :]
    return "".join(rest), sentences[asking[-1]]
