"""How the bot starts, keeps going and ends: a real process, started and stopped."""

from __future__ import annotations

import socket
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.botapi import (
    BotApiServer,
    Group,
    LoseResponse,
    Message,
    Refused,
    ServerError,
    Slow,
    TooManyRequests,
    User,
)
from tests.support.school import ANSWER, QUESTION, SHIPPED, School

_WAIT = 300.0
"""Seconds; only a failure on a slow machine takes so long."""

_IN_USE = "Conflict: terminated by other getUpdates request"


class Place:
    """One folder with its index, a Telegram, and the people; the bot starts in each test."""

    def __init__(self, folder: Path) -> None:
        (folder / "reports").mkdir(parents=True)
        (folder / "reports" / SHIPPED.name).write_bytes(SHIPPED.read_bytes())
        (folder / "log").touch()
        self.server = BotApiServer()
        self.school = School(folder, self.server)

    def populate(self) -> None:
        """Make the people and the group; the server must be running."""
        self.teacher: User = self.server.user("王老师", language_code="zh-hans")
        self.group: Group = self.server.supergroup("教师群", members=[self.teacher])
        limits = {"person": 1000, "chat": 1000}
        self.usual: dict[str, Any] = {"groups": [self.group.id], "limits": limits}

    @contextmanager
    def running(self, **telegram: Any) -> Iterator[School]:
        """The bot, started; ended with the block, if it has not ended by itself."""
        self.school.telegram = self.usual | telegram
        try:
            self.school.start()
            yield self.school
            if self.school.process is not None:
                assert self.school.stop() == 0
        finally:
            if self.school.process is not None:
                self.school.kill()

    def ending(self, token: str | None = None, **telegram: Any) -> tuple[int, str]:
        """The exit status of a bot that ends by itself, and what it wrote."""
        self.school.telegram = self.usual | telegram
        before = len(self.school.log)
        process = self.school.launch(token=token)
        try:
            status = process.wait(_WAIT)
        finally:
            process.kill()
            process.wait()
            self.school.process = None
        return status, self.school.log[before:]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    made = Place(tmp_path_factory.mktemp("running") / "home")
    with made.server.running():
        made.populate()
        yield made


@pytest.fixture(autouse=True)
def fair_weather(place: Place) -> Iterator[None]:
    """After every test no fault is left, and the bot broke no rule."""
    yield
    place.server.heal()
    assert place.server.violations == []


def once(place: Place, question: Message) -> Message:
    """The one answer to `question`."""
    answer = place.server.wait_for_reply(question, timeout=_WAIT)
    assert [reply.message_id for reply in place.server.replies(question)] == [answer.message_id]
    return answer


def sentences(output: str) -> list[str]:
    """What was written but for the log."""
    return [line for line in output.splitlines() if " bot.telegram." not in line and line.strip()]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_without_a_network_the_start_is_waited_out(tmp_path: Path) -> None:
    place = Place(tmp_path / "home")
    process = place.school.launch()
    try:
        place.school.wait_for_log("Telegram cannot be reached", timeout=_WAIT)
        assert "从这台机器连不上 Telegram（127.0.0.1）" in place.school.log
        assert "请在 baogao.yaml 里设置 telegram.proxy" in place.school.log
        with place.server.running():
            place.school.wait_for_log("started as", timeout=_WAIT)
            process.terminate()
            assert process.wait(_WAIT) == 0
    finally:
        process.kill()
        process.wait()


def test_a_wrong_token_ends_with_one_sentence(place: Place) -> None:
    wrong = "654321:not-the-token-of-this-bot"
    status, output = place.ending(token=wrong)
    assert status == 2
    assert sentences(output)[-1] == "Telegram 不接受这个令牌。请到 BotFather 核对后再试。"
    assert "Traceback" not in output
    assert "not-the-token" not in output


def test_another_instance_is_waited_out_and_then_the_end_is_not_zero(place: Place) -> None:
    place.server.fail("getUpdates", Refused(409, _IN_USE), times=None)
    begun = time.monotonic()
    status, output = place.ending(conflict_seconds=2)
    assert time.monotonic() - begun >= 2
    assert status == 2
    assert "另一个程序正在用同一个令牌" in sentences(output)[-1]
    assert "Traceback" not in output


def test_another_instance_that_goes_away_is_no_reason_to_end(place: Place) -> None:
    trouble = place.server.fail("getUpdates", Refused(409, _IN_USE), times=2)
    with place.running(conflict_seconds=60) as school:
        answer = once(place, place.teacher.private.send(QUESTION))
        assert ANSWER in answer.text
        assert trouble.met() == 2
        assert school.stop() == 0


def test_a_second_bot_on_the_same_state_says_so_and_ends(place: Place) -> None:
    with place.running() as school:
        first, school.process = school.process, None
        try:
            status, output = place.ending()
        finally:
            school.process = first
        assert status == 2
        assert "已有一个机器人在运行" in sentences(output)[-1]
        assert ANSWER in once(place, place.teacher.private.send(QUESTION)).text


