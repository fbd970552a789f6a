"""From nothing to a bot in a group: the claim, the steps, who is let in."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.access.claims import LASTS, Claims
from bot.telegram.access.people import People, Role
from bot.telegram.rendering.callback_data import AllowPerson, ExampleButton, SendFirstReport, decode
from tests.support.handlers import GROUP, NO_CONTEXT, TEACHER, HandlerBench

OWNER = 70


@pytest.fixture
async def new(tmp_path: Path) -> AsyncIterator[HandlerBench]:
    """A bot that has neither admins nor groups."""
    made = await HandlerBench.open(tmp_path, admins=(), groups=())
    yield made
    await made.close()


def link_of(bench: HandlerBench) -> str:
    return bench.context.claims.new_link("baogao_bot").partition("?start=")[2]


async def claim(bench: HandlerBench, code: str, by: int = OWNER) -> None:
    await bench.handlers.guide.claim(bench.message(f"/start {code}", by), NO_CONTEXT)


def buttons(bench: HandlerBench, number: int = -1) -> list[dict[str, Any]]:
    markup = bench.of("sendMessage", "editMessageText")[number].given.get("reply_markup") or {}
    return list(itertools.chain.from_iterable(markup.get("inline_keyboard", [])))


async def test_the_link_makes_its_opener_admin_once_and_for_good(new: HandlerBench) -> None:
    code = link_of(new)
    await claim(new, code)
    assert new.sent[0] == "您现在是这个机器人的管理员。"
    assert new.context.access.admins == {OWNER}
    assert not new.context.claims.open
    await claim(new, code, by=TEACHER)
    assert new.context.access.admins == {OWNER}
    assert new.sent[-1].startswith("这个链接已经用过或过期了")
    menus = [c for c in new.of("setMyCommands") if "reindex" in str(c.given["commands"])]
    assert {c.given["scope"]["chat_id"] for c in menus} == {OWNER}
    kept = People(new.context.database, (), ())
    await kept.load()
    assert kept.admins == {OWNER}


@pytest.mark.parametrize("case", ["another code", "too late", "replaced", "there is an admin"])
async def test_no_other_link_makes_an_admin(
    new: HandlerBench, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = link_of(new)
    match case:
        case "another code":
            code = code[:-1] + ("x" if code[-1] != "x" else "y")
        case "too late":
            monkeypatch.setattr("bot.telegram.access.claims.time.monotonic", lambda: LASTS * 1e6)
        case "replaced":
            link_of(new)
        case _:
            await new.context.access.people.add(5, Role.ADMIN)
    before = new.context.access.admins
    await claim(new, code)
    assert new.context.access.admins == before


async def test_a_wrong_guess_does_not_spoil_the_link(new: HandlerBench) -> None:
    code = link_of(new)
    await claim(new, "claim_nonsense", by=TEACHER)
    await claim(new, code)
    assert new.context.access.admins == {OWNER}


def test_links_are_long_and_never_alike() -> None:
    claims = Claims(People(None, (), ()))  # type: ignore[arg-type]
    links = {claims.new_link("b") for _ in range(50)}
    assert len(links) == 50
    assert all(32 < len(link.partition("?start=")[2]) <= 64 for link in links)


async def test_the_steps_are_ticked_as_they_are_done_and_then_say_how_to_ask(
    new: HandlerBench,
) -> None:
    await claim(new, link_of(new))
    steps = new.sent[-1].splitlines()
    assert [line[0] for line in steps[1:]] == ["✅", "⬜", "✅"]
    (add,) = buttons(new)
    assert add["url"] == "https://t.me/baogao_bot?startgroup=setup"
    await new.handlers.newcomers.membership(new.added(by=OWNER), NO_CONTEXT)
    assert [line[0] for line in new.edits[-1].splitlines()[1:]] == ["✅", "✅", "✅"]
    assert new.sent[-1].startswith("都好了。老师们在群里这样问：\n/ask ")
    count = len(new.sent)
    await new.handlers.guide.refresh()
    assert len(new.sent) == count


async def test_without_reports_the_first_one_is_asked_for(
    new: HandlerBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.errors import IndexMissing

    def missing() -> None:
        raise IndexMissing(Path("var/index"))

    monkeypatch.setattr(new.context.service, "opened", missing)
    await claim(new, link_of(new))
    assert [decode(b.get("callback_data")) for b in buttons(new)] == [None, SendFirstReport()]
    await new.press(SendFirstReport(), by=OWNER)
    assert "发到这里" in new.sent[-1]


async def test_an_admin_is_told_what_an_admin_does(bench: HandlerBench) -> None:
    await bench.handlers.guide.start(bench.message("/start", 7), NO_CONTEXT)
    assert "/rollback 撤销" in bench.sent[-1]
    assert "/ask " in bench.sent[-1]


async def test_a_group_is_greeted_each_time_the_bot_comes_and_the_example_answers(
    bench: HandlerBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.questions.group_notices._WELCOME_EVERY", 0.0)
    for _ in range(2):
        await bench.handlers.newcomers.membership(bench.added(by=TEACHER), NO_CONTEXT)
    assert [call.given["chat_id"] for call in bench.of("sendMessage")] == [GROUP, GROUP]
    assert all(text.startswith("大家好") for text in bench.sent)
    example, *_more = buttons(bench)
    assert decode(example["callback_data"]) == ExampleButton("")
    bench.telegram.calls.clear()
    await bench.press(ExampleButton(""))
    (answer,) = bench.of("sendMessage")
    assert "2021年总结 · 一、学校党建工作履职情况" in answer.text
    logged = await bench.context.question_log.stats()
    assert logged.answered == 1


async def test_everyone_learns_the_ids_and_a_refused_person_can_be_let_in(
    bench: HandlerBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nobody(*_: object) -> bool:
        return False

    monkeypatch.setattr(bench.context.access, "_found_in_a_group", nobody)
    await bench.handlers.newcomers.ids(bench.message("/id"), NO_CONTEXT)
    assert bench.sent == [f"您的编号：{TEACHER}（请告诉学校的管理员）"]
    await bench.handlers.newcomers.ids(bench.message("/id", chat=-5), NO_CONTEXT)
    assert bench.sent[-1] == f"本群编号：-5\n您的编号：{TEACHER}"
    bench.telegram.calls.clear()

    for _ in range(2):
        await bench.handlers.help.start(bench.message("/start"), NO_CONTEXT)
    refusal, notice = bench.of("sendMessage")
    assert str(TEACHER) in refusal.text
    assert notice.given["chat_id"] == 7
    assert notice.labels == ["允许这位老师"]
    assert await bench.press(AllowPerson(TEACHER), by=TEACHER) == "这个命令只有管理员可以用。"
    assert await bench.press(AllowPerson(TEACHER), by=7) == "好了"
    assert bench.of("sendMessage")[-1].given["chat_id"] == TEACHER
    await bench.handlers.help.start(bench.message("/start"), NO_CONTEXT)
    assert bench.sent[-1].startswith("您好，我回答")


@pytest.mark.parametrize("how", ["writes", "comes"])
async def test_who_was_refused_and_is_seen_in_a_group_is_let_in_at_once(
    bench: HandlerBench, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nobody(*_: object) -> bool:
        return False

    monkeypatch.setattr(bench.context.access, "_found_in_a_group", nobody)
    await bench.handlers.help.start(bench.message("/start"), NO_CONTEXT)
    seen = bench.message("大家好", chat=GROUP)
    if how == "comes":
        person = {"id": TEACHER, "is_bot": False, "first_name": "a"}
        seen = bench.message(None, by=9, chat=GROUP, new_chat_members=[person])
    await bench.handlers.newcomers.seen(seen, NO_CONTEXT)
    await bench.handlers.help.start(bench.message("/start"), NO_CONTEXT)
    assert bench.sent[-1].startswith("您好，我回答")
    left = {"id": TEACHER, "is_bot": False, "first_name": "a"}
    gone = bench.message(None, chat=GROUP, left_chat_member=left)
    await bench.handlers.newcomers.seen(gone, NO_CONTEXT)
    assert not await bench.context.access.may_ask_outside_groups(gone.effective_user)  # type: ignore[arg-type]
