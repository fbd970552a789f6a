"""The sentence with the sum that is asked about is quoted, however either of them writes it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.report import Passage
from index.answering.engine import Restrictions
from index.readers import Reading, SentenceScore
from index.readers.amounts import read_for_quantities
from index.understanding.quantities.parse_quantities import QuantityMention, quantities
from tests.index.conftest import Bench

SUMS = {
    "digits": ("28000元", "15000元", "31000元"),
    "thousands": ("28,000元", "15,000元", "31,000元"),
    "myriads": ("2.8万元", "1.5万元", "3.1万元"),
    "spoken": ("两万八千元", "一万五千元", "三万一千元"),
}
SPENT = (
    "绿化校园花费{}，由街道支付。",
    "维修围墙花费{}，由财政支付。",
    "图书更新花费{}，由校友捐赠。",
)


@pytest.mark.parametrize("written", SUMS)
@pytest.mark.parametrize("apart", [False, True], ids=["one passage", "three sections"])
def test_of_three_sums_the_one_that_is_asked_about_is_quoted(
    bench: Bench, written: str, *, apart: bool
) -> None:
    sentences = [words.format(sum_) for words, sum_ in zip(SPENT, SUMS[written], strict=True)]
    headings = ("一、绿化\n", "二、围墙\n", "三、图书\n") if apart else ("一、经费\n", "", "")
    body = "".join(f"{heading}{each}\n" for heading, each in zip(headings, sentences, strict=True))
    bench.write("钱", f"青禾中学2022年度工作总结\n{body}")
    bench.build()
    engine = bench.engine
    quoted = {
        asked: engine.ask(f"2022年哪里花费{asked}", Restrictions(refusal=0.0)).text
        for asked in ("1.5万元", "15,000元", "15000块", "一万五千块", "一万五")
    }
    assert quoted == dict.fromkeys(quoted, sentences[1])


def amounts(question: str) -> list[QuantityMention]:
    return [said for said in quantities(question) if said.tells]


class First:
    """A reader that always marks the first two characters, and notes what it was given."""

    fingerprint = "first"

    def __init__(self) -> None:
        self.given: list[tuple[str, str]] = []

    def read(
        self, question: str, passages: Sequence[Passage], beside: Sequence[str] = ()
    ) -> list[Reading]:
        self.given += [(question, passage.text) for passage in passages]
        return [
            Reading(0, 2, 1.0, 0.0, (SentenceScore(0, len(passage.text), 2.0),))
            for passage in passages
        ]


def passage(text: str) -> Passage:
    return Passage("钱:1:1", "钱", "青禾中学", 2022, (), 1, 1, text, 0, len(text))


def test_a_reader_that_marks_another_sentence_reads_the_right_one_by_itself() -> None:
    reader = First()
    wall, other = passage("绿化花费28000元。围墙花费15000元。"), passage("党课上了五次。")
    asked = "哪里花费1.5万元"
    readings = read_for_quantities(reader, asked, amounts(asked), [wall, other])
    assert wall.text[readings[0].start : readings[0].end] == "围墙"
    (scored,) = readings[0].sentences
    assert wall.text[scored.start : scored.end] == "围墙花费15000元。"
    assert readings[1].start == 0
    assert reader.given == [
        ("哪里花费15000元", wall.text),
        (asked, other.text),
        ("哪里花费15000元", "围墙花费15000元。"),
    ]


def test_only_the_quantity_itself_is_reworded() -> None:
    reader, asked = First(), "奖了5名的班和15名的班"
    read_for_quantities(reader, asked, amounts(asked), [passage("一班五名,二班十五名。")])
    assert reader.given[0][0] == "奖了五名的班和十五名的班"


def test_a_sentence_beside_the_one_with_the_sum_may_answer() -> None:
    reader = First()
    text = passage("财政支付了一笔钱。围墙花费15000元。")
    (reading,) = read_for_quantities(reader, "1.5万元", amounts("1.5万元"), [text])
    assert reading.start == 0
    assert len(reader.given) == 1


def test_passages_without_the_quantity_are_read_once_in_the_words_of_the_question() -> None:
    reader = First()
    texts = [passage("绿化花费28000元。"), passage("党课上了五次。")]
    read_for_quantities(reader, "哪里花费1.5万元", amounts("哪里花费1.5万元"), texts)
    assert [question for question, _ in reader.given] == ["哪里花费1.5万元"] * 2
