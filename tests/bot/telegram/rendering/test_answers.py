"""Tests of how passages are marked: the words that answer, never everything."""

from __future__ import annotations

from bot.messages import messages_in
from bot.telegram.rendering.answers import around_text, found_text
from bot.telegram.rendering.rich_text import Rich
from corpus.report import Passage
from index.answering.answer import Found
from index.store.store import IndexedParagraph

M = messages_in("zh")
FIRST = "书记先学促学，带头在全校、全体党员大会、小组讨论会上累计上思政课（专题党课）12节，"
SENTENCE = FIRST + "支部书记、支部委员、优秀党员干部各有分工，人人参与。"
TEXT = SENTENCE + "党员活动日按月开展，内容丰富，形式多样，受到全体党员和群众的欢迎。"


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


def body(number: int, text: str) -> IndexedParagraph:
    return IndexedParagraph(number, ("一、党建",), text, None)


def bold(rich: Rich) -> list[str]:
    return [rich.text[mark.start : mark.end] for mark in rich.marks if mark.kind == "bold"]


def test_the_words_that_answer_are_bold_in_the_sentence_and_in_the_passage() -> None:
    at = TEXT.index("12节")
    assert bold(found_text(found((at, at + 3)), M)) == ["12节", "12节"]


def test_words_that_are_all_of_the_sentence_stand_out_in_the_passage_only() -> None:
    assert bold(found_text(found((0, len(SENTENCE))), M)) == [SENTENCE]


def test_words_that_are_all_of_the_passage_are_not_bold() -> None:
    assert bold(found_text(found((0, len(TEXT))), M)) == []
    assert bold(found_text(found((0, len(FIRST)), (len(FIRST), len(TEXT))), M)) == []


def test_around_a_passage_its_number_and_its_words_are_bold() -> None:
    at = TEXT.index("12节")
    bodies = [body(1, "第一段的话。"), body(2, "前面一句。" + TEXT), body(3, "第三段的话。")]
    assert bold(around_text(found((at, at + 3)), bodies, M)) == ["第2段", "12节"]
    assert bold(around_text(found((0, len(TEXT))), bodies, M)) == ["第2段"]


def test_of_a_passage_of_several_paragraphs_the_words_are_bold_where_they_stand() -> None:
    at = TEXT.index("党员活动日")
    rest = TEXT[len(SENTENCE) :]
    bodies = [body(1, "按月"), body(2, SENTENCE), body(3, rest), body(4, "按月开展。")]
    assert bold(around_text(found((at, at + 5)), bodies, M)) == ["第2段", "党员活动日"]
