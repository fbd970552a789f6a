"""Which types of section a question asks for: deeds, results, problems, causes or plans.

It asks by what it means, in any of the words for that. A sign inside another word is none: 不足 in
不足10人, 计划 in 计划生育, 困难 in 困难学生.
"""

from __future__ import annotations

import re

from corpus.report import SectionType
from index.understanding.words.stopwords import content_terms

_WHAT = r"(?:(?:些|点|过|了|成|个|几|哪)*(?:什么|啥|哪|嘛|么事|咩|么子|乜))"
_NOT_WHOSE = r"(?!学|生|家|孩|职|教|老|群|户|补|帮|员)"
_HOW = r"(?:怎么|怎样|如何|咋个?|咋样|点样|点)"
_DOES = r"(?:做|干|办|搞|弄|整|抓|忙)"

_PLANS = re.compile(
    r"打算|设想|下一?步|接下来|今后|往后(?![挪拖推延])|(?<!学)(?<!考完)以后(?!.*[了的过])|明年|来年|转(?:过)?年"
    r"|下一?(?:学)?年(?!级)|下(?:个|一)?学期|下半年(?!.*[了的过])|下[届回]|后(?:面|头)还"
    r"|(?:工作)?计划(?!生育|招|外|完成|落实|的?完成|的?落实|免疫|数|书)|规划|思路|展望|努力方向"
    r"|准备(?![工了好得金组会材]|的?情况)|预计|即将|将要"
    rf"|(?<![主重首需紧只不])要(?:再|重点)*(?:{_DOES}(?:好)?(?:的|{_WHAT}|几|哪)|[开建加添换招修盖增](?![门学心]))"
    rf"|想(?:再)?(?:{_DOES}|降|冲)|{_HOW}(?:去|来|才能)?(?:改|改进|改善|整改|补救|解决)(?!的|了|过|变|造|建|制|革)"
    r"|怎么办(?=[呢啊?？]?$)|改进措施|整改措施|\bplans?\b|\bnext\b"
)
_PAST = re.compile(r"(?:以后|之后|后来|当时|那时).*(?:的|了|过)[吗呢啊没]?[?？]?$")
_CAUSES = re.compile(
    r"为什么|为啥|为何|为么|为嘛|为撒|因为(?:什么|啥|咩)|因(?:啥|何)|何以|何故|点解|原因|缘故|缘由|根子|根源|症结"
    r"|怎么回事|咋(?:个)?回事|(?:赖|怪|怨)(?:谁|啥|哪|什么)|凭(?:什么|啥|么事)|出在哪|(?:咋|怎么)来的"
    r"|干[嘛吗](?!了|的|[呢呀啊]?[?？]?$)"
    r"|(?:怎么|咋|咋个|怎)(?:就|会|这么|那么|这样|老|总|越来越|还|又|没|不(?!同|一样|行)|挤|多出|掉|晚|黄|变得)"
    r"|(?:怎么|咋)[^,，的]{1,8}?(?:不[来上起动好去出住满]|成(?:这样|那样)|[得的](?:.{0,6})[差低少慢])"
    r"|怎么造成|咋造成|\bwhy\b|\breasons?\b"
)
_FALLS_SHORT = re.compile(
    r"不[足满够来上起动好去住]|[差低少难慢弱掉缺]|没(?:减|做|弄|办|搞|干|抓)|短|问题|毛病|困难|拖"
)
_PROBLEMS = re.compile(
    r"不足(?!\s*[\d一二两三四五六七八九十百千半])|短板|短处|弱[项处点]|薄弱(?!学校|校)|欠缺|缺陷|缺点(?!名)|差距|毛病|弊端|岔子|隐忧|教训"
    rf"|难处(?!理)|难题|难点|难在|(?:有|存在|遇到|面临)(?:着|过|{_WHAT})*(?:的)?困难{_NOT_WHOSE}"
    rf"|困难(?:有|是|在|都|列|与问题|和问题)|(?:有|存在|哪些|什么|啥|的)(?:{_WHAT}|的)*(?:突出|主要)?问题(?!整改|解决|线索|导向|学生|清单|了)"
    r"|问题(?:有|是|在|呢|$)|(?:没|没有|未|不)(?:能|够)?(?:做|弄|办|搞|干|抓|管|落实|改|解决)(?:好|完|成|到位|归一)|没(?:落实|解决)"
    rf"|不到位|不够好|不理想|(?:差|卡|乱|弱|输)(?:得|在)(?:{_WHAT}|哪)|差(?:哪|啥|什么)"
    r"|哪(?:里|儿|块|些|点|方面)?(?:还|都|做得|干得|是)*(?:不行|不好|不够|差)"
    r"|(?:啥|什么|哪些|哪)[^,，]{0,3}不行(?!政|走|使|贿)|不中|恼火|操心|麻烦|不满|待改进|需要?改进|有待|缺(?:啥|什么|哪)|坎儿"
    r"|\bproblems?\b|\bshortcomings?\b|\bdifficult"
)
_FOUND = re.compile(
    r"查(?:出|到|的|完|问|下)|体检|抽检|药检|审计|交警|巡察|[挑提查](?:出|了|的)|落下|吃出"
)
"""What was found wrong by somebody is a deed, told among deeds."""

