from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus.report import Passage, SectionType
from corpus.text.sentences import sentences
from index.answering.answer import Found, Status
from index.answering.confidence import Calibration, Thresholds
from index.answering.engine import Engine, Restrictions
from index.evaluation.withholding import WithholdingStore
from index.readers import Reading, SentenceScore
from index.readers.rerank import READ, ReadPassage, contradicts, read
from index.readers.sentence_bounds import quote
from index.search.fusion import Ranked
from index.store.store import Candidate, Scope
from index.understanding.quantities.expected import wanted
from index.understanding.question import Question
from tests.index.conftest import Bench
from tests.support.fakes import BigramReader

LEAST = {
    "strict": Thresholds(0.9, 0.9),
    "balanced": Thresholds(0.5, 0.5),
    "eager": Thresholds(0.1, 0.1),
}
SURE = Calibration((0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0), 0.0, LEAST)


@pytest.fixture
def reader() -> BigramReader:
    return BigramReader()


@pytest.fixture
def engine(bench: Bench, reader: BigramReader) -> Engine:
    bench.build()
    return Engine(bench.open().engine.store, bench.encoder, reader, SURE)


def test_the_words_of_the_reader_are_marked_and_their_sentence_quoted(engine: Engine) -> None:
    first = engine.ask("减轻学生负担的效果还不够明显").passages[0]
    ((start, end),) = first.spans
    assert "减轻学生负担" in first.passage.text[start:end]
    assert first.quote in sentences(first.passage.text)


def test_the_passage_that_the_reader_finds_an_answer_in_comes_first(
    bench: Bench, reader: BigramReader
) -> None:
    question = "学校里的大小事情"
    bench.build()
    store = bench.open().engine.store
    plain = Engine(store, bench.encoder, None).ask(question, Restrictions(refusal=0.0))

    class Other(BigramReader):
        def _read(self, wanted: set[str], text: str):
            reading = super()._read(wanted, text)
            sign = 1 if "教师培训" in text else -1
            return type(reading)(reading.start, reading.end, sign * 100.0, 0.0)

    read = Engine(store, bench.encoder, Other()).ask(question, Restrictions(refusal=0.0))
    other = next(f.passage.id for f in reversed(plain.passages) if "教师培训" in f.passage.text)
    assert plain.passages[0].passage.id != other == read.passages[0].passage.id
    assert {f.passage.id for f in plain.passages} == {f.passage.id for f in read.passages}


def test_an_answer_the_reader_is_sure_of_is_given_and_another_refused(engine: Engine) -> None:
    assert engine.ask("减轻学生负担的效果还不够明显").status is Status.ANSWERED
    assert engine.ask("食堂的饭菜价格涨了多少").status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "fitting"),
    [
        ("完成整改多少条", [True, True]),
        ("整改的情况是怎样说的", [True, True]),
        ("花了多少钱", [False, True]),
    ],
)
def test_a_sentence_without_the_type_of_thing_that_is_asked_for_does_not_answer(
    question: str, fitting: list[bool]
) -> None:
    ranked = _ranked("学校完成整改21条。", "学校整改花了34万元。")

    class Sure(BigramReader):
        def read(
            self, question: str, passages: Sequence[Passage], beside: Sequence[str] = ()
        ) -> list[Reading]:
            return [Reading(0, len(p.text), 9.0, 0.0) for p in passages]

    asked = replace(Question(question, question, Scope()), wanted=wanted(question))
    found = read(Sure(), asked, ranked)
    assert sorted(each.fits for each in found) == fitting
    assert found[0].ranked is ranked[0 if fitting[0] else 1]


def test_of_the_sentences_of_a_passage_one_with_the_expected_type_is_taken() -> None:
    text = "学校整改很认真。学校整改花了34万元。"

    class First(BigramReader):
        def read(
            self, question: str, passages: Sequence[Passage], beside: Sequence[str] = ()
        ) -> list[Reading]:
            places = sentences(text)
            scored = tuple(SentenceScore(*p, 4.0 - i, p) for i, p in enumerate(places))
            return [Reading(0, 8, 9.0, 0.0, scored)]

    asked = Question("整改", "整改", Scope())
    (any_type,) = read(First(), asked, _ranked(text))
    (money,) = read(First(), replace(asked, wanted=wanted("花了多少钱")), _ranked(text))
    assert text[any_type.best.start : any_type.best.end] == "学校整改很认真。"
    assert text[money.best.start : money.best.end] == "学校整改花了34万元。"
    assert money.fits


@pytest.mark.parametrize(
    ("asks_for", "first"),
    [(frozenset(), 0), ({SectionType.PLANS}, 1), ({SectionType.PROBLEMS}, 0)],
)
def test_a_section_of_another_type_than_is_asked_for_costs(
    asks_for: set[SectionType], first: int
) -> None:
    ranked = _ranked("学校整改宿舍。", "学校要整改宿舍。")
    plan = replace(ranked[1].candidate.passage, section_type=SectionType.PLANS)
    problem = replace(ranked[0].candidate.passage, section_type=SectionType.PROBLEMS)
    ranked = [
        replace(each, candidate=replace(each.candidate, passage=passage))
        for each, passage in zip(ranked, (problem, plan), strict=True)
    ]
    asked = Question("整改", "整改", Scope(), asks_for=frozenset(asks_for))
    assert read(BigramReader(), asked, ranked)[0].ranked is ranked[first]


