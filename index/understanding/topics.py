"""Questions about a topic: what was done about it, how it went, all there is on it.

德育方面做了什么, 卫生工作咋样, 介绍一下后勤管理 want what stands under a topic;
书记上了几节思政课 wants a fact.
"""

from __future__ import annotations

import re

from index.understanding.words.stopwords import content

_HOW = r"(?:怎么|怎样|如何|咋个?|点样|点)"
_WHAT = r"(?:些|点|过|了|得|到)*(?:什么|啥子?|哪些|嘛|么事|咩|乜嘢?|么子|哪几样)"
_DOES = (
    r"(?:做|干|办|搞|弄|整|抓|开展|举办|举行|组织|进行|实施|采取|推进|推行|落实|安排|管|忙|修|改|建"
    r"|查)"
)
_ABOUT = (
    r"(?:方面|这方面|那方面|这一?[块摊头节段项坨]|那一?[块摊头节段项坨]|这件?事|那件?事|的?事情?儿?"
    r"|上头?|这边|那边|部分|板块|领域)"
)
_TELLS = (
    r"(?:介绍|汇报|说|讲|谈|聊|报|列|理|念|捋|摆|概括|归纳|整理|总结|梳理|交代|细说|念叨|讲讲?清楚"
    r"|说清楚)"
)

_ASKS_TO_TELL = re.compile(
    rf"(?:给我|帮我|跟我|给俺|请|想)?(?:详细|简单|具体|大概|好好|整个)*(?:给我|给俺"
    rf"|给)?(?:{_TELLS}{{1,2}}|听听?)"
    r"(?:一?[下遍哈]子?|全点|清楚点?|详细点?|细点?|给我听|我听|听|看|几句|晒|个说法)+"
    rf"|^(?:给我|帮我|跟我|给俺|请)?(?:简单|详细)?(?:介绍|汇报|讲述|概括|归纳|梳理)(?!了)"
    rf"|(?:简单|详细|整个|都|一起)?(?:列列|念念|讲讲|说说|谈谈|聊聊|报报|理理|捋捋|讲晒|介绍介绍"
    rf"|细说|简单讲|讲详细)"
)
_WHAT_WAS_DONE = re.compile(
    rf"(?:都|主要|具体|还|今年|去年|全年|到底|究竟|学校)*{_DOES}(?:{_WHAT}|(?:了)?(?:哪些|什么"
    rf"|啥))(?:具体)?(?:的)?(?:工作|事情?|活动|名堂|新花样|措施|举措|文章)?"
    rf"|有(?:{_WHAT})(?:的)?(?:举措|措施|做法|动作|进展|变化|动静|活动|亮点)"
)
_HOW_WAS_IT = re.compile(
    rf"(?:{_DOES}|开|办|用|落实)?得?(?:怎么样|怎样|咋样|如何|咋着|么样|点样)(?:了|啊|呀"
    rf"|呢)?\s*[?？]?$|(?:是)?(?:个)?(?:什么|啥)(?:情况|状况|样子?|情形)\s*[?？]?$"
    rf"|(?:是)?{_HOW}(?:个|地|来|去)?{_DOES}(?:的|好|起来|法)*(?:啊|呀|呢)?\s*[?？]?$|(?:咋"
    rf"|怎么)回事"
)
_STATE = re.compile(
    r"(?:的)?(?:总体|整体|基本|具体|开展|进展|完成|落实|工作)*(?:情况|情形|概况|状况"
    r"|来龙去脉)\s*[?？]?$"
)
_MATTER = re.compile(rf"(?!的?事情?儿?[?？]?$){_ABOUT}\s*[?？]?$")
_FACT = re.compile(
    r"干[嘛吗](?!了)|几[^乎何]|几$|多少|好多|几多|谁|哪(?!些|几样)|什么时候|啥时候|几时|何时"
    r"|多[大长久远高]|为什么|为啥|为何|咋就|吗\s*[?？]?$|没有?\s*[?？]?$|是不是"
    r"|有没有|第[一二三四五六七八九十\d]"
)
_WHY = re.compile(r"干[嘛吗](?!了)|为什么|为啥|为何|点解")
_ANY = re.compile(
    rf"{_ABOUT}|工作(?!室|坊|站|量|餐)|情况|情形|概况|方面|全部|今年|去年|都|给我|我听|写材料用"
    rf"|写稿用|填表用?|汇报用|发言用|讲话用|要用"
)


def topic_of(text: str) -> str:
    """Return the words of the topic that folded `text` asks about; "" where it asks for a fact.

    Where it asks about everything (今年做了什么), there is no topic either.
    """
    bare = text
    signs = (_ASKS_TO_TELL, _WHAT_WAS_DONE, _HOW_WAS_IT, _STATE)
    asks = False
    for sign in signs:
        less = sign.sub(" ", bare)
        asks, bare = asks or less != bare, less
    if not asks and not _MATTER.search(text):
        return ""
    if _FACT.search(bare) or _WHY.search(text):
        return ""
    return content(_ANY.sub(" ", bare))
