"""Photos and captions: reports that are shown instead of sent, and questions under pictures."""

from __future__ import annotations

from pathlib import Path

from corpus.formats.installed import can_recognise
from tests.support.botapi import Message
from tests.support.reports import report
from tests.support.school import ANSWER, QUESTION, ROOT, Staff
from tests.support.waiting import wait_until

SCAN = (ROOT / "tests/corpus/formats/fixtures/scan.jpg").read_bytes()
ALBUM = "一张照片只能读成一份报告：多页的报告请合成一个 PDF 文件再发来。"
NOT_AN_ADMIN = "只有管理员可以添加报告。要提问，直接写给我就行。"


def taken_in(staff: Staff, sent: Message) -> None:
    """A photo becomes a preview where the extra is there, else it is said what to do."""
    shown = staff.server.wait_for_reply(sent, timeout=120)
    if "正在识别" in shown.text:  # how far it is stands in a message that goes away
        room = staff.group if sent.chat_id == staff.group.id else staff.admin.private
        shown = room.wait_for_message(after=shown, timeout=120)
    if can_recognise():
        assert "标题：中共昆山市第二中学总支部2021年度工作总结" in shown.text
        assert "注意：照片经 Telegram 压缩，以文件形式发来，识别更准确" in shown.text
        assert shown.labels()[-1] == "取消"
        staff.admin.press(shown, "取消")
        assert "已取消：照片" in wait_until(staff.server, shown, "已取消").text
    else:
        first, second = shown.text.split("\n")
        assert first.startswith("照片20")
        assert "这是扫描件或照片，需先安装文字识别" in first
        assert second == "也可以把这份报告的 Word 或文本文件发给我。"
    assert list(Path(staff.school.state / "uploads").iterdir()) == []


def test_a_photo_that_an_admin_sends_in_private_is_taken_in_or_it_is_said_what_to_do(
    staff: Staff,
) -> None:
    sent = staff.admin.private.photo(SCAN)
    taken_in(staff, sent)
    assert {action.action for action in staff.admin.private.actions()} == {"typing"}


def test_a_photo_in_a_group_is_added_by_a_reply_or_by_its_caption(staff: Staff) -> None:
    photo = staff.group.photo(staff.teacher, SCAN)
    taken_in(staff, staff.group.reply(staff.admin, photo, "/add"))
    taken_in(staff, staff.group.photo(staff.admin, SCAN, caption="/add@baogao_bot 谢谢"))
    refused = staff.group.photo(staff.teacher, SCAN, caption="/add@baogao_bot")
    assert staff.server.wait_for_reply(refused).text == "这个命令只有管理员可以用。"


def test_a_file_is_added_by_its_caption(staff: Staff) -> None:
    caption = "/add@baogao_bot"
    sent = staff.group.upload(staff.admin, "青禾2019.txt", report(2019), caption=caption)
    preview = staff.server.wait_for_reply(sent)
    assert "标题：青禾中学2019年度工作总结" in preview.text
    staff.admin.press(preview, "取消")


def test_the_pages_of_an_album_are_refused_once(staff: Staff) -> None:
    pages = [staff.admin.private.photo(SCAN, album="13") for _ in range(3)]
    staff.school.wait_until_handled()
    told = [reply.text for page in pages for reply in staff.server.replies(page)]
    assert told == [ALBUM]
    for page in pages[:2]:
        asked = staff.admin.private.reply(page, "/add")
        assert staff.server.wait_for_reply(asked).text == ALBUM


def test_what_others_than_admins_send_is_no_report_but_what_they_write_under_it_is_answered(
    staff: Staff,
) -> None:
    server, room = staff.server, staff.teacher.private
    assert server.wait_for_reply(room.photo(SCAN)).text == NOT_AN_ADMIN
    asked = [room.photo(SCAN, caption=QUESTION), room.upload("图.png", b"x", caption=QUESTION)]
    for question in asked:
        assert ANSWER in server.wait_for_reply(question).text


def test_a_command_in_the_caption_of_a_photo_or_a_file_asks(staff: Staff) -> None:
    server, group, admin = staff.server, staff.group, staff.admin
    for question in (
        group.photo(staff.teacher, SCAN, caption=f"/ask@baogao_bot {QUESTION}"),
        group.upload(staff.teacher, "图.png", b"x", caption=f"/ask@baogao_bot {QUESTION}"),
        group.photo(staff.teacher, SCAN, caption=f"/compare@baogao_bot 2020 2021 {QUESTION}"),
        admin.private.photo(SCAN, caption=f"/ask {QUESTION}"),
        admin.private.upload("图.png", b"x", caption=f"/ask {QUESTION}"),
    ):
        assert ANSWER in server.wait_for_reply(question).text
        assert len(server.replies(question)) == 1
    other = group.photo(staff.teacher, SCAN, caption=f"/ask@other_bot {QUESTION}")
    staff.school.wait_until_handled()
    assert server.replies(other) == []


def test_a_changed_caption_updates_the_answer(staff: Staff) -> None:
    asked = staff.group.photo(staff.teacher, SCAN, caption=f"@baogao_bot {QUESTION}")
    answer = staff.server.wait_for_reply(asked)
    staff.group.edit(asked, "@baogao_bot 课后服务是怎么开展的？")
    assert ANSWER not in staff.server.wait_for_edit(answer).text
