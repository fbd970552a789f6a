"""The bot is killed in the middle of things; `tests/bench/telegram_kills.py` does it at length."""

from __future__ import annotations

from corpus.durable.locks import locked
from tests.e2e.telegram.kills import Campaign, Moment
from tests.e2e.telegram.reports import long_report, report
from tests.e2e.telegram.school import Staff
from tests.e2e.telegram.waiting import wait_until


def test_killed_at_any_moment_the_bot_loses_no_report_job_button_or_group(office: Staff) -> None:
    campaign = Campaign(office, seed=3, paragraphs=20)
    for moment in Moment:
        campaign.kill(moment)
    campaign.look_at_the_library()
    assert campaign.losses.none, campaign.losses


def test_told_to_end_while_a_build_waits_for_its_turn_the_bot_ends_and_goes_on_later(
    office: Staff,
) -> None:
    preview = office.server.wait_for_reply(
        office.admin.private.upload("青禾1901.txt", report(1901))
    )
    with locked(office.school.state / "index"):  # as another program would
        office.admin.press(preview, "上线")
        wait_until(office.server, preview, "正在更新索引")
        assert office.school.stop() == 0
    assert not (office.school.log.count("job failed"))
    office.school.start()
    assert "《青禾中学1901年度工作总结》" in wait_until(office.server, preview, "已上线：").text


def test_told_to_end_while_it_builds_the_bot_ends_well_and_goes_on_at_its_next_start(
    office: Staff,
) -> None:
    file = office.admin.private.upload("长河1900.txt", long_report(1900, paragraphs=200))
    preview = office.server.wait_for_reply(file)
    office.admin.press(preview, "上线")
    assert office.school.stop() == 0
    office.school.start()
    assert "《长河中学1900年度工作总结》" in wait_until(office.server, preview, "已上线：").text
    assert office.admin.private.bot_messages(after=preview) == []
