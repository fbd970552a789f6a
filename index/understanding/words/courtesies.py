"""Courtesies before and behind a question: what greets, thanks or hurries, and asks nothing.

A clause is a courtesy where it consists of courteous words, or greets somebody. So is a clause at
either end that speaks of the people who talk or of their hurry, asks nothing, and has no word of
the reports. Only the ends of a text are looked at, so the work does not grow with its length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from index.lexical.folding import fold

Known = Callable[[str], bool]
"""Whether a pair of Chinese characters stands in a report."""

_LOOKED_AT = 160
"""Characters at either end in which courtesies are looked for."""

_CLAUSES = 6
_LONGEST_CLAUSE = 16
_LONGEST_WORD = 6

_COURTEOUS = """
你好 您好 你们好 您们好 大家好 老师好 老师们好 领导好 同志们好 各位好 各位老师好 各位领导好 好呀
早 早啊 早上好 上午好 中午好 下午好 晚上好 哈喽 哈啰 嗨 喂 在吗 在不在 在不 有人吗 有人在吗
打扰 打扰一下 打扰了 打扰下 打扰您了 打扰你了 不好意思 抱歉 对不起 冒昧 冒昧地
请问 请问一下 请问下 请教 请教一下 请教下 请问各位 请问大家 请教各位 请教大家 敢问 借问
想问 想问问 想问下 想问一下 想请问 想请教 想知道 想了解 想咨询 想打听 想打听一下 想打听下
想了解一下 想了解下 想知道一下 想咨询一下 想咨询下 想请教一下 想请教下 想请问一下 想请问下
想查 想查一下 想查下 想看看 想看一下 要问 要问一下 要查一下 我要 我就想 就想 我来
问一下 问下 问问 咨询一下 咨询下 了解一下 了解下 打听一下 打听下 查一下 查下 查查 查一查
麻烦 麻烦您 麻烦你 麻烦问 麻烦问一下 麻烦问下 麻烦查一下 麻烦查下 麻烦帮我 劳驾 劳烦 烦请 有劳
帮我 帮忙 帮帮忙 请帮我 请帮忙 能帮我 可以帮我 能不能帮我 可不可以帮我 能否帮我 给我 请给我 替我
告诉我 请告诉我 能告诉我 能不能告诉我 可以告诉我 可不可以告诉我 跟我说一下 看一下
看下 找一下 找下
能不能说说 可不可以说说
谢谢 谢谢您 谢谢你 谢谢啦 谢谢了 谢谢大家 谢谢老师 谢谢各位 谢啦 谢了
多谢 多谢了 感谢 感谢您 感谢你
万分感谢 非常感谢 十分感谢 先谢谢了 先谢了 先谢过 感激不尽 感恩 有劳了
辛苦 辛苦了 辛苦您了 辛苦您 辛苦你了 拜托 拜托了 拜托拜托 麻烦了 麻烦您了 麻烦你了 费心了 受累
急 很急 挺急 挺急的 比较急 急用 急急 着急 着急用 在线等 在线等急 等着用 跪求 求助 求解
唔该 唔该晒 多謝 請問 hi hello hey please thanks thx
"""
"""What is said around a question and never in one."""

_ADDRESSED = """
老师 老师们 各位老师 各位领导 各位同事 各位 大家 领导 领导们 同事们 同志 同志们 亲 亲爱的 亲们
机器人 小助手 助手 师傅
"""
"""Whom is spoken to: courtesies where a stop is behind them."""

_BESIDE = """
主任 校长 书记 您 你 我 也 就 再 还 都 那 呀 啊 哈 哦 噢 嗯 呃 额 那个 了 啦 哎 的 好的
"""
"""Words that are courtesies only beside others."""

_ENGLISH = {"could you", "can you", "would you", "tell me", "thank you", "a lot", "very much"}
_WORDS = frozenset(_COURTEOUS.split()) | _ENGLISH
_CALLS = _WORDS | frozenset(_ADDRESSED.split())
_EVERY = _CALLS | frozenset(_BESIDE.split())
_LATIN = re.compile(r"([a-z]+ ?)((?:[a-z]+ ?)?)")

_BINDS = re.compile(r"[们师育过]|了(?!解)")
"""What behind a courteous word makes it a part of the question (给我们, 请教师, 请教过)."""

_STOPPED = "早 喂 急 感谢 感恩 辛苦 着急 求助 打扰 麻烦 受累 谢谢 帮忙"
"""Words that begin questions as well (辛苦的是谁, 谢谢教师节): they need a stop behind them."""
_NEVER_WITHOUT_STOP = frozenset(_STOPPED.split())

_UNSTOPPED_END = re.compile(
    r"(?<=..)(?:(?:谢谢|多谢)(?:您|你|大家|老师|啦|了)*|(?:拜托|麻烦您|麻烦你|辛苦您|辛苦)了)$"
)
_STOP = re.compile(
    r"(?:[，,。.!！~～、:：;；？?\t\u3000\n…]|(?<![a-z]) | (?![a-z]))+", re.IGNORECASE
)
_GREETS = re.compile(r"(?:[你您]们?|大家|老师|[早晚]上|[上中下]午)好[呀啊哇]?$")
_PERSONAL = re.compile(r"[我你您咱俺谢急忙烦拜求催]")
_FIGURES = re.compile(r"[\da-z〇一二三四五六七八九十]|年|月|学期")
_ASKS = re.compile(
    r"[？?]|吗|呢|什么|咋|啥|哪|谁|多少|几|怎|如何|为何|是否|有没有|总结|概括|归纳|对比|比较"
    r"|\b(?:how|what|which|who|when|where|why)\b",
    re.IGNORECASE,
)


def asks(text: str) -> bool:
    """Whether `text` has words that ask."""
    return _ASKS.search(text) is not None


def courteous(text: str, known: Known | None = None) -> str:
    """Return `text` without the courtesies before and behind the question; may be "".

    Without `known`, only what is courteous by its own words is left out.
    """
    bare = text.strip()
    bare = bare[_before(bare[:_LOOKED_AT], known) :]
    tail = bare[-_LOOKED_AT:]
    return bare[: len(bare) - len(tail) + _behind(tail, known)].strip()


def _before(text: str, known: Known | None) -> int:
    """Return where the question begins in `text`."""
    folded = fold(text)
    start = _past_stops(folded, 0)
    for _ in range(_CLAUSES):
        end = _clause_end(folded, start)
        if start == end or not _is_courtesy(folded[start:end], known):
            break
        start = _past_stops(folded, end)
    return _past_words(folded, start)


def _behind(text: str, known: Known | None) -> int:
    """Return where the question ends in `text`, with a question mark that is its own."""
    folded = fold(text)
    end = len(folded)
    for stop in reversed(list(_STOP.finditer(folded))[-_CLAUSES:]):
        clause = folded[stop.end() : end]
        if clause and not _is_courtesy(clause, known):
            break
        marks = [at for at in range(*stop.span()) if folded[at] in "？?"]
        end = marks[0] + 1 if marks else stop.start()
        if marks:
            break
    shortened = _UNSTOPPED_END.sub("", folded[:end])
    return len(shortened) if shortened != folded[:end] and asks(shortened) else end


def _clause_end(folded: str, start: int) -> int:
    stop = _STOP.search(folded, start)
    return stop.start() if stop else len(folded)


def _past_stops(folded: str, start: int) -> int:
    stop = _STOP.match(folded, start)
    return stop.end() if stop else start


def _is_courtesy(clause: str, known: Known | None) -> bool:
    """Whether a folded clause is nothing but a courtesy."""
    words = list(_words(clause))
    if words and words[-1][1] == len(clause):
        return any(clause[start:end].strip() in _CALLS for start, end in words)
    if len(clause) > _LONGEST_CLAUSE or asks(clause) or _FIGURES.search(clause):
        return False
    if _GREETS.search(clause):
        return True
    return known is not None and _PERSONAL.search(clause) is not None and _unheard_of(clause, known)


def _unheard_of(clause: str, known: Known) -> bool:
    """Whether no pair of neighbouring characters of `clause` stands in a report."""
    return not any(known(clause[i : i + 2]) for i in range(len(clause) - 1))


def _past_words(folded: str, start: int) -> int:
    """Return where the question begins behind courteous words that no stop ends (请问一下书记…)."""
    best = start
    for begin, end in _words(folded[start : _clause_end(folded, start)]):
        word, behind = folded[start + begin : start + end], folded[start + end :]
        if word.strip() in _WORDS and word not in _NEVER_WITHOUT_STOP and not _BINDS.match(behind):
            best = start + end
    return _past_stops(folded, best)


def _words(clause: str) -> Iterator[tuple[int, int]]:
    """Yield the [start, end) of the courteous words that `clause` begins with, the longest each."""
    at = 0
    while at < len(clause):
        latin = _LATIN.match(clause, at)
        ends = (
            (latin.end(2), latin.end(1))
            if latin
            else range(min(at + _LONGEST_WORD, len(clause)), at, -1)
        )
        end = next((e for e in ends if clause[at:e].strip() in _EVERY), None)
        if end is None:
            return
        yield at, end
        at = end
