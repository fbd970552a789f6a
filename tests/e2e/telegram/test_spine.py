"""The bot as staff meet it: a real process, spoken to as Telegram would."""

from __future__ import annotations

from tests.support.school import ANSWER, NOT_IN_THE_REPORTS, QUESTION, SHIPPED, Staff

_VOICE = {"file_id": "voice", "file_unique_id": "voice", "duration": 3}


def test_a_question_in_private_is_answered_with_the_words_and_where_they_stand(
    staff: Staff,
) -> None:
    answer = staff.server.wait_for_reply(staff.teacher.private.send(QUESTION))
    words, quoted, place = answer.text.splitlines()
    assert words == ANSWER
    assert ANSWER in quoted
    assert place == "2021年总结 · 1.年度党建情况 · 第2段"


def test_a_question_in_a_group_is_answered_by_command_mention_and_reply(staff: Staff) -> None:
    group, teacher, server = staff.group, staff.teacher, staff.server
    by_command = server.wait_for_reply(group.send(teacher, f"/ask {QUESTION}"))
    addressed = server.wait_for_reply(group.send(teacher, f"/ask@baogao_bot {QUESTION}"))
    by_mention = server.wait_for_reply(group.send(teacher, f"请问 @baogao_bot {QUESTION}"))
    by_reply = server.wait_for_reply(group.reply(teacher, by_mention, QUESTION))
    for answer in (by_command, addressed, by_mention, by_reply):
        assert ANSWER in answer.text


def test_what_the_reports_do_not_say_is_refused_and_says_what_was_searched(staff: Staff) -> None:
    answer = staff.server.wait_for_reply(staff.teacher.private.send(NOT_IN_THE_REPORTS))
    assert answer.text.startswith("报告里没有找到答案。")
    assert "查过1份报告（2021年）。" in answer.text


def test_a_stranger_is_turned_away_and_learns_nothing(staff: Staff) -> None:
    answer = staff.server.wait_for_reply(staff.stranger.private.send(QUESTION))
    assert answer.text.startswith("抱歉，我只为本校教职工服务。")


def test_start_and_help_show_a_question_that_the_reports_answer(staff: Staff) -> None:
    for command in ("/start", "/help"):
        greeting = staff.server.wait_for_reply(staff.teacher.private.send(command))
        example = greeting.labels()[0]
        assert staff.teacher.press(greeting, example).text == ""
        answer = staff.server.wait_for_reply(greeting)
        assert answer.marked("blockquote") == (example,)
        assert "2021年总结 · " in answer.text


def test_in_private_a_greeting_and_an_unknown_command_are_told_how_to_ask(staff: Staff) -> None:
    room = staff.server.user("赵老师", language_code="zh-hans")
    staff.group.add(room)
    greeted = staff.server.wait_for_reply(room.private.send("您好！在吗？"))
    assert greeted.text.startswith("您好，请直接写下问题")
    told = staff.server.wait_for_reply(room.private.send("/caidan"))
    assert told.text.startswith("提问：私聊直接发")
    spoken = room.private.send(None, fields={"voice": _VOICE})
    assert staff.server.wait_for_reply(spoken).text == "我只能读文字，请把问题写下来。"


def test_thanks_signs_and_commands_for_other_bots_get_no_answer_in_private_either(
    staff: Staff,
) -> None:
    texts = ("谢谢！", "好的，收到", "👍", "？？", "/help@other_bot")
    sent = [staff.teacher.private.send(text) for text in texts]
    staff.school.wait_until_handled()
    assert [staff.server.replies(message) for message in sent] == [[]] * len(texts)


def test_an_admin_brings_the_index_up_to_date(staff: Staff) -> None:
    report = staff.school.reports / "2020年度工作总结.txt"
    report.write_text(SHIPPED.read_text("utf-8").replace("2021", "2020"), "utf-8")
    progress = staff.server.wait_for_reply(staff.admin.private.send("/reindex"))
    assert progress.text.startswith("正在更新")
    done = staff.server.wait_for_edit(progress)
    assert "新增：2020年度工作总结" in done.text
    report.unlink()
    staff.server.wait_for_edit(staff.server.wait_for_reply(staff.admin.private.send("/reindex")))


def test_only_admins_may_bring_the_index_up_to_date(staff: Staff) -> None:
    refusal = staff.server.wait_for_reply(staff.teacher.private.send("/reindex"))
    assert refusal.text == "这个命令只有管理员可以用。"
