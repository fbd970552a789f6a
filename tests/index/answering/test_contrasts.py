"""Words that tell of another thing than the one asked about, and words that only differ."""

from __future__ import annotations

import pytest

from index.answering.contrasts import tells_of_another
from index.understanding.understander import Understander
from tests.index.understanding.test_report_choice import SCHOOL

UNDERSTANDER = Understander(SCHOOL, 2026)
KNOWN = "武晓春发表了文章，袁志刚、陈秋菊上了课。"


def contrasts(question: str, words: str, around: str = "工作总结") -> bool:
    return tells_of_another(UNDERSTANDER.understand(question), words, around, KNOWN.__contains__)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("花生过敏的有几个", "有2名对牛奶过敏的幼儿，单独供应豆浆。"),
        ("英语平均分多少", "六年级语文平均分80.5分，数学平均分78.9分。"),
        ("化学优秀率有多高", "物理优秀率由上年的21%提高到30%。"),
        ("演练第一次用了多长时间", "第二次演练用时2分47秒。"),
        ("营养餐一学期要交多少", "营养餐每生每天5元，全年无食品安全事件。"),
        ("伙食费一个月收多少", "收取保教费每生每月380元、伙食费每生每天11元。"),
        ("会费按工资百分之几扣", "上级补助6.5万元，会费收入4.87万元。"),
        ("武晓春的论文登在哪儿", "发表论文9篇，其中《语文教学通讯》1篇，作者李双燕。"),
        ("食堂被检查了几次", "开设第二食堂窗口6个，错峰就餐。"),
        ("2021年中考均分", "2023年中考参考421人，总均分486.3分。"),
    ],
)
def test_what_is_asked_of_one_and_told_of_another_contrasts(question: str, words: str) -> None:
    assert contrasts(question, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("牛奶过敏的有几个", "有2名对牛奶过敏的幼儿，单独供应豆浆。"),
        ("语文平均分多少", "六年级语文平均分80.5分，数学平均分78.9分。"),
        ("孩子落下东西上哪领", "失物招领处设在门卫室。"),
        ("伙食费一天收多少", "收取保教费每生每月380元、伙食费每生每天11元。"),
        ("新老师和老教师配对搞了几组", "结成师徒6对，平均87.4分。"),
        ("电商招生为什么滑坡", "电子商务专业招生滑坡。"),
        ("袁志刚打了几分", "徒弟汇报课平均89.1分，其中袁志刚以94分居首。"),
        ("文化课要到几成", "文化课成绩不低于统招线的65%。"),
        ("收费有几样，各多少", "收取保教费每生每月380元、伙食费每生每天11元。"),
        ("2023年本科率提高了多少", "本科率96.8%，比2022年提高1.4个百分点。"),
    ],
)
def test_other_words_for_the_same_are_no_contrast(question: str, words: str) -> None:
    assert not contrasts(question, words)


def test_a_heading_may_say_what_the_words_leave_out() -> None:
    words = "语文平均分80.5分。"
    assert contrasts("英语平均分多少", words)
    assert not contrasts("英语平均分多少", words, "三、英语教学")
    assert not contrasts("英语平均分多少", f"{words}英语略低。")


def test_somebody_whom_no_report_knows_is_no_contrast() -> None:
    words = "法治副校长由刘海涛担任。"
    assert contrasts("陈秋菊是法治副校长吗", words)
    assert not contrasts("周晓明是法治副校长吗", words)
