"""What kind of answer a question asks for."""

from __future__ import annotations

import re

from corpus.text.numerals import CHINESE_NUMBER, number
from index.understanding.question import Facet, QuestionKind
from index.understanding.topics import topic_of

_COUNTED = (
    r"(?:大|个|条|项|件|点|方面|块|步|类|种|环节|环|部分|问题|原因|措施|要求|目标"
    r"|任务|品牌|活动|实事|打算)"
)
_NOUN = (
    r"(?:方面|问题|原因|措施|要求|目标|任务|思路|打算|条|点|项|件|块|环节|环|工作|事|实事"
    r"|不足|困难|原则|部分)"
)
_NUMBER = rf"(?:\d{{1,2}}|{CHINESE_NUMBER}{{1,2}})"

_COMPARES = re.compile(
    r"(?:有|有着)?(?:什么|哪些|哪里|啥|何|多大)?的?(?:不同|区别|差别|差异|变化)|相比|对比|比较|比起来|\bcompare|difference"
)
_AGAINST = re.compile(r"\s*(?:和|与|跟|同|较)?\s*比?\s*$")
_SUMMARISES = re.compile(
    r"总结(?:一下|下|概括)|(?:^|[请帮你我，,。]|能不能|一下)总结(?!报告|里|中|会|大会|了|经验|表彰)"
    r"|概括|归纳|梳理(?:一下|下)|概述|大意|主要(?:内容|讲|说|写)"
    r"|讲了(?:些)?(?:什么|啥)内容|提纲|要点是|\bsummar"
)
_COUNTS = re.compile(
    rf"(?:有|共|分|讲了?|一共|总共|包括|分为|搞了|抓|做了|下)?(?:几|多少)(?:大|个|条|项|件|点|块)?{_NOUN}|{_NOUN}(?:有|一共|总共)(?:几|多少)(?:个|条|项|点|件)"
)
_LISTS = re.compile(
    rf"哪些|哪几|哪样|边啲|哪(?:两|二|三|四|五|六|七|八|九|十|\d){_COUNTED}|分别(?:是|有|叫|培育|为|从|在)?|(?:有|存在)什么(?:问题|不足|困难)|(?:包括|包含|涵盖)(?:了)?(?:什么|啥)|列(?:出|举)|逐条|都有(?:什么|啥|谁|咩|乜)|都(?:得|拿|获)了?(?:些)?(?:什么|啥)"
    r"|which (?:\w+ )?(?:activities|measures|problems)|\blist\b"
)
_YES_NO = re.compile(r"吗\s*[?？]*$|是否|是不是|有没有|有没得|能不能|了没有?\s*[?？]*$")
_EACH_YEARS = re.compile(
    r"分别(?=.{0,4}(?:多少|几|怎么样|如何|什么(?!活动|问题|措施)))|(?<=多少|是几)分别"
)
_TOPIC = re.compile(
    r"(?:怎么|怎样|如何)(?:讲|说|谈|提|论述|评价|看|安排|部署|要求|规定|阐述)"
    r"|(?:有|提出了?|[作做]了?)(?:什么|何|啥)(?:具体|新的?)*(?:要求|安排|部署|规定|说法|举措|措施|论述)"
)
_REASON = re.compile(
    r"为什么|为何|为啥|为嘛|为么|什么原因|啥原因|什么缘故|啥缘故|原因是|因为(?:什么|啥)|凭(?:什么|啥)|何以|点解"
    r"|(?:怎么|咋)(?:会|就|这么|那么|老是?|总是?|越来越|还没)|干[嘛吗](?!了|的|[呢呀啊]?[?？]?$)|(?:怎么|咋个?)回事|\bwhy\b"
)
_HOW_MANY = re.compile(
    rf"(?:哪|这|那|以下|如下|的|抓好|做好|讲了?)?(?<![第\d十百])(?P<n>{_NUMBER})"
    rf"(?!点[\d一二三四五六七八九]){_COUNTED}"
)
_PART = re.compile(
    rf"第(?P<n>{_NUMBER})(?:大)?(?:部分|章|大点|块|大项|段落?部分)|(?P<last>最后)一?(?:个)?(?:大)?(?:部分|章)"
)
_ORDINAL = re.compile(
    rf"第(?P<n>{_NUMBER})(?:个|条|项|件|点|方面|种|类|大)?(?:问题|原因|方面|措施|要求|目标|任务|打算|不足|困难|活动)?(?=呢|是|讲|说|怎|有|吗|[?？\s]|$|具体|为|的内容)"
)
_LAST = re.compile(
    r"最后(?:一)?(?:个|条|项|件|点|方面)(?:问题|原因|方面|措施|要求|目标|任务)?(?=呢|是|讲|说|怎|[?？\s]|$)"
)
_OTHER = re.compile(
    r"^(?:那|那么)?(?:另一(?:个)?(?:方面|个|点)|另外(?:一个|一方面|一点))(?=呢|是|讲|说|[?？\s]|$)"
)

