"""Chinese: how questions were understood."""

from __future__ import annotations

from bot.messages.understanding import UnderstandingMessages
from index.understanding.about_bot import AboutBot
from index.understanding.quantities.expected import ExpectedType
from index.understanding.question import Facet, Origin, QuestionKind, Why

ZH_UNDERSTANDING = UnderstandingMessages(
    took_years="“{words}”按{years}查找。",
    borrowed="没有{asked}的报告，下面的话出自{source}的报告，说的是{asked}。",
    planned="下面的话出自{source}的报告，说的是{asked}。",
    corrected="按“{into}”查找（您写的是“{words}”）。",
    no_report="没有{wanted}的报告，现有：{there}。",
    no_school="没有“{name}”的报告。",
    about={
        AboutBot.HELP: "我只回答学校工作报告里写明的内容：直接提问即可，"
        "可以写明年份（如“2021年书记上了几节思政课”），"
        "也可以接着追问（“去年呢”“为什么”）。答案都是报告原文，并注明出处。",
        AboutBot.REPORTS: "现有这些报告：",
        AboutBot.OUTLINE: "这份报告的各部分：",
        AboutBot.SOURCE: "出处：",
        AboutBot.FILE: "这份报告（在聊天里按答案下面的按钮可以取原文件）：",
    },
    elsewhere="其他年份说法不同：",
    elsewhere_line="{year}：{words}",
    items="共{count}项：",
    items_open="写明的有{count}项，报告里后面还有“等”字：",
    more_items="还有{count}项没有列出。",
    item="{number}. {text}",
    more_years="年份太多，{years}没有列出，可以另外问。",
    side_unreported="没有这一年的报告",
    side_silent="这一年的报告里没有找到",
    only_here="＊ 只有这一年这样说",
    compare_usage="请写上年份和问题，例如：/compare 2020 2021 双减",
    compare_or_year="--compare 和 --year 只能用一个。",
    asked="问题：{text}",
    searched="查找的词：{words}",
    also="同时查找：{words}",
    kind="问的是：{kind}",
    kinds={
        QuestionKind.FACT: "一个事实",
        QuestionKind.LIST: "有哪些（列举）",
        QuestionKind.COUNT: "有几项（计数，并列举）",
        QuestionKind.SUMMARY: "概要",
        QuestionKind.COMPARISON: "比较",
        QuestionKind.REASON: "原因",
        QuestionKind.YES_NO: "是不是、有没有",
        QuestionKind.TOPIC: "怎么说的（一件事的论述）",
    },
    wanted="答案里要有：{thing}",
    things={
        ExpectedType.MONEY: "钱数",
        ExpectedType.PEOPLE: "人数",
        ExpectedType.DATE: "时间",
        ExpectedType.CONTACT: "联系方式",
        ExpectedType.NUMBER: "数字",
    },
    years="年份：{years}（{origin}）",
    origins={
        Origin.NONE: "没有说",
        Origin.ASKER: "提问时限定",
        Origin.NAMED: "问题里写明",
        Origin.RELATIVE: "从最新的报告推算",
        Origin.FROM_TALK: "从正在谈的年份推算",
        Origin.PERIOD: "五年规划时期",
        Origin.CARRIED: "沿用上一问",
    },
    no_years="年份：没有说，从最新的报告答起",
    of_report="只看这一年的报告，别的报告说到这一年也不算",
    each_year="每年分开回答",
    reports="报告：{names}",
    changed="{words} → {into}（{why}）",
    whys={
        Why.ALIAS: "简称",
        Why.SOUND: "同音字",
        Why.SHAPE: "形近字",
        Why.NUMERAL: "数字写法",
        Why.UNIT: "单位换算",
        Why.ENGLISH: "英文",
    },
    continued="接着上一问，沿用：{topic}",
    place="先看上一次回答的地方：{place}",
    facet="追问：{facet}",
    facets={
        Facet.PLAN: "下一步怎么办",
        Facet.CAUSE: "原因",
        Facet.EFFECT: "结果如何",
        Facet.MORE: "还有什么",
    },
    ordinal="第{number}项",
    last="最后一项",
    part="第{number}部分",
    count="应有{count}项",
    comma="、",
)
