"""Questions about a detail that a passage has, or has not, made from the reports themselves.

"夏令营在哪个城市举办的？" deceives a reader: the camp is there, no city is. So topics of reports
are asked for their money, people, time, place, and the like. Where the passage has words of that
kind nowhere, it does not answer; where the sentence with the topic has them once, they do.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.formats import Source
from corpus.parsing.parse import understand
from corpus.passages import passages
from corpus.report import Passage
from corpus.text.sentences import sentences
from index.lexical.folding import fold
from training.reader.data.reader_sources import Material, TrainingQuestion
from training.reader.data.topic_questions import topics

_NUMBER: Final = r"(?:\d[\d,.]*|[一二三四五六七八九十百千两〇零]+)(?:多|余|几)?"


@dataclass(frozen=True, slots=True)
class Detail:
    """A kind of detail: how it is asked for, what hints at it, and its exact form, if it has one.

    A passage that `hint` matches nowhere has no detail of the kind.
    """

    turns: tuple[str, ...]
    hint: re.Pattern[str]
    form: re.Pattern[str] | None = None


_FIGURE: Final = Detail(
    ("{}是多少？", "{}达到多少", "{}有多少", "{}到了多少"),
    re.compile(r"\d|[一二三四五六七八九十百千万亿两几多]"),
)
DETAILS: Final = (
    Detail(
        ("{}花了多少钱", "{}的经费是多少？", "{}投入了多少资金", "{}每月收费多少", "{}要交多少钱"),
        re.compile(r"元|经费|资金|费用|收费|投资|拨款|预算|支出|投入|款"),
        re.compile(_NUMBER + r"[万亿千百]*元"),
    ),
    Detail(
        ("{}有多少人参加", "参加{}的有多少人？", "{}一共多少人", "{}涉及多少人"),
        re.compile(r"人次|[\d一二三四五六七八九十百千万亿多余几]\s?(?:人|名|位|户)|全体|全员|全校"),
        re.compile(_NUMBER + r"[万亿千百]*(?:人次|人|名|位)"),
    ),
    Detail(
        (
            "{}是几月几号举行的",
            "{}是哪一天开始的？",
            "{}什么时候结束",
            "{}是几月份搞的",
            "{}哪天开会",
        ),
        re.compile(
            r"[\d一二三四五六七八九十]\s?[年月日]|年[初底末]|半年|季度|学期|假期?|[今去明前]年|期间"
            r"|以来|最近|目前|星期|周|节"
        ),
        re.compile(
            r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|份|底|初)?|[今去明]年(?:年初|年底|[上下]半年)"
        ),
    ),
    Detail(
        ("{}在哪个城市举办的？", "{}在哪里举行", "{}的地点在哪", "{}是在什么地方搞的", "去哪里{}"),
        re.compile(
            r"在[^,。;]{1,14}(?:举[行办]|召开|开展|进行|建)|[省市县区镇乡村州港国岛]|[京沪津渝]"
            r"|学院|大学|中心|基地|[馆厅室堂所院站]|广场|操场|地方|各地"
        ),
        re.compile(r"(?<=在)[^,。;在]{2,12}(?=举行|举办|召开|建成)"),
    ),
    Detail(
        ("{}是谁负责的？", "{}由谁主讲", "{}请了哪位专家", "{}的负责人叫什么名字", "谁在管{}"),
        re.compile(
            r"同志|总理|主席|书记|[校院局厅部处科组]长|主任|老师|教授|专家|院士|代表|由|请|负责|牵头"
            r"|主[持讲]|领导"
        ),
        re.compile(r"(?<=由)[\u4e00-\u9fff]{2,10}?(?=负责|主持|牵头|主讲|担任)"),
    ),
    Detail(
        ("{}比上年增长百分之几", "{}提高了几个百分点？", "{}占多大比例", "{}的合格率是多少"),
        re.compile(r"%|百分|倍|翻|成|增|降|提高|率|比"),
        re.compile(r"\d[\d.]*%|百分之[一二三四五六七八九十百点〇零]+"),
    ),
    Detail(
        ("{}每次几个小时", "{}持续了多长时间？", "{}要多少天", "{}搞了多久"),
        re.compile(r"小时|分钟|天|周|月|年|课时|长期|期"),
        re.compile(_NUMBER + r"个?(?:小时|分钟|课时|天|个月)"),
    ),
    Detail(
        ("{}的联系电话是多少", "{}怎么报名", "{}的网址是什么？", "{}找谁咨询"),
        re.compile(r"电话|邮箱|号码|网|联系|报名|咨询|登记|热线"),
    ),
    Detail(
        ("{}得了什么奖", "{}获得了第几名？", "{}拿了哪些荣誉", "{}评上了什么称号"),
        re.compile(r"奖|荣誉|称号|名次|先进|优秀|示范|模范|评为|第[一二三四五六]|冠|金牌"),
        re.compile(r"(?<=获)(?:得)?[^,。;获]{3,16}(?:奖|称号)"),
    ),
    _FIGURE,
)
_REACHES: Final = re.compile(
    r"(?:^|(?<=[,。;:\n]))(?:今年|去年|全年|本学?年度?|全国|全市|我国|其中)?(?P<what>[\u4e00-\u9fff]{2,9}?)"
    r"(?:已经|已|将|预计|约)?(?:达到|突破|超过|增加到|提高到|下降到|达|为)(?:了|约)?"
    rf"(?P<value>(?:百分之)?{_NUMBER}[万亿千百]*(?:%|个百分点|[\u4e00-\u9fff]{{0,2}}))(?=[,。;、)\n]|$)"
)
_NEAR: Final = 16
"""Characters between a topic and its detail; what stands further off may belong to another."""

_GANG: Final = re.compile(r"[“\"]?四人[”\"]?帮")
_OLDEST: Final = 1990
"""Reports before this year have other things to say, and say them otherwise."""


def detail_material(paths: Sequence[Path], group: str, *, seed: int, each: float) -> Material:
    """Make questions about details of the topics of the reports in `paths`.

    Args:
        paths: Text reports.
        group: What the questions are called in the examples.
        seed: Decides which topics and turns of phrase are used.
        each: Share of passages that are asked for a detail they lack, 0 to 1.
    """
    rng = random.Random(seed)
    every: list[Passage] = []
    questions: list[TrainingQuestion] = []
    for path in paths:
        report = understand(Source(path.read_bytes(), path))
        own = passages(report)
        if report.year is not None and report.year < _OLDEST:
            continue
        first = len(every)
        every.extend(own)
        for row, (passage, about) in enumerate(zip(own, topics(own), strict=True)):
            questions += _there(passage, about, first + row, group, rng)
            if rng.random() < each:
                questions += _missing(passage, about, first + row, group, rng)
    return Material(tuple(every), tuple(questions))


def _missing(
    passage: Passage, about: Sequence[str], row: int, group: str, rng: random.Random
) -> Iterator[TrainingQuestion]:
    text = fold(passage.text)
    lacking = [detail for detail in DETAILS if not detail.hint.search(text)]
    there = [topic for topic in about if topic in text]
    if lacking and there:
        question = rng.choice(rng.choice(lacking).turns).format(rng.choice(there))
        name = f"{group}-missing-{passage.id}"
        yield TrainingQuestion(name, _dated(question, passage, rng), (), None, None, group, row)


def _there(
    passage: Passage, about: Sequence[str], row: int, group: str, rng: random.Random
) -> Iterator[TrainingQuestion]:
    text = fold(passage.text)
    figures, others = list(_reached(text, rng)), list(_beside(text, about, rng))
    chosen = rng.sample(figures, min(2, len(figures))) + rng.sample(others, min(1, len(others)))
    for question, start, end in chosen:
        asked = _dated(question, passage, rng)
        name = f"{group}-{start}-{passage.id}"
        yield TrainingQuestion(
            name, asked, (text[start:end],), passage.report, (row, start, end), group
        )


def _reached(text: str, rng: random.Random) -> Iterator[tuple[str, int, int]]:
    """Yield "国内生产总值达到89404亿元" as a question for the figure and the figure's place."""
    for match in _REACHES.finditer(text):
        yield (rng.choice(_FIGURE.turns).format(match["what"]), *match.span("value"))


def _beside(text: str, about: Sequence[str], rng: random.Random) -> Iterator[tuple[str, int, int]]:
    """Yield questions for details, the only ones of a sentence, that stand soon after a topic."""
    for start, end in sentences(text):
        for detail in DETAILS:
            matches = list(detail.form.finditer(text, start, end)) if detail.form else []
            if len(matches) != 1 or _GANG.search(text, start, end):
                continue
            first, last = matches[0].span()
            before = text[max(start, first - _NEAR) : first]
            topic = next((each for each in about if each in before), None)
            if topic is not None:
                yield rng.choice(detail.turns).format(topic), first, last


def _dated(question: str, passage: Passage, rng: random.Random) -> str:
    return f"{passage.year}年{question}" if passage.year and rng.random() < 0.4 else question
