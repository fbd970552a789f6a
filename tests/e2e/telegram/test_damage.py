"""The bot is started on a state directory that was damaged, file by file, while it was away."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.faults.damage import KINDS, damage, files
from tests.support.reports import long_report, report
from tests.support.school import ANSWER, QUESTION, running_school
from tests.support.waiting import wait_until

UNTOUCHED = {"lock"}


def test_an_upload_that_was_damaged_while_it_waited_does_not_go_live(tmp_path: Path) -> None:
    with running_school(tmp_path / "home") as staff:
        server, school = staff.server, staff.school
        sent = staff.admin.private.upload("青禾2018.txt", report(2018))
        preview = server.wait_for_reply(sent)
        (staged,) = (school.state / "uploads").iterdir()
        staged.write_bytes(staged.read_bytes().replace("公开课3节".encode(), "公开课8节".encode()))
        assert "文件已损坏" in staff.admin.press(preview, "上线").text
        assert not (school.reports / "青禾2018.txt").exists()
        staged.unlink()
        assert "没有这个文件" in staff.admin.press(preview, "上线").text


@pytest.mark.parametrize(
    "kind", KINDS if os.environ.get("BAOGAO_EVERY") == "1" else ["flipped", "unreadable"]
)
def test_the_bot_starts_and_answers_whatever_was_damaged(kind: str, tmp_path: Path) -> None:
    with running_school(tmp_path / "home") as staff:
        server, school = staff.server, staff.school
        server.wait_for_reply(staff.admin.private.upload("青禾2018.txt", report(2018)))
        reindexing = server.wait_for_reply(staff.admin.private.send("/reindex"))
        wait_until(server, reindexing, "没有变化")
        answer = server.wait_for_reply(staff.teacher.private.send(QUESTION))
        assert ANSWER in answer.text
        assert school.stop() == 0

        chance = random.Random(kind)
        damaged = [name for name in files(school.state) if name.name not in UNTOUCHED]
        assert {"heartbeat", "chat.sqlite", "current"} <= {name.name for name in damaged}
        assert {"uploads", "readings"} <= {name.parts[0] for name in damaged}
        for name in damaged:
            damage(school.state / name, kind, chance)

        school.start()
        again = server.wait_for_reply(staff.admin.private.send("/reindex"), timeout=120)
        wait_until(server, again, "现有1份报告")
        answer = server.wait_for_reply(staff.teacher.private.send(QUESTION), timeout=120)
        assert ANSWER in answer.text
        assert "Traceback" not in school.log
        assert list(school.reports.glob("青禾*")) == []
        assert server.violations == []


def test_told_to_end_in_the_middle_of_an_index_the_bot_finishes_it_after_its_next_start(
    tmp_path: Path,
) -> None:
    with running_school(tmp_path / "home") as staff:
        server, school = staff.server, staff.school
        (school.reports / "长河2019.txt").write_bytes(long_report(2019, 600))
        notice = server.wait_for_reply(staff.admin.private.send("/reindex"))
        wait_until(server, notice, "正在更新：")
        assert school.stop() == 0
        assert "Traceback" not in school.log
        assert "已更新" not in server.refresh(notice).text
        school.start()
        wait_until(server, notice, "已更新")
        answer = server.wait_for_reply(staff.teacher.private.send(QUESTION))
        assert ANSWER in answer.text
        assert server.violations == []
