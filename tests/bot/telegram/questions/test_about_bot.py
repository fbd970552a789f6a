"""Questions about the bot itself: help, list, outline and file, as their commands give them."""

from __future__ import annotations

import pytest

from bot.messages import messages_in
from tests.support.bots import SHIPPED
from tests.support.handlers import NO_CONTEXT, HandlerBench

M = messages_in("zh")
ASK = "2021年书记上了几节思政课？"
TITLE = "《中共昆山市第二中学总支部2021年度工作总结》"


async def said(bench: HandlerBench, text: str) -> str:
    """What the bot says to a question in private."""
    await bench.handlers.questions.text(bench.message(text), NO_CONTEXT)
    return bench.sent[-1]


async def test_what_it_can_do_is_answered_with_the_help_and_examples_to_press(
    bench: HandlerBench,
) -> None:
    assert await said(bench, "你能做什么？") == M.telegram.help
    assert bench.of("sendMessage")[-1].labels


@pytest.mark.parametrize(
    ("question", "command"), [("有哪些报告？", "reports"), ("这份报告的目录", "report")]
)
async def test_the_list_and_the_outline_are_those_of_the_commands(
    bench: HandlerBench, question: str, command: str
) -> None:
    class Arguments:
        args = ("2021",)

    await said(bench, question)
    update = bench.message(f"/{command} 2021")
    await getattr(bench.handlers.browser, command)(update, Arguments())
    asked, commanded = bench.of("sendMessage")
    assert asked.text == commanded.text
    assert asked.labels == commanded.labels


async def test_the_file_comes_for_the_asking_and_not_twice_in_a_row(bench: HandlerBench) -> None:
    await said(bench, "把报告原件发给我")
    assert TITLE.strip("《》") in bench.sent[0]
    assert len(bench.of("sendDocument")) == 1
    assert await said(bench, "把报告原件发给我") == M.telegram.file_sent_already
    assert len(bench.of("sendDocument")) == 1
    assert SHIPPED.exists()


async def test_where_words_stand_is_told_once_there_are_some(bench: HandlerBench) -> None:
    assert await said(bench, "出处是哪里？") == M.understanding.nothing_shown
    await said(bench, ASK)
    place = await said(bench, "出处是哪里？")
    assert "1.年度党建情况" in place
    assert TITLE.strip("《》") in place


async def test_a_question_about_the_bot_is_no_question_without_an_answer(
    bench: HandlerBench,
) -> None:
    await said(bench, "你能做什么？")
    assert await bench.context.question_log.complaints() == []
