"""/selfcheck: what it says of a group, right or wrong, and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.messages import messages_in
from tests.support.botapi import Group
from tests.support.handlers import ADMIN, GROUP, TEACHER, HandlerBench
from tests.support.school import ANSWER, QUESTION, Staff


@pytest.fixture
def wrong(staff: Staff) -> Iterator[None]:
    """The settings at BotFather are as they were before, after the test."""
    yield
    staff.server.set_privacy(on=True)
    staff.server.set_inline(on=True)


def selfcheck(staff: Staff, group: Group) -> list[str]:
    """What is said in the group, a finding a line."""
    return staff.server.wait_for_reply(group.send(staff.admin, "/selfcheck")).text.splitlines()


def written(group: Group) -> list[str]:
    return [message.text for message in group.bot_messages() if message.text]


def bad(findings: list[str]) -> list[str]:
    return [line for line in findings if line.startswith("❌")]


@contextmanager
def muted(staff: Staff) -> Iterator[None]:
    """The bot may not write in the group."""
    staff.group.mute_bot(staff.server.bot_id, by=staff.admin)
    yield
    staff.group.add_bot(staff.server.bot_id, by=staff.admin)


def test_where_all_is_well_every_finding_is_good(staff: Staff) -> None:
    found = selfcheck(staff, staff.group)
    assert all(line.startswith("✅") for line in found), found
    for words in (
        f"本群（{staff.group.id}）在允许名单里",
        "隐私模式开启",
        "内联提问已开启",
        "我是普通成员，可以发言",
        "这个群没有话题",
        "1份报告",
    ):
        assert any(words in line for line in found), words


@pytest.mark.usefixtures("wrong")
def test_where_privacy_or_inline_is_wrong_the_steps_with_botfather_are_told(staff: Staff) -> None:
    staff.server.set_privacy(on=False)
    (wrong,) = bad(selfcheck(staff, staff.group))
    assert "@BotFather 发 /setprivacy，选 @baogao_bot，选 Enable，再把我移出群重新加入" in wrong
    staff.server.set_privacy(on=True)
    staff.server.set_inline(on=False)
    (wrong,) = bad(selfcheck(staff, staff.group))
    assert "在 @BotFather 发 /setinline，选 @baogao_bot，写一句提示语" in wrong


def test_where_the_bot_is_muted_the_admin_is_told_in_private(staff: Staff) -> None:
    room = staff.admin.private
    last = room.messages()[-1]
    with muted(staff):
        asked = staff.group.send(staff.admin, "/selfcheck")
        told = room.wait_for_message(after=last)
        assert staff.server.replies(asked) == []
    assert bad(told.text.splitlines()) == ["❌ 我不能在这里发言：请群管理员解除对我的禁言"]
    assert bad(selfcheck(staff, staff.group)) == []


def test_an_admin_of_the_group_is_told_that_the_right_is_not_needed(staff: Staff) -> None:
    group = staff.elsewhere().group
    group.add_bot(staff.server.bot_id, by=staff.admin, status="administrator")
    found = selfcheck(staff, group)
    assert "✅ 我是群管理员，所以看得到所有消息；不需要这个权限" in found


def test_topics_are_seen(staff: Staff) -> None:
    forum = staff.server.forum("话题群", members=[staff.teacher], admins=[staff.admin], bot="left")
    forum.add_bot(staff.server.bot_id, by=staff.admin)
    forum.wait_for_message()
    topic = forum.topic("总务", by=staff.admin)
    found = staff.server.wait_for_reply(topic.send(staff.admin, "/selfcheck"))
    assert found.thread_id == topic.thread_id
    assert "✅ 话题：我会在提问的话题里回答" in found.text


def test_in_a_group_that_is_not_allowed_nothing_of_the_reports_is_told_and_an_admin_can_allow_it(
    staff: Staff,
) -> None:
    server, admin = staff.server, staff.admin
    group = server.supergroup("新年级", members=[admin, staff.teacher])
    found = server.wait_for_reply(group.send(admin, "/selfcheck"))
    (wrong,) = bad(found.text.splitlines())
    assert f"本群（{group.id}）不在允许名单里：按“允许这个群”" in wrong
    assert "报告" not in found.text
    refused = server.wait_for_reply(group.send(admin, "/reindex"))
    assert "不在允许名单里" in refused.text
    assert staff.teacher.press(found, "允许这个群").text == "这个命令只有管理员可以用。"
    assert admin.press(found, "允许这个群").text == "好了"
    assert server.refresh(found).text == "已允许本群。"
    greetings = [text for text in written(group) if text.startswith("大家好，我回答")]
    assert len(greetings) == 1
    answer = server.wait_for_reply(group.send(staff.teacher, f"/ask {QUESTION}"))
    assert ANSWER in answer.text


def test_in_private_it_says_that_it_is_for_groups(staff: Staff) -> None:
    found = staff.server.wait_for_reply(staff.admin.private.send("/selfcheck")).text
    assert "请在群里发 /selfcheck 检查那个群" in found


def test_an_admin_learns_whether_a_plain_mention_arrives(staff: Staff) -> None:
    server, group = staff.server, staff.elsewhere().group
    asked = group.send(staff.admin, "/selfcheck")
    server.wait_for_reply(asked)
    wanted = group.wait_for_message(after=server.wait_for_reply(asked))
    assert "@baogao_bot 测试" in wanted.text
    said = server.wait_for_reply(group.send(staff.admin, "@baogao_bot 测试"))
    assert said.text == "✅ 收到了：在本群 @我 提问，我看得到"


async def test_a_mention_that_does_not_arrive_is_told_after_a_while(
    bench: HandlerBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.admin.mention_check._WAITS", 0.0)
    update = bench.message("/selfcheck", ADMIN, chat=GROUP)
    assert update.message is not None
    check = bench.handlers.mention_check
    await check.begin(update.message, messages_in("zh"))
    await bench.background()
    assert bench.sent[-1].startswith("❌ 两分钟里没有收到")
    late = bench.message("@baogao_bot 测试", ADMIN, chat=GROUP)
    assert late.message is not None
    assert not check.filter(late.message)


async def test_questions_and_other_people_are_no_sign_of_it(bench: HandlerBench) -> None:
    update = bench.message("/selfcheck", ADMIN, chat=GROUP)
    assert update.message is not None
    check = bench.handlers.mention_check
    await check.begin(update.message, messages_in("zh"))
    for text, by in (
        ("@baogao_bot 书记上了几节课", ADMIN),
        ("@baogao_bot 测试", TEACHER),
        ("测试", ADMIN),
    ):
        other = bench.message(text, by, chat=GROUP)
        assert other.message is not None
        assert not check.filter(other.message), text
