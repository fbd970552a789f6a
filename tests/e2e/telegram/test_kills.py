"""The bot is killed in the middle of things; `tests/bench/telegram_kills.py` does it at length."""

from __future__ import annotations

from tests.e2e.telegram.kills import Campaign, Moment
from tests.e2e.telegram.school import Staff


def test_killed_at_any_moment_the_bot_loses_no_report_job_button_or_group(office: Staff) -> None:
    campaign = Campaign(office, seed=3, paragraphs=20)
    for moment in Moment:
        campaign.kill(moment)
    campaign.look_at_the_library()
    assert campaign.losses.none, campaign.losses
