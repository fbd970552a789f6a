from dataclasses import replace

import pytest

from corpus.report import Passage
from index.answering.answer import Status
from index.answering.confidence import Calibration, Evidence, Thresholds
from index.answering.decision import POINTED, Grounds, Pointed, decide
from index.errors import LanguageModelFault
from index.language_model.counts import Event, ModelCounts
from index.language_model.pointing import Doubt, ModelPointer, believed, messages, numbered
from index.store.store import Scope
from index.understanding.question import Question, Time
from tests.support.language_model.models import SayingModel, lines_of, pointing_at

QUESTION = Question(
    typed="有多少老师",
    searched="有多少老师",
    scope=Scope(),
    corrected="有多少老师",
    time=Time((2021,)),
)


def passage(text: str, year: int | None = 2021, number: int = 1) -> Passage:
    return Passage(
        id=f"{year}-{number}", report=f"r{year}", title=f"{year}年总结", year=year,
        path=("一、概况",), paragraph=number, part=1, text=text, start=0, end=len(text),
    )  # fmt: skip


PASSAGES = [passage("教师31人。学生400人。"), passage("教师29人。", 2020, 2)]
GIVEN = numbered(PASSAGES)


def test_the_model_is_given_the_sentences_by_number_under_their_headings_and_the_question():
    asked = messages(QUESTION, GIVEN)
    lines = lines_of(asked)
    assert [(line.number, line.text) for line in lines] == [
        (1, "教师31人。"), (2, "学生400人。"), (3, "教师29人。"),
    ]  # fmt: skip
    assert "《2021年总结》（2021年） 一、概况" in lines[0].heading
    assert asked[-1].text.endswith("问题：有多少老师")


@pytest.mark.parametrize("form", ['{"numbers": [1]}', '```json\n{"numbers":[1]}\n```',
                                  '<think>也许是 2</think>\n{"numbers": [1, 1]}'])  # fmt: skip
def test_numbers_are_believed_in_their_form(form):
    said = believed(form, QUESTION, GIVEN, 0.0)
    assert not isinstance(said, Doubt)
    assert [each.passage.text[each.start : each.end] for each in said] == ["教师31人。"]


@pytest.mark.parametrize(
    ("reply", "margin", "doubt"),
    [
        ('{"numbers": [4]}', 0.0, Doubt.RANGE),
        ('{"numbers": [0]}', 0.0, Doubt.RANGE),
        ('{"numbers": [-1]}', 0.0, Doubt.RANGE),
        ('{"numbers": [1, 2, 3]}', 0.0, Doubt.ALL),
        ('{"numbers": [1, 3]}', 0.0, Doubt.YEARS),
        ('{"numbers": []}', 8.0, Doubt.SURE),
        ('{"numbers": [1', 0.0, Doubt.FORM),
        ('{"numbers": "1"}', 0.0, Doubt.FORM),
        ('{"numbers": [true]}', 0.0, Doubt.FORM),
        ('{"numbers": [1.5]}', 0.0, Doubt.FORM),
        ("[1]", 0.0, Doubt.FORM),
        ("第一句回答了问题。", 0.0, Doubt.FORM),
        ("The first sentence answers.", 0.0, Doubt.FORM),
        ("{" * 5000, 0.0, Doubt.FORM),
        ("", 0.0, Doubt.FORM),
    ],
)
def test_what_cannot_be_is_not_believed(reply, margin, doubt):
    assert believed(reply, QUESTION, GIVEN, margin) is doubt


def test_none_is_believed_where_the_reader_is_not_sure():
    assert believed('{"numbers": []}', QUESTION, GIVEN, 1.0) == ()


def test_where_no_year_is_asked_for_two_may_be_pointed_at():
    said = believed('{"numbers": [1, 3]}', replace(QUESTION, time=Time()), GIVEN, 0.0)
    assert len(said) == 2


def test_every_outcome_is_counted_and_a_model_that_says_nothing_has_no_word():
    counts = ModelCounts()
    model = SayingModel(
        [pointing_at(1), pointing_at(), "?", pointing_at(9), LanguageModelFault.TIMED_OUT]
    )
    pointer = ModelPointer(model, counts)
    said = [pointer.point(QUESTION, PASSAGES, 0.0) for _ in range(5)]
    assert [each is None for each in said] == [False, False, True, True, True]
    assert counts.so_far() == {
        Event.POINTED: 1, Event.NONE: 1, Event.DOUBTED: 2, Doubt.FORM: 1, Doubt.RANGE: 1,
        Event.NO_REPLY: 1, LanguageModelFault.TIMED_OUT: 1,
    }  # fmt: skip


def test_nothing_is_asked_where_there_are_no_sentences():
    model = SayingModel([pointing_at(1)])
    assert ModelPointer(model, ModelCounts()).point(QUESTION, [], 0.0) is None
    assert not model.asked


def test_the_word_of_a_model_moves_the_confidence_both_ways_and_never_alone_decides():
    evidence = Evidence(0.8, 0.5, 0.1, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0)
    calibration = Calibration(
        (1.0,) + (0.0,) * 8, -0.8, {"balanced": Thresholds(0.8, 0.35)}, questions=1
    )

    def told(pointed: Pointed | None, *, fits: bool = True):
        return decide(Grounds(evidence, fits=fits, pointed=pointed), calibration, "balanced")

    assert told(None).status is Status.UNSURE
    assert told(Pointed.HERE).status is Status.ANSWERED
    assert told(Pointed.NOWHERE).status is Status.NOT_FOUND
    assert told(Pointed.HERE, fits=False).status is Status.NOT_FOUND
    assert set(POINTED) == set(Pointed)
