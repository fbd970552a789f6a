"""Tests of the handlers of questions: what is answered, how often, and what an edit changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config.settings import LimitsConfig
from bot.telegram.questions.example_keyboard import find_examples
from bot.telegram.transport.rate_limiter import RateLimiter
from tests.support.handlers import ADMIN, GROUP, NO_CONTEXT, TEACHER, HandlerBench, rows

ASK = "书记上了几节思政课？"
OTHER = "作业改革要达到什么目标？"
NOTHING = "明天的天气怎么样"
_ONCE = "SELECT text FROM question ORDER BY id"


async def test_a_question_in_private_is_answered_once_in_reply_to_it(bench: HandlerBench) -> None:
    update = bench.message(ASK)
    await bench.handlers.questions.text(update, NO_CONTEXT)
    (call,) = bench.of("sendMessage")
    assert "12节" in call.text
    assert update.message is not None
    assert call.given["reply_parameters"]["message_id"] == update.message.message_id
    assert rows(bench, _ONCE) == [(ASK,)]


@pytest.mark.parametrize("text", ["大家好，明天开会", "谢谢", "👍", "/ask@other_bot 几节课"])
async def test_what_is_not_for_the_bot_gets_no_reply_in_a_group(
    bench: HandlerBench, text: str
) -> None:
    await bench.handlers.questions.text(bench.message(text, chat=GROUP), NO_CONTEXT)
    assert bench.telegram.calls == []


async def test_a_command_without_words_is_answered_with_an_example(bench: HandlerBench) -> None:
    await bench.handlers.questions.command(bench.message("/ask", chat=GROUP), NO_CONTEXT)
    (call,) = bench.of("sendMessage")
    field = call.given["reply_markup"]
    assert field["force_reply"]
    assert field["input_field_placeholder"] in await find_examples(bench.context)
    assert rows(bench, _ONCE) == []


async def test_each_question_of_a_message_is_answered_in_its_order(bench: HandlerBench) -> None:
    await bench.handlers.questions.text(bench.message(f"{ASK}\n{NOTHING}？"), NO_CONTEXT)
    first, second = bench.sent
    assert "12节" in first
    assert second.startswith("报告里没有找到答案。")


async def test_a_question_that_is_too_long_is_not_asked(bench: HandlerBench) -> None:
    await bench.handlers.questions.text(bench.message("课" * 20_000), NO_CONTEXT)
    assert bench.sent == ["问题太长了，请缩短到 500 字以内。"]
    assert rows(bench, _ONCE) == []


async def test_who_asks_too_much_gets_a_notice_once(tmp_path: Path) -> None:
    bench = await HandlerBench.open(tmp_path, limits=LimitsConfig(2, 100))
    for _ in range(5):
        await bench.handlers.questions.text(bench.message(ASK), NO_CONTEXT)
    assert ["12节" in text for text in bench.sent] == [True, True, False]
    await bench.close()


async def test_who_may_not_ask_gets_one_sentence_and_nothing_is_kept(tmp_path: Path) -> None:
    bench = await HandlerBench.open(tmp_path, private="listed")
    for _ in range(3):
        await bench.handlers.questions.text(bench.message(ASK), NO_CONTEXT)
    refusal, _to_the_admin = bench.sent
    assert refusal.startswith("抱歉，我只为本校教职工服务。")
    assert rows(bench, _ONCE) == []
    await bench.close()


async def test_an_edit_soon_after_changes_the_answer_in_its_place(bench: HandlerBench) -> None:
    await bench.handlers.questions.text(bench.message(NOTHING, number=50), NO_CONTEXT)
    await bench.handlers.questions.edited(bench.message(ASK, number=50, edited=60), NO_CONTEXT)
    assert len(bench.sent) == 1
    (changed,) = bench.edits
    assert "12节" in changed
    assert rows(bench, _ONCE) == [(ASK,)]


@pytest.mark.parametrize(("text", "seconds"), [(OTHER, 121), (ASK, 60), ("谢谢", 60)])
async def test_an_edit_too_late_or_of_nothing_changes_nothing(
    bench: HandlerBench, text: str, seconds: int
) -> None:
    await bench.handlers.questions.text(bench.message(ASK, number=50), NO_CONTEXT)
    before = len(bench.telegram.calls)
    changed = bench.message(text, number=50, edited=seconds)
    await bench.handlers.questions.edited(changed, NO_CONTEXT)
    assert len(bench.telegram.calls) == before


async def test_a_question_that_an_edit_takes_away_loses_its_answer(bench: HandlerBench) -> None:
    await bench.handlers.questions.text(bench.message(f"{ASK}\n{OTHER}", number=50), NO_CONTEXT)
    await bench.handlers.questions.edited(bench.message(ASK, number=50, edited=9), NO_CONTEXT)
    assert len(bench.of("deleteMessage")) == 1
    assert bench.edits == []
    assert len(list(rows(bench, "SELECT id FROM view"))) == 1


async def test_what_was_no_question_becomes_one_only_where_the_bot_is_named(
    bench: HandlerBench,
) -> None:
    for text, answers in ((ASK, 0), (f"/ask {ASK}", 1)):
        changed = bench.message(text, chat=GROUP, number=60, edited=5)
        await bench.handlers.questions.edited(changed, NO_CONTEXT)
        assert len(bench.sent) == answers


async def test_a_question_continues_the_one_before_in_private_only(bench: HandlerBench) -> None:
    for chat, continues in ((TEACHER, True), (GROUP, False)):
        first = bench.message(f"/ask {OTHER}", chat=chat)
        await bench.handlers.questions.command(first, NO_CONTEXT)
        previous = await bench.context.conversations.previous(chat, None, private=chat == TEACHER)
        asked = getattr(getattr(previous, "question", None), "typed", None)
        assert (asked == OTHER) == continues


async def test_an_admin_is_answered_where_nobody_else_is(tmp_path: Path) -> None:
    bench = await HandlerBench.open(tmp_path, private="nobody")
    await bench.handlers.questions.text(bench.message(ASK, by=ADMIN), NO_CONTEXT)
    assert "12节" in bench.sent[0]
    await bench.close()


class Busy(RateLimiter):
    """Telegram's limits, reached."""

    def delay(self, chat_id: int) -> float:
        return 30.0


@pytest.mark.parametrize(
    ("text", "seen"), [(f"/ask {ASK}", 1), ("大家好", 0), ("/ask", 0), ("/reports", 0)]
)
async def test_a_question_that_must_wait_for_the_limits_is_seen_at_once(
    bench: HandlerBench, monkeypatch: pytest.MonkeyPatch, text: str, seen: int
) -> None:
    monkeypatch.setattr(type(bench.bot), "rate_limiter", Busy(), raising=False)
    update = bench.message(text, chat=GROUP)
    for _ in range(2):
        await bench.handlers.questions.waiting(update)
    assert len(bench.of("setMessageReaction")) == seen
    if seen:
        await bench.handlers.questions.command(update, NO_CONTEXT)
        (call,) = bench.of("setMessageReaction")
        assert [reaction["emoji"] for reaction in call.given["reaction"]] == ["👀"]


async def test_a_question_that_is_answered_at_once_gets_no_reaction(bench: HandlerBench) -> None:
    await bench.handlers.questions.command(bench.message(f"/ask {ASK}", chat=GROUP), NO_CONTEXT)
    assert bench.of("setMessageReaction") == []
