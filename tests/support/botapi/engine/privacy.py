"""Which messages of a group a bot is shown.

https://core.telegram.org/bots/features#privacy-mode
https://core.telegram.org/api/bots/bot-to-bot
"""

from tests.support.botapi.engine.entities import utf16_slice
from tests.support.botapi.engine.records import MEDIA, Chat, StoredMessage
from tests.support.botapi.engine.world import World


def is_shown(world: World, chat: Chat, message: StoredMessage) -> bool:
    """Whether the bot receives `message`."""
    membership = chat.membership(world.bot.id)
    if not membership.present:
        return False
    if chat.kind == "private":
        return not world.accounts[chat.id].blocked
    if chat.kind == "channel":
        return membership.rules
    if _is_from_a_bot(world, message):
        return _is_told_by_a_bot(world, chat, message)
    reads_everything = world.profile.reads_all_group_messages or membership.rules
    return reads_everything or is_meant_for_bot(world, chat, message)


def is_meant_for_bot(world: World, chat: Chat, message: StoredMessage) -> bool:
    """Whether privacy mode lets the message through."""
    if not message.text and not MEDIA & message.content.keys():
        return _is_service(message) or _replies_to_bot(world, chat, message)
    return (
        message.via_bot_id == world.bot.id
        or _replies_to_bot(world, chat, message)
        or _names_bot(world, chat, message)
    )


def _is_from_a_bot(world: World, message: StoredMessage) -> bool:
    """Administrators without a name and channels write through bots of Telegram's own."""
    if message.sender_id is None or message.sender_chat_id is not None:
        return False
    return world.accounts[message.sender_id].is_bot


def _is_told_by_a_bot(world: World, chat: Chat, message: StoredMessage) -> bool:
    """Whether another bot speaks to this one: with a command for it, or in reply to it."""
    if message.sender_id is None or not world.accounts[message.sender_id].talks_to_bots:
        return False
    replied = chat.messages.get(message.reply_to) if message.reply_to is not None else None
    if replied is not None and replied.sender_id == world.bot.id:
        return True
    address = f"@{world.bot.username}".lower()
    return any(
        entity["type"] == "bot_command"
        and utf16_slice(message.text, entity["offset"], entity["length"]).lower().endswith(address)
        for entity in message.entities
    )


def _is_service(message: StoredMessage) -> bool:
    media = {"photo", "sticker", "voice", "video", "audio", "document", "animation", "poll"}
    return not media & message.content.keys()


def _replies_to_bot(world: World, chat: Chat, message: StoredMessage) -> bool:
    replied = chat.messages.get(message.reply_to) if message.reply_to is not None else None
    if replied is None or replied.deleted:
        return False
    return replied.sender_id == world.bot.id or replied.seen_by_bot


def _names_bot(world: World, chat: Chat, message: StoredMessage) -> bool:
    address = f"@{world.bot.username}".lower()
    for entity in message.entities:
        marked = utf16_slice(message.text, entity["offset"], entity["length"]).lower()
        kind = entity["type"]
        if kind == "bot_command":
            if marked.endswith(address) or ("@" not in marked and _was_last_bot(world, chat)):
                return True
        elif kind == "mention":
            if marked == address:
                return True
        elif kind == "text_mention" and entity["user"]["id"] == world.bot.id:
            return True
    return False


def _was_last_bot(world: World, chat: Chat) -> bool:
    """A command without an address goes to the bot that wrote last in the group."""
    return chat.last_bot_id in {None, world.bot.id}