def test_what_has_nothing_of_the_type_asked_for_is_no_answer_however_sure(
    bench: Bench, reader: BigramReader
) -> None:
    bench.build()
    always = Calibration((0.0,) * 9, 9.0, LEAST)
    engine = Engine(bench.open().engine.store, bench.encoder, reader, always)
    assert engine.ask("减轻学生负担的效果").status is Status.ANSWERED
    refused = engine.ask("减轻学生负担的联系电话是多少")
    assert refused.status is Status.NOT_FOUND
    assert refused.confidence == 0.0


def test_only_the_best_passages_are_read(engine: Engine, reader: BigramReader) -> None:
    engine.ask("书记")
    assert 0 < len(reader.seen) <= READ


def test_the_reader_is_not_asked_about_passages_of_another_year(
    engine: Engine, reader: BigramReader
) -> None:
    answer = engine.ask("2015年书记上了几节思政课")
    assert answer.status is Status.NOT_FOUND
    assert answer.passages
    assert reader.seen == []
    assert answer.grounds is None


def test_what_an_evaluation_withholds_is_as_if_it_were_not_indexed(
    bench: Bench, reader: BigramReader
) -> None:
    bench.build()
    store = WithholdingStore(bench.open().engine.store)
    engine = Engine(store, bench.encoder, reader, SURE)
    question = "减轻学生负担的效果还不够明显"
    best = engine.ask(question).passages[0].passage
    store.hidden = best.__eq__
    assert best.id not in {found.passage.id for found in engine.ask(question).passages}
    assert store.passage(best.id) is None
    assert best not in store.passages_of(best.report, best.paragraph)
    store.hidden = None
    assert engine.ask(question).passages[0].passage == best


@pytest.mark.parametrize(
    ("text", "words", "items", "expected"),
    [
        ("开局好。书记讲课12节。收尾好。", "12节", False, "书记讲课12节。"),
        ("学校办了夜校。这所夜校有教师8人。", "8人", False, "学校办了夜校。这所夜校有教师8人。"),
        ("开局好。这次活动有8人。", "8人", False, "这次活动有8人。"),
        ("一是经费不足。二是人手不够。三是场地太小。完。", "人手不够", False, "二是人手不够。"),
        (
            "一是经费不足。二是人手不够。三是场地太小。完。",
            "人手不够",
            True,
            "一是经费不足。二是人手不够。三是场地太小。",
        ),
        ("甲来了。乙走了。丙没动。", "来了。乙走", False, "甲来了。乙走了。"),
    ],
)
def test_what_is_quoted_for_words(text: str, words: str, items: bool, expected: str) -> None:
    at = text.index(words)
    start, end = quote(text, at, at + len(words), items=items)
    assert text[start:end] == expected


def test_an_empty_passage_is_quoted_whole() -> None:
    assert quote("", 0, 0) == (0, 0)


def _ranked(*texts: str) -> list[Ranked]:
    """Passages as a search would rank them, each a little behind the one before."""
    passages = [
        Passage(f"r:{i}:1", "r", "r", None, (), i, 1, t, 0, len(t)) for i, t in enumerate(texts)
    ]
    return [
        Ranked(Candidate(passage, 0.9, 10.0, 0.5), 1.0 - i / 100)
        for i, passage in enumerate(passages)
    ]


def _read_at(passage: Passage, start: int, end: int, value: float) -> list[ReadPassage]:
    ranked = Ranked(Candidate(passage, 0.9, 10.0, 0.5), 1.0)
    best = SentenceScore(start, end, value, (start, end), value)
    reading = Reading(start, end, value, 0.0, (best,))
    return [ReadPassage(ranked, reading, best, value, fits=True, in_section=True, score=1.0)]


@pytest.mark.parametrize(
    ("margin", "quoted", "expected"),
    [(9.0, (0, 10), False), (9.0, (20, 30), True), (0.5, (20, 30), False)],
)
def test_an_enumeration_yields_only_to_a_reader_sure_of_words_outside_it(
    margin: float, quoted: tuple[int, int], expected: bool
) -> None:
    passage = Passage("r:1:1", "r", "r", None, (), 1, 1, "字" * 40, 0, 40)
    led = [Found(passage, 1.0, quoted, (quoted,))]
    assert contradicts(_read_at(passage, 5, 8, margin), led) is expected
    other = [Found(replace(passage, id="r:2:1"), 1.0, (0, 10), ((0, 10),))]
    assert contradicts(_read_at(passage, 5, 8, margin), other) is (margin > 2)


def test_a_marked_span_has_no_punctuation_at_its_edges(engine: Engine) -> None:
    first = engine.ask("减轻学生负担的效果还不够明显").passages[0]
    ((start, end),) = first.spans
    assert first.passage.text[start:end].strip("，。；") == first.passage.text[start:end]
    assert first.passage.text[end] == "。"
