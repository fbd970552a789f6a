"""A school whose bot is killed again and again, and what must be there afterwards."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

import yaml

from tests.support.botapi import Group, Message, Slow
from tests.support.reports import long_report
from tests.support.school import ANSWER, QUESTION, ROOT, Staff

_OVER = "这一步已经完成或取消。"
_SETTLED = 60.0
_FIRST_YEAR = 1950
_CORRECTED = 100

Found = TypeVar("Found")


class Moment(Enum):
    """What the bot is doing when it is killed; the longest it is let do it, in seconds."""

    UPLOAD = 1.0
    PREVIEW = 0.8
    INDEXING = 3.0
    ANSWERING = 0.6


@dataclass
class Losses:
    """What was not there after a kill: empty, if nothing is ever lost.

    `unanswered` counts questions whose answer was under way in the moment of the kill: they are
    answered at most once, which is no loss of what the bot keeps.
    """

    reports: list[str] = field(default_factory=list)
    jobs: list[str] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unanswered: int = 0

    @property
    def none(self) -> bool:
        """Whether nothing was lost, and nothing answered twice."""
        return not (self.reports or self.jobs or self.buttons or self.groups or self.doubled)


class Campaign:
    """Uploads, previews, indexes and answers, with a SIGKILL in each.

    `in_time` counts the kills that came before the report that was being indexed was live.
    """

    def __init__(self, staff: Staff, seed: int, paragraphs: int = 60) -> None:
        """Use a running school; reports have so many paragraphs."""
        self.staff = staff
        self.losses = Losses()
        self.in_time = 0
        self._random = random.Random(seed)
        self._paragraphs = paragraphs
        self._live: dict[str, int] = {}
        self._group = self._let_in()
        self._old = staff.server.wait_for_reply(staff.group.send(staff.teacher, _ask()))

    def kill(self, moment: Moment) -> float:
        """Kill the bot in such a moment, start it again, and look; return when it was killed."""
        delay = self._random.uniform(0, moment.value)
        match moment:
            case Moment.UPLOAD:
                self._upload(delay)
            case Moment.PREVIEW:
                self._preview(delay)
            case Moment.INDEXING:
                self._indexing(delay)
            case Moment.ANSWERING:
                self._answering(delay)
        self._look()
        return delay

    def look_at_the_library(self) -> None:
        """Note every report that is not in the library, or not in the index."""
        command = [sys.executable, "-m", "bot", "index", "--json"]
        done = subprocess.run(
            [*command, "--config", str(self.staff.school.folder / "baogao.yaml")],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        there = json.loads(done.stdout)
        self.losses.reports += sorted(self._live.keys() - set(there["unchanged"]))
        path = self.staff.school.reports / "reports.yaml"
        known = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
        for name, year in self._live.items():
            if year >= _FIRST_YEAR + _CORRECTED and known.get(name, {}).get("year") != year:
                self.losses.reports.append(f"{name}: the year {year}")
        left = [file.name for file in (self.staff.school.state / "uploads").glob("*")]
        self.losses.jobs += [f"left behind: {name}" for name in left]

    def _upload(self, delay: float) -> None:
        self.staff.server.fail("getFile", Slow(delay / 2))
        name, sent = self._send()
        self._crash(delay)
        self._go_live(name, sent)

    def _preview(self, delay: float) -> None:
        name, sent = self._send()
        preview = self._shown(sent)
        self.staff.admin.tap(preview, "改年份")
        self._crash(delay)
        year = self._live[name] + _CORRECTED
        prompt = self._eventually(lambda: self._said(sent, "请回复正确的年份"))
        if prompt is None:
            self.losses.jobs.append(f"{name}: the year was not asked for")
            return
        self.staff.admin.private.reply(prompt, str(year))
        if self._eventually(lambda: self._said(sent, f"年份：{year}年")) is None:
            self.losses.jobs.append(f"{name}: the year was not corrected")
            return
        self._live[name] = year
        self._go_live(name, sent)

    def _indexing(self, delay: float) -> None:
        name, sent = self._send()
        self.staff.admin.tap(self._shown(sent), "上线")
        self._eventually(lambda: self._said(sent, "正在更新"))
        self._crash(delay, lambda: self._said(sent, "已上线：") is None)
        self._done(name, sent)

    def _answering(self, delay: float) -> None:
        staff = self.staff
        asked = [room.send(staff.teacher, _ask()) for room in (staff.group, self._group) * 2]
        asked += [staff.teacher.private.send(QUESTION) for _ in range(2)]
        self._crash(delay)
        staff.server.wait_for_reply(staff.teacher.private.send(QUESTION))
        staff.server.wait_for_reply(staff.group.send(staff.teacher, _ask()))
        for question in asked:
            answers = [m for m in staff.server.replies(question) if ANSWER in m.text]
            self.losses.unanswered += not answers
            if len(answers) > 1:
                self.losses.doubled.append(question.text)

    def _look(self) -> None:
        """Note what does not work that worked before: the allowed group, an old button."""
        staff = self.staff
        try:
            staff.server.wait_for_reply(self._group.send(staff.teacher, _ask()))
        except TimeoutError:
            self.losses.groups.append(str(self._group.id))
        try:
            before = staff.server.refresh(self._old)
            staff.teacher.press(before, "原文" if "原文" in before.labels() else "返回")
            self._old = staff.server.wait_for_edit(before)
        except (TimeoutError, LookupError) as exc:
            self.losses.buttons.append(str(exc))

    def _let_in(self) -> Group:
        """A group that an admin allowed by a button."""
        staff = self.staff
        group = staff.server.supergroup("备课组", members=[staff.teacher], bot="left")
        group.add_bot(staff.server.bot_id, by=staff.teacher)
        request = staff.admin.private.wait_for_message(after=staff.admin.private.messages()[-1])
        staff.admin.press(request, "允许这个群")
        group.add_bot(staff.server.bot_id, by=staff.teacher)
        return group

    def _send(self) -> tuple[str, Message]:
        year = _FIRST_YEAR + len(self._live)
        name = f"长河{year}"
        self._live[name] = year
        content = long_report(year, self._paragraphs)
        return name, self.staff.admin.private.upload(f"{name}.txt", content)

    def _crash(self, delay: float, in_time: Callable[[], bool] = lambda: False) -> None:
        time.sleep(delay)
        self.staff.school.kill()
        self.in_time += in_time()
        self.staff.server.heal()
        self.staff.school.start()

    def _go_live(self, name: str, sent: Message) -> None:
        deadline = time.monotonic() + _SETTLED
        while self.staff.admin.press(self._shown(sent), "上线").text == _OVER:
            if time.monotonic() > deadline:
                self.losses.buttons.append(f"{name}: 上线")
                return
            time.sleep(0.2)
        self._done(name, sent)

    def _done(self, name: str, sent: Message) -> None:
        if self._eventually(lambda: self._said(sent, "已上线：")) is None:
            self.losses.jobs.append(name)

    def _shown(self, sent: Message) -> Message:
        """The newest preview of an upload."""
        found = self._eventually(lambda: self._said(sent, "标题：", button="上线"))
        if found is None:
            raise TimeoutError(f"no preview of {sent.document}:\n{self.staff.school.log}")
        return found

    def _said(self, sent: Message, words: str, button: str = "") -> Message | None:
        """The newest message of the bot after `sent` that holds `words`."""
        said = self.staff.admin.private.bot_messages(after=sent)
        found = [m for m in said if words in m.text and (not button or button in m.labels())]
        return found[-1] if found else None

    def _eventually(self, look: Callable[[], Found | None]) -> Found | None:
        deadline = time.monotonic() + _SETTLED
        while (found := look()) is None and time.monotonic() < deadline:
            time.sleep(0.05)
        return found


def _ask() -> str:
    return f"/ask {QUESTION}"