def test_what_is_being_answered_is_finished_before_the_end(place: Place) -> None:
    with place.running() as school:
        slow = place.server.fail("sendMessage", Slow(1.0))
        question = place.teacher.private.send(QUESTION)
        place.server.wait_for_reply(question, timeout=_WAIT)
        assert slow.met() == 1
        assert school.stop() == 0
    with place.running():
        answer = once(place, question)
        place.teacher.press(answer, "原文", timeout=_WAIT)
        original = place.server.wait_for_edit(answer, timeout=_WAIT)
        place.teacher.press(original, "下一段", timeout=_WAIT)
        assert "2/" in place.server.wait_for_edit(original, timeout=_WAIT).text


def test_what_was_asked_before_the_end_and_not_begun_is_answered_after_the_start(
    place: Place,
) -> None:
    with place.running() as school:
        room = place.server.user("李老师", language_code="zh-hans")
        place.group.add(room)
        questions = [room.private.send(f"{QUESTION}（第{n}次）") for n in range(8)]
        place.server.wait_for_reply(questions[0], timeout=_WAIT)
        place.server.wait_until_received(timeout=_WAIT)
        assert school.stop() == 0
        assert not all(place.server.replies(question) for question in questions)
    with place.running():
        answers = [once(place, question) for question in questions]
    assert [a.message_id for a in answers] == sorted(a.message_id for a in answers)


@pytest.fixture(scope="class")
def serving(place: Place) -> Iterator[None]:
    """The bot keeps running from test to test."""
    with place.running():
        yield


@pytest.mark.usefixtures("serving")
class TestWhileTelegramIsInTrouble:
    def test_an_order_to_wait_holds_for_one_chat_only(self, place: Place) -> None:
        place.server.fail("sendMessage", TooManyRequests(3), room=place.group)
        waiting = place.group.send(place.teacher, f"/ask {QUESTION}")
        place.server.wait_for_calls(
            "sendMessage", len(place.server.calls("sendMessage")) + 1, timeout=_WAIT
        )
        elsewhere = once(place, place.teacher.private.send(QUESTION))
        told = once(place, waiting)
        assert elsewhere.sent_at < told.sent_at
        assert told.sent_at - waiting.sent_at >= 3

    def test_a_message_whose_arrival_is_unknown_is_not_sent_again(self, place: Place) -> None:
        place.server.fail("sendMessage", LoseResponse())
        question = place.teacher.private.send(QUESTION)
        answer = place.server.wait_for_reply(question, timeout=_WAIT)
        later = once(place, place.teacher.private.send(QUESTION))
        assert later.message_id > answer.message_id
        assert ANSWER in once(place, question).text
        assert place.teacher.press(answer, "👎", timeout=_WAIT).text == "谢谢，已记下。"

    def test_what_telegram_failed_to_take_is_sent_again(self, place: Place) -> None:
        place.server.fail("sendMessage", ServerError(502, "Bad Gateway"), times=2)
        assert ANSWER in once(place, place.teacher.private.send(QUESTION)).text


def test_a_state_that_a_newer_version_wrote_is_left_alone_with_one_sentence(
    place: Place,
) -> None:
    path = place.school.state / "chat.sqlite"
    with place.running():
        once(place, place.teacher.private.send(QUESTION))
    with closing(sqlite3.connect(path)) as database:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        database.execute("PRAGMA user_version = 99")
    status, output = place.ending()
    assert status == 2
    assert "chat.sqlite" in sentences(output)[-1]
    assert "Traceback" not in output
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA user_version").fetchone()[0] == 99
        database.execute(f"PRAGMA user_version = {version}")


def test_the_heart_beats_and_the_log_keeps_its_secrets(place: Place) -> None:
    with place.running() as school:
        (school.state / "heartbeat").unlink()
        once(place, place.teacher.private.send(QUESTION))
        school.stop()
    with place.running() as school:
        assert time.time() - (school.state / "heartbeat").stat().st_mtime < _WAIT
    log = place.school.log
    assert " INFO bot.telegram.questions.replies answered status=answered" in log
    assert QUESTION not in log
    assert place.server.token.partition(":")[2] not in log


def test_updates_come_in_at_the_webhook_with_its_secret_only(place: Place) -> None:
    port, secret = free_port(), place.school.folder / "secret"
    secret.write_text("a-secret_of-ours", "utf-8")
    public, local = "https://bot.school.example", f"http://127.0.0.1:{port}"
    place.server.route_webhook(public, local)
    webhook = {"url": f"{public}/baogao", "port": port, "secret_file": str(secret)}
    with place.running(webhook=webhook) as school:
        assert ANSWER in once(place, place.teacher.private.send(QUESTION)).text
        forged: Mapping[str, Any] = {"update_id": 1}
        headers = {"X-Telegram-Bot-Api-Secret-Token": "guessed"}
        for sent in ({}, headers):
            reply = httpx.post(f"{local}/baogao", json=forged, headers=sent, trust_env=False)
            assert reply.status_code == 403
        assert school.stop() == 0
    with place.running():
        assert ANSWER in once(place, place.teacher.private.send(QUESTION)).text


def test_telegram_is_reached_through_a_proxy(place: Place) -> None:
    through = {
        "proxy": f"http://127.0.0.1:{place.server.port}",
        "base_url": "http://api.telegram.example/bot",
    }
    with place.running(**through):
        assert ANSWER in once(place, place.teacher.private.send(QUESTION)).text
