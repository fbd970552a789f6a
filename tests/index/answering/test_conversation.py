"""Follow-ups, lists, years and comparisons through the engine, on two small reports."""

from __future__ import annotations

import pytest

from index.answering.answer import (
    AboutProgram,
    Answer,
    KeySentences,
    Quotation,
    Side,
    SideBySide,
    Status,
)
from index.answering.engine import Engine, Restrictions
from index.answering.summaries import MOST
from index.understanding.conversation import Turn
from index.understanding.question import Origin, QuestionKind, Why
from tests.index.conftest import Bench
from tests.support.fakes import BigramReader

EAGER = Restrictions(refusal=0.0)
REPORTS = {
    year: (
        f"青禾中学{year}年度工作总结\n一、党建工作\n"
        f"书记带头上党课{lessons}次，开展专题研讨活动，组织党员志愿服务。\n"
        f"二、安全工作\n开展隐患排查，发现隐患十处，剩余{left}处没有整改，因缺少专项资金。"
        "学校每月组织应急疏散演练，签订安全责任书。\n"
        "三、存在的问题\n1.教师队伍结构不合理\n音乐教师缺编，教师年龄偏大，骨干教师不足。\n"
        f"2.教学质量不均衡\n学科之间发展不均衡，化学成绩{rank}。\n"
        f"四、{year + 1}年工作思路\n要抓好三件事：一要引进青年教师；"
        "二要制定化学振兴计划；三要维修围墙。\n"
    )
    for year, lessons, left, rank in ((2020, 5, 2, "靠后"), (2021, 9, 1, "有所进步"))
}


@pytest.fixture
def engine(bench: Bench) -> Engine:
    for file in bench.library.folder.iterdir():
        file.unlink()
    for year, text in REPORTS.items():
        bench.write(f"青禾{year}", text)
    bench.build()
    return bench.engine


def talk(engine: Engine, *questions: str) -> list[Answer]:
    answers: list[Answer] = []
    previous: Turn | None = None
    for question in questions:
        answers.append(engine.ask(question, EAGER, previous))
        previous = answers[-1].turn
    return answers


def heading(answer: Answer) -> str:
    """The heading that the quoted passage stands under."""
    return answer.passages[0].passage.path[-1]


def sides(answer: Answer) -> tuple[Side, ...]:
    assert isinstance(answer.content, SideBySide)
    return answer.content.sides


def test_another_year_keeps_the_topic(engine: Engine) -> None:
    first, second = talk(engine, "2021年书记上了几次党课", "那2020年呢")
    assert "9次" in (first.text or "")
    assert second.question.depends
    assert "5次" in (second.text or "")


def test_why_stays_with_the_report_and_the_year(engine: Engine) -> None:
    _, why = talk(engine, "2020年隐患还有几处没有整改", "为什么")
    assert (why.question.years, why.question.time.origin) == ((2020,), Origin.CARRIED)
    assert why.passages[0].passage.report == "青禾2020"
    assert "专项资金" in why.passages[0].passage.text


def test_an_item_is_picked_from_the_list_before_and_the_next_from_the_same_list(
    engine: Engine,
) -> None:
    listed, second, first = talk(engine, "2021年存在哪些问题", "第二个问题呢", "第一个呢")
    assert [item.text for item in listed.items] == ["教师队伍结构不合理", "教学质量不均衡"]
    assert heading(second) == "2.教学质量不均衡"
    assert "化学成绩" in second.passages[0].passage.text
    assert heading(first) == "1.教师队伍结构不合理"


def test_a_new_topic_takes_nothing_over(engine: Engine) -> None:
    _, second = talk(engine, "2020年书记上了几次党课", "应急疏散演练多久组织一次")
    assert not second.question.depends
    assert second.question.years == ()


def test_without_a_turn_before_nothing_is_a_follow_up(engine: Engine) -> None:
    assert not engine.ask("为什么", EAGER).question.depends


def test_no_year_means_the_newest_and_what_the_other_says_differently(engine: Engine) -> None:
    answer = engine.ask("书记上了几次党课", EAGER)
    assert answer.passages[0].passage.year == 2021
    assert isinstance(answer.content, Quotation)
    assert [other.passage.year for other in answer.content.elsewhere] == [2020]


def test_plans_for_a_year_come_from_the_report_before_it_and_that_is_said(engine: Engine) -> None:
    answer = engine.ask("2021年的工作思路有几条", EAGER)
    assert {item.cited.report for item in answer.items} == {"青禾2020"}
    assert answer.borrowed
    assert len(answer.items) == 3


