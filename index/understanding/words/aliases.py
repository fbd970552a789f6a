"""Abbreviations that schools use, and the words that reports write for them.

An admin adds to them in the configuration (`aliases:`); entries of the same key are replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.lexical.folding import fold
from index.understanding.question import Change, Why

BUILT_IN: Mapping[str, Sequence[str]] = {
    "总支": ("党总支",),
    "双减": ("减轻学生过重作业负担和校外培训负担", "减负"),
    "5+2": ("课后服务", "课后延时服务"),
    "5加2": ("5+2", "课后服务"),
    "五加二": ("5+2", "课后服务"),
    "延时服务": ("课后服务", "课后延时服务"),
    "晚托": ("课后服务",),
    "师德": ("师德师风",),
    "思政课": ("思想政治课", "专题党课"),
    "党课": ("专题党课",),
    "重高": ("重点高中",),
    "重高率": ("重点高中录取率",),
    "升学率": ("录取率",),
    "普高": ("普通高中",),
    "中层": ("中层干部",),
    "教研": ("教学研究", "教科研"),
    "课改": ("课程改革", "课堂教学改革"),
    "德育": ("德育工作", "立德树人"),
    "体测": ("体质健康测试",),
    "心理课": ("心理健康教育",),
    "心理咨询": ("心理辅导", "个别咨询"),
    "家校": ("家校协同", "家校共育"),
    "家委会": ("家长委员会",),
    "教代会": ("教职工代表大会",),
    "团委": ("共青团委员会",),
    "少先队": ("少年先锋队",),
    "三会一课": ("支部党员大会、支部委员会、党小组会和党课",),
    "主题党日": ("党日活动",),
    "一岗双责": ("党风廉政建设责任",),
    "青蓝": ("师徒结对",),
    "骨干": ("骨干教师",),
    "公开课": ("示范课", "展示课"),
    "评优课": ("优质课评比",),
    "五项管理": ("作业、睡眠、手机、读物、体质管理",),
    "三农": ("农业、农村、农民",),
}
"""An abbreviation, and what to search for beside it."""


@dataclass(frozen=True, slots=True)
class Aliases:
    """A table of abbreviations, folded."""

    table: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, own: Mapping[str, Sequence[str]] | None = None) -> Aliases:
        """Return the built-in table with an admin's `own` entries over it."""
        merged = {**BUILT_IN, **(own or {})}
        return cls({fold(key): tuple(map(fold, words)) for key, words in merged.items()})

    def changes(self, words: str) -> tuple[Change, ...]:
        """Return the abbreviations in folded `words`, each with what it stands for.

        The longest come first; one within another, or one that is written out, counts not.
        """
        found: list[Change] = []
        rest = words
        for key in sorted(self.table, key=len, reverse=True):
            if key in rest:
                written = [into for into in self.table[key] if into not in words]
                found += (Change(key, into, Why.ALIAS) for into in written)
                rest = rest.replace(key, "\0")
        return tuple(found)


def also(changes: Iterable[Change]) -> tuple[str, ...]:
    """Return the words to search beside those of the question."""
    return tuple(dict.fromkeys(change.into for change in changes))
