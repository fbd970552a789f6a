"""What admins do about questions without an answer."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from bot.additions.added_aliases import added_aliases, read_alias
from bot.additions.attached_answers import alike
from bot.telegram.rendering.callback_data import (
    CallbackData,
    UnansweredAction,
    UnansweredButton,
    decode,
)
from index.answering.answer import Status
from tests.support.handlers import ADMIN, NO_CONTEXT, HandlerBench

ASKED = "食堂土豆多少钱一斤？"
ALIKE = "你好，食堂土豆多少钱一斤"
OTHER = "校车几点发车？"


def buttons(bench: HandlerBench) -> dict[str, CallbackData | None]:
    """The buttons of the message that was written or changed last, by their labels."""
    markup: dict[str, Any] = {}
    for call in reversed(bench.of("sendMessage", "editMessageText")):
        if "inline_keyboard" in (call.given.get("reply_markup") or {}):
            markup = call.given["reply_markup"]
            break
    row = itertools.chain.from_iterable(markup["inline_keyboard"])
    return {button["text"]: decode(button.get("callback_data")) for button in row}


async def press(bench: HandlerBench, label: str) -> str:
    data = buttons(bench)[label]
    assert data is not None
    return await bench.press(data, by=ADMIN)


async def ask(bench: HandlerBench, *texts: str) -> None:
    for text in texts:
        await bench.handlers.questions.text(bench.message(text), NO_CONTEXT)


async def listed(bench: HandlerBench) -> str:
    await bench.handlers.unanswered.unanswered(bench.message("/unanswered", ADMIN), NO_CONTEXT)
    return bench.sent[-1]


async def reply(bench: HandlerBench, text: str) -> None:
    """Reply to what the admin was asked last."""
    prompt = 999 + len(bench.of("sendMessage"))
    said = {"message_id": prompt, "date": 1, "chat": {"id": ADMIN, "type": "private"}, "text": "x"}
    update = bench.message(text, ADMIN, reply_to_message=said)
    assert update.message is not None
    assert bench.handlers.unanswered.replies.filter(update.message)
    await bench.handlers.unanswered.replied(update, NO_CONTEXT)


async def test_a_passage_is_attached_and_answers_from_then_on(bench: HandlerBench) -> None:
    await ask(bench, ASKED, ALIKE, OTHER, "你好", "谢谢")
    text = await listed(bench)
    assert "1. 2次" in text
    assert "谢谢" not in text
    await press(bench, "1")
    assert "哪一段能回答？" in bench.edits[-1]
    assert "《中共昆山市第二中学总支部2021年度工作总结》" in bench.edits[-1]
    await press(bench, "2")
    attached = bench.context.service.attached.every()[0]
    start, end = attached.quote
    assert attached.text[start:end][:20] in bench.edits[-1]
    assert set(attached.questions) == {ASKED, ALIKE}
    for question in (ASKED, ALIKE, "请问食堂土豆多少钱一斤"):
        answer = bench.context.service.ask(question)
        assert answer.status is Status.ANSWERED
        assert answer.passages[0].passage.text == attached.text
        assert answer.passages[0].words in attached.text
    await press(bench, "返回")
    assert ASKED not in bench.edits[-1]
    assert OTHER in bench.edits[-1]


async def test_an_attached_passage_that_left_the_reports_is_not_quoted_and_the_admin_is_told(
    bench: HandlerBench,
) -> None:
    service = bench.context.service
    nearest = service.nearest(ASKED, 1)[0]
    service.attached.attach([ASKED], nearest)
    assert service.ask(ASKED).status is Status.ANSWERED
    path = service.library.path("2021年度工作总结")
    changed = path.read_text("utf-8").replace(nearest.passage.text[:30], "改写过的一句话，")
    service.library.add(changed.encode(), path.name, replace=True)
    await bench.handlers.index_commands.reindex(bench.message("/reindex", ADMIN), NO_CONTEXT)
    await bench.background()
    assert f"“{ASKED}”" in bench.edits[-1]
    assert service.ask(ASKED).status is Status.NOT_FOUND


async def test_other_words_find_the_passage(bench: HandlerBench) -> None:
    await ask(bench, ASKED)
    await listed(bench)
    await press(bench, "1")
    await press(bench, "换个说法找")
    await reply(bench, "书记上了几节思政课")
    assert "12节" in bench.sent[-1]
    await press(bench, "1")
    assert "12节" in bench.context.service.ask(ASKED).passages[0].words


async def test_an_abbreviation_is_added_and_used_at_once(bench: HandlerBench) -> None:
    await ask(bench, "领航课书记上了几节")
    bench.context.service.opened()
    assert "领航课" in await listed(bench)
    await press(bench, "1")
    await press(bench, "加简称")
    await reply(bench, "这不是简称")
    assert "小禾=青禾先锋" in bench.sent[-1]
    await press(bench, "加简称")
    await reply(bench, "领航课=思政课")
    assert "已记下：领航课 = 思政课" in bench.sent[-1]
    state = bench.context.service.config.state
    assert added_aliases(state) == {"领航课": ("思政课",)}
    changes = bench.context.service.opened().engine.understand("领航课几节").changes
    assert any(change.into == "思政课" for change in changes)


async def test_what_is_dismissed_is_not_listed_again(bench: HandlerBench) -> None:
    await ask(bench, ASKED, OTHER)
    await listed(bench)
    await press(bench, "1")
    await press(bench, "不用管")
    left = await listed(bench)
    assert (ASKED in left) != (OTHER in left)
    await ask(bench, ASKED, OTHER)
    assert (await listed(bench)).count("次　") == 1


async def test_a_button_about_a_question_that_is_done_says_so(bench: HandlerBench) -> None:
    gone = UnansweredButton("0" * 12, UnansweredAction.ATTACH, "0" * 12)
    assert await bench.press(gone, by=ADMIN) == "这个问题已经处理过了。"
    await ask(bench, ASKED)
    await listed(bench)
    await press(bench, "1")
    first = buttons(bench)["1"]
    assert isinstance(first, UnansweredButton)
    unknown = UnansweredButton(first.group, UnansweredAction.ATTACH, "0" * 12)
    assert await bench.press(unknown, by=ADMIN) == "请重新选一段。"
    assert bench.context.service.attached.every() == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2020年公开课几节", "2021年公开课几节", False),
        ("三年级有几个班", "四年级有几个班", False),
        ("请问食堂几点开门？", "食堂几点开门", True),
        ("食堂几点开门", "食堂几点关门", False),
        ("食堂几点开门", "校车几点出发", False),
    ],
)
def test_an_attached_answer_is_for_its_question_alone(one: str, other: str, *, same: bool) -> None:
    assert alike(one, other) is same


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("小禾=青禾先锋", ("小禾", ("青禾先锋",))),
        (" 五项管理 ＝ 作业、睡眠、手机 ", ("五项管理", ("作业", "睡眠", "手机"))),
        ("小禾", None),
        ("=青禾", None),
        ("禾=青禾", None),
        ("小禾=小禾", None),
        ("小禾=" + "长" * 50, None),
        ("a=b=c", None),
    ],
)
def test_an_abbreviation_is_read_as_it_is_written(text: str, read: object) -> None:
    assert read_alias(text) == read
