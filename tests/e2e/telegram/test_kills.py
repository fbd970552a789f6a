"""The bot is killed in the middle of things; `tests/bench/telegram_kills.py` does it at length."""

from __future__ import annotations

from corpus.durable.locks import locked
from tests.e2e.telegram.kills import Campaign, Moment
from tests.support.reports import long_report, report
from tests.support.school import Staff
from tests.support.waiting import wait_until


def test_killed_at_any_moment_the_bot_loses_no_report_job_button_or_group(staff: Staff) -> None:
    campaign = Campaign(staff, seed=3, paragraphs=20)
    for moment in Moment:
        campaign.kill(moment)
    campaign.look_at_the_library()
    assert campaign.losses.none, campaign.losses


def test_told_to_end_while_a_build_waits_for_its_turn_the_bot_ends_and_goes_on_later(
    staff: Staff,
) -> None:
    preview = staff.server.wait_for_reply(staff.admin.private.upload("青禾1901.txt", report(1901)))
    with locked(staff.school.state / "index"):  # as another program would
        staff.admin.press(preview, "上线")
        wait_until(staff.server, preview, "正在更新")
        assert staff.school.stop() == 0
    assert not (staff.school.log.count("job failed"))
    staff.school.start()
    assert "《青禾中学1901年度工作总结》" in wait_until(staff.server, preview, "已上线：").text


def test_told_to_end_while_it_builds_the_bot_ends_well_and_goes_on_at_its_next_start(
    staff: Staff,
) -> None:
    file = staff.admin.private.upload("长河1900.txt", long_report(1900, paragraphs=200))
    preview = staff.server.wait_for_reply(file)
    staff.admin.press(preview, "上线")
    assert staff.school.stop() == 0
    staff.school.start()
    assert "《长河中学1900年度工作总结》" in wait_until(staff.server, preview, "已上线：").text
    assert staff.admin.private.bot_messages(after=preview) == []