@pytest.mark.parametrize(
    "question",
    [
        "2021年有什么打算",
        "2021有什么打算",
        "2021年准备做什么",
        "2021年计划干点啥",
        "2021年要做哪些事",
        "2021年打算抓好哪几件事",
        "21年想搞啥",
        "2022年有什么打算",
        "明年有什么打算",
        "明年要维修什么",
        "来年准备弄啥",
    ],
)
def test_plans_for_a_year_are_found_however_they_are_asked_for(
    engine: Engine, question: str
) -> None:
    answer = engine.ask(question, EAGER)
    year = 2021 if "21" in question else 2022
    first = answer.passages[0].passage
    assert (first.year, first.path[-1]) == (year - 1, f"四、{year}年工作思路")
    assert answer.borrowed


@pytest.mark.parametrize(
    "question", ["2021年下一步有什么打算", "2021年报告里有什么打算", "2021年底提出的打算"]
)
def test_what_the_report_of_a_year_plans_next_is_its_own(engine: Engine, question: str) -> None:
    answer = engine.ask(question, EAGER)
    assert answer.passages[0].passage.year == 2021
    assert not answer.borrowed


def test_a_report_that_covers_the_year_asked_for_is_never_borrowed(bench: Bench) -> None:
    bench.write(
        "简章",
        "青禾中学招生简章\n2022年计划招收新生240名，分六个班。\n"
        "一、报名\n凭户口簿到学校报名，6月20日截止。\n",
    )
    bench.write("学年", "青禾中学2021—2022学年度工作总结\n一、党课\n书记上党课7次。\n")
    bench.build()
    for question in ("2022年招收多少名新生", "2022年书记上了几次党课", "2022年怎么报名"):
        answer = bench.engine.ask(question, EAGER)
        assert not answer.borrowed, question


def test_a_year_without_a_report_is_refused_unless_another_clearly_speaks_of_it(
    engine: Engine,
) -> None:
    refused = engine.ask("2018年书记上了几次党课", EAGER)
    assert (refused.status, refused.missing) == (Status.NOT_FOUND, (2018,))
    planned = engine.ask("2022年要维修什么", EAGER)
    assert (planned.passages[0].passage.report, planned.borrowed) == ("青禾2021", True)
    assert engine.ask("2022年的报告说要维修什么", EAGER).status is Status.NOT_FOUND


def test_years_side_by_side_mark_what_only_one_says_and_name_the_gaps(engine: Engine) -> None:
    answer = engine.ask("2019年、2020年、2021年的教学质量有什么不同", EAGER)
    assert answer.question.kind is QuestionKind.COMPARISON
    assert [(side.year, side.reported, bool(side.found)) for side in sides(answer)] == [
        (2019, False, False),
        (2020, True, True),
        (2021, True, True),
    ]
    limited = engine.ask("教学质量", Restrictions(years=frozenset({2020, 2021}), refusal=0.0))
    assert [side.year for side in sides(limited)] == [2020, 2021]


def test_a_fact_of_several_years_is_answered_year_by_year(engine: Engine) -> None:
    answer = engine.ask("近两年书记上了几次党课", EAGER)
    words = [side.found[0].words for side in sides(answer)]
    assert ("5次" in words[0], "9次" in words[1]) == (True, True)


def test_a_part_is_summed_up_by_its_own_sentences(engine: Engine) -> None:
    answer = engine.ask("总结一下2020年的第三部分", EAGER)
    assert [item.cited.path[-1] for item in answer.items] == [
        "1.教师队伍结构不合理",
        "2.教学质量不均衡",
    ]
    text = REPORTS[2020]
    assert all(item.text in text for item in answer.items)
    assert engine.ask("总结一下2020年的第九部分", EAGER).status is Status.NOT_FOUND


def test_slips_are_corrected_and_said(engine: Engine) -> None:
    answer = engine.ask("应急书散演练多久一次", EAGER)
    slips = [c for c in answer.question.changes if c.why is Why.SOUND]
    assert [(c.words, c.into) for c in slips] == [("书散", "疏散")]
    assert "应急疏散演练" in answer.passages[0].passage.text


def test_a_summary_stops_somewhere_and_counts_what_it_leaves_out(bench: Bench) -> None:
    parts = "".join(f"{n}.事项{n}\n完成了工作{n}，成效明显。\n" for n in range(1, MOST + 6))
    bench.write("长", f"青禾中学2022年度工作总结\n一、年度工作\n{parts}")
    bench.build()
    answer = bench.engine.ask("总结一下2022年的第一部分", EAGER)
    assert isinstance(answer.content, KeySentences)
    assert (len(answer.items), answer.content.more) == (MOST, 5)


def test_the_second_of_three_is_taken_from_the_three_and_not_from_a_pair(bench: Bench) -> None:
    bench.write(
        "长",
        "青禾中学2022年度工作总结\n一、下一步思路\n1.丰富活动\n开展比赛，组织展演。\n"
        "2.加强队伍\n一方面提高党性，另一方面培养青年。\n3.深化双减\n压缩作业时间，完善课后服务。\n",
    )
    bench.build()
    listed, second = talk(bench.engine, "2022年下一步思路有几个方面", "第二个呢")
    assert len(listed.items) == 3
    assert heading(second) == "2.加强队伍"


