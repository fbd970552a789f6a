"""An index that is built again and again while the bot answers."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from threading import Event, Thread
from typing import Self

from tests.support.botapi import BotApiServer, Message
from tests.support.school import SHIPPED, Staff

_PATIENCE = 900.0


class Reindexing:
    """Changes reports and has the index built, again and again while the block runs."""

    def __init__(self, staff: Staff, reports: int) -> None:
        self._staff = staff
        self._reports = reports
        self.progress: list[Message] = []
        self._spans: list[tuple[float, float]] = []
        self._over = Event()
        self._thread = Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Begin no other; wait until the last is done."""
        self._over.set()
        self._thread.join()

    def report(self, questions: Sequence[Message]) -> None:
        """Print how long the index was being built, and how much was asked meanwhile."""
        during = sum(any(a <= q.sent_at < b for a, b in self._spans) for q in questions)
        seconds = sum(end - start for start, end in self._spans)
        words = f"{len(self._spans)} times, {seconds:.0f} s in all"
        print(f"index built        {words}; {during} questions asked meanwhile")

    def _run(self) -> None:
        for times in itertools.count():
            if self._over.is_set():
                return
            began = time.time()
            self.progress.append(reindex(self._staff, self._reports, times))
            done = wait_for_index(self._staff.server, self.progress[-1])
            self._spans.append((began, done))


def reindex(staff: Staff, reports: int, times: int = 0) -> Message:
    """Put new reports into the library and have it indexed; return the message of progress.

    With another `times` the same reports have other words, and are indexed anew.
    """
    text = SHIPPED.read_text("utf-8")
    for i in range(reports):
        year = 1950 + i
        lines = text.replace("2021", str(year)).splitlines()
        unlike = "\n".join(
            f"{line}（{year}-{n}-{times}）" if len(line) > 60 else line
            for n, line in enumerate(lines)
        )
        (staff.school.reports / f"{year}年度工作总结.txt").write_text(unlike, "utf-8")
    return staff.server.wait_for_reply(staff.admin.private.send("/reindex"))


def wait_for_index(server: BotApiServer, progress: Message) -> float:
    """Return when the index was up to date, in seconds since the epoch."""
    while "已更新" not in progress.text:
        progress = server.wait_for_edit(progress, timeout=_PATIENCE)
    return progress.edited_at or 0.0