_DONE = re.compile(
    r"(?:得|获|拿|评|摘|有)(?:了|过|到|上)*(?:的)?(?:几|哪些?|什么|啥|多少|市|省|区|县|国家|上级|校)*(?:级)?(?:个|项|块|次)?"
    r"(?:大|的)?(?:奖(?!学|惩|励办)|荣誉|名次|称号|表彰)|荣誉|奖项|获奖|得奖|成绩|成效|效果|成果|见效|名次|第几名"
    r"|怎么样|怎样(?:了|呢)?$|咋样|咋着|如何(?:了|呢)?[?？]?$|得好不好|么样|点样"
    r"|(?:升学|录取|达线|上线|合格|及格|优秀|优良|满意|本科|就业|巩固)率|均分|平均分|考(?:得|了)|结果(?!实|园)"
    rf"|(?:举办|举行|开展|组织|实施|推进|落实|采取|做|干|办|搞|弄|整|抓|忙)(?:了|过|成|好)+|{_DOES}(?:的)?{_WHAT}|都{_DOES}"
    rf"|(?:举办|举行|开展|组织|采取)(?:的|{_WHAT})|{_HOW}(?:个|地|来|去)?(?:{_DOES}|落实|开展|组织|推进|安排|帮|管)(?:的|好|起来)?"
    r"|做法|举措|措施|情况|情形|来龙去脉|概况|这(?:块|摊|方面|头|事)|那(?:块|摊|头|事)|方面|介绍|说说|讲讲|谈谈|聊聊"
    r"|\bresults?\b|\bawards?\b|\bachievements?\b|\bactivities\b"
)

_ANY_WORK = re.compile(
    r"学校|工作|重点|主要|年度|全年|抓好|抓|做|干|搞|弄|整|办|要|想|事情?|件|条|方面|步|点|块|些"
)
_DEEDS = frozenset({SectionType.DONE, SectionType.RESULTS})


def asked_sections(text: str) -> frozenset[SectionType]:
    """Return the types of section that folded `text` asks for; none where any may answer.

    What asks for plans, causes or problems asks for those first, in that order: 不足的原因 asks for
    causes, and 针对不足打算怎么改 for plans. Why something was done is told where it was done, and
    results stand among deeds as often as by themselves. A rule or a notice (OTHER) may answer
    whatever is asked.
    """
    if _PLANS.search(text) and not _PAST.search(text):
        return frozenset({SectionType.PLANS})
    if _CAUSES.search(text):
        reasons = frozenset({SectionType.CAUSES, SectionType.PROBLEMS})
        return reasons if _FALLS_SHORT.search(text) else reasons | _DEEDS
    if _PROBLEMS.search(text):
        return frozenset() if _FOUND.search(text) else frozenset({SectionType.PROBLEMS})
    return _DEEDS if _DONE.search(text) else frozenset()


def says_only_plans(text: str) -> bool:
    """Whether folded `text` asks for plans as such, and not for those of one thing."""
    return not content_terms(_ANY_WORK.sub(" ", _PLANS.sub(" ", text)))
