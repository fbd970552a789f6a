"""Proof in a picture: the page of a report with the quoted sentence marked."""

from __future__ import annotations

import asyncio

from bot.messages import Messages
from bot.telegram.context import BotContext
from bot.telegram.transport.sender import ChatPlace
from bot.wording.citations import place_line, short_titles
from corpus.errors import CorpusError, UnreadableReport
from corpus.formats.page_pictures.picture import PagePicture
from index.answering.answer import Found
from index.store.store import IndexedReport

_AT_ONCE = 1
"""Pages that are drawn at a time: each takes a process of its own."""

_EVERY = 60.0


class PagePictures:
    """Draws pages, one at a time, and sends them."""

    def __init__(self, context: BotContext) -> None:
        self._context = context
        self._drawing = asyncio.Semaphore(_AT_ONCE)

    async def send(
        self, place: ChatPlace, found: Found, entries: tuple[IndexedReport, ...], m: Messages
    ) -> str:
        """Send the page of what was found; return what to say where it is not sent."""
        about = ("page", place.chat_id, found.passage.id, found.quote)
        if not self._context.quota.notice_due(about, _EVERY):
            return m.telegram.file_sent_already
        try:
            async with self._drawing:
                drawn = await self._context.threads.change(self._draw, found)
        except UnreadableReport as exc:
            return m.telegram.page_not_shown.format(reason=m.troubles[exc.trouble])
        except CorpusError:
            return m.telegram.report_gone
        where = place_line(found.passage, short_titles(entries, m), m)
        template = m.telegram.page_part if drawn.part else m.telegram.page_whole
        caption = template.format(place=where, page=m.page.format(number=drawn.page))
        await self._context.sender.send_picture(place, drawn.content, caption)
        return ""

    def _draw(self, found: Found) -> PagePicture:
        passage, library = found.passage, self._context.service.library
        return library.draw(passage.report, found.words, passage.page)
