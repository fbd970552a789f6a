"""The main messages of the bot, as they look on a phone.

    python -m tests.bench.screens [FILE.html]

A real bot is spoken to as staff and an admin would, against the strict Bot API server; what it
says is drawn 360 pixels wide, with its marks and its buttons.
"""

from __future__ import annotations

import html
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.support.botapi import Button, Entity, Message
from tests.support.reports import long_report, report
from tests.support.school import (
    NOT_IN_THE_REPORTS,
    QUESTION,
    ROOT,
    Staff,
    earlier_report,
    running_school,
)
from tests.support.waiting import wait_until

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "code": ("<code>", "</code>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ('<blockquote class="more">', "</blockquote>"),
    "bot_command": ('<span class="link">', "</span>"),
    "mention": ('<span class="link">', "</span>"),
}
_STYLE = """
body { background: #8fa3b5; font: 15px/1.35 "Noto Sans CJK SC", "WenQuanYi Zen Hei", sans-serif;
  margin: 0; padding: 20px; display: flex; flex-wrap: wrap; gap: 20px; align-items: flex-start; }
.phone { width: 360px; background: #d5e3ee; border-radius: 14px; overflow: hidden; }
.phone h2 { background: #507da3; color: #fff; font-size: 16px; margin: 0; padding: 10px 14px; }
.bubble, .keys { max-width: 310px; margin: 6px 8px; }
.bubble { background: #fff; border-radius: 12px; padding: 7px 10px; white-space: pre-wrap;
  overflow-wrap: anywhere; width: fit-content; box-sizing: border-box; }
.me { background: #e3fecb; margin-left: auto; }
.keys { margin-top: -3px; width: 310px; }
.row { display: flex; gap: 3px; margin-top: 3px; }
.row span { flex: 1; text-align: center; background: #6f93b3; color: #fff; border-radius: 8px;
  padding: 7px 3px; font-size: 14px; overflow: hidden; white-space: nowrap;
  text-overflow: ellipsis; }
blockquote { margin: 3px 0; padding: 3px 8px; border-left: 3px solid #507da3;
  background: #eef4f9; border-radius: 4px; }
blockquote.more { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3;
  overflow: hidden; }
code { background: #eef1f4; color: #a33; padding: 0 3px; }
.link { color: #2678b6; }
.file { color: #2678b6; font-weight: bold; }
"""


_DIRTY = """青禾中学工作总结
青禾中学工作总结

全校共开展公开课三十一节，教师人人参与听课评课，课堂面貌有了明显改变。

2002-01-05
2002-02-06
2002-12-30
"""


@dataclass(frozen=True, slots=True)
class Screen:
    """A conversation with its heading; the bot's id tells who says what."""

    title: str
    messages: tuple[Message, ...]


def page(screens: Sequence[Screen], bot_id: int) -> str:
    """Return the screens as one HTML page."""
    drawn = "\n".join(_drawn(screen, bot_id) for screen in screens)
    head = f'<meta charset="utf-8"><title>baogao</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="zh"><head>{head}</head><body>{drawn}</body></html>\n'


def marked_up(text: str, entities: Sequence[Entity]) -> str:
    """Return a text with its marks as HTML; offsets are UTF-16 code units."""
    units = text.encode("utf-16-le")
    events: list[tuple[int, int, int, str]] = []
    for entity in entities:
        opening, closing = _TAGS.get(entity.type, ("", ""))
        start, end = entity.offset, entity.offset + entity.length
        events += [(start, 1, -end, opening), (end, 0, -start, closing)]
    parts, at = [], 0
    for position, _, _, tag in sorted(events):
        parts += [html.escape(units[2 * at : 2 * position].decode("utf-16-le")), tag]
        at = position
    return "".join([*parts, html.escape(units[2 * at :].decode("utf-16-le"))])


def _drawn(screen: Screen, bot_id: int) -> str:
    said = "\n".join(_bubble(message, bot_id) for message in screen.messages)
    return f'<div class="phone"><h2>{html.escape(screen.title)}</h2>{said}</div>'


def _bubble(message: Message, bot_id: int) -> str:
    whose = "bubble" if message.sender_id == bot_id else "bubble me"
    file = message.document
    named = f'<span class="file">📄 {html.escape(file.name)}</span>\n' if file else ""
    named = '<span class="file">🖼</span>\n' if "photo" in message.content else named
    words = marked_up(message.text, message.entities).replace("</blockquote>\n", "</blockquote>")
    rows = "".join(_row(row) for row in message.buttons)
    return f'<div class="{whose}">{named}{words}</div><div class="keys">{rows}</div>'


def _row(row: Sequence[Button]) -> str:
    cells = "".join(f"<span>{html.escape(button.text)}</span>" for button in row)
    return f'<div class="row">{cells}</div>'


def screens(at: Staff) -> list[Screen]:
    """Have the conversations and return them."""
    return [*_of_staff(at), *_of_admins(at)]


