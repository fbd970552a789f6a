"""Questions about the program itself: what it can do, which reports it has, where words stand.

Only a question that is nothing else is one: 有哪些报告 asks for the reports, 有哪些报告会 for
meetings.
"""

from __future__ import annotations

import re
from enum import StrEnum


class AboutBot(StrEnum):
    """What is asked of the program itself.

    HELP: what it can do and how it is used. REPORTS: which reports there are. OUTLINE: the parts of
    the report that is talked about. SOURCE: where the words shown before stand. FILE: the report
    itself, as a file.
    """

    HELP = "help"
    REPORTS = "reports"
    OUTLINE = "outline"
    SOURCE = "source"
    FILE = "file"


_YOU = r"(?:你|您|本?机器人|小?助手|这个?(?:机器人|软件|程序|系统)|这玩意儿?|这东西)"
_THIS = r"(?:这|那|该|本|此|上面|刚才|上)?(?:个|份|篇|一份|一篇|条|段)?(?:的)?"
_REPORT = r"(?:报告|总结|材料|文件|文档|资料|报表|年报)"
_WHICH = r"(?:哪些|哪几[份个篇年]|几[份个篇]|多少[份个篇]?|什么|啥|边啲|乜嘢?)"
_END = r"(?:啊|呀|呢|吗|吧|嘛|么|不|没|没有|啦|了|嘅)*[?？!！。.]*"

_ASKED = {
    AboutBot.HELP: (
        rf"(?:{_YOU}(?:都|还|到底)?(?:能|会|可以|识)|能|可以)(?:够)?(?:帮我|为我|替我)?(?:做|干"
        rf"|回答|查|问|搞|弄)(?:些|点)?(?:什么|啥|哪些)(?:问题|事|事情)?"
        rf"|{_YOU}?(?:有|具备)(?:些)?(?:什么|啥|哪些)(?:功能|本事|用处|用途|能耐)|{_YOU}(?:有什么用"
        rf"|有啥用|是干什么的|是干啥的|是做什么的|是干嘛的)"
        rf"|{_YOU}?(?:怎么|咋|如何|怎样|点)(?:个)?(?:使?用|问|提问|使)(?:法|{_YOU})?"
        rf"|(?:使用)?(?:帮助|说明|使用方法|使用说明|教程|指南|功能|用法|菜单)"
        rf"|我(?:能|可以)?(?:怎么|咋|如何)(?:问{_YOU}?|提问|用{_YOU}?)|(?:我)?(?:能"
        rf"|可以)(?:问{_YOU}?|问)(?:些|点)?(?:什么|啥|哪些)(?:问题|内容)?"
        rf"|{_YOU}(?:是谁|是什么|是啥|是哪个|叫什么|叫啥)(?:名字?)?|help|what can you do"
        rf"|how (?:do i|to) use (?:you|this|it)|who are you"
    ),
    AboutBot.REPORTS: (
        rf"(?:现在|目前|一共|总共|里面|库里|这里|你这里?|你这儿|{_YOU}|都)*(?:有|存了?|收了?"
        rf"|收录了?|读过|看过|知道)(?:了)?(?:{_WHICH}(?:年)?(?:的)?(?:工作)?(?:报告|总结)|(?:哪些"
        rf"|哪几[份个篇]|几[份个篇])(?:的)?{_REPORT})"
        rf"|(?:有|都有)(?:哪些|哪几|什么)年份?(?:的)?(?:工作)?{_REPORT}"
        rf"|(?:工作)?{_REPORT}(?:都)?有(?:哪些|哪几[份个篇]|几份|几篇|多少份)"
        rf"|{_REPORT}(?:列表|清单|目录列表)|(?:列出?|看看?|列一下|看一下)(?:所有|全部"
        rf"|有哪些)的?{_REPORT}|(?:what|which) reports (?:are there|do you have)"
        rf"|list (?:of )?(?:the )?reports"
    ),
    AboutBot.OUTLINE: (
        rf"{_THIS}(?:工作)?{_REPORT}(?:一共|总共|共|都|主要)?(?:有|分|分成|分为|包括"
        rf"|包含)(?:了)?(?:几|哪几|哪些|多少)(?:个)?(?:大)?(?:部分|章节?|节|块|大块|板块|标题)"
        rf"|(?:看看?|给我看|列出?|列一下|看一下)?{_THIS}(?:{_REPORT}的)?(?:目录|提纲|大纲|标题|框架"
        rf"|结构)(?:是(?:什么|啥|怎样的)|有哪些|看看|列一下|发我)?"
        r"|(?:a |the )?(?:outline|contents|table of contents)"
    ),
    AboutBot.SOURCE: (
        rf"{_THIS}(?:话|句话|内容|答案|数据|说法)?(?:的)?(?:出处|来源|依据)(?:是|在|呢)?(?:哪里?"
        rf"|哪儿|什么|啥|哪份{_REPORT}|哪一?[页段]|边度)?"
        rf"|(?:这|那|上面)(?:句)?(?:话|个|些|条|段|数据)?(?:是)?(?:从)?(?:哪里|哪儿|哪"
        rf"|哪份{_REPORT})(?:来的|说的|写的|看到的|找的|抄的)|(?:在|出自|来自)(?:(?:哪里"
        rf"|哪儿)(?:说的|写的)|哪份{_REPORT}|哪一?页|第几页|哪一?段|第几段)(?:说的|写的)?|出自哪里"
        rf"|(?:你)?(?:凭什么|有什么依据)(?:这么说)|where (?:does it say (?:so|that)|is that from)"
        rf"|(?:the )?source"
    ),
    AboutBot.FILE: (
        rf"(?:请)?(?:把|将)?{_THIS}(?:{_REPORT})?(?:的)?(?:原文|原件|全文|原文件|文件|电子版|源文件"
        rf"|整份{_REPORT}|整篇{_REPORT}|word|pdf)(?:件|版)?(?:给我|发我|发给我|传给我|发来|发过来"
        rf"|传我|下载|给我看看?|发一下|发一份)"
        rf"|(?:请)?(?:给我|发我|我要|我想要|想看|想要|能给我|能发我|下载|看)(?:一下|一份"
        rf"|看看?)?{_THIS}(?:{_REPORT}的?)?(?:原文|原件|全文|原文件|电子版|源文件|整份{_REPORT}"
        rf"|整篇{_REPORT})"
        rf"|(?:请)?(?:把|将){_THIS}(?:工作)?{_REPORT}(?:给我|发我|发给我|传给我|发来|发过来|传我"
        rf"|发一下|发一份)|(?:原文|全文|原件|下载)"
        rf"|send me the (?:report|file|original)"
    ),
}
_WHOLE = {kind: re.compile(rf"(?:{words}){_END}") for kind, words in _ASKED.items()}
_LONGEST = 30


def about_bot(text: str) -> AboutBot | None:
    """Return what folded `text`, without courtesies, asks of the program; None where nothing."""
    bare = text.strip()
    if len(bare) > _LONGEST:
        return None
    return next((kind for kind, words in _WHOLE.items() if words.fullmatch(bare)), None)
