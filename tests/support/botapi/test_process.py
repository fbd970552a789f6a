"""Tests of the server as a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from telegram import Bot

from tests.support.botapi import BotApi, BotApiServer
from tests.support.botapi.server import TOKEN

ROOT = Path(__file__).parents[3]


@pytest.fixture
def remote() -> Iterator[BotApi]:
    chosen = BotApiServer()
    command = [sys.executable, "-m", "tests.support.botapi", "--port", str(chosen.port), "--limits"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == f"listening on http://127.0.0.1:{chosen.port}"
        yield BotApi("127.0.0.1", chosen.port, bot_id=chosen.bot_id, username="baogao_bot")
        process.terminate()
    assert process.returncode == 0


async def test_is_controlled_from_another_process(remote: BotApi) -> None:
    alice = remote.user("Alice")
    question = alice.private.send("一")
    async with Bot(TOKEN, base_url=remote.base_url) as bot:
        await bot.send_message(alice.id, "答", reply_to_message_id=question.message_id)
    assert remote.wait_for_reply(question).text == "答"
    assert remote.violations == []
