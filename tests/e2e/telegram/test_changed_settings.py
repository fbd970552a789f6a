"""The bot is started again: days later, with an admin fewer, and with no questions kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.support.reports import report
from tests.support.school import QUESTION, Staff, running_school

ONLY_ADMINS = "这个命令只有管理员可以用。"


def rows(staff: Staff, query: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(f"file:{staff.school.state}/chat.sqlite?mode=ro", uri=True)
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def grow_old(staff: Staff, days: float) -> None:
    """Let what is kept of questions be so many days older."""
    with closing(sqlite3.connect(staff.school.state / "chat.sqlite")) as database, database:
        for table in ("question", "vote", "view"):
            database.execute(f"UPDATE {table} SET at = at - ?", (days * 24 * 3600,))


def test_who_is_no_admin_any_more_has_no_say_and_what_is_not_to_be_kept_is_deleted(
    tmp_path: Path,
) -> None:
    with running_school(tmp_path / "home") as staff:
        server, school, former = staff.server, staff.school, staff.admin
        preview = server.wait_for_reply(former.private.upload("青禾2020.txt", report(2020)))
        former.press(preview, "改标题")
        prompt = server.wait_for_reply(preview)
        menu = server.wait_for_reply(former.private.send("/remove"))
        server.wait_for_reply(staff.teacher.private.send(QUESTION))
        assert school.stop() == 0
        assert rows(staff, "SELECT text FROM question") == [(QUESTION,)]

        grow_old(staff, days=91)
        school.start()
        server.wait_for_reply(staff.teacher.private.send("校车几点发车？"))
        assert school.stop() == 0
        assert rows(staff, "SELECT text FROM question") == [("校车几点发车？",)]
        assert len(rows(staff, "SELECT id FROM view")) == 1

        school.telegram |= {"admins": [staff.teacher.id], "store_questions": False}
        school.start()
        for label in ("上线", "取消"):
            assert former.press(preview, label).text == ONLY_ADMINS
        assert former.press(menu, "2021").text == ONLY_ADMINS
        former.private.reply(prompt, "另一个标题")
        refusal = server.wait_for_reply(former.private.send("/add"))
        assert refusal.text == ONLY_ADMINS
        assert rows(staff, "SELECT state FROM job") == [("cancelled",)]
        assert list((school.state / "uploads").iterdir()) == []
        assert not (school.reports / "青禾2020.txt").exists()

        greeting = server.wait_for_reply(staff.teacher.private.send("/start"))
        assert "我不保存问题。" in greeting.text
        server.wait_for_reply(staff.teacher.private.send(QUESTION))
        lists = server.wait_for_reply(staff.teacher.private.send("/stats"))
        assert lists.text.startswith("设置为不保存问题（telegram.store_questions: false）")
        assert rows(staff, "SELECT text FROM question") == []
        assert rows(staff, "SELECT question FROM view WHERE question IS NOT NULL") == []
        assert server.violations == []
