"""Example questions: each was tried, and a press asks the one that stands on the button."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from bot.example_questions import ExampleQuestions
from bot.messages import messages_in
from bot.telegram.questions.example_keyboard import find_examples
from bot.telegram.rendering.callback_data import ExampleButton, encode, report_key
from index.answering.answer import Answer, Status
from index.answering.decision import Decision
from tests.support.handlers import NO_CONTEXT, TEACHER, HandlerBench
from tests.support.reports import report

T = messages_in("zh").telegram
_TEMPLATE = re.compile(r"2021年|的报告怎么说|怎样|怎么样|[？“”]")


def keyboard(bench: HandlerBench) -> list[dict[str, Any]]:
    """The buttons under the last message that was sent."""
    markup = bench.of("sendMessage")[-1].given["reply_markup"]
    return [button for row in markup["inline_keyboard"] for button in row]


async def test_each_example_is_answered_from_under_a_heading_that_it_names(
    bench: HandlerBench,
) -> None:
    service = bench.context.service
    examples = await find_examples(bench.context)
    assert len(examples) == len(set(examples)) > 1
    for example in examples:
        answer = service.ask(example)
        passage = answer.passages[0].passage
        assert answer.status is Status.ANSWERED
        assert _TEMPLATE.sub("", example) in "".join(passage.path)


async def test_what_is_answered_from_elsewhere_or_not_surely_is_no_example(
    bench: HandlerBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = bench.context.service
    sure = Decision(Status.ANSWERED, 0.9)
    elsewhere = replace(service.ask("2021年书记上了几节思政课？"), decision=sure)
    asked: list[str] = []

    def ask(question: str) -> Answer:
        asked.append(question)
        return elsewhere

    monkeypatch.setattr(service, "ask", ask)
    examples = ExampleQuestions(service).questions()
    assert len(asked) > len(examples) == 1
    assert _TEMPLATE.sub("", examples[0]) in elsewhere.passages[0].passage.path[-1]


@pytest.mark.parametrize("command", ["start", "help"])
async def test_a_greeting_offers_examples_and_a_press_answers_with_the_question_above(
    bench: HandlerBench, command: str
) -> None:
    await getattr(bench.handlers.help, command)(bench.message(f"/{command}"), NO_CONTEXT)
    assert bench.sent[0].endswith(T.for_example)
    offered = keyboard(bench)
    assert [b["text"] for b in offered] == list(await find_examples(bench.context))
    assert await bench.press(ExampleButton(number=1)) == ""
    call = bench.of("sendMessage")[-1]
    assert call.text.startswith(offered[1]["text"] + "\n")
    assert call.given["entities"][0]["type"] == "blockquote"
    assert call.labels == [T.button_original, T.button_file, T.button_down]


async def test_the_question_on_the_button_is_asked_though_the_examples_have_changed(
    bench: HandlerBench,
) -> None:
    question = "2021年书记上了几节思政课？"
    data = ExampleButton(number=2)
    button = {"text": question, "callback_data": encode(data)}
    assert await bench.press(data, reply_markup={"inline_keyboard": [[button]]}) == ""
    assert bench.sent[-1].splitlines()[0] == question
    assert "12节" in bench.sent[-1]


async def test_the_examples_of_a_report_are_about_it(bench: HandlerBench) -> None:
    await bench.grow({"青禾中学2019年总结.txt": report(2019).decode()})
    examples = await find_examples(bench.context, "青禾中学2019年总结")
    assert examples
    assert all("2019年" in example for example in examples)
    await bench.press(ExampleButton(report_key("青禾中学2019年总结")))
    assert "2019年总结" in bench.sent[-1]


@pytest.mark.parametrize("data", [ExampleButton(number=99), ExampleButton("0" * 12)])
async def test_an_example_that_is_gone_is_said_to_be(
    bench: HandlerBench, data: ExampleButton
) -> None:
    await find_examples(bench.context)
    assert await bench.press(data) == T.button_unknown
    assert bench.sent == []


async def test_a_press_counts_as_a_question_of_whoever_presses(bench: HandlerBench) -> None:
    uses = bench.context.quota._uses
    await bench.press(ExampleButton(), by=TEACHER)
    assert len(uses["person", TEACHER].times) == 1
