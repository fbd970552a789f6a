"""Whether a question says by itself what it is about: whether it has a subject.

去了几个人, 谁捐的 and 后来咋弄的 have none and continue what was asked before; 护栏谁装的 has one.
"""

from __future__ import annotations

import re

LONGEST = 16
"""Characters of the longest question that may lack a subject."""

_ASKED = re.compile(
    r"(?:哪|几|多少|好多|几多|什么|啥|边|多)(?:一|两)?(?:些|个|位|名|年级|年|月|天|日|号|点|家|所|间|项|条|次|回|遍|票|本|岁|届|门|科|样|种|批|台|辆"
    r"|块|件|份|张|步|边|里|儿|人|班|组|级|楼|层|屋|学校|地方|单位|部门|老师|学生|公司|人家|同学|领导|细路|娃|钱|元|万|斤|亩|米|平米|平方|分"
    r"|时候|时间|原因|缘故|法子|办法|题目|毛病|意见|结果|情况|事|课|字|度|大|长|远|高|久|耐|重|深|宽|次数|数)*(?:的|了|是|有|呢)*"
)
_WHY = re.compile(r"为什么|为啥|为何|为嘛|因为|凭什么|凭啥|点解|咗|冇|佢|[他她它]们?")
_LIGHT = re.compile(
    r"咋|怎么|怎样|如何|为什么|为啥|为何|为嘛|因为|干嘛|谁|啥|什么|哪|几|多少|好多|没有|有没有|是不是|后来|现在|以后|往后|之后|最后|当时|原来|原先|原本"
    r"|以前|今年|去年|明年|前年|上一?年|下一?年|一年|一个月|一学期|这样|那样|这么|那么|时候|上面|下面|里头|里面|头一个|其中|剩下|其余|一共|总共|全部|大概"
    r"|具体|分别|到底|究竟|还|也|都|又|再|就|才|被|让|给|把|跟|和|对|从|到|在|是|有|没|不|了|过|着|的|得|吗|呢|吧|啊|呀|嘛|么|们|个|些"
)
_POINTS = re.compile(
    r"[这那该此](?:[个些位名家所间项条次回本批台辆块件份张步边里儿人班组几俩两三]|件事|事儿?|样)*"
)
_ANY = re.compile(
    r"(?<![\u3400-\u9fff])[人钱事数头家班组题号次回遍岁名](?![\u3400-\u9fff])|时间|地方|地点|东西|原因|缘故|效果|结果|成效|情况|问题|内容|数据|数字|数量|法子|办法|措施|做法|目标|要求|比例"
    r"|金额|费用|毛病|意见|大伙|大家|自己|名字|经过|过程|日子|学校|多久|[后前]头|下面|接着|(?<![\u3400-\u9fff])[年月天日周](?![\u3400-\u9fff])"
)
_COMPLEMENT = re.compile(
    r"(?<=[\u3400-\u9fff])(?:[出回起过上下进][来去]|[来去上下出回起完好成到掉住走开])(?![\u3400-\u9fff])"
)
_LIGHT_VERBS = re.compile(
    r"负责|处理|解决|安排|参加|打算|准备|(?<![\u3400-\u9fff])[用做干办搞弄整去来给带说讲请送花拿叫管加换要想涨发改教写](?![\u3400-\u9fff])"
)
_HAN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")
_ASPECT = re.compile(r"[了过的没得着上下回出起到不冇咗没来给]")
_A_WORD = 2
_NO_NOUNS = "上线 完工 竣工 开工 动工 启用 验收 落成 开业 开张 收尾 投用 获奖"
"""Verbs that the dictionary has for nouns."""
_VERBS = frozenset(_NO_NOUNS.split())


def has_subject(text: str) -> bool:
    """Whether folded `text` names what it is about.

    A verb alone (谁捐的, 追回来没有) does not; what stands first and has no aspect is a topic
    (演练搞了几次).
    """
    if len(text) > LONGEST:
        return True
    bare = text
    for said in (_WHY, _ASKED, _POINTS, _LIGHT, _ANY, _COMPLEMENT, _LIGHT_VERBS):
        bare = said.sub(lambda match: " " * len(match[0]), bare)
    left = list(_HAN.finditer(bare))
    letters = sum(len(word[0]) for word in left)
    if letters > _A_WORD or not left:
        return bool(left)
    first = left[0]
    topic = first.start() == 0 and not _ASPECT.match(text, first.end()) and len(text) > first.end()
    return len(left) == 1 and (_is_noun(first[0]) or (topic and len(first[0]) == _A_WORD))


def _is_noun(word: str) -> bool:
    import rjieba

    (_, tag), *others = rjieba.tag(word)
    return not others and tag[:1] in "nj" and word not in _VERBS
