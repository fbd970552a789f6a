"""What `baogao doctor` asks Telegram: the token, the rights, the groups."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from telegram import Bot, ChatMember
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.config.secrets import Token
from bot.config.settings import Config
from bot.messages import Messages

Result = tuple[bool, str]
"""Whether it is good, and a sentence about it."""


async def examine(config: Config, token: Token, m: Messages) -> Sequence[Result]:
    """Return what Telegram says about the bot and its groups."""
    telegram = config.telegram
    request = HTTPXRequest(proxy=telegram.proxy, connect_timeout=10, read_timeout=10)
    bot = Bot(token.reveal(), base_url=telegram.base_url, request=request)
    try:
        async with bot:
            return [result async for result in _results(bot, config, m)]
    except InvalidToken:
        return [(False, m.wrong_token)]
    except TelegramError:
        return [(False, m.doctor_token_unreachable)]


async def _results(bot: Bot, config: Config, m: Messages) -> AsyncIterator[Result]:
    me = bot.bot
    yield True, m.doctor_token_good.format(username=me.username)
    yield True, m.doctor_privacy_off if me.can_read_all_group_messages else m.doctor_privacy_on
    for chat in config.telegram.groups:
        yield await _group(bot, chat, m)


async def _group(bot: Bot, chat: int, m: Messages) -> Result:
    try:
        member = await bot.get_chat_member(chat, bot.id)
    except TelegramError:
        return False, m.doctor_group_bad.format(chat=chat)
    if member.status in {ChatMember.LEFT, ChatMember.BANNED}:
        return False, m.doctor_group_bad.format(chat=chat)
    return True, m.doctor_group_good.format(chat=chat)
