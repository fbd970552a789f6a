"""What a test looks at, and waits for."""

import base64
from dataclasses import asdict

from tests.support.botapi.control.acts import recorded
from tests.support.botapi.engine.records import StoredMessage
from tests.support.botapi.engine.rendering import render_full_chat
from tests.support.botapi.engine.wire import JsonObject
from tests.support.botapi.engine.world import World
from tests.support.botapi.methods.commands import scope_key


def _selected(world: World, arguments: JsonObject) -> list[StoredMessage]:
    """Messages by chat, thread, author and order; `after` is a message identifier."""
    chat_id = arguments.get("chat_id")
    chats = [world.chats[chat_id]] if chat_id in world.chats else []
    chats = list(world.chats.values()) if chat_id is None else chats
    after = arguments.get("after") or 0
    found = (
        message
        for chat in chats
        for message in chat.messages.values()
        if message.message_id > after
        and (not arguments.get("from_bot") or message.sender_id == world.bot.id)
        and ("reply_to" not in arguments or message.reply_to == arguments["reply_to"])
        and ("thread_id" not in arguments or message.thread_id == arguments["thread_id"])
    )
    return sorted(found, key=lambda message: (message.date, message.message_id))


def messages(world: World, arguments: JsonObject) -> list[JsonObject]:
    """The messages that fit, oldest first."""
    return [recorded(message) for message in _selected(world, arguments)]


def message(world: World, arguments: JsonObject) -> JsonObject:
    """One message as it is now."""
    return recorded(world.message(arguments["chat_id"], arguments["message_id"]))


def calls(world: World, arguments: JsonObject) -> list[JsonObject]:
    """The bot's calls of `method`, or all of them, in order."""
    method = arguments.get("method")
    wanted = (call for call in world.calls if method in {None, call.method})
    return [asdict(call) for call in wanted]


def commands(world: World, arguments: JsonObject) -> list[JsonObject]:
    """The menu of commands set for exactly this scope and language."""
    scope = scope_key(arguments["scope"], arguments.get("chat_id"), arguments.get("user_id"))
    return world.profile.commands.get((scope, arguments.get("language_code", "")), [])


def chat(world: World, arguments: JsonObject) -> JsonObject:
    """A chat with what else happened in it."""
    found = world.chats[arguments["chat_id"]]
    return {
        "api": render_full_chat(world, found),
        "members": {str(key): asdict(value) for key, value in found.members.items()},
        "drafts": found.drafts,
        "actions": found.actions,
        "reactions": {str(key): value for key, value in found.reactions.items()},
    }


def file(world: World, arguments: JsonObject) -> JsonObject:
    """The content of a stored file, in base64."""
    stored = world.files[arguments["file_id"]]
    return stored.api() | {"content": base64.b64encode(stored.content).decode()}


def updates(world: World, arguments: JsonObject) -> JsonObject:
    """How many updates wait, and what the bot asked for."""
    del arguments
    return {"pending": len(world.updates), "allowed": world.updates.allowed}


async def wait_message(world: World, arguments: JsonObject) -> JsonObject | None:
    """The first message that fits, as soon as it is there."""

    def look() -> StoredMessage | None:
        return next(iter(_selected(world, arguments)), None)

    found = await world.changes.until(look, arguments["timeout"])
    return recorded(found) if found else None


async def wait_version(world: World, arguments: JsonObject) -> JsonObject | None:
    """The message once it has had more than `versions` versions."""
    edited = world.message(arguments["chat_id"], arguments["message_id"])

    def look() -> bool | None:
        return len(edited.versions) > arguments["versions"] or None

    found = await world.changes.until(look, arguments["timeout"])
    return recorded(edited) if found else None


async def wait_deleted(world: World, arguments: JsonObject) -> bool:
    """Whether the message was deleted in time."""
    gone = world.message(arguments["chat_id"], arguments["message_id"])
    return bool(await world.changes.until(lambda: gone.deleted or None, arguments["timeout"]))


async def wait_calls(world: World, arguments: JsonObject) -> list[JsonObject] | None:
    """The calls of `method` once `count` of them have ended."""

    def look() -> list[JsonObject] | None:
        ended = [call for call in calls(world, arguments) if call["finished_at"] is not None]
        return ended if len(ended) >= arguments["count"] else None

    return await world.changes.until(look, arguments["timeout"])


async def wait_drained(world: World, arguments: JsonObject) -> bool:
    """Whether the bot acknowledged every update in time."""

    def look() -> bool | None:
        return len(world.updates) == 0 or None

    return bool(await world.changes.until(look, arguments["timeout"]))
