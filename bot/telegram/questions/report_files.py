"""The files of reports, sent into a chat: once, however often they are asked for."""

from __future__ import annotations

from pathlib import Path

from bot.messages import Messages
from bot.telegram.context import BotContext
from bot.telegram.transport.sender import ChatPlace
from corpus.errors import CorpusError

_LARGEST_FILE = 50 * 1024 * 1024
_FILE_EVERY = 60.0


class ReportFiles:
    """Sends reports as the files that they are."""

    def __init__(self, context: BotContext) -> None:
        self._context = context

    async def send(self, place: ChatPlace, report: str, m: Messages) -> str:
        """Send the file of a report; return what to say where it is not sent, "" otherwise."""
        try:
            path = await self._context.threads.change(self._file, report)
        except CorpusError:
            return m.telegram.report_gone
        if path is None:
            return m.telegram.file_too_large
        if not self._context.quota.notice_due((place.chat_id, report), _FILE_EVERY):
            return m.telegram.file_sent_already
        data = await self._context.threads.change(path.read_bytes)
        await self._context.sender.send_file(place, data, path.name)
        return ""

    def _file(self, report: str) -> Path | None:
        path = self._context.service.library.path(report)
        return path if path.stat().st_size <= _LARGEST_FILE else None