def _of_staff(at: Staff) -> list[Screen]:
    server, teacher, group = at.server, at.teacher, at.group
    room = teacher.private
    greetings = []
    for command in ("/start", "/help"):
        asked = room.send(command)
        greetings += [asked, server.wait_for_reply(asked)]
    question = group.send(teacher, f"/ask 2021年{QUESTION}")
    answer = server.wait_for_reply(question)
    teacher.press(answer, "原文")
    original = server.wait_for_edit(answer)
    teacher.press(original, "下一段")
    further = server.wait_for_edit(original)
    teacher.press(further, "返回")
    teacher.press(server.wait_for_edit(further), "👎")
    objections = server.wait_for_edit(further)
    of_years = group.send(teacher, f"/ask 近三年{QUESTION}")
    server.wait_for_reply(of_years)
    in_vain = group.send(teacher, f"/ask {NOT_IN_THE_REPORTS}")
    refusal = server.wait_for_reply(in_vain)
    teacher.press(refusal, "最接近")
    nearest = server.wait_for_edit(refusal)
    of_2019 = group.send(teacher, "/ask 2019年开展了几节公开课？")
    no_year = server.wait_for_reply(of_2019)
    asked = room.send("/reports")
    reports = server.wait_for_reply(asked)
    asked_2021 = room.send("/report 2021")
    outline = server.wait_for_reply(asked_2021)
    compare = group.send(teacher, f"/compare 2020 2021 {QUESTION}")
    compared = server.wait_for_reply(compare)
    two = "2021年减轻学生负担的效果怎么样？\n2021年党建工作存在哪些问题？"
    several = group.send(teacher, f"/ask {two}")
    server.wait_for_reply(several)
    at.school.wait_until_handled()
    return [
        Screen("私聊 · /start 和 /help", tuple(greetings)),
        Screen(f"{group.title} · 回答", (question, answer)),
        Screen(f"{group.title} · 原文、下一段、👎", (original, further, objections)),
        Screen(f"{group.title} · 近三年", (of_years, *server.replies(of_years))),
        Screen(f"{group.title} · 没有答案", (in_vain, refusal, nearest)),
        Screen(f"{group.title} · 没有那一年", (of_2019, no_year)),
        Screen(f"{group.title} · 几年对照", (compare, compared)),
        Screen(f"{group.title} · 一次问几个", (several, *server.replies(several))),
        Screen("私聊 · 报告和目录", (asked, reports, asked_2021, outline)),
    ]


def _of_admins(at: Staff) -> list[Screen]:
    server, admin = at.server, at.admin
    room = admin.private
    file = room.upload("青禾中学2020年度工作总结.txt", report(2020, 31))
    preview = server.wait_for_reply(file)
    admin.press(preview, "改年份")
    prompt = server.wait_for_reply(preview)
    admin.press(preview, "上线")
    done = wait_until(server, preview, "已上线")
    large = room.upload("长河中学2018年度工作总结.txt", long_report(2018, 300))
    second = server.wait_for_reply(large)
    admin.press(second, "上线")
    grown = wait_until(server, second, "已上线")
    progress = [v for v in grown.versions if v.text.startswith("正在更新")]
    shown = [replace(grown, text=v.text, entities=v.entities, buttons=()) for v in progress[:2]]
    broken = room.upload("照片.txt", b"\x00\x01\xff\xfe\x00" * 50)
    unreadable = server.wait_for_reply(broken)
    dirty = room.upload("校报.txt", _DIRTY.encode())
    warned = server.wait_for_reply(dirty)
    photo = room.photo((ROOT / "tests/corpus/formats/fixtures/scan.jpg").read_bytes())
    of_photo = server.wait_for_reply(photo, timeout=120)
    return [
        Screen("管理员 · 新报告", (file, preview, prompt)),
        Screen("管理员 · 上线", (*shown, done)),
        Screen("管理员 · 无法读取的文件", (broken, unreadable)),
        Screen("管理员 · 有可疑之处", (dirty, warned)),
        Screen("管理员 · 照片", (photo, of_photo)),
        *_of_the_office(at),
        _of_groups(at),
    ]


def _of_the_office(at: Staff) -> list[Screen]:
    server, admin = at.server, at.admin
    made = []
    for title, command in (
        ("未答上的问题", "/unanswered"),
        ("使用统计", "/stats"),
        ("移除", "/remove"),
        ("退回", "/rollback"),
    ):
        asked = admin.private.send(command)
        made.append(Screen(f"管理员 · {title}", (asked, server.wait_for_reply(asked))))
    admin.press(made[0].messages[1], "1")
    card = server.wait_for_edit(made[0].messages[1])
    made[0] = replace(made[0], messages=(*made[0].messages, card))
    menu = made[2].messages[1]
    admin.press(menu, "青禾")
    confirm = server.wait_for_edit(menu)
    made[2] = replace(made[2], messages=(*made[2].messages, confirm))
    return made


def _of_groups(at: Staff) -> Screen:
    server = at.server
    group = server.supergroup("备课组", members=[at.teacher], admins=[at.admin], bot="left")
    group.add_bot(server.bot_id, by=at.admin)
    welcome = group.wait_for_message()
    server.set_privacy(on=False)
    asked = group.send(at.admin, "/selfcheck")
    found = server.wait_for_reply(asked)
    server.set_privacy(on=True)
    away = server.supergroup("外校群", members=[at.stranger], bot="left")
    last = at.admin.private.messages()[-1]
    away.add_bot(server.bot_id, by=at.stranger)
    told = at.admin.private.wait_for_message(after=last)
    farewell = next(message for message in away.bot_messages() if message.text)
    return Screen("备课组 · 外校群 · 管理员", (welcome, asked, found, farewell, told))


def _school(folder: Path) -> AbstractContextManager[Staff]:
    return running_school(folder, earlier_report(), limits={"person": 1000, "chat": 1000})


def main() -> int:
    """Draw the screens into a file."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "screens.html")
    with tempfile.TemporaryDirectory() as folder, _school(Path(folder) / "home") as at:
        path.write_text(page(screens(at), at.server.bot_id), "utf-8")
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
