"""What only admins may do; checked here, whoever shows or hides the commands."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.commands.indexing import describe
from bot.messages import Messages, explain
from bot.telegram.addressing import from_person
from bot.telegram.office import Office
from bot.telegram.post import Place, place_of
from bot.telegram.progress import Steps, shown
from bot.telegram.strangers import Strangers
from bot.telegram.text import Rich
from corpus.errors import CorpusError
from index.errors import SearchError

Context = ContextTypes.DEFAULT_TYPE


class Admin:
    """The commands of admins."""

    def __init__(self, office: Office, strangers: Strangers) -> None:
        self._office = office
        self._strangers = strangers

    async def reindex(self, update: Update, context: Context) -> None:
        """/reindex: bring the index up to date, with a message that shows how far it is."""
        message = update.message
        m = await self._admitted(message)
        if message is not None and m is not None:
            context.application.create_task(self._reindex(place_of(message), m), update)

    async def _reindex(self, place: Place, m: Messages) -> None:
        office = self._office
        sent = await office.post.send(place, Rich(m.telegram.reindexing))
        steps = Steps()

        async def say(text: str) -> None:
            if sent:
                await office.post.edit(place.chat_id, sent[-1], Rich(text))
            else:
                await office.post.send(place, Rich(text))

        async def show(done: int, total: int) -> None:
            await say(m.telegram.reindex_progress.format(done=done, total=total))

        try:
            async with shown(steps, show):
                changes = await office.workers.change(
                    office.service.bring_up_to_date, progress=steps
                )
        except (CorpusError, SearchError) as exc:
            await say(m.telegram.reindex_failed.format(reason=explain(exc, m)))
            return
        await say("\n".join(describe(changes, m)))

    async def _admitted(self, message: Message | None) -> Messages | None:
        """Return the words for an admin; None, and a sentence to whoever it is, for others."""
        if message is None or not from_person(message):
            return None
        office = self._office
        m = office.messages_for(message.from_user)
        if office.access.is_admin(message.from_user) and message.sender_chat is None:
            return m
        if not await office.access.may_ask(message.chat, message.from_user):
            await self._strangers.turn_away(message, m)
            return None
        words = (
            m.telegram.admins_only if message.sender_chat is None else m.telegram.admins_anonymous
        )
        await office.post.send(place_of(message), Rich(words))
        return None
