"""Tests of the buttons under an answer."""

from __future__ import annotations

import pytest

from bot.messages import messages_in
from bot.telegram.rendering.callback_data import (
    AnswerAction,
    AnswerButton,
    ObjectionButton,
    decode,
)
from tests.support.handlers import ADMIN, NO_CONTEXT, TEACHER, HandlerBench, rows

ASK = "书记上了几节思政课？"
NOTHING = "明天的天气怎么样"
T = messages_in("zh").telegram


async def answered(bench: HandlerBench, text: str = ASK) -> dict[str, AnswerButton]:
    """Ask; return what the buttons under the answer carry, by their labels."""
    await bench.handlers.questions.text(bench.message(text), NO_CONTEXT)
    markup = bench.of("sendMessage")[-1].given["reply_markup"]
    found = {}
    for row in markup["inline_keyboard"]:
        for button in row:
            data = decode(button.get("callback_data"))
            assert isinstance(data, AnswerButton)
            found[button["text"]] = data
    return found


async def test_the_next_passage_and_the_way_back_are_shown_in_place(bench: HandlerBench) -> None:
    answer = (await answered(bench))[T.button_original].answer
    for action, position in ((AnswerAction.AROUND, 1), (AnswerAction.BACK, 0)):
        assert await bench.press(AnswerButton(answer, action, position)) == ""
    second, again = bench.edits
    assert second.startswith("相关段落 2/5")
    assert [again] == bench.sent


@pytest.mark.parametrize("old", ["v:{id}:p:1", "v:{id}:a:0"])
async def test_what_the_buttons_of_earlier_versions_carry_still_shows_passages(
    bench: HandlerBench, old: str
) -> None:
    data = decode(old.format(id=(await answered(bench))[T.button_original].answer))
    assert data is not None
    assert await bench.press(data) == ""
    assert "12节" in bench.edits[0] or bench.edits[0].startswith("相关段落 2/5")


async def test_a_refusal_offers_the_nearest_passages_as_no_answer(bench: HandlerBench) -> None:
    buttons = await answered(bench, NOTHING)
    await bench.press(buttons[T.button_nearest])
    assert bench.edits[0].startswith("最接近的段落 1/")


@pytest.mark.parametrize("position", [-1, 5, 10**9])
async def test_a_passage_that_the_answer_does_not_have_changes_nothing(
    bench: HandlerBench, position: int
) -> None:
    buttons = await answered(bench)
    forged = AnswerButton(buttons[T.button_original].answer, AnswerAction.AROUND, position)
    assert await bench.press(forged) == T.button_unknown
    assert bench.edits == []


async def test_the_answer_of_one_chat_is_unknown_in_every_other(bench: HandlerBench) -> None:
    buttons = await answered(bench)
    for label in (T.button_original, T.button_file, T.button_down):
        assert await bench.press(buttons[label], by=ADMIN) == T.answer_gone
    assert bench.of("editMessageText", "sendDocument") == []
    assert rows(bench, "SELECT count(*) FROM vote") == [(0,)]


async def test_the_last_vote_of_a_person_counts(bench: HandlerBench) -> None:
    buttons = await answered(bench)
    up = AnswerButton(buttons[T.button_down].answer, AnswerAction.UP)
    assert await bench.press(up) == T.thanks_up
    assert await bench.press(buttons[T.button_down]) == T.thanks_down
    assert rows(bench, "SELECT up FROM vote") == [(0,)]


@pytest.mark.parametrize("question", [ASK, NOTHING])
async def test_each_reason_that_is_offered_is_kept_with_the_question_and_leads_back(
    bench: HandlerBench, question: str
) -> None:
    buttons = await answered(bench, question)
    await bench.press(buttons[T.button_down])
    (asked,) = bench.of("editMessageReplyMarkup")
    offered = [b for row in asked.given["reply_markup"]["inline_keyboard"] for b in row][:-1]
    for button in offered:
        data = decode(button["callback_data"])
        assert isinstance(data, ObjectionButton)
        assert button["text"] == T.objections[data.objection]
        assert await bench.press(data) == T.thanks_down
        (said,) = await bench.context.question_log.complaints()
        assert (said.text, said.objections) == (question, {data.objection})
    assert bench.of("editMessageText")[-1].labels == list(buttons)


async def test_the_report_is_sent_once_however_often_it_is_asked_for(bench: HandlerBench) -> None:
    buttons = await answered(bench)
    assert await bench.press(buttons[T.button_file]) == ""
    assert await bench.press(buttons[T.button_file]) == T.file_sent_already
    assert len(bench.of("sendDocument")) == 1


async def test_the_paragraphs_around_are_shown_with_a_way_back(bench: HandlerBench) -> None:
    buttons = await answered(bench)
    await bench.press(buttons[T.button_original])
    (call,) = bench.of("editMessageText")
    assert "第1段" in call.text
    assert "第3段" in call.text
    assert T.button_back in call.labels


@pytest.mark.parametrize("there", [True, False])
async def test_a_passage_that_is_no_longer_the_same_is_not_shown(
    bench: HandlerBench, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    buttons = await answered(bench)
    store = bench.context.service.opened().engine.store
    monkeypatch.setattr(type(store), "passage", lambda *_: None)
    if not there:
        monkeypatch.setattr(type(store), "entries", ())
    expected = T.report_changed if there else T.report_gone
    assert await bench.press(buttons[T.button_original]) == expected
    assert bench.edits == []


async def test_a_button_that_is_pressed_by_another_reader_keeps_the_language_of_the_asker(
    bench: HandlerBench,
) -> None:
    buttons = await answered(bench)
    await bench.press(buttons[T.button_original], by=TEACHER)
    assert T.button_back in bench.of("editMessageText")[0].labels
