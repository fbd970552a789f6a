"""Any data of a button, pressed by anybody, through the handlers that the bot runs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given

from bot.telegram.jobs.jobs import JobState
from tests.faults.pressed_bot import FORGED, NAMING, PressedBot
from tests.faults.school import indexed
from tests.faults.telegram import ADMIN, STRANGER
from tests.faults.test_fuzz import FEW


@pytest.fixture(scope="module")
def pressed_bot(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[PressedBot, asyncio.Runner]]:
    with asyncio.Runner() as runner:
        made = PressedBot(indexed(tmp_path_factory.mktemp("presses") / "school", [11, 12]))
        runner.run(made.open())
        yield made, runner
        runner.run(made.close())


@FEW
@given(FORGED)
def test_forged_data_pressed_by_an_admin_is_answered_and_changes_no_report(
    pressed_bot: tuple[PressedBot, asyncio.Runner], data: str
) -> None:
    made, runner = pressed_bot
    before = made.school.holds().reports
    runner.run(made.press(data, ADMIN))
    assert made.school.holds().reports == before


@FEW
@given(NAMING)
def test_guessed_data_pressed_by_a_stranger_is_answered_and_changes_nothing(
    pressed_bot: tuple[PressedBot, asyncio.Runner], data: str
) -> None:
    made, runner = pressed_bot
    before = made.school.holds()
    runner.run(made.press(data, STRANGER))
    assert made.school.holds() == before
    job = runner.run(made.known())
    assert job is not None
    assert job.state is JobState.PREVIEW
    said = set(made.request.asked) - {"answerCallbackQuery", "getChatMember"}
    assert said == set(), data


def test_these_presses_reach_what_the_bot_does(tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        made = PressedBot(indexed(tmp_path / "school", [12]))
        runner.run(made.open())
        runner.run(made.press("j:known:cancel", ADMIN))
        job = runner.run(made.known())
        runner.run(made.close())
    assert job is not None
    assert job.state is JobState.CANCELLED