_PLAN = re.compile(
    r"下一?步|接下来|今后|明年|来年|下(?:一)?(?:学)?年|打算|计划|思路|规划|怎么改|如何改|怎么办|如何解决|怎么解决|怎样解决|改进|改善措施|整改措施|工作安排|努力方向|要办|往后|设想|来年|准备(?=[做干办搞弄怎咋啥])"
)
_CAUSE = re.compile(
    r"为什么|为何|为啥|为嘛|为么|原因|缘故|因为啥|点解|(?:怎么|咋)(?:会|就|这么|那么)|干[嘛吗](?!了|的|$)|(?:怎么|咋个?)回事|\bwhy\b"
)
_EFFECT = re.compile(r"效果|成效|成果|结果|怎么样|咋样|么样|如何了|落实了|完成了|修好|解决了")
_MORE = re.compile(
    r"^(?:那|那么)?(?:还有(?:吗|呢|没有|别的|其他的?|什么|哪些)?|其他的?(?:呢)?|别的(?:呢)?"
    r"|继续|接着说|接着|然后呢|后面呢|下面呢|更多|下一条|下一个)(?:[吗呢么]|别的|其他)*"
    r"[?？。!！\s]*$|^(?:anything else|more|go on)[?.!\s]*$"
)


def kind_of(text: str, *, each_year: bool = False) -> QuestionKind:
    """Return what folded `text` asks for."""
    if each_year and _COMPARES.search(text):
        return QuestionKind.COMPARISON
    if _SUMMARISES.search(text):
        return QuestionKind.SUMMARY
    if _LISTS.search(_EACH_YEARS.sub(" ", text) if each_year else text):
        return QuestionKind.LIST
    if _COUNTS.search(text):
        return QuestionKind.COUNT
    if _REASON.search(text):
        return QuestionKind.REASON
    if _YES_NO.search(text):
        return QuestionKind.YES_NO
    return QuestionKind.TOPIC if _TOPIC.search(text) or topic_of(text) else QuestionKind.FACT


def compares(text: str) -> bool:
    """Whether folded `text` has words that compare."""
    return _COMPARES.search(text) is not None


def without_comparing(text: str) -> str:
    """Return folded `text` without the words that compare: they are in no report."""
    bare = _AGAINST.sub(" ", _COMPARES.sub(" ", text))
    return " ".join(bare.split()) or text


def facet_of(text: str) -> Facet | None:
    """Return what folded `text`, a follow-up, wants of its topic."""
    if _MORE.match(text.strip()):
        return Facet.MORE
    for facet, pattern in ((Facet.PLAN, _PLAN), (Facet.CAUSE, _CAUSE), (Facet.EFFECT, _EFFECT)):
        if pattern.search(text):
            return facet
    return None


def ordinal_of(text: str) -> int | None:
    """Return the number of the item asked for, from 1, −1 for the last; None for none."""
    if _LAST.search(text):
        return -1
    if _OTHER.search(text):
        return 2
    match = _ORDINAL.search(text)
    return number(match["n"]) if match else None


def part_of(text: str) -> int | None:
    """Return the number of the part of the report asked for (第三部分), −1 for the last."""
    match = _PART.search(text)
    if match is None:
        return None
    return -1 if match["last"] else number(match["n"])


def items_of(text: str) -> int | None:
    """Return how many items the question says there are (哪四项 → 4), None for not said."""
    match = _HOW_MANY.search(text)
    value = number(match["n"]) if match else None
    return value if value is not None and 2 <= value <= 20 else None
