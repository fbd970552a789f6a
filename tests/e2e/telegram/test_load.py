"""A staff that asks at once while the index is built: the load run of the benches, in small."""

from __future__ import annotations

from pathlib import Path

from tests.bench import telegram_load as load
from tests.bench.reindexing import reindex, wait_for_index
from tests.support.botapi import Limits
from tests.support.school import earlier_report, running_school


def test_everything_asked_at_once_is_answered_once_in_place_and_in_order(tmp_path: Path) -> None:
    with running_school(tmp_path / "home", earlier_report()) as staff:
        seats = load.seated(staff, people=10, groups=3, forums=1)
        staff.server.limit(Limits())
        progress = reindex(staff, reports=4)
        questions = load.ask(seats, count=40, seconds=2.0)
        load.wait_for_answers(staff.server, questions)
        wait_for_index(staff.server, progress)
        outcome = load.examine(staff.server, questions, [progress])
        assert outcome.asked == 40
        assert (outcome.lost, outcome.doubles, outcome.strays) == (0, 0, 0)
        assert (outcome.misplaced, outcome.disordered) == (0, 0)
        assert staff.server.pending_updates() == 0
        assert staff.server.violations == []
