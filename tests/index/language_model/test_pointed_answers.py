"""What a pointer makes of the answers of an engine."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpus.report import Passage
from index.answering.answer import Answer, KeySentences, Status
from index.answering.decision import Pointed
from index.answering.engine import Engine, Restrictions
from index.answering.pointed import PointedSentence
from index.language_model.pointing import numbered
from index.understanding.question import Question
from tests.index.conftest import Bench

QUESTION = "2022年书记上了几节思政课"
SURE, UNSURE = Restrictions(refusal=0.0), Restrictions(refusal=1.0)


@dataclass
class PointingAt:
    """Points at the sentences that hold one of `words`; at none where it is empty."""

    words: tuple[str, ...] | None
    always: bool = False
    asked: list[Sequence[Passage]] = field(default_factory=list)

    def point(
        self, question: Question, passages: Sequence[Passage], margin: float
    ) -> tuple[PointedSentence, ...] | None:
        self.asked.append(passages)
        if self.words is None:
            return None
        return tuple(
            each
            for each in numbered(passages)
            if any(w in each.passage.text[each.start : each.end] for w in self.words)
        )


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    bench = Bench(tmp_path_factory.mktemp("pointed"))
    bench.write("2022年总结", _REPORT)
    bench.build()
    return bench.engine


_REPORT = (
    "昆山市第二中学2022年度工作总结\n一、党建工作\n"
    "书记带头上思政课15节，开展党史学习教育。党员教师讲了微党课。群众反映很好。\n"
    "二、存在的问题\n骨干教师外流。图书馆座位太少。\n"
)


def same(one: Answer, other: Answer) -> bool:
    return (one.text, one.decision, one.passages) == (other.text, other.decision, other.passages)


def test_it_is_asked_where_the_reader_is_not_sure_or_always(engine: Engine) -> None:
    for restrictions, always, asked in ((SURE, False, 0), (SURE, True, 1), (UNSURE, False, 1)):
        pointer = PointingAt(None, always)
        engine.ask(QUESTION, restrictions, pointer=pointer)
        assert len(pointer.asked) == asked


def test_without_a_word_that_is_believed_the_answer_is_the_same(engine: Engine) -> None:
    assert same(
        engine.ask(QUESTION, UNSURE, pointer=PointingAt(None)), engine.ask(QUESTION, UNSURE)
    )


def test_where_both_agree_it_is_surer_and_where_none_answers_less(engine: Engine) -> None:
    alone = engine.ask(QUESTION, UNSURE)
    both = engine.ask(QUESTION, UNSURE, pointer=PointingAt(("15节",)))
    none = engine.ask(QUESTION, UNSURE, pointer=PointingAt(()))
    assert none.confidence < alone.confidence < both.confidence
    assert alone.passages[0].words == both.passages[0].words
    assert both.grounds is not None
    assert both.grounds.pointed is Pointed.HERE


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("2022年书记上思政课吗", "党员教师讲了微党课。"),
        (QUESTION, "书记带头上思政课15节，开展党史学习教育。"),  # 几节 wants a number
    ],
)
def test_what_it_points_at_is_quoted_where_it_fits_what_is_asked(
    engine: Engine, question: str, quoted: str
) -> None:
    pointer = PointingAt(("微党课",))
    answer = engine.ask(question, Restrictions(refusal=0.99), pointer=pointer)
    assert answer.passages[0].words == quoted
    assert len(pointer.asked) == 1


def test_several_sentences_are_quoted_in_the_order_of_the_report(engine: Engine) -> None:
    question = "2022年书记上了几节思政课"
    pointer = PointingAt(("很好", "微党课"), always=True)
    answer = engine.ask(question, Restrictions(refusal=0.0), pointer=pointer)
    if isinstance(answer.content, KeySentences):
        assert [item.text for item in answer.items] == ["党员教师讲了微党课。", "群众反映很好。"]
        assert [item.cited.report for item in answer.items] == ["2022年总结"] * 2
    else:
        assert answer.grounds is not None
        assert answer.grounds.pointed is Pointed.ELSEWHERE


def test_where_no_report_may_answer_nothing_is_sent(engine: Engine, tmp_path: Path) -> None:
    pointer = PointingAt(("15节",), always=True)
    answer = engine.ask("2019年书记上了几节思政课", SURE, pointer=pointer)
    assert answer.status is Status.NOT_FOUND
    assert not pointer.asked
