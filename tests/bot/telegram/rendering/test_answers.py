"""Tests of how answers are read on a phone: the words, their sentence, where they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.messages import messages_in
from bot.telegram.rendering.answers import answer_text, passage_text
from bot.telegram.rendering.passages import original_text
from bot.telegram.rendering.rich_text import Rich
from corpus.report import Passage
from index.answering.answer import (
    Answer,
    Citation,
    Found,
    Item,
    ItemList,
    KeySentences,
    Quotation,
    Refusal,
    Status,
)
from index.answering.decision import REFUSED, Decision
from index.store.store import IndexedParagraph, Scope
from index.understanding.question import Question
from tests.bot.telegram.entries import entry

M = messages_in("zh")
FIRST = "书记先学促学，带头在全校、全体党员大会、小组讨论会上累计上思政课（专题党课）12节，"
SENTENCE = FIRST + "支部书记、支部委员、优秀党员干部各有分工，人人参与。"
TEXT = SENTENCE + "党员活动日按月开展，内容丰富，形式多样，受到全体党员和群众的欢迎。"
TITLES = {"2021": "2021年总结"}
PLACE = "2021年总结 · 一、党建 · 第2段"
SURE, UNSURE = Decision(Status.ANSWERED, 0.9), Decision(Status.UNSURE, 0.4)


def found(*spans: tuple[int, int]) -> Found:
    passage = Passage(
        id="p",
        report="2021",
        title="总结",
        year=2021,
        path=("一、党建",),
        paragraph=2,
        part=1,
        text=TEXT,
        start=0,
        end=len(TEXT),
    )
    return Found(passage, 1.0, (0, len(SENTENCE)), spans)


def shown(*spans: tuple[int, int]) -> Rich:
    return passage_text(found(*spans), Status.ANSWERED, TITLES, M)


def body(number: int, text: str) -> IndexedParagraph:
    return IndexedParagraph(number, ("一、党建",), text, None)


def bold(rich: Rich) -> list[str]:
    return [rich.text[mark.start : mark.end] for mark in rich.marks if mark.kind == "bold"]


def test_the_words_that_answer_are_the_first_line_alone_and_bold() -> None:
    at = TEXT.index("12节")
    rich = shown((at, at + 3))
    assert rich.text.splitlines() == ["12节", SENTENCE, PLACE]
    assert bold(rich) == ["12节", "12节"]


def test_words_in_several_places_stand_in_one_line() -> None:
    places = [(at, at + 2) for at in (TEXT.index("书记"), TEXT.index("12"))]
    assert shown(*places).text.splitlines()[0] == "书记……12"


@pytest.mark.parametrize("end", [len(SENTENCE), len(SENTENCE) - 2, len(TEXT)])
def test_words_that_are_most_of_the_sentence_are_said_once_and_not_bold(end: int) -> None:
    rich = shown((0, end))
    assert rich.text.splitlines() == [SENTENCE, PLACE]
    assert bold(rich) == []


def test_a_short_sentence_that_answers_as_a_whole_is_bold() -> None:
    short = replace(found((0, 9)), quote=(0, 9))
    rich = passage_text(short, Status.ANSWERED, TITLES, M)
    assert rich.text.splitlines() == [TEXT[:9], PLACE]
    assert bold(rich) == [TEXT[:9]]


def test_an_unsure_passage_is_a_quotation_that_says_so_first_and_marks_nothing() -> None:
    rich = passage_text(found((0, 5)), Status.UNSURE, TITLES, M)
    first, sentence, place = rich.text.splitlines()
    assert first.endswith(M.unsure)
    assert (sentence, place) == (SENTENCE, PLACE)
    assert [mark.kind for mark in rich.marks] == ["blockquote"]


def test_around_a_passage_its_number_and_its_words_are_bold_and_the_rest_folds_away() -> None:
    at = TEXT.index("12节")
    bodies = [body(1, "第一段的话。"), body(2, "前面一句。" + TEXT), body(3, "第三段的话。" * 200)]
    rich = original_text(found((at, at + 3)), 0, 5, bodies, M)
    assert bold(rich) == ["第2段", "12节"]
    folded = [m for m in rich.marks if m.kind == "expandable_blockquote"]
    assert [rich.text[m.start : m.end][:3] for m in folded] == ["第1段", "第3段"]
    assert rich.units < 4096


def test_of_a_passage_of_several_paragraphs_the_words_are_bold_where_they_stand() -> None:
    at = TEXT.index("党员活动日")
    rest = TEXT[len(SENTENCE) :]
    bodies = [body(1, "按月"), body(2, SENTENCE), body(3, rest), body(4, "按月开展。")]
    rich = original_text(found((at, at + 5)), 0, 5, bodies, M)
    assert bold(rich) == ["第2段", "第3段", "党员活动日"]


def test_of_a_paragraph_that_fills_the_message_only_the_passage_is_shown() -> None:
    at = TEXT.index("12节")
    rich = original_text(found((at, at + 3)), 1, 5, [body(2, TEXT + "很长的话。" * 2000)], M)
    assert rich.text.startswith("相关段落 2/5")
    assert "12节" in bold(rich)
    assert rich.units < 1000


def items(*places: tuple[str, tuple[str, ...], int]) -> tuple[Item, ...]:
    return tuple(
        Item(number, f"第{number}件事", Citation(report, "总结", 2021, path, paragraph))
        for number, (report, path, paragraph) in enumerate(places, start=1)
    )


def answered(content: ItemList | KeySentences, decision: Decision = SURE) -> Rich:
    answer = Answer(Question("问", "问", Scope()), decision, (found(),), content)
    return answer_text(
        answer, (replace(entry("2021", years=(2021,)), title="二中2021年度工作总结"),), M
    )


def test_under_a_list_stands_once_where_all_of_it_stands() -> None:
    one, two = ("一、党建", "（一）学习"), ("一、党建", "（二）活动")
    listed = items(("2021", one, 3), ("2021", one, 4), ("2021", two, 8))
    lines = answered(ItemList(listed)).text.splitlines()
    assert lines[0] == "共3项："
    assert lines[-1] == "2021年总结 · 一、党建 · 第3–8段"
    assert sum("总结" in line for line in lines) == 1


def test_an_unsure_list_does_not_say_how_many_there_are() -> None:
    shown = answered(ItemList(items(("2021", (), 3))), UNSURE)
    assert "共" not in shown.text
    assert shown.text.splitlines()[0].endswith(M.unsure)


def other(year: int, text: str, words: str) -> Found:
    at = text.index(words)
    passage = replace(found().passage, year=year, text=text, report=str(year))
    return Found(passage, 1.0, (0, len(text)), ((at, at + len(words)),))


def test_years_that_say_otherwise_take_a_line_each_the_newest_first() -> None:
    others = (other(2019, "上党课8节。", "8节"), other(2020, "上党课9节。", "9节"))
    at = TEXT.index("12节")
    for decision in (SURE, UNSURE):
        question = Question("问", "问", Scope())
        answer = Answer(question, decision, (found((at, at + 3)),), Quotation(others))
        lines = answer_text(answer, (), M).text.splitlines()
        said = lines[-3:] == ["其他年份说法不同：", "2020年：9节", "2019年：8节"]
        assert said == (decision is SURE)


def test_a_refusal_says_how_many_reports_were_searched_and_of_which_years() -> None:
    entries = [entry(f"{y}总结", years=(y,)) for y in range(2009, 2022)]
    answer = Answer(Question("问", "问", Scope()), REFUSED, (), Refusal())
    assert answer_text(answer, entries, M).text.splitlines() == [
        M.not_found,
        "查过13份报告（2009–2021年）。",
    ]
