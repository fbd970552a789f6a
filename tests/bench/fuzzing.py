"""Many cases for every parser: the strategies of tests/faults/test_fuzz.py, more of them."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from tests.faults import test_fuzz
from tests.faults.pressed_bot import FORGED, PressedBot
from tests.faults.school import indexed
from tests.faults.telegram import ADMIN, STRANGER


def fuzz(cases: int, home: Path) -> dict[str, int]:
    """Feed `cases` of each kind; return how many of each there were."""
    service = indexed(home / "fuzz", [12]).service()
    counted = dict.fromkeys(("questions", "YAML", "lines of JSON", "presses of buttons"), 0)
    many = settings(
        max_examples=cases,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )

    @many
    @given(test_fuzz.QUESTIONS)
    def questions(text: str) -> None:
        counted["questions"] += 1
        test_fuzz.ask(service, text)

    @many
    @given(test_fuzz.YAML)
    def configurations(text: str) -> None:
        counted["YAML"] += 1
        test_fuzz.check_yaml(text, home)

    @many
    @given(st.one_of(test_fuzz.QUESTIONS, st.lists(test_fuzz.JSON.map(json.dumps)).map("\n".join)))
    def lines(text: str) -> None:
        counted["lines of JSON"] += 1
        test_fuzz.check_lines(text, home)

    with asyncio.Runner() as runner:
        bot = PressedBot(indexed(home / "presses", [11, 12]))
        runner.run(bot.open())
        state = bot.school.holds()

        @many
        @given(FORGED, st.sampled_from([ADMIN, STRANGER]))
        def buttons(text: str, user: int) -> None:
            counted["presses of buttons"] += 1
            runner.run(bot.press(text, user))

        buttons()
        runner.run(bot.close())
        assert bot.school.holds().reports == state.reports
    for run in (questions, configurations, lines):
        run()
    return counted
