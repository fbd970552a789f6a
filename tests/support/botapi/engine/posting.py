"""Puts messages into chats and hands the bot the updates it is shown."""

from tests.support.botapi.engine.destination import Destination
from tests.support.botapi.engine.privacy import is_meant_for_bot, is_shown
from tests.support.botapi.engine.records import MEDIA, Account, Chat, Membership, StoredMessage
from tests.support.botapi.engine.rendering import render_chat, render_member, render_message
from tests.support.botapi.engine.wire import JsonObject
from tests.support.botapi.engine.world import World


def post_from_bot(
    world: World,
    destination: Destination,
    content: JsonObject,
    reply_markup: JsonObject | None,
) -> StoredMessage:
    """A message of the bot itself."""
    chat = destination.chat
    message = StoredMessage(
        chat_id=chat.id,
        message_id=world.next_message_id(chat),
        sender_id=None if chat.kind == "channel" else world.bot.id,
        sender_chat_id=chat.id if chat.kind == "channel" else None,
        date=world.now(),
        content=content,
        reply_markup=reply_markup,
        reply_to=destination.reply_to,
        quote=destination.quote,
        thread_id=destination.thread_id,
        is_topic=destination.is_topic,
    )
    chat.last_bot_id = world.bot.id
    return keep(world, chat, message)


def keep(world: World, chat: Chat, message: StoredMessage) -> StoredMessage:
    """Store a message and its first version."""
    chat.messages[message.message_id] = message
    remember_version(message, message.date)
    world.changes.notify()
    return message


def remember_version(message: StoredMessage, at: float) -> None:
    """Note the message as it is now."""
    version = {"at": at, "content": message.content, "reply_markup": message.reply_markup}
    message.versions.append(version)


def announce(world: World, message: StoredMessage, *, edited: bool = False) -> bool:
    """Give the bot the update of a new or edited message, if it is shown; whether it was."""
    chat = world.chats[message.chat_id]
    if not is_shown(world, chat, message):
        return False
    kind = "channel_post" if chat.kind == "channel" else "message"
    kind = f"edited_{kind}" if edited else kind
    if message.content.keys() & {"text", *MEDIA}:
        message.seen_by_bot = is_meant_for_bot(world, chat, message)
    queued = world.updates.add(kind, render_message(world, message), message)
    world.changes.notify()
    return queued


def post_service(
    world: World, chat: Chat, content: JsonObject, *, by: Account | None = None
) -> StoredMessage:
    """A message of Telegram's own about the chat: who came, who left, what changed."""
    message = StoredMessage(
        chat_id=chat.id,
        message_id=world.next_message_id(chat),
        sender_id=by.id if by else None,
        date=world.now(),
        content=content,
    )
    keep(world, chat, message)
    announce(world, message)
    return message


def change_member(
    world: World, chat: Chat, account: Account, new: Membership, *, by: Account
) -> None:
    """Change what an account is in a chat, with the updates that follow."""
    old = chat.membership(account.id)
    bot_was_present = chat.membership(world.bot.id).present
    chat.members[account.id] = new
    update = {
        "chat": render_chat(world, chat),
        "from": by.api(),
        "date": int(world.now()),
        "old_chat_member": render_member(account, old),
        "new_chat_member": render_member(account, new),
    }
    if account is world.bot:
        world.updates.add("my_chat_member", update)
    elif bot_was_present and chat.membership(world.bot.id).rules:
        world.updates.add("chat_member", update)
    world.changes.notify()
    if chat.kind in {"group", "supergroup"} and old.present != new.present:
        who = account.api()
        joined = {"new_chat_members": [who]}
        post_service(world, chat, joined if new.present else {"left_chat_member": who}, by=by)
