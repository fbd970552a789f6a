"""Whether a question continues the turn before, and what it takes over from it.

A question continues when its words say so (那, 呢, 第二个, 还有吗), when it says nothing by
itself (去年呢, 为什么), or when it has no subject (去了几个人); no model is asked, and the turn
before does not count. Any other stands alone, and is answered alike whatever was asked before it;
a short one that the reports do not answer by itself is asked once more as a continuation
(`index.answering.engine.Engine.ask`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.report import SectionType
from index.lexical.overlap import bigrams
from index.understanding.conversation import Turn
from index.understanding.kinds import compares
from index.understanding.question import Carried, Facet, Origin, Question
from index.understanding.subjects import LONGEST, has_subject
from index.understanding.words.stopwords import content, content_terms

_OPENS = re.compile(
    r"^(?:那(?!些年|时候|里)|那么|然后|所以|还有(?=[呢吗没别其?？]|什么|谁|$)|另外|另一|此外|除此|其中|里[头面]|其他|再(?:说|问)"
    r"|接着(?=[呢怎咋说讲])|继续|可是|但是?|不过|后来|剩下的?|其余"
    r"|and\b|what about|how about|but\b|then\b)"
)
_THAT = re.compile(
    r"^那(?:一|几|两|俩|三)?(?:个|些|场|架|批|位|次|回|辆|篇|家|件|条|本|部|笔|起|帮|阵|桩|间|栋|口|只|台|张|段|天|年|俩|几)"
)
_POINTS = re.compile(
    r"^(?:它们?|[他她佢]们?|这(?:个|些|项|次|件|方面|里|段|样|一|几)|该(?:项|校|活动|工作)|上面[说提讲的那]|刚才|前面|上述|前者|后者)"
    r"|[它她他]们?(?=[的是有在呢吗谁咋怎现后以几多])|刚才[说提讲]|\b(?:it|they|them|that|those|these|this)\b"
)
_MEASURED = re.compile(r"^(?:又|那|还)?(?:比|较|同|跟|和|与)(?:上|去|前)")
_NE = re.compile(r"呢[\s?？。!！]*$")
_FACET_WORDS = re.compile(
    r"原因|效果|成效|下一?步|接下来|今后|打算|准备|改进|整改|改|办|落实|完成|修好|结果|第.{1,2}[个条项件点]"
)
_ANY_TOPIC = re.compile(
    r"原因|效果|成效|结果|措施|办法|做法|内容|数据|数字|情况|时间|地点|目标|要求|问题|比例|金额|费用"
)
_LONGEST_ELLIPSIS = 12
_ITEM = ("第", "最后", "另一", "另外")


def continues(question: Question) -> bool:
    """Whether `question`, understood by itself, needs the turn before to be understood."""
    words, time = question.words, question.time
    if not _telling(words) or question.facet is Facet.MORE or time.origin is Origin.FROM_TALK:
        return True
    subject = has_subject(words)
    if _points_back(words) and not (subject and _THAT.match(words)):
        return True
    if len(words) <= _LONGEST_ELLIPSIS and (_NE.search(words) or _names_an_item(question)):
        return True
    if time.years or question.reports:
        return False
    if question.part is not None or not _telling(_FACET_WORDS.sub(" ", words)):
        return True
    return not subject and question.asks_for != {SectionType.PROBLEMS}


def may_continue(question: Question) -> bool:
    """Whether `question`, which can stand alone, is short enough to leave its topic unsaid.

    It then continues the turn before where only that answers it: 谁带队, 奖金发多少.
    """
    chosen = question.time.years or question.reports or question.context
    return not chosen and len(question.words) <= LONGEST and question.part is None


def _points_back(words: str) -> bool:
    return any(said.search(words) for said in (_OPENS, _POINTS, _MEASURED))


def _names_an_item(question: Question) -> bool:
    """Whether it asks for an item first of all (第二个是什么), not for who came first."""
    return question.ordinal is not None and question.words.lstrip("那么的").startswith(_ITEM)


def continued(question: Question, previous: Turn) -> Question:
    """Return `question` with what it takes over from the turn before.

    Another year keeps the topic and leaves the place; everything else stays in the report
    that answered, and is searched together with the topic.
    """
    own = question.words.strip()
    alone = not _telling(_FACET_WORDS.sub(" ", own))
    moved = bool(question.time.years)
    measured = _MEASURED.match(own) is not None
    time = question.time
    if not moved and previous.question.years:
        time = replace(previous.question.time, origin=Origin.CARRIED, words=())
    elif moved and previous.year is not None and compares(own):
        years = tuple(dict.fromkeys((previous.year, *time.years)))
        time = replace(time, years=years, each_year=len(years) > 1)
    carried = Carried(
        topic=previous.listed if question.ordinal is not None else previous.topic,
        quoted=previous.quoted if question.facet is not None else "",
        place=None if moved or _names_another(own, previous) else previous.place,
    )
    return replace(
        question,
        searched=_searched(question, carried, alone=alone, moved=moved),
        time=time,
        reports=question.reports or previous.question.reports,
        kind=previous.question.kind if moved and alone else question.kind,
        topic=previous.topic if alone or measured else f"{own} {_plainly(previous.topic)}",
        carried=carried,
    )


def _searched(question: Question, carried: Carried, *, alone: bool, moved: bool) -> str:
    """Return the words to search: its own with the topic, or the topic alone."""
    own, topic = _OPENS.sub("", question.words.strip()).strip(), carried.topic
    if question.facet is Facet.MORE or question.ordinal is not None or (moved and alone):
        return topic
    if question.facet is Facet.PLAN and not moved:
        return f"{content(own)} {carried.quoted or _plainly(topic)}"
    if question.facet is Facet.CAUSE:
        return f"{content(own)} 原因 {_plainly(topic)}"
    return f"{own} {_plainly(topic)}"


def _plainly(topic: str) -> str:
    """Return the words of a topic that say what it is about; what was asked of it is done with."""
    return content(topic) or topic


def _telling(words: str) -> frozenset[str]:
    """Return the terms that say what a question is about, without nouns that fit any topic."""
    return content_terms(_ANY_TOPIC.sub(" ", words))


def _names_another(words: str, previous: Turn) -> bool:
    """Whether a question of the form X呢 names what does not stand where the answer stood."""
    named = _telling(_OPENS.sub("", _FACET_WORDS.sub(" ", words)))
    if not named or not _NE.search(words):
        return False
    return not named & bigrams(previous.nearby)
