"""The closed lists of words that the check knows; everything else has to stand in the evidence."""

from __future__ import annotations

import re
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MAY_BE_ADDED: Final = _words("并 并且 而且 以及 还 也 和 与 及 方面 在 的 同时")
"""Words that join and say nothing: a composed sentence may add them anywhere."""

MAY_BEGIN: Final = MAY_BE_ADDED | _words(
    "此外 另外 首先 其次 再次 最后 一是 二是 三是 四是 五是 六是 一要 二要 三要"
)
"""Words that order what is said: they may be added where a clause begins."""

MAY_BE_LEFT_OUT: Final = _words(
    "的 了 着 地 也 还 又 并 并且 而且 以及 和 与 及 同时 此外 另外 首先 其次 再次 最后"
    " 一是 二是 三是 四是 五是 六是 七是 八是 一要 二要 三要 四要 五要 我校 我园 学校 本校"
    " 认真 积极 全面 切实 大力 深入 扎实 有效 进一步 不断 持续 努力 着力 始终 坚持"
)
"""Words that may be left out of a sentence that holds a figure: adverbs, and the school itself."""

WEIGHTY: Final = re.compile(
    r"[不未没无非否勿禁停仅只超近约余最首全均都各每比较增减升降多少高低大小前后上下内外且或若如"
    r"拟将]|计划|预计|争取|力争|打算|准备|希望|部分|个别|至少|至多|左右|几乎|曾|原|应|须|可能|其中|共|合计"
)
"""What must not be left out: negation, comparison, bounds, shares, plans, conditions."""

TAKES_BACK: Final = re.compile(
    r"(?:但|却|然而|不过|可是|只是|除|尽管|虽|其中|而实际|实际"
    r"|.{0,4}(?:未能?|没能?有?|无法|尚未|不)(?:实现|完成|达到|落实|执行|兑现|成功))"
)
"""How a clause begins that takes back what stands before it: it must not be left out behind it."""

OPENERS: Final = re.compile(
    r"(?:在|为了?|按照?|根据|依据|围绕|通过|随着|针对|面对|对照|结合|遵照|本着|以|自(?![己行主我])|从)"
    r".{1,40}(?:下|中|后|以来|来|起|时|原则|要求|精神|指导|目标|宗旨|部署|意见|安排|需要|抓手|契机)"
    r"|(?:一[学]?年来|本学[期年]|今年|全年|本年度|[上下]半年|暑假|寒假|期[初中末]|[春秋]季学期)"
)
"""A clause that only says when, how or why: it may be left out before the rest of its sentence."""

NUMBERING: Final = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[)）.、．]\s*|第[一二三四五六七八九十百\d]{1,4}[条章节部分]+\s*"
)
"""The number of a heading or an item, which may be left out before it."""

RELATIVE: Final = re.compile(r"今年|去年|上年|上一年|前年|明年|下一?年|本年|同期|本学年|上学年")
"""Years named from where the sentence stands: they mean nothing beside another report's."""

LEANS_BACK: Final = re.compile(
    r"这|此(?!外)|该|其(?!他|余)|他|她|它|上述|前者|后者|因此|所以|因而|从而|但|然而|不过|而且|并且"
)
"""How a sentence begins that says nothing without the one before it."""
