"""A staff that asks at once while the index is built: the load run of the benches, in small."""

from __future__ import annotations

from pathlib import Path

from tests.bench import telegram_load as load
from tests.bench.reindexing import reindex, wait_for_index
from tests.e2e.telegram.school import earlier_report, staff
from tests.support.botapi import Limits


def test_everything_asked_at_once_is_answered_once_in_place_and_in_order(tmp_path: Path) -> None:
    with staff(tmp_path / "home", earlier_report()) as office:
        seats = load.seated(office, people=10, groups=3, forums=1)
        office.server.limit(Limits())
        progress = reindex(office, reports=4)
        questions = load.ask(seats, count=40, seconds=2.0)
        load.wait_for_answers(office.server, questions)
        wait_for_index(office.server, progress)
        outcome = load.examine(office.server, questions, [progress])
        assert outcome.asked == 40
        assert (outcome.lost, outcome.doubles, outcome.strays) == (0, 0, 0)
        assert (outcome.misplaced, outcome.disordered) == (0, 0)
        assert office.server.pending_updates() == 0
        assert office.server.violations == []
