"""What people read of how their question was understood."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.cli.columns import ONLY, render_sides, wrapped
from bot.cli.terminal import render_answer
from bot.messages import Messages, messages_in
from bot.telegram.rendering.answer_lists import items_text, noted, sides_text
from bot.telegram.rendering.answers import answer_text
from bot.telegram.rendering.rich_text import Rich
from bot.wording.notes import explanation, notes
from bot.wording.years import years
from corpus.report import Passage
from index.answering.answer import (
    AboutProgram,
    Answer,
    Citation,
    Content,
    Extreme,
    Figure,
    Found,
    Item,
    ItemList,
    KeySentences,
    Quotation,
    Refusal,
    Side,
    SideBySide,
    Status,
)
from index.answering.decision import REFUSED, Decision
from index.store.store import Scope
from index.understanding.about_bot import AboutBot
from index.understanding.question import Carried, Change, Origin, Question, QuestionKind, Time, Why
from index.understanding.splitting import comparison

ZH, EN = messages_in("zh"), messages_in("en")


def found(year: int, text: str) -> Found:
    passage = Passage(
        f"r{year}:1:1", f"r{year}", f"{year}年总结", year, ("一、党建",), 1, 1, text, 0, 9
    )
    return Found(passage, 1.0, (0, len(text)), ((0, len(text)),))


QUOTED = Quotation()
SURE = Decision(Status.ANSWERED, 0.9)


def answer(
    question: Question, *passages: Found, content: Content = QUOTED, borrowed: bool = False
) -> Answer:
    return Answer(question, SURE, passages, content, borrowed=borrowed)


def listed(shown_items: tuple[Item, ...]) -> str:
    return items_text(shown_items, 0, {}, ZH, head=Rich("")).text


def asked(text: str = "去年的党课", **more: object) -> Question:
    return Question(text, text, Scope(), **more)  # type: ignore[arg-type]


LAST_YEAR = Time((2021,), Origin.RELATIVE, ("去年",))


def test_a_relative_year_is_named_beside_the_answer() -> None:
    shown = render_answer(answer(asked(time=LAST_YEAR), found(2021, "上了9次。")), ZH, styled=False)
    assert "“去年”按2021年查找。" in shown


def test_a_borrowed_answer_names_the_year_asked_for_and_the_year_of_its_report() -> None:
    question = asked(time=Time((2018,), Origin.NAMED, ("2018年",)))
    borrowed = answer(question, found(2019, "2018年上了8次。"), borrowed=True)
    for m in (ZH, EN):
        (note,) = notes(borrowed, m)
        assert "2018" in note
        assert "2019" in note
    assert "2019年" in noted(borrowed, Rich("…"), ZH).text


def test_a_year_without_a_report_is_said_with_those_there_are() -> None:
    question = asked(time=Time((2018,), Origin.NAMED, ("2018年",)))
    refused = Answer(question, REFUSED, (), Refusal(), reported=frozenset({2019, 2020, 2021}))
    assert notes(refused, ZH) == ["没有2018年的报告，现有：2019–2021年。"]


def test_only_slips_are_noted_and_abbreviations_only_explained() -> None:
    changes = (Change("师疯", "师风", Why.SOUND), Change("总支", "党总支", Why.ALIAS))
    question = asked(changes=changes)
    assert notes(answer(question, found(2021, "好。")), ZH) == ["按“师风”查找（您写的是“师疯”）。"]
    assert "总支 → 党总支（简称）" in explanation(question, ZH)


@pytest.mark.parametrize("m", [ZH, EN])
def test_everything_that_was_understood_is_explained(m: object) -> None:
    question = asked(
        time=LAST_YEAR,
        kind=QuestionKind.LIST,
        carried=Carried("党课"),
        ordinal=2,
        items=3,
        reports=("甲",),
    )
    lines = explanation(question, m).splitlines()  # type: ignore[arg-type]
    assert len(lines) == 8
    assert any("2021" in line for line in lines)


def test_items_are_shown_each_with_its_citation_and_the_rest_is_counted() -> None:
    cited = Citation("甲", "2021年总结", 2021, ("一、党建",), 4)
    items = tuple(Item(i, f"第{i}件事", cited) for i in range(1, 31))
    many = answer(asked(kind=QuestionKind.LIST), found(2021, "很多。"), content=ItemList(items))
    shown = render_answer(many, ZH, styled=False)
    assert "共30项：" in shown
    assert shown.count("第4段") == 20
    assert "还有10项没有列出。" in shown
    assert "还有18项没有列出。" in listed(items)


SIDES = (
    Side(2019, reported=False),
    Side(2020, reported=True, found=(found(2020, "课后服务两小时。新设社团。"),), only=((8, 13),)),
    Side(2021, reported=True),
)


def test_years_side_by_side_mark_what_one_has_alone_and_name_the_gaps() -> None:
    kind = QuestionKind.COMPARISON
    compared = answer(asked(kind=kind), found(2020, "课。"), content=SideBySide(SIDES))
    on_phone = sides_text(compared, SideBySide(SIDES), {}, ZH, sure=True).text
    for shown in ("\n".join(render_sides(SIDES, kind, ZH, 60)), on_phone):
        assert f"{ONLY}新设社团。" in shown
        assert f"{ONLY}课后" not in shown
        assert "没有这一年的报告" in shown
        assert "这一年的报告里没有找到" in shown


def test_two_years_stand_in_columns_where_there_is_room() -> None:
    sides, kind = SIDES[1:], QuestionKind.COMPARISON
    assert any("│" in line for line in render_sides(sides, kind, ZH, 100))
    assert not any("│" in line for line in render_sides(sides, kind, ZH, 60))
    assert wrapped("一二三四", 4) == ["一二", "三四"]


def test_a_fact_takes_a_line_a_year() -> None:
    lines = render_sides(SIDES, QuestionKind.FACT, ZH, 100)
    assert lines[0] == "2019年：没有这一年的报告"
    assert lines[1].startswith("2020年：课后服务两小时。")


def test_runs_of_years_are_joined() -> None:
    assert years([2015, 2019, 2020, 2021], ZH) == "2015年、2019–2021年"


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("2020 2021 双减", "2020年、2021年双减有什么不同"),
        ("2020年,2021年，双减", "2020年、2021年双减有什么不同"),
        ("2020 双减", None),
        ("2020 2021", None),
        ("双减", None),
    ],
)
def test_compare_needs_two_years_and_a_question(words: str, question: str | None) -> None:
    found = comparison(words)
    assert (found.words if found is not None else None) == question
    assert found is None or (found.years, found.question) == ((2020, 2021), "双减")


def items(count: int) -> tuple[Item, ...]:
    place = Citation("r", "总结", 2021, ("一、党建",), 1)
    return tuple(Item(number, f"第{number}句。", place) for number in range(1, count + 1))


@pytest.mark.parametrize(("there", "left_out", "said"), [(24, 6, 10), (3, 6, 6), (21, 0, 1)])
def test_a_summary_says_how_many_key_sentences_are_not_shown(
    there: int, left_out: int, said: int
) -> None:
    question = asked("总结一下", kind=QuestionKind.SUMMARY)
    content = KeySentences(items(there), left_out)
    summed = answer(question, found(2021, "好。"), content=content)
    for m in (ZH, EN):
        assert m.understanding.more_items.format(count=said) in render_answer(
            summed, m, styled=False
        )
    on_phone = there - min(there, 12) + left_out
    assert (
        ZH.understanding.more_items.format(count=on_phone)
        in items_text(items(there), left_out, {}, ZH).text
    )


def test_a_list_shown_whole_says_nothing_of_more() -> None:
    question = asked("有哪些", kind=QuestionKind.LIST)
    whole = answer(question, found(2021, "好。"), content=ItemList(items(3)))
    assert render_answer(whole, ZH, styled=False).startswith("共3项：")
    assert "没有列出" not in render_answer(whole, ZH, styled=False)


def test_a_list_that_the_report_ends_with_and_so_on_says_so() -> None:
    question = asked("有哪些", kind=QuestionKind.LIST)
    content = ItemList(items(3), open_ended=True)
    open_ended = answer(question, found(2021, "好。"), content=content)
    assert "“等”" in render_answer(open_ended, ZH, styled=False)
    assert "“等”" in answer_text(open_ended, (), ZH).text


def test_years_that_are_too_many_to_be_shown_are_named() -> None:
    question = asked("历年", time=Time((2019, 2020, 2021), Origin.RELATIVE, each_year=True))
    sides = tuple(Side(year, reported=True, found=(found(year, "好。"),)) for year in (2020, 2021))
    shown = render_answer(
        answer(question, found(2020, "好。"), content=SideBySide(sides)), ZH, styled=False
    )
    assert "2019年没有列出" in shown


@pytest.mark.parametrize("m", [ZH, EN])
def test_an_unsure_answer_says_so_first_and_marks_no_words(m: Messages) -> None:
    first = found(2021, "上了9次党课。")
    unsure = Answer(asked(), Decision(Status.UNSURE, 0.3), (first,))
    sure = replace(unsure, decision=SURE)
    assert render_answer(unsure, m, styled=False).splitlines()[:2] == [m.unsure, "上了9次党课。"]
    assert "\x1b[1m" not in render_answer(unsure, m, styled=True)
    assert "\x1b[1m" in render_answer(sure, m, styled=True)
    on_phone = answer_text(unsure, (), m)
    assert on_phone.text.startswith(m.telegram.unsure_sign + m.unsure)
    assert {mark.kind for mark in on_phone.marks} == {"blockquote"}
    assert m.unsure not in answer_text(sure, (), m).text


@pytest.mark.parametrize("m", [ZH, EN])
@pytest.mark.parametrize("about", list(AboutBot))
def test_what_is_asked_of_the_program_is_answered_in_words_with_what_the_reports_add(
    m: Messages, about: AboutBot
) -> None:
    answer = Answer(asked("怎么用"), REFUSED, (), AboutProgram(about, ("2021年总结",)))
    for shown in (render_answer(answer, m, styled=False), answer_text(answer, (), m).text):
        assert shown.startswith(m.understanding.about[about])
        assert "2021年总结" in shown
        assert m.not_found not in shown


def test_a_school_that_no_report_is_from_is_named() -> None:
    refused = Answer(asked(unknown_organisation="白塔一中"), REFUSED, (), Refusal())
    assert notes(refused, ZH) == ["没有“白塔一中”的报告。"]
    assert "没有“白塔一中”的报告。" in answer_text(refused, (), ZH).text


@pytest.mark.parametrize("silent", [False, True])
def test_the_most_is_said_of_the_years_found_only_where_one_was_not(silent: bool) -> None:
    figures = tuple(Figure(2019 + i, Decimal(n), "节", f"{n}节") for i, n in enumerate((8, 9)))
    sides = [Side(f.year, reported=True, found=(found(f.year, f.words),)) for f in figures]
    sides += [Side(2021, reported=True)] if silent else [Side(2018, reported=False)]
    content = SideBySide(tuple(sides), figures, Extreme(most=True, figures=figures[1:]))
    said = answer(asked("哪一年最多"), found(2020, "上了9节。"), content=content)
    on_phone = answer_text(said, (), ZH).text
    for text in (on_phone, render_answer(said, ZH, styled=False)):
        first = text.splitlines()[0]
        assert first == ("找到的年份里，2020年最多：9节" if silent else "2020年最多：9节")
    assert ("没有找到：2021年" in on_phone) == silent
