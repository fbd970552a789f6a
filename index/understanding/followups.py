"""Whether a question continues the turn before.

No model is asked: a question continues when its words say so (那, 呢, 第二个, 还有吗), when it
says nothing by itself (去年呢, 为什么), or when what it is about stands where the answer before
stood. Everything else is a new topic.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.lexical.overlap import bigrams, share_held
from index.understanding.conversation import Turn
from index.understanding.kinds import compares
from index.understanding.question import Carried, Facet, Origin, Question
from index.understanding.words.stopwords import content, content_terms

_OPENS = re.compile(
    r"^(?:那(?!些年|时候|里)|那么|然后|所以|还有|另外|另一|此外|除此|其中|其他|再(?:说|问)|接着|继续|可是|但是?|不过"
    r"|and\b|what about|how about|but\b|then\b)"
)
_POINTS = re.compile(
    r"它们?|他们|她们|这(?:个|些|项|次|件|方面|里|段|样|一|几)|该(?:项|校|活动|工作)|上面|刚才|前面|上述|前者|后者"
    r"|\b(?:it|they|them|that|those|these|this)\b"
)
_MEASURED = re.compile(r"^(?:又|那|还)?(?:比|较|同|跟|和|与)(?:上|去|前)")
_NE = re.compile(r"呢[\s?？。!！]*$")
_SUBJECTLESS = re.compile(
    r"^(?:有没有|是不是|是否|能不能|谁|哪|什么|多少|几|怎|如何|为什么|为何|都|又|还|也|给|在|用|比|被|把|对|从|向|由|按"
    r"|(?:.{0,3}?)(?:了|过|的)?(?:什么|哪|多少|几|谁|怎))"
)
_FACET_WORDS = re.compile(
    r"原因|效果|成效|下一?步|接下来|今后|打算|准备|改进|整改|改|办|落实|完成|修好|结果|第.{1,2}[个条项件点]"
)
_ANY_TOPIC = re.compile(
    r"原因|效果|成效|结果|措施|办法|做法|内容|数据|数字|情况|时间|地点|目标|要求|问题|比例|金额|费用"
)
_LONGEST_ELLIPSIS = 12
_SHARED, _SHARED_WITHOUT_SUBJECT = 0.5, 0.2


def continues(question: Question, previous: Turn) -> bool:
    """Whether `question`, understood by itself, needs the turn before to be understood."""
    words, time = question.words, question.time
    own = _telling(words)
    if not own or question.facet is Facet.MORE or time.origin is Origin.FROM_TALK:
        return True
    if _OPENS.match(words) or _POINTS.search(words) or _MEASURED.match(words):
        return True
    if len(words) <= _LONGEST_ELLIPSIS and (_NE.search(words) or question.ordinal is not None):
        return True
    if time.years or question.reports:
        return False
    if question.part is not None or not _telling(_FACET_WORDS.sub(" ", words)):
        return True
    return _near(words, own, previous)


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
        return f"{content(own)} {carried.quoted or topic}"
    if question.facet is Facet.CAUSE:
        return f"{content(own)} 原因 {topic}"
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


def _near(words: str, own: frozenset[str], previous: Turn) -> bool:
    """Whether what the question is about stands where the answer before stood."""
    nearby = bigrams(previous.nearby)
    shared = share_held(own, nearby)
    needed = _SHARED_WITHOUT_SUBJECT if _SUBJECTLESS.match(words) else _SHARED
    return shared >= needed
