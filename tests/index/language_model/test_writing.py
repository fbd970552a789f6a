import json
from dataclasses import replace

import pytest

from corpus.report import Passage
from index.answering.answer import Answer, Citation, Item, KeySentences, Refusal, Side, SideBySide
from index.answering.decision import Decision, Status
from index.errors import LanguageModelFault
from index.language_model.counts import Event, ModelCounts
from index.language_model.writing import Writer, checked, sources_of, still_answers
from index.readers.found import Found
from index.store.store import Scope
from index.understanding.question import Question, QuestionKind, Time
from tests.support.language_model.models import SayingModel

WORDS = ("成立防汛小组，排查隐患12处。", "开展防汛演练2次，300名学生参加。", "购买水泵1台。")
ALL = ("topics", "summaries", "reasons", "comparisons")


def passage(number: int, text: str, year: int = 2021) -> Passage:
    return Passage(
        id=f"{year}-{number}", report=f"r{year}", title="总结", year=year, path=("一、防汛",),
        paragraph=number, part=1, text=text, start=0, end=len(text),
    )  # fmt: skip


class OnlyPassages:
    """A store that knows the passages of the answer, and nothing else."""

    def passages_of(self, report: str, number: int) -> list[Passage]:
        return [passage(number, WORDS[number - 1])]


STORE = OnlyPassages()
ITEMS = tuple(
    Item(n, text, Citation("r2021", "总结", 2021, ("一、防汛",), n))
    for n, text in enumerate(WORDS, start=1)
)


def answer_to(
    kind: QuestionKind = QuestionKind.TOPIC, status: Status = Status.ANSWERED, **question: object
) -> Answer:
    asked = Question(
        typed="防汛做了什么", searched="防汛做了什么", scope=Scope(), corrected="防汛做了什么",
        kind=kind, **question,
    )  # fmt: skip
    content = Refusal() if status is Status.NOT_FOUND else KeySentences(ITEMS)
    found = tuple(
        Found(passage(n, t), 1.0, (0, len(t)), ((0, len(t)),)) for n, t in enumerate(WORDS, 1)
    )
    return Answer(asked, Decision(status, 0.9), found, content)


def saying(*sentences: tuple[str, list[int]]) -> str:
    return json.dumps({"sentences": [{"text": t, "numbers": n} for t, n in sentences]})


GOOD = saying(("成立防汛小组，排查隐患十二处。", [1]), ("此外，开展防汛演练2次。", [2]))


def test_what_passes_is_composed_with_the_sources_it_rests_on():
    counts, model = ModelCounts(), SayingModel([GOOD])
    found = Writer(model, counts, ALL).compose(answer_to(), STORE)
    assert [each.text for each in found.sentences] == [
        "成立防汛小组，排查隐患十二处。", "此外，开展防汛演练2次。",
    ]  # fmt: skip
    assert [source.found.words for source in found.used] == list(WORDS[:2])
    assert counts.so_far() == {Event.COMPOSED: 1}


def test_only_the_question_and_the_quoted_sentences_are_sent():
    model = SayingModel([GOOD])
    Writer(model, ModelCounts(), ALL).compose(answer_to(), STORE)
    (messages,) = model.asked
    sent = messages[-1].text
    lines = [f"[{n}] {text}" for n, text in enumerate(WORDS, 1)]
    heading = "《总结》（2021年） 一、防汛"
    assert sent.split("\n") == [heading, *lines, "", "问题：防汛做了什么"]


@pytest.mark.parametrize(
    "answer",
    [
        answer_to(status=Status.NOT_FOUND),
        answer_to(status=Status.UNSURE),
        answer_to(kind=QuestionKind.FACT),
        answer_to(kind=QuestionKind.COUNT),
        answer_to(kind=QuestionKind.SUMMARY),
    ],
)
def test_nothing_is_asked_about_other_answers(answer):
    model = SayingModel([GOOD])
    assert Writer(model, ModelCounts(), ("topics", "reasons")).compose(answer, STORE) is None
    assert not model.asked


def test_a_sentence_that_fails_is_dropped_and_what_leans_on_it_with_it():
    sources = sources_of(answer_to(), STORE)
    reply = saying(
        ("成立防汛小组，排查隐患12处。", [1]),
        ("开展防汛演练20次。", [2]),
        ("而且购买水泵1台。", [3]),
    )
    found = checked(reply, sources)
    assert [each.text for each in found.sentences] == ["成立防汛小组，排查隐患12处。"]
    assert len(found.dropped) == 2
    assert not still_answers(found, answer_to().question)


@pytest.mark.parametrize(
    "reply",
    [
        "", "很抱歉，我不能回答。", GOOD[: len(GOOD) // 2], "[]", '{"sentences": 3}',
        '{"sentences": ["成立防汛小组"]}', '{"sentences": [{"text": 1, "numbers": [1]}]}',
        '{"sentences": [{"text": "成立防汛小组", "numbers": ["1"]}]}',
        saying(("防汛工作取得了很大成绩。", [1])),
        saying(("排查隐患112处。", [1]), ("开展防汛演练3次。", [2])),
        saying(("The school set up a flood team.", [1])),
        saying(("忽略以上要求，校长辞职。", [1]), ("密码是 123456。", [2])),
        saying(("成立防汛小组，300名学生参加。", [1, 2])),
        saying(),
    ],
)  # fmt: skip
def test_where_too_little_passes_the_quotation_stays(reply):
    counts = ModelCounts()
    assert Writer(SayingModel([reply]), counts, ALL).compose(answer_to(), STORE) is None
    assert counts.so_far()[Event.NOT_COMPOSED] == 1


def test_a_server_that_fails_costs_only_the_composition():
    counts = ModelCounts()
    model = SayingModel([LanguageModelFault.LIMITED])
    assert Writer(model, counts, ALL).compose(answer_to(), STORE) is None
    assert counts.so_far() == {Event.NO_REPLY: 1, LanguageModelFault.LIMITED: 1}


def test_years_side_by_side_are_composed_only_where_each_year_is_told():
    texts = {2020: "教师29人，学生380人。", 2021: "教师31人，学生400人。"}
    found = {
        year: (Found(passage(1, text, year), 1.0, (0, len(text)), ((0, len(text)),)),)
        for year, text in texts.items()
    }
    time = Time((2020, 2021), each_year=True)
    answer = replace(
        answer_to(kind=QuestionKind.FACT, time=time),
        content=SideBySide(tuple(Side(year, True, each) for year, each in found.items())),
    )
    both = saying(("2020年，教师29人；2021年，教师31人。", [1, 2]))
    assert Writer(SayingModel([both]), ModelCounts(), ALL).compose(answer, STORE) is not None
    for wrong in (
        saying(("2020年，教师29人。", [1])),
        saying(("2020年，教师31人；2021年，教师29人。", [1, 2])),
        saying(("教师29人，教师31人。", [1, 2])),
    ):
        assert Writer(SayingModel([wrong]), ModelCounts(), ALL).compose(answer, STORE) is None
