"""What admins do from the chat: indexing, removing, going back, and looking at the questions."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.bots import BotThread
from tests.support.reports import report
from tests.support.school import NOT_IN_THE_REPORTS, QUESTION, ROOT, Staff, running_school
from tests.support.waiting import wait_until

ONLY_ADMINS = "这个命令只有管理员可以用。"
TITLE = "《中共昆山市第二中学总支部2021年度工作总结》"
COMMANDS = ("/add", "/reindex", "/remove", "/rollback", "/unanswered", "/stats", "/selfcheck")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    """A running school; its limits are out of the way."""
    limits = {"person": 1000, "chat": 1000}
    home = tmp_path_factory.mktemp("school") / "home"
    with running_school(home, bot=BotThread, limits=limits) as made:
        yield made


@pytest.fixture
def staff(running: Staff) -> Staff:
    """The school, in a group and with a teacher of its own for each test."""
    return running.elsewhere()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_of_admins_are_refused_to_everyone_else(staff: Staff, command: str) -> None:
    refusal = staff.server.wait_for_reply(staff.teacher.private.send(command))
    assert refusal.text == ONLY_ADMINS


def test_an_anonymous_admin_of_the_group_is_asked_to_come_in_person(staff: Staff) -> None:
    staff.group.add(staff.admin, status="administrator")
    refusal = staff.server.wait_for_reply(staff.group.send_anonymously(staff.admin, "/reindex"))
    assert refusal.text == "请以本人身份（不要匿名）使用管理命令。"


def test_a_report_is_removed_after_a_confirmation_and_the_way_back_is_listed(
    staff: Staff,
) -> None:
    server, admin, teacher = staff.server, staff.admin, staff.teacher
    file = staff.school.reports / "青禾2020.txt"
    file.write_bytes(report(2020))
    wait_until(server, server.wait_for_reply(admin.private.send("/reindex")), "新增：青禾2020")

    menu = server.wait_for_reply(staff.group.send(admin, "/remove"))
    assert len(menu.labels()) == 3
    assert teacher.press(menu, "青禾").text == ONLY_ADMINS
    admin.press(menu, "取消")
    assert wait_until(server, menu, "没有移除").buttons == ()
    assert file.exists()

    menu = server.wait_for_reply(staff.group.send(admin, "/remove 2020"))
    assert len(menu.labels()) == 2
    admin.press(menu, "青禾")
    question = wait_until(server, menu, "确定移除")
    assert "/rollback" in question.text
    assert "《青禾中学2020年度工作总结》" in question.text
    assert file.exists()
    assert teacher.press(question, "移除").text == ONLY_ADMINS
    assert file.exists()
    admin.press(question, "移除")
    progress = server.wait_for_reply(question)
    assert "已移除：青禾2020" in wait_until(server, progress, "已更新").text
    assert not file.exists()

    listing = server.wait_for_reply(staff.group.send(admin, "/rollback"))
    assert listing.text.splitlines()[0] == "退回到什么时候的报告？"
    assert listing.text.splitlines()[1].endswith("1份报告 ← 现在用的")
    assert "移除《青禾中学2020年度工作总结》（Secretary）" in listing.text
    assert "新增《青禾中学2020年度工作总结》（Secretary）" in listing.text
    newest = listing.labels()[0]
    assert newest.endswith("2份报告")
    assert teacher.press(listing, newest).text == ONLY_ADMINS
    admin.press(listing, newest)
    assert "2份" in wait_until(server, listing, "已退回到").text
    answer = server.wait_for_reply(teacher.private.send("2020年开展了几节公开课？"))
    assert "2020年总结" in answer.text
    assert file.read_bytes() == report(2020)
    wait_until(server, server.wait_for_reply(admin.private.send("/reindex")), "没有变化")
    assert file.exists()


def test_what_was_not_answered_is_grouped_and_exported_as_eval_reads_it(
    staff: Staff, tmp_path: Path
) -> None:
    server, admin, teacher = staff.server, staff.admin, staff.teacher
    for question in (NOT_IN_THE_REPORTS, "食堂土豆多少钱一斤", "校车几点发车？"):
        refused = server.wait_for_reply(staff.group.send(teacher, f"/ask {question}"))
        assert refused.text.startswith("报告里没有找到答案。")
    disliked = server.wait_for_reply(staff.group.send(teacher, f"/ask {QUESTION}"))
    teacher.press(disliked, "👎")
    listing = server.wait_for_reply(admin.private.send("/unanswered"))
    assert listing.text.splitlines() == [
        "最近90天未答上或被点👎的问题（4个）",
        "",
        "未答上",
        "1. 2次　食堂土豆多少钱一斤",
        "2. 1次　校车几点发车？",
        "",
        "被点👎",
        f"3. 1次　{QUESTION}",
        "",
        "按编号处理一个问题。",
    ]
    admin.press(listing, "导出")
    file = server.wait_for_reply(listing)
    assert file.document is not None
    assert file.document.name == "unanswered.jsonl"
    content = server.content(file.document.file_id)
    assert {json.loads(line)["question"] for line in content.splitlines()} == {
        "食堂土豆多少钱一斤",
        "校车几点发车？",
        QUESTION,
    }
    questions = tmp_path / "unanswered.jsonl"
    questions.write_bytes(content)
    command = [sys.executable, "-m", "bot", "eval", str(questions), "--json"]
    done = subprocess.run(
        [*command, "--config", str(staff.school.folder / "baogao.yaml")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["n"] == 3


def disliked(stats: str) -> int:
    """How many answers were thumbed down, as the statistics say."""
    return int(stats.partition("👎 ")[2].split()[0])


def test_the_use_is_counted_and_the_most_used_passages_are_named(staff: Staff) -> None:
    server, admin, teacher = staff.server, staff.admin, staff.teacher
    answer = server.wait_for_reply(staff.group.send(teacher, f"/ask {QUESTION}"))
    before = disliked(server.wait_for_reply(admin.private.send("/stats")).text)
    teacher.press(answer, "👎")
    stats = server.wait_for_reply(admin.private.send("/stats")).text
    first, median, day, *_ = stats.splitlines()
    assert first.startswith("最近7天：")
    assert "答上" in first
    assert "用时中位数" in median
    assert disliked(median) == before + 1
    assert day.startswith("20")
    assert f"{TITLE} › 一、学校党建工作履职情况" in stats.partition("用得最多的段落：")[2]


def test_lists_of_questions_are_shown_in_private_only(staff: Staff) -> None:
    for command in ("/unanswered", "/stats"):
        refusal = staff.server.wait_for_reply(staff.group.send(staff.admin, command))
        assert refusal.text == "请在私聊里用这个命令。"


def test_questions_are_stored_without_names_and_with_salted_hashes_only(staff: Staff) -> None:
    server, teacher = staff.server, staff.teacher
    server.wait_for_reply(teacher.private.send(QUESTION))
    server.wait_for_reply(staff.group.send(teacher, f"/ask {QUESTION}"))
    staff.school.wait_until_handled()
    database = sqlite3.connect(f"file:{staff.school.state}/chat.sqlite?mode=ro", uri=True)
    kept = [
        repr(value)
        for table in ("question", "vote", "view", "view_message", "meta")
        for row in database.execute(f"SELECT * FROM {table}")
        for value in row
    ]
    people = [teacher.first_name, str(teacher.id), str(staff.group.id), staff.group.title]
    assert [value for value in kept for name in people if name in value] == []
    newest = "SELECT person FROM question ORDER BY id DESC LIMIT 2"
    assert len({row[0] for row in database.execute(newest)}) == 1
    hashes = {row[0] for row in database.execute("SELECT person FROM question")}
    assert all(isinstance(value, bytes) and len(value) == 12 for value in hashes)
    database.close()


def test_start_says_what_is_kept_of_questions(staff: Staff) -> None:
    greeting = staff.server.wait_for_reply(staff.teacher.private.send("/start"))
    assert "问题保存90天；不存姓名，也看不出是谁问的。" in greeting.text
    readmes = [(ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md")]
    assert "hashes of ids" in readmes[0]
    assert "看不出是谁" in readmes[1]


def test_the_log_is_structured_and_holds_neither_token_nor_questions(staff: Staff) -> None:
    log = staff.school.log
    assert staff.server.token not in log
    assert staff.server.token.partition(":")[2] not in log
    for secret in (QUESTION, NOT_IN_THE_REPORTS, staff.teacher.first_name, TITLE):
        assert secret not in log
    lines = [line for line in log.splitlines() if " INFO " in line]
    assert any("answered status=answered confidence=" in line for line in lines)
