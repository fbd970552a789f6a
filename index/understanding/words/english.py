"""English questions about school life, in Chinese.

Reports are Chinese, and the reader has learnt on Chinese questions: an English one that the table
below knows most words of is asked in Chinese, word for word, with what it asks for at the end
(when did the new canteen open → 新食堂开放什么时候). One that it knows less of is searched by its
meaning, and the words it knows are searched beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.understanding.question import Change, Why

_WORDS = """
not 没有|still 还|install 安装 新装|approved 立项|attend 参加|take part 参加|participate 参加
join 参加|report 报告|suspended 停课|singing 合唱|wall 墙|outer wall 外墙|freshmen 新生
new student 新生|security 安全|apartment 公寓|happened 情况|case 起|increase 增加|rise 提高
drop 下降|fall 下降|decrease 下降|receive 收到|collect 收取|pay 支付|buy 购置|bought 购置
purchase 购置|set up 设立|established 设立|founded 设立|cover 面积|size 面积|capacity 容纳
join in 参加|january 1月|february 2月|march 3月|april 4月|may 5月|june 6月|july 7月|august 8月
september 9月|october 10月|november 11月|december 12月|first 第一|second 第二|third 第三
junior 初中|senior one 高一|senior two 高二|senior three 高三|primary 小学|kindergartener 幼儿
preschool 幼儿园|village 村|town 镇|county 县|city 市|province 省|national 国家|provincial 省级
municipal 市级|county-level 县级|course 课程|offer 开设|subject 学科|supplies 供货商|chair 主任
committee 委员会|parent committee 家委会|patient 门诊|clinic 校医室|military training 军训
professor 教授|expert 专家|psychology 心理|handed over 交付|left-behind 留守|migrant 随迁
uniform 校服|school bus 校车|bus 校车|driver 司机|guard 保安|cook 炊事员|kitchen 食堂
leader 负责人|director 主任|office 办公室|union 工会|youth league 共青团|league member 团员
pioneer 少先队|flag 升旗|rule 制度|regulation 制度|scheme 方案|evaluation 评价|appraisal 考核
bonus 奖金|donate 捐赠|donated 捐赠|donor 捐赠|sponsor 捐赠|scholarship 奖学金|poor 困难
poverty 困难|disabled 残疾|special 特殊|gifted 特长|talent 特长|graduate 毕业生|graduation 毕业
enrolled 录取|university 大学|kindergarten 幼儿园|nursery 幼儿园|toddler 幼儿|vaccination 接种
vaccine 疫苗|disease 传染病|infectious 传染病|health 卫生 健康|sick 患病|obesity 肥胖|fitness 体质
eye 视力|vision 视力|noon 中午|morning 早上|evening 晚上|night 夜间|weekend 周末|monday 周一
tuesday 周二|wednesday 周三|thursday 周四|friday 周五|holiday 假期|vacation 假期|percentage 率
percent 率|number 数|amount 金额|income 收入|revenue 收入|expenditure 支出|balance 结余|debt 负债
loan 贷款|land 占地|floor 层|square metres 平方米|library books 藏书|published 发表|article 论文
patent 专利|open class 公开课|demonstration 示范|observe 听课|mentoring 师徒结对|backbone 骨干
title 职称|senior 高级|resign 辞职|transfer 调动|leave 请假|absent 缺勤|late 迟到|bully 欺凌
bullying 欺凌|fight 打架|theft 失窃|lost 丢失|broken 损坏|leak 漏水|heating 供暖|power 用电
gas 燃气|garbage 垃圾|waste 垃圾|green 绿化|tested 检测|test 检测|quarter 季度|improve 改进
improvement 改进|cause 原因|reason 原因|challenge 困难|achievement 成绩|honour 荣誉|honor 荣誉
secretary 书记|party 党|branch 支部|lecture 讲座 党课|party lecture 党课|ideological 思政 思想政治
political 思政|lesson 课|homework 作业|burden 负担|reduce 减轻 减|double reduction 双减
after-school 课后服务|after-school service 课后服务|service 服务|canteen 食堂|cafeteria 食堂
meal 就餐 用餐|breakfast 早餐|lunch 午餐|dinner 晚餐|food 饭菜 菜品|fruit 水果|student 学生
pupil 学生|child 学生|children 学生|teacher 教师 老师|staff 教职工|parent 家长|family 家庭 家长
head teacher 班主任|class teacher 班主任|form teacher 班主任|principal 校长|headmaster 校长
deputy principal 副校长|deputy head 副校长|vice principal 副校长|law 法治|legal 法治
ethics 师德师风|conduct 师德|misconduct 违规|discipline 纪律|punished 处分|school 学校|campus 校园
classroom 教室 课堂|class 班级|grade 年级|exam 考试|entrance exam 中考|college entrance exam 高考
admission 录取|enrolment 招生|enrollment 招生|admitted 录取|recruit 招聘|hired 招聘
sports meeting 运动会 校运会|sports meet 运动会|sports day 运动会|sport 体育|winter 冬季
autumn 秋季|spring 春季|summer 暑假|record 纪录|running track 跑道|track 跑道|playground 操场
basketball 篮球|football 足球|team 队|football team 足球队|basketball team 篮球队
table tennis 乒乓球|player 队员|choir 合唱队 合唱团|club 社团|music 音乐|art 艺术 美育
arts 艺术 艺体|library 图书馆|book 图书|reading 阅读|mental health 心理健康|psychological 心理
counselling 心理咨询|counseling 心理咨询|counselling room 心理咨询室|counseling room 心理咨询室
room 室|hotline 热线|call 电话|award 获 奖 评为|prize 奖|first prize 一等奖|second prize 二等奖
third prize 三等奖|win 获|won 获|winner 获奖|competition 比赛|contest 比赛|rank 名次|place 名次
research 教研 课题|project 项目 课题|paper 论文|training 培训|budget 预算 经费|cost 费用 投入 万元
price 价格|spend 支出|spent 投入 支出|invest 投入|fund 资金|fee 收费|allowance 津贴|subsidy 补助
salary 工资|total 总共|in total 总共|altogether 总共|safety 安全|drill 演练|fire drill 消防演练
fire 消防|earthquake 地震|fire extinguisher 灭火器|camera 监控探头|accident 事故|injured 受伤
inspection 检查|inspected 检查|hazard 隐患|epidemic 疫情|flu 流感|mask 口罩|online 线上 线上教学
tablet 平板电脑|computer 电脑|device 设备 终端|mobile phone 手机|cell phone 手机|phone 手机
confiscated 收缴|returned 退还|smart 智慧|platform 平台|building 楼|team building 队伍建设
building the team 队伍建设|gymnasium 体育馆|dormitory 公寓 宿舍|dorm 宿舍|boarding student 住校生
boarder 住校生|boarding 住校|toilet 厕所|boiler 锅炉|hot water 热水|water 用水 水
air conditioner 空调|light 灯|desk 课桌椅|seat 容纳 座位|large 平方米|big 平方米|area 面积
volunteer 志愿|activity 活动|activities 活动|anniversary 周年|centenary 百年|celebrate 庆祝
celebrating 庆祝|celebration 庆祝|performance 演出 文艺演出|show 演出|name 名|history 历史 党史
history museum 校史馆|study 学习|problem 问题|difficulty 困难|shortcoming 不足|weakness 不足
plan 打算 计划|planned 打算 计划|goal 目标|target 目标|measure 措施|result 成绩
satisfied 满意度 满意率|satisfaction 满意度 满意率|complain 意见 反映 投诉
complaint 意见 反映 投诉|opinion 意见|suggestion 意见|letter 来信|letter box 信箱|reply 回复
replies 回复|nurse 护士|doctor 医生|school doctor 校医|myopia 近视|rate 率|pass rate 合格率
average 平均|score 分|core 核心|feature 特色|distinctive 特色|approach 办学|quality 质量
member 党员 成员|group 小组|task force 攻坚小组|labour 劳动|labor 劳动|garden 种植 园|tree 树
planted 补栽 种植|sale 义卖|electricity 用电|solar 光伏|renovation 改造 翻修|renovate 改造
repair 维修|replace 更换|build 建|delayed 推迟|cancelled 取消|canceled 取消|postponed 推迟
held 举行 举办|hold 举行|organise 组织|organize 组织|open 开放 启用 投入使用|close 关闭|start 开始
finish 完成|completed 完成|rectify 整改|told 责令|mentor 师徒 导师|immersive 沉浸式|moral 德育
week 周|weekly 每周|day 日|year 年|per year 年|semester 学期|term 学期|campaign 专项 行动
document 文件|model 模式|brand 品牌|experience 体验|museum 馆 档案馆|growth 增长|economy 经济
employment 就业|agriculture 农业|tax 税|reform 改革|education 教育|new 新|old 原|young 青年
head 主任|chinese 语文|maths 数学|math 数学|english 英语|physics 物理|chemistry 化学
coming-of-age ceremony 成人礼|ceremony 仪式|clean 保洁|cleaning 保洁|company 公司|supplier 供货商
supply 供应|manager 负责人|lead 任组长 负责|charge 负责|responsible 负责|remain 存在|next 下一步
next year 明年|last year 去年|this year 今年|give 上|live 住|visit 参观|retired 退休|meeting 会议
"""
_TABLE = {
    english: tuple(chinese)
    for entry in _WORDS.replace("\n", "|").split("|")
    if entry.strip()
    for english, *chinese in [re.split(r" (?=[\u3400-\u9fff])", entry.strip())]
}
_ASKED = (
    ("which day of the week", "是周几"),
    ("how many times", "有多少次"),
    ("how many", "有多少"),
    ("how much", "多少钱"),
    ("how large", "多大"),
    ("how big", "多大"),
    ("how often", "多久一次"),
    ("how long", "多久"),
    ("when", "什么时候"),
    ("what time", "什么时候"),
    ("where", "在哪里"),
    ("why", "为什么"),
    ("who", "是谁"),
    ("whom", "是谁"),
    ("whose", "是谁"),
    ("which", "是哪些"),
    ("what", "是什么"),
    ("how", "怎么样"),
)
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "a an the of in on at to for from by with and or is are was were be been being do does did"
        " done has have had there it its they them their that this these those will would can could"
        " should may us we our you your i my me please tell about any some all each every people"
        " out up get got",
    )
)
_ENGLISH_WORD = re.compile(r"year\d|[a-z][a-z-]*|\d+(?:\.\d+)?")
_SEVERAL = re.compile(r" (?:are|were) | (?!is\b|was\b|does\b)[a-z-]+s\b")
_NUMERALS = ("one", "two", "three", "four", "five", "six")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_GRADE = re.compile(
    rf"\bgrade (?P<n>{'|'.join(_NUMERALS)}|[1-6])\b|\b(?P<th>{'|'.join(_ORDINALS)})[- ]grade\b"
)
_GRADES = {f"year{i}": f"{c}年级" for i, c in enumerate("一二三四五六", start=1)}
_ENDINGS = ("", "s", "es", "'s", "d", "ed", "ing")
_ANY_SCHOOL = "学校"
_LONGEST = 3
_KNOWN = 0.6
"""The share of the words of a question that must be known for it to be asked in Chinese."""


def is_english(text: str) -> bool:
    """Whether folded `text` is English: Latin letters, and no Chinese character."""
    return re.search(r"[a-z]{3}", text) is not None and re.search(r"[\u3400-\u9fff]", text) is None


def in_chinese(text: str) -> tuple[Change, ...]:
    """Return the words of school life in an English `text`, folded, with the Chinese for them."""
    if not is_english(text):
        return ()
    found = []
    for english in sorted(_TABLE, key=len, reverse=True):
        if re.search(rf"\b{re.escape(english)}(?:{'|'.join(_ENDINGS)})\b", text):
            found += [Change(english, chinese, Why.ENGLISH) for chinese in _TABLE[english]]
    return tuple(found)


def translated(text: str) -> str | None:
    """Return folded English `text` as a question in Chinese; None where too little is known."""
    if not is_english(text):
        return None
    asked, rest = _asked(_GRADE.sub(_grade, text))
    words = [word for word in _ENGLISH_WORD.findall(rest.replace("'s", "")) if word not in _EMPTY]
    known = list(_known(words))
    length = sum(count for count, _ in known)
    if not words or length < _KNOWN * len(words):
        return None
    said = "".join(chinese for _, chinese in known if chinese != _ANY_SCHOOL) or _ANY_SCHOOL
    return f"{asked}{said}" if asked == "为什么" else f"{said}{asked}"


def _asked(text: str) -> tuple[str, str]:
    """Return what is asked for, in Chinese, and the text without the words for it."""
    for english, chinese in _ASKED:
        if match := re.search(rf"\b{english}\b", text):
            rest = text[match.end() :]
            several = english == "what" and _SEVERAL.match(rest) is not None
            return "有哪些" if several else chinese, text[: match.start()] + rest
    return "", text


def _grade(match: re.Match[str]) -> str:
    """Return a grade as `_GRADES` has it: grade six, grade 6, sixth grade → year6."""
    word = match["n"] or match["th"]
    places = [several.index(word) for several in (_NUMERALS, _ORDINALS) if word in several]
    return f" year{places[0] + 1 if places else word} "


def _known(words: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the Chinese of the words in the table, the longest first, and how many each is of."""
    at = 0
    while at < len(words):
        for count in range(min(_LONGEST, len(words) - at), 0, -1):
            chinese = _of_table(" ".join(words[at : at + count]))
            if chinese is not None:
                yield count, chinese
                at += count
                break
        else:
            if words[at].isdecimal():
                yield 1, words[at]
            elif words[at] in _GRADES:
                yield 1, _GRADES[words[at]]
            at += 1


def _of_table(english: str) -> str | None:
    forms = [english, *(english.removesuffix(end) for end in _ENDINGS if english.endswith(end))]
    found = next((_TABLE[form] for form in forms if form in _TABLE), None)
    return None if found is None else found[0]
