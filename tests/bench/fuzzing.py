"""Many cases for every parser: the strategies of tests/faults/test_fuzz.py, more of them."""

from __future__ import annotations

import json
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from tests.faults import test_fuzz
from tests.faults.school import indexed


def fuzz(cases: int, home: Path) -> dict[str, int]:
    """Feed `cases` of each kind; return how many of each there were."""
    service = indexed(home / "fuzz", [12]).service()
    entries = service.opened().engine.store.entries
    counted = dict.fromkeys(("questions", "YAML", "lines of JSON", "data of buttons"), 0)
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

    @many
    @given(st.text(test_fuzz.ANY, max_size=64))
    def buttons(text: str) -> None:
        counted["data of buttons"] += 1
        for field in test_fuzz.fields(text):
            assert test_fuzz.number(field) >= -1
            assert test_fuzz.find_report(entries, field) is None

    for run in (questions, configurations, lines, buttons):
        run()
    return counted
