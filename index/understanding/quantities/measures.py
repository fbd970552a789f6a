"""Numbers with the measure words behind them, and the measure that a question asks for.

几套 asks for 套, 多少钱 for 元, 多大 for 平方米: of several numbers in a sentence only those with
that measure can answer. Measures that people use alike (名 and 位, 次 and 场) are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.text.numerals import CHINESE_NUMBER

_MEASURES = """
个百分点 百分点 平方米 平方公里 立方米 平米 小时 钟头 分钟 公里 千瓦时 公斤 千克 人次 学分
学时 课时 个月 月 学期 人 名 位 口 户 元 块 % 分 次 场 回 趟 遍 期 轮 节 天 日 周 年 岁 个
所 间 家 台 辆 部 套 件 份 本 册 张 篇 项 条 门 种 类 支 只 批 届 棵 株 盆 亩 公顷 米 吨 度
处 座 栋 幢 层 楼 床 桌 起 例 句 字 封 枚 面 组 对 队 班 级 号 点 盏 把 副 双 页 盒 箱 桶 斤
里 幅 首 顿 餐 步 圈 倍 折 成 款 站 艘 具 根 扇 片 段 颗 孔 列 卷 宗 桩 样 道 票 元钱 块钱
"""
_MEASURE = "|".join(sorted(set(_MEASURES.split()), key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<share>百分之(?:\d[\d.]*|{CHINESE_NUMBER}+(?:点{CHINESE_NUMBER}+)?))"
    rf"|(?<![\d.])\d[\d,]*(?:\.\d+)?\s?[百千万亿]*[多余来]?(?P<measure>{_MEASURE})?"
    rf"|{CHINESE_NUMBER}+[多余来]?[万亿]?(?P<after>{_MEASURE})"
)
_PERSONS = r"学生|老师|教师|孩子|娃|教职工|家长|党员|团员|同学|员工|职工"
_HOW_MANY = r"(?:(?<!第)几|多少|几多|好多)"
_ASKED = re.compile(rf"{_HOW_MANY}(?:(?:个|名|位)?(?P<persons>{_PERSONS})|(?P<measure>{_MEASURE}))")

_PEOPLE = frozenset(["人", "名", "位", "口", "人次", "户", "个"])
_MONEY = frozenset(["元", "块", "元钱", "块钱"])
_ALIKE = (
    (frozenset("人名位口"), _PEOPLE),
    (_MONEY, _MONEY),
    (frozenset("次场回趟遍"), frozenset({*"次场回趟遍期轮节", "人次"})),
    (frozenset("天日"), frozenset("天日")),
    (frozenset("棵株"), frozenset("棵株")),
    (frozenset("本册"), frozenset("本册")),
    (frozenset("间家所处"), frozenset("间家所处座个")),
    (frozenset("栋幢座"), frozenset("栋幢座")),
    (frozenset("件桩起样项条"), frozenset("件桩起样项条例个次")),
    (frozenset("组对"), frozenset("组对")),
    (frozenset("成"), frozenset({"成", "%"})),
    (frozenset({"里"}), frozenset({"里", "公里", "米"})),
)
_BY_WORDS = (
    (
        re.compile(r"多(?:大|宽敞)(?!岁|年)"),
        frozenset(["平方米", "平米", "亩", "公顷", "平方公里"]),
    ),
    (re.compile(r"率|比例|占比|百分之?几"), frozenset(["%", "个百分点", "百分点", "成"])),
    (re.compile(rf"{_HOW_MANY}(?:块|元)?钱|{_HOW_MANY}[万亿]?元"), _MONEY),
)
_NO_MEASURE = frozenset("个点号月级班块样")
"""Measures that say nothing of what is counted, or ask when or which."""


@dataclass(frozen=True, slots=True)
class MeasuredNumber:
    """A number with its measure at [start, end) of a text; "" where it has no measure."""

    start: int
    end: int
    measure: str


def measured_numbers(text: str) -> Iterator[MeasuredNumber]:
    """Yield the numbers of folded `text`, in their order; ordinals (第九届) are none."""
    for match in _NUMBER.finditer(text):
        if not text.endswith("第", 0, match.start()):
            measure = "%" if match["share"] else match["measure"] or match["after"] or ""
            yield MeasuredNumber(*match.span(), measure)


def counted_in(text: str) -> frozenset[str]:
    """Return the measures that folded `text` names in asking (几套); none where it names none."""
    match = _ASKED.search(text)
    if match is None:
        return frozenset()
    if match["persons"]:
        return _PEOPLE
    measure = match["measure"]
    if measure in _NO_MEASURE:
        return frozenset()
    return next((alike for asked, alike in _ALIKE if measure in asked), frozenset({measure}))


def asked_measures(text: str) -> frozenset[str]:
    """Return the measures that a number has to have to answer folded `text`; none for any.

    Those that are named, or that the question means: 多少钱 元, 合格率 %, 多大 平方米.
    """
    by_words = next((means for words, means in _BY_WORDS if words.search(text)), frozenset())
    return by_words or counted_in(text)
