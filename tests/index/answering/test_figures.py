"""Figures of several years: of one kind, compared in one unit, the most and the least of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.report import Passage
from index.answering.answer import Answer, Quotation, Refusal, Side, SideBySide, Status
from index.answering.comparison import differing, side_by_side
from index.answering.confidence import Evidence
from index.answering.decision import REFUSED, Decision, Grounds
from index.answering.figures import extreme_of, figures_of
from index.readers.found import Found
from index.store.store import Scope
from index.understanding.extremes import extreme_asked, how_much
from index.understanding.quantities.expected import ExpectedType
from index.understanding.question import Question, QuestionKind


def found(text: str, words: str | None = None, year: int = 2021) -> Found:
    words = words or text
    at = text.index(words)
    passage = Passage("p", str(year), "总结", year, ("一",), 1, 1, text, 0, len(text))
    return Found(passage, 1.0, (0, len(text)), ((at, at + len(words)),))


def side(year: int, text: str | None, words: str | None = None) -> Side:
    passages = (found(text, words, year),) if text is not None else ()
    return Side(year, reported=True, found=passages)


def asked(text: str = "近三年上了几节", **more: object) -> Question:
    given = {"wanted": ExpectedType.NUMBER, "clean": text, **more}
    return Question(text, text, Scope(), **given)  # type: ignore[arg-type]


def values(*sides: Side, **more: object) -> dict[int, str]:
    return {figure.year: figure.words for figure in figures_of(asked(**more), sides)}


def test_each_year_has_the_figure_of_the_words_that_answer() -> None:
    sides = (side(2019, "听课30节，公开课8节。", "8节"), side(2020, "听课31节，公开课9节。", "9节"))
    assert values(*sides) == {2019: "8节", 2020: "9节"}


def test_a_year_whose_words_have_no_such_figure_has_none() -> None:
    sides = (side(2019, "上课8节。"), side(2020, "有教师三十名。"), side(2021, "有所增加。"))
    assert values(*sides, side(2022, "上课十节。"), side(2023, None)) == {2019: "8节", 2022: "十节"}


def test_figures_in_several_units_of_a_kind_are_compared_in_one() -> None:
    sides = (side(2020, "投入1.5万元。"), side(2021, "投入20000元。"))
    figures = figures_of(asked("哪一年投入最多"), sides)
    assert [int(figure.value) for figure in figures] == [15000, 20000]
    assert len({figure.unit for figure in figures}) == 1


@pytest.mark.parametrize(
    "more", [{"wanted": None}, {"kind": QuestionKind.COMPARISON}, {"wanted": ExpectedType.DATE}]
)
def test_what_asks_for_no_figure_has_none(more: dict[str, object]) -> None:
    assert values(side(2020, "上课9节。"), side(2021, "上课12节。"), **more) == {}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("哪一年公开课最多", 2021),
        ("公开课哪年最少？", 2019),
        ("which year had the most lessons", 2021),
        ("公开课最多的是哪一年", 2021),
    ],
)
def test_the_year_of_the_most_or_the_least_is_named(text: str, year: int) -> None:
    sides = (side(2019, "上课8节。"), side(2020, "上课9节。"), side(2021, "上课12节。"))
    extreme = extreme_of(asked(text), figures_of(asked(text), sides))
    assert extreme is not None
    assert [figure.year for figure in extreme.figures] == [year]


def test_years_that_say_the_same_are_all_the_most_and_one_year_is_not() -> None:
    sides = (side(2019, "上课9节。"), side(2020, "上课9节。"), side(2021, "上课3节。"))
    question = asked("哪一年公开课最多")
    figures = figures_of(question, sides)
    extreme = extreme_of(question, figures)
    assert extreme is not None
    assert [figure.year for figure in extreme.figures] == [2019, 2020]
    assert extreme_of(question, figures[:1]) is None


@pytest.mark.parametrize("text", ["近三年最多上几节", "公开课最多的是谁", "哪一年开展了公开课"])
def test_other_questions_ask_for_no_extreme(text: str) -> None:
    assert extreme_asked(text) is None


def test_a_year_is_asked_for_its_figure_and_not_for_the_most() -> None:
    assert how_much("书记上的思政课最多", "节") == "书记上的思政课有几节"
    assert how_much("投入最少") == "投入有多少"


@pytest.mark.parametrize(
    ("mine", "words", "other", "said"),
    [
        ("全年共上思政课12节，人人参与。", "12节", "全年共上思政课9节，人人参与。", "9节"),
        ("由教务处负责这项工作。", "教务处", "由德育处和团委负责这项工作。", "德育处和团委"),
        ("全年共上思政课12节，人人参与。", "12节", "另外一件事。", "另外一件事。"),
        ("全年共上思政课12节，人人参与。", "12节", "全年上思政课12节，都参与了。", None),
    ],
)
def test_what_another_year_says_otherwise_is_told_by_its_place(
    mine: str, words: str, other: str, said: str | None
) -> None:
    (differs,) = differing(found(mine, words), [found(other, year=2020)])
    assert differs.passage.text[slice(*differs.said)] == (said or other)


def year(number: int, text: str, *, sure: bool, heading: str = "一、党建") -> Answer:
    """What one year answers, or what was nearest where it does not."""
    passage = replace(found(text, year=number).passage, path=(heading,))
    place = (0, len(text))
    return Answer(
        asked(),
        Decision(Status.ANSWERED, 0.9) if sure else REFUSED,
        (Found(passage, 1.0, place, ((text.index("课") + 1, text.index("节") + 1),)),),
        Quotation() if sure else Refusal(),
        grounds=Grounds(Evidence(*[0.0] * 9)),
    )


@pytest.mark.parametrize(
    ("text", "heading", "answers"),
    [
        ("书记带头在全校大会上累计上思政课15节。", "二、党建", "15节"),
        ("书记带头在全校大会上累计上思政课15节。", "二、教学", None),
        ("书记检查思政课，听了15节。", "二、党建", None),
    ],
)
def test_a_year_that_says_nearly_the_same_under_the_same_heading_answers_too(
    text: str, heading: str, answers: str | None
) -> None:
    said = {
        2020: year(2020, "书记带头在全校大会上累计上思政课9节。", sure=True),
        2021: year(2021, text, sure=False, heading=heading),
    }
    content = side_by_side(asked(), said, frozenset(said), {}).content
    assert isinstance(content, SideBySide)
    assert [figure.words for figure in content.figures] == list(filter(None, ["9节", answers]))
