"""The words of a question that say what it is about, without those that only ask."""

from __future__ import annotations

import re

from index.lexical.terms import HAN, RUN

_ASKING = re.compile(
    r"请问|什么(?:时候|地方|时间|样|场合|主题|意思|原因|问题|情况|程度|名字|进展|计划|书|人)?"
    r"|为何|为什么|为啥"
    r"|怎么(?:样|办|回事|说|做|改|搞|写|讲|提|抓|处理|安排|开展|解决|照顾|得)?|怎样|如何"
    r"|哪(?:几(?:个|项|条|点|种|类|件|步|块)?(?:方面)?|些|个|家|样|里|天|年|位|所|种|项|方面|儿)?"
    r"|多少(?:个|名|人|次|节|份|台|门|元|钱|项|条|人次|度|处)?|多大|多长时间|多久"
    r"|几(?:个|次|节|项|条|名|处|点|件|方面|月|年)?|第几(?:名)?|谁|是否|是不是|有没有|能不能|好不好"
    r"|啥(?:时候|样|子|地方|原因|问题|情况)?|咋(?:样|个|办|弄|搞|整|回事|就|这么|那么)?|干嘛|干吗|么[样事子]|有没得"
    r"|几多(?:个|人|次|钱|元)?|好多(?:个|人|次|钱|元)?|几时|边[个度样位]|点[解样算]|咩|乜(?:嘢|野)?|凭什么|凭啥|为嘛|为么"
    r"|星期几|周几|吗|呢|吧|啊|呀|请|一下|具体|主要|大概|到底|究竟"
)
_SAY_NOTHING = """
的 了 着 过 得 地 在 是 有 和 与 及 或 被 把 将 从 对 于 为 为了 以 之 其 这 那 该 此 又 也 还
都 就 才 再 很 更 最 给 让 上 下 中 里 个 来 去 到 由 按 向 关于 对于 现在 目前 情况 方面 报告
总结 这个 那个 这些 那些 我们 你们 他们 它 我 你 他 她 一些 没有 不 可以 能 会 要 说 讲 做 搞
第 各 等 what which who whom when where why how many much did does do the a an of in is are was
were to for and by on it be s
"""
_PARTICLES = re.compile(r"[是有的了在和与不也都就还这那我你他她为以及被把对从着过能会可]")
_EMPTY = frozenset(_SAY_NOTHING.split())


def content(text: str) -> str:
    """Return folded `text` without question words and words that say nothing by themselves.

    Only whole words go: 在 does, 存在 stays. Words that stood together still do.
    """
    import rjieba

    kept = []
    for match in RUN.finditer(_ASKING.sub(" ", text)):
        words = rjieba.cut(match[0]) if match[0][0] >= HAN else [match[0].replace(",", "")]
        kept += [" " if word in _EMPTY else word for word in words]
        kept.append(" ")
    return " ".join("".join(kept).split())


def says_nothing(word: str) -> bool:
    """Whether a folded word says nothing by itself, or only asks."""
    return word in _EMPTY or _ASKING.fullmatch(word) is not None


def without_asking(text: str) -> str:
    """Return folded `text` with question words and particles blotted out, at the same length."""
    return _PARTICLES.sub(" ", _ASKING.sub(lambda match: " " * len(match[0]), text))


def asked_about(text: str) -> str:
    """Return folded `text` without question words, or all of it where nothing else is left."""
    return " ".join(_ASKING.sub(" ", text).split()) or text


def content_terms(text: str) -> frozenset[str]:
    """Return what the content of folded `text` is compared by: bigrams, words, numbers.

    A run of a single character counts as one term of its own.
    """
    found: set[str] = set()
    for match in RUN.finditer(content(text)):
        run = match[0]
        if run[0] >= HAN and len(run) > 1:
            found.update(run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.add(run)
    return frozenset(found)
