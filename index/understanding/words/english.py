"""English words of school life, as Chinese reports write them.

The multilingual encoder finds the neighbourhood of an English question; these words let the
lexical side find the passage. What is not here is searched by its meaning alone.
"""

from __future__ import annotations

import re

from index.understanding.question import Change, Why

_WORDS = """
secretary 书记|party 党|branch 支部|lecture 党课|ideological 思政 思想政治|political 思政|lesson 课
homework 作业|burden 负担|reduce 减轻 减|double reduction 双减|after-school 课后服务|service 服务
canteen 食堂|cafeteria 食堂|meal 就餐 用餐|food 饭菜 菜品|fruit 水果|student 学生|pupil 学生
teacher 教师 老师|staff 教职工|parent 家长|family 家庭 家长|head teacher 班主任|principal 校长
ethics 师德师风|conduct 师德|misconduct 违规|discipline 纪律|school 学校|campus 校园|classroom 课堂
class 班级|grade 年级|exam 考试|entrance exam 中考|admission 录取|enrolment 招生|enrollment 招生
sports meeting 校运会|sport 体育|record 纪录|track 跑道|playground 操场|basketball 篮球
football 足球|choir 合唱团|club 社团|music 音乐|art 艺术 美育|arts 艺术 艺体
library 图书馆|book 图书
reading 阅读|mental health 心理健康|psychological 心理|counselling 心理咨询|counseling 心理咨询
hotline 热线|call 电话|award 获 奖 评为|prize 奖|competition 比赛|contest 比赛|research 教研 课题
project 项目 课题|training 培训|budget 预算 经费|cost 投入 万元|fee 收费|safety 安全|drill 演练
inspection 检查|hazard 隐患|epidemic 疫情|mask 口罩|online 线上 线上教学|tablet 平板电脑
device 设备 终端|smart 智慧|platform 平台|building 楼|gymnasium 体育馆|large 平方米|volunteer 志愿
activity 活动|activities 活动|anniversary 周年|centenary 百年|celebrate 庆祝|celebrating 庆祝
celebration 庆祝|performance 演出 文艺演出|show 演出|name 名|history 历史 党史|study 学习
problem 问题|difficulty 困难|shortcoming 不足|plan 计划 打算|goal 目标|target 目标|measure 措施
satisfaction 满意率|complain 意见 反映|complaint 意见 反映|opinion 意见|nurse 护士|doctor 医生
core 核心|feature 特色|distinctive 特色|approach 办学|quality 质量|member 党员 成员|team 队伍
labour 劳动|labor 劳动|garden 种植 园|sale 义卖|electricity 用电|solar 光伏|renovation 翻修
mentor 师徒 导师|immersive 沉浸式|moral 德育|week 周|weekly 每周|day 日|year 年
campaign 专项 行动|document 文件|model 模式|brand 品牌|experience 体验|museum 馆 档案馆
growth 增长|economy 经济|employment 就业|agriculture 农业|tax 税|reform 改革|education 教育
"""
_TABLE = {
    english: tuple(chinese)
    for entry in _WORDS.replace("\n", "|").split("|")
    if entry.strip()
    for english, *chinese in [re.split(r" (?=[\u3400-\u9fff])", entry.strip())]
}
_ENGLISH = re.compile(r"[a-z][a-z' -]*")
_ENDINGS = ("", "s", "es", "'s")


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
