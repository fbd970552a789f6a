"""A new report from the chat: kept, read, shown, corrected, and let go live."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.durable.locks import locked
from tests.support.botapi import Message
from tests.support.reports import long_report, report
from tests.support.school import ANSWER, QUESTION, Staff
from tests.support.waiting import wait_until

OVER = "这一步已经完成或取消。"


@pytest.fixture
def staff(admins: Iterator[Staff]) -> Staff:
    """The school with an admin to whom the bot wrote nothing yet."""
    return next(admins)


def previewed(staff: Staff, name: str, content: bytes) -> Message:
    """The preview of a file that the admin sends."""
    return staff.server.wait_for_reply(staff.admin.private.upload(name, content))


def live(staff: Staff, preview: Message, label: str = "上线") -> Message:
    """The message that says what changed, once a preview was let go live."""
    staff.admin.press(preview, label)
    return wait_until(staff.server, preview, "已更新")


def test_a_file_is_kept_and_shown_as_it_was_understood_before_it_goes_live(staff: Staff) -> None:
    content = report(2018)
    preview = previewed(staff, "青禾2018.txt", content)
    for words in (
        "标题：青禾中学2018年度工作总结",
        "年份：2018年",
        "单位：青禾中学",
        "4个标题，3个自然段",
        "将新增这份报告",
    ):
        assert words in preview.text
    (tree,) = preview.marked("expandable_blockquote")
    assert tree.splitlines()[0].startswith("一、教学工作　第1–2段")
    assert tree.splitlines()[1].startswith("　（一）课堂改革")
    assert preview.labels() == ("上线", "改年份", "改标题", "改单位", "取消")
    assert content in [path.read_bytes() for path in (staff.school.state / "uploads").iterdir()]
    assert not (staff.school.reports / "青禾2018.txt").exists()
    staff.admin.press(preview, "取消")


def test_a_year_and_a_title_are_corrected_before_the_report_goes_live(staff: Staff) -> None:
    server, admin = staff.server, staff.admin
    preview = previewed(staff, "青禾.txt", report(2017))
    admin.press(preview, "改年份")
    prompt = server.wait_for_reply(preview)
    assert prompt.text == "请回复正确的年份，如 2021。"
    wrong = server.wait_for_reply(admin.private.reply(prompt, "去年"))
    assert wrong.text == "这不是年份，请回复四位数字，如 2021。"
    admin.private.reply(prompt, "2016")
    assert wait_until(staff.server, preview, "已更正").buttons == ()
    second = admin.private.wait_for_message(after=wrong)
    assert "年份：2016年" in second.text
    admin.press(second, "改标题")
    prompt = server.wait_for_reply(second)
    admin.private.reply(prompt, "青禾中学年度总结（修订）")
    third = admin.private.wait_for_message(after=prompt)
    assert "标题：青禾中学年度总结（修订）" in third.text
    assert "年份：2016年" in third.text
    done = live(staff, third)
    assert "新增：青禾" in done.text
    answer = server.wait_for_reply(admin.private.send("2016年开展了几节公开课？"))
    assert "2016年总结 · " in answer.text
    admin.press(answer, "原文")
    assert "《青禾中学年度总结（修订）》" in server.refresh(answer).text


def test_once_live_it_says_what_changed_and_offers_a_question_that_the_report_answers(
    staff: Staff,
) -> None:
    preview = previewed(staff, "青禾2015.txt", report(2015, lessons=19))
    done = live(staff, preview)
    assert done.text.startswith("已上线：《青禾中学2015年度工作总结》")
    assert "新增：青禾2015" in done.text
    (question,) = done.marked("code")
    answer = staff.server.wait_for_reply(staff.admin.private.send(question))
    assert "2015年总结 · " in answer.text
    assert list((staff.school.state / "uploads").iterdir()) == []


def test_what_would_change_is_said_new_replaced_or_identical(staff: Staff) -> None:
    first = previewed(staff, "青禾2014.txt", report(2014))
    assert "将新增这份报告" in first.text
    live(staff, first)
    identical = previewed(staff, "另一个名字.txt", report(2014))
    assert (
        identical.text
        == "另一个名字.txt 与报告库里的《青禾中学2014年度工作总结》内容完全相同，无需添加。"
    )
    assert identical.buttons == ()
    replacing = previewed(staff, "青禾2014.txt", report(2014, lessons=88))
    assert "将替换现有的《青禾中学2014年度工作总结》" in replacing.text
    same_title = previewed(staff, "青禾2014新.txt", report(2014, lessons=99))
    assert "已有同名报告《青禾中学2014年度工作总结》：替换它，还是另存？" in same_title.text
    assert same_title.labels()[:2] == ("替换并上线", "另存并上线")
    done = live(staff, same_title, "替换并上线")
    assert "新增：青禾2014新" in done.text
    assert "已移除：青禾2014" in done.text
    answer = staff.server.wait_for_reply(staff.admin.private.send("2014年公开课有几节？"))
    assert "99节" in answer.text
    staff.admin.press(replacing, "取消")


def test_a_report_of_a_year_that_is_there_already_is_remarked_on(staff: Staff) -> None:
    preview = previewed(staff, "白石2021.txt", report(2021, school="白石小学"))
    assert "注意：同年已有：《中共昆山市第二中学总支部2021年度工作总结》" in preview.text
    staff.admin.press(preview, "取消")


def test_a_cancelled_upload_leaves_nothing_and_its_buttons_say_so(staff: Staff) -> None:
    preview = previewed(staff, "青禾2013.txt", report(2013))
    staff.admin.press(preview, "取消")
    assert wait_until(staff.server, preview, "已取消").text == "已取消：青禾2013.txt"
    assert list((staff.school.state / "uploads").iterdir()) == []
    again = staff.admin.press(preview, data=preview.button("上线").data)
    assert again.text == OVER
    assert not (staff.school.reports / "青禾2013.txt").exists()


@pytest.mark.parametrize(
    ("name", "content", "size", "sentence"),
    [
        ("空.txt", b"", None, "无法读取 空.txt：没有文字"),
        ("空白.txt", "　\n \n".encode(), None, "无法读取 空白.txt：没有文字"),
        ("图.txt", b"\x00\x01\x02\xff\xfe\x00" * 40, None, "无法读取 图.txt：不是文本文件"),
        (
            "报表.exe",
            b"MZ",
            None,
            "无法读取 报表.exe：不支持这种格式的报告（.exe）；请另存为 .docx或.pdf 再添加",
        ),
        (
            "大.txt",
            b"x",
            21 * 1024 * 1024,
            "文件超过 20 MB，Telegram 不让机器人下载。请在服务器上用 baogao reports add 添加。",
        ),
    ],
)
def test_a_file_that_is_no_report_gets_one_clear_sentence(
    staff: Staff, name: str, content: bytes, size: int | None, sentence: str
) -> None:
    sent = staff.admin.private.upload(name, content, size=size)
    reply = staff.server.wait_for_reply(sent)
    assert reply.text == sentence
    assert reply.buttons == ()
    assert [m.text for m in staff.server.replies(sent)] == [sentence]


def test_a_file_in_a_group_is_added_by_an_admin_who_replies_to_it(staff: Staff) -> None:
    server, group = staff.server, staff.group
    file = group.upload(staff.teacher, "青禾2012.txt", report(2012))
    refused = server.wait_for_reply(group.reply(staff.teacher, file, "/add"))
    assert refused.text == "这个命令只有管理员可以用。"
    preview = server.wait_for_reply(group.reply(staff.admin, file, "/add"))
    assert "标题：青禾中学2012年度工作总结" in preview.text
    for label in ("上线", "改年份", "取消"):
        assert staff.teacher.press(preview, label).text == "这个命令只有管理员可以用。"
    assert server.refresh(preview).text == preview.text
    done = live(staff, preview)
    assert "新增：青禾2012" in done.text
    usage = server.wait_for_reply(group.send(staff.admin, "/add"))
    assert usage.text == "把报告文件直接发给我；或者回复一个文件，写 /add。"


def test_files_of_others_are_not_taken(staff: Staff) -> None:
    refused = staff.server.wait_for_reply(staff.teacher.private.upload("青禾.txt", report(2011)))
    assert refused.text == "只有管理员可以添加报告。要提问，直接写给我就行。"
    stranger = staff.server.wait_for_reply(staff.stranger.private.upload("青禾.txt", report(2011)))
    assert stranger.text.startswith("抱歉，我只为本校教职工服务。")


def test_how_far_the_index_is_stands_in_the_message_of_the_preview(staff: Staff) -> None:
    preview = previewed(staff, "长河2010.txt", long_report(2010, paragraphs=40))
    done = live(staff, preview)
    texts = [version.text for version in done.versions[1:]]
    assert texts[0] == "正在更新……"
    assert all(text.startswith("正在更新：") for text in texts[1:-1])
    assert staff.admin.private.bot_messages(after=preview) == []


def test_questions_are_answered_while_an_index_is_being_built(staff: Staff) -> None:
    preview = previewed(staff, "长河2009.txt", long_report(2009, paragraphs=10))
    with locked(staff.school.state / "index"):
        staff.admin.press(preview, "上线")
        answer = staff.server.wait_for_reply(staff.group.send(staff.teacher, f"/ask {QUESTION}"))
        assert ANSWER in answer.text
        assert staff.server.refresh(preview).text == "正在更新……"
    wait_until(staff.server, preview, "已上线：")


def test_what_fails_to_go_live_says_why_and_can_be_tried_again(staff: Staff) -> None:
    preview = previewed(staff, "青禾2008.txt", report(2008))
    in_the_way = staff.school.reports / "青禾2008.txt"
    in_the_way.mkdir()
    staff.admin.press(preview, "上线")
    failed = wait_until(staff.server, preview, "没有更新：")
    assert failed.labels() == ("再试一次", "取消")
    in_the_way.rmdir()
    done = live(staff, failed, "再试一次")
    assert "新增：青禾2008" in done.text


def test_the_outcome_is_told_though_the_admin_deleted_the_preview(staff: Staff) -> None:
    server, room = staff.server, staff.admin.private
    file = room.upload("青禾2007.txt", report(2007))
    preview = server.wait_for_reply(file)
    query = staff.admin.tap(preview, "上线")
    assert query
    room.delete(preview)
    done = room.wait_for_message(after=preview)
    while "已上线：" not in done.text:
        done = room.wait_for_message(after=done)
    assert "新增：青禾2007" in done.text
