"""Photos and captions: reports that are shown instead of sent, and questions under pictures."""

from __future__ import annotations

from pathlib import Path

from corpus.formats.installed import can_recognise
from tests.e2e.telegram.reports import report
from tests.e2e.telegram.school import ANSWER, QUESTION, ROOT, Staff
from tests.e2e.telegram.waiting import wait_until
from tests.support.botapi import Message

SCAN = (ROOT / "tests/corpus/formats/fixtures/scan.jpg").read_bytes()
ALBUM = "一张照片只能读成一份报告：多页的报告请合成一个 PDF 文件再发来。"
NOT_AN_ADMIN = "只有管理员可以添加报告。要提问，直接写给我就行。"


def taken_in(office: Staff, sent: Message) -> None:
    """A photo becomes a preview where the extra is there, else it is said what to do."""
    shown = office.server.wait_for_reply(sent, timeout=120)
    if "正在识别" in shown.text:  # how far it is stands in a message that goes away
        room = office.group if sent.chat_id == office.group.id else office.admin.private
        shown = room.wait_for_message(after=shown, timeout=120)
    if can_recognise():
        assert "标题：中共昆山市第二中学总支部2021年度工作总结" in shown.text
        assert "注意：照片经 Telegram 压缩，作为文件发来认得更准" in shown.text
        assert shown.labels()[-1] == "取消"
        office.admin.press(shown, "取消")
        assert "已取消：照片" in wait_until(office.server, shown, "已取消").text
    else:
        first, second = shown.text.split("\n")
        assert first.startswith("照片20")
        assert "这是扫描件或照片，需先安装文字识别" in first
        assert second == "也可以把这份报告的 Word 或文本文件发给我。"
    assert list(Path(office.school.state / "uploads").iterdir()) == []


def test_a_photo_that_an_admin_sends_in_private_is_taken_in_or_it_is_said_what_to_do(
    office: Staff,
) -> None:
    sent = office.admin.private.photo(SCAN)
    taken_in(office, sent)
    assert {action.action for action in office.admin.private.actions()} == {"typing"}


def test_a_photo_in_a_group_is_added_by_a_reply_or_by_its_caption(office: Staff) -> None:
    photo = office.group.photo(office.teacher, SCAN)
    taken_in(office, office.group.reply(office.admin, photo, "/add"))
    taken_in(office, office.group.photo(office.admin, SCAN, caption="/add@baogao_bot 谢谢"))
    refused = office.group.photo(office.teacher, SCAN, caption="/add@baogao_bot")
    assert office.server.wait_for_reply(refused).text == "这个命令只有管理员可以用。"


def test_a_file_is_added_by_its_caption(office: Staff) -> None:
    caption = "/add@baogao_bot"
    sent = office.group.upload(office.admin, "青禾2019.txt", report(2019), caption=caption)
    preview = office.server.wait_for_reply(sent)
    assert "标题：青禾中学2019年度工作总结" in preview.text
    office.admin.press(preview, "取消")


def test_the_pages_of_an_album_are_refused_once(office: Staff) -> None:
    pages = [office.admin.private.photo(SCAN, album="13") for _ in range(3)]
    office.school.wait_until_handled()
    told = [reply.text for page in pages for reply in office.server.replies(page)]
    assert told == [ALBUM]
    for page in pages[:2]:
        asked = office.admin.private.reply(page, "/add")
        assert office.server.wait_for_reply(asked).text == ALBUM


def test_what_others_than_admins_send_is_no_report_but_what_they_write_under_it_is_answered(
    office: Staff,
) -> None:
    server, room = office.server, office.teacher.private
    assert server.wait_for_reply(room.photo(SCAN)).text == NOT_AN_ADMIN
    asked = [room.photo(SCAN, caption=QUESTION), room.upload("图.png", b"x", caption=QUESTION)]
    for question in asked:
        assert ANSWER in server.wait_for_reply(question).text


def test_a_command_in_the_caption_of_a_photo_or_a_file_asks(office: Staff) -> None:
    server, group, admin = office.server, office.group, office.admin
    for question in (
        group.photo(office.teacher, SCAN, caption=f"/ask@baogao_bot {QUESTION}"),
        group.upload(office.teacher, "图.png", b"x", caption=f"/ask@baogao_bot {QUESTION}"),
        group.photo(office.teacher, SCAN, caption=f"/compare@baogao_bot 2020 2021 {QUESTION}"),
        admin.private.photo(SCAN, caption=f"/ask {QUESTION}"),
        admin.private.upload("图.png", b"x", caption=f"/ask {QUESTION}"),
    ):
        assert ANSWER in server.wait_for_reply(question).text
        assert len(server.replies(question)) == 1
    other = group.photo(office.teacher, SCAN, caption=f"/ask@other_bot {QUESTION}")
    office.school.wait_until_handled()
    assert server.replies(other) == []


def test_a_changed_caption_updates_the_answer(office: Staff) -> None:
    asked = office.group.photo(office.teacher, SCAN, caption=f"@baogao_bot {QUESTION}")
    answer = office.server.wait_for_reply(asked)
    office.group.edit(asked, "@baogao_bot 课后服务是怎么开展的？")
    assert ANSWER not in office.server.wait_for_edit(answer).text
