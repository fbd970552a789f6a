"""What a language model does to an answer that stands in a chat."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.config.settings import LanguageModelConfig
from bot.messages import messages_in
from bot.telegram.questions.betterment import MOST_WAITING
from bot.telegram.rendering.rich_text import Rich
from index.errors import LanguageModelFault
from index.language_model.chat_model import ChatModel
from index.language_model.open_model import open_model
from tests.support.handlers import ADMIN, NO_CONTEXT, TEACHER, HandlerBench
from tests.support.language_model.models import CopyingModel, SayingModel, pointing_at

TOPIC = "师德师风建设情况"
UNKNOWN = "学校游泳池的水温是多少度"
M = messages_in("zh").language_model


def with_model(
    bench: HandlerBench, model: ChatModel, *, point: str = "never", write: tuple[str, ...] = ()
) -> None:
    service = bench.context.service
    llm = LanguageModelConfig("http://127.0.0.1:9/v1", point=point, write=write)
    service.config = replace(service.config, llm=llm)
    service.__dict__["language_model"] = open_model(model, point, write)


async def ask(bench: HandlerBench, text: str) -> None:
    await bench.handlers.questions.text(bench.message(text), NO_CONTEXT)


async def idle(bench: HandlerBench) -> None:
    await bench.handlers.questions._replies.betterment.idle()


KINDS = ("topics", "summaries", "reasons", "comparisons")


async def test_the_quotation_is_there_before_the_model_has_said_a_word(bench: HandlerBench) -> None:
    model = CopyingModel()
    with_model(bench, model, write=KINDS)
    await ask(bench, TOPIC)
    (quoted,) = bench.of("sendMessage")
    assert not bench.edits
    model.may_go.set()
    await idle(bench)
    (edit,) = bench.of("editMessageText")
    assert M.composed in edit.text
    assert edit.text != quoted.text
    assert "[1]" in edit.text
    assert edit.labels[:2] == ["[1]", "[2]"]
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    "said",
    [lambda text: text + "校长辞职了。", lambda text: text.replace("学", "医"), lambda _: "Good."],
)
async def test_what_does_not_pass_leaves_the_quotation_as_it_is(
    bench: HandlerBench, said: Callable[[str], str]
) -> None:
    model = CopyingModel(said=said)
    model.may_go.set()
    with_model(bench, model, write=KINDS)
    await ask(bench, TOPIC)
    await idle(bench)
    assert len(model.asked) == 1
    assert not bench.edits


async def test_a_model_that_fails_is_not_seen(bench: HandlerBench) -> None:
    with_model(bench, SayingModel([LanguageModelFault.AWAY]), point="always", write=KINDS)
    await ask(bench, TOPIC)
    await idle(bench)
    assert len(bench.sent) == 1
    assert not bench.edits


async def test_what_is_refused_is_never_sent_to_be_written(bench: HandlerBench) -> None:
    model = CopyingModel()
    model.may_go.set()
    with_model(bench, model, write=KINDS)
    await ask(bench, UNKNOWN)
    await idle(bench)
    assert not model.asked


async def test_a_page_that_somebody_turned_since_stays(bench: HandlerBench) -> None:
    model = CopyingModel()
    with_model(bench, model, write=KINDS)
    await ask(bench, TOPIC)
    (quoted,) = bench.of("sendMessage")
    sender = bench.context.sender
    await sender.edit(TEACHER, 1000, Rich(f"{quoted.text}…"))
    model.may_go.set()
    await idle(bench)
    assert [call.text for call in bench.of("editMessageText")] == [f"{quoted.text}…"]


async def test_an_unsure_answer_is_pointed_at_and_changed_in_one_edit(bench: HandlerBench) -> None:
    model = SayingModel([pointing_at(1)])
    with_model(bench, model, point="unsure")
    await ask(bench, UNKNOWN)
    await idle(bench)
    assert len(model.asked) == 1
    assert len(bench.edits) <= 1


async def test_too_many_waiting_answers_stay_as_they_are_and_are_counted(
    bench: HandlerBench,
) -> None:
    model = CopyingModel()
    with_model(bench, model, write=KINDS)
    for _ in range(MOST_WAITING + 2):
        await ask(bench, TOPIC)
    model.may_go.set()
    await idle(bench)
    assert len(bench.sent) == MOST_WAITING + 2
    assert len(bench.edits) == len(model.asked) == MOST_WAITING
    await bench.handlers.statistics.stats(bench.message("/stats", by=ADMIN), NO_CONTEXT)
    words = M.stats_writing.format(whole=MOST_WAITING, partly=0, not_composed=0, turned_away=2)
    assert words in bench.sent[-1]


async def test_without_a_model_nothing_waits_and_stats_say_nothing_of_it(
    bench: HandlerBench,
) -> None:
    await ask(bench, TOPIC)
    assert not bench.handlers.questions._replies.betterment._tasks
    await bench.handlers.statistics.stats(bench.message("/stats", by=ADMIN), NO_CONTEXT)
    assert M.stats_writing[:6] not in bench.sent[-1]


async def test_start_says_where_questions_go_if_the_model_is_not_here(bench: HandlerBench) -> None:
    with_model(bench, SayingModel([]), write=KINDS)
    await bench.handlers.help.start(bench.message("/start"), NO_CONTEXT)
    service = bench.context.service
    away = replace(service.config.llm, base_url="https://llm.example.com/v1")
    service.config = replace(service.config, llm=away)
    await bench.handlers.help.start(bench.message("/start"), NO_CONTEXT)
    assert "llm.example.com" not in bench.sent[0]
    assert M.leaves.format(host="llm.example.com") in bench.sent[1]