def test_a_reason_that_no_report_gives_is_not_what_was_quoted_before(bench: Bench) -> None:
    bench.write("课", "青禾中学2022年度工作总结\n一、党课\n书记带头上党课9次。\n")
    bench.build()
    engine = Engine(bench.open().engine.store, bench.encoder, BigramReader())
    first, why = talk(engine, "2022年书记上了几次党课", "为什么")
    assert first.status is Status.ANSWERED
    assert why.question.depends
    assert why.confidence == 0.0
    why = engine.ask("为什么", previous=first.turn)
    assert why.status is Status.NOT_FOUND


def test_a_summary_leads_with_the_report_that_it_summarises(engine: Engine) -> None:
    summed, more = talk(engine, "总结一下第二部分", "还有吗")
    assert {item.cited.report for item in summed.items} == {"青禾2021"}
    assert summed.passages[0].passage.report == "青禾2021"
    assert more.question.carried is not None
    assert more.question.carried.place is not None
    assert more.question.carried.place.report == "青禾2021"


def test_a_figure_tells_the_each_year(engine: Engine) -> None:
    answer = engine.ask("书记上党课五次的是哪一年", EAGER)
    assert answer.passages[0].passage.year == 2020
    assert engine.ask("书记上党课的是谁", EAGER).passages[0].passage.year == 2021


def test_what_was_asked_before_is_not_asked_again(engine: Engine) -> None:
    *_, last = talk(engine, "2020年应急疏散演练多久组织一次", "那隐患有几处呢")
    assert "多久" not in last.question.searched
    assert "演练" in last.question.searched


def test_another_thing_than_was_spoken_of_is_looked_for_elsewhere(engine: Engine) -> None:
    _, other = talk(engine, "2021年书记上了几次党课", "那音乐教师呢")
    assert other.question.carried is not None
    assert other.question.carried.place is None
    assert "音乐教师缺编" in other.passages[0].passage.text


def test_what_to_do_next_continues_whatever_was_asked(engine: Engine) -> None:
    _, plan = talk(engine, "2020年隐患还有几处没有整改", "打算怎么办")
    assert plan.question.depends
    assert plan.question.years == (2020,)


def test_an_enumerations_own_items_do_not_announce_it(bench: Bench) -> None:
    bench.write(
        "务",
        "青禾中学2022年度工作总结\n一、主要任务\n（一）抓好党建\n明确目标、任务和政策，落实到人。\n"
        "（二）抓好教学\n改进课堂，提高质量。\n（三）抓好安全\n排查隐患，组织演练。\n",
    )
    bench.build()
    answer = bench.engine.ask("2022年讲了哪几项主要任务", EAGER)
    assert [item.text for item in answer.items] == ["抓好党建", "抓好教学", "抓好安全"]


def test_a_question_about_the_program_gets_what_the_reports_add_to_it(engine: Engine) -> None:
    _, outline = talk(engine, "2020年书记上了几次党课", "这份报告有几部分")
    _, source = talk(engine, "2020年书记上了几次党课", "出处是哪里")
    assert isinstance(source.content, AboutProgram)
    assert source.content.lines[1:] == ("一、党建工作",)
    assert isinstance(outline.content, AboutProgram)
    assert "2020" in outline.content.lines[0]
    assert len(outline.content.lines) > 2
    assert (outline.status, outline.text) == (Status.NOT_FOUND, None)
    reports = engine.ask("有哪些报告").content
    assert isinstance(reports, AboutProgram)
    assert len(reports.lines) == len(REPORTS)


def test_a_school_that_no_report_is_from_is_refused_whatever_the_reader_says(
    engine: Engine,
) -> None:
    assert engine.ask("书记上了几次党课", EAGER).status is Status.ANSWERED
    refused = engine.ask("白塔一中书记上了几次党课", EAGER)
    assert refused.status is Status.NOT_FOUND
    assert refused.question.unknown_organisation == "白塔一中"


def test_a_short_question_is_asked_as_a_continuation_only_where_it_is_not_answered_alone(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = engine.ask("安全隐患剩余几处没有整改", EAGER)
    alone = engine.ask("专项资金谁负责落实", EAGER)
    assert alone.status is Status.ANSWERED
    again = engine.ask("专项资金谁负责落实", EAGER, asked.turn)
    assert again.text == alone.text
    assert not again.question.depends

    strict = Restrictions(refusal=2.0)
    refused = engine.ask("专项资金谁负责落实", strict, asked.turn)
    assert refused.status is not Status.ANSWERED
    assert not refused.question.depends


def test_what_is_said_of_the_program_leaves_what_was_talked_about(engine: Engine) -> None:
    first, about, then = talk(engine, "2020年书记上了几次党课", "你能做什么", "那2021年呢")
    assert isinstance(about.content, AboutProgram)
    assert about.turn == first.turn
    assert then.question.depends
    assert "9次" in (then.text or "")
