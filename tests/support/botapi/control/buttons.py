"""What people do with buttons and inline queries."""

import secrets

from tests.support.botapi.control.acts import recorded
from tests.support.botapi.engine.posting import announce, keep
from tests.support.botapi.engine.records import StoredMessage
from tests.support.botapi.engine.rendering import render_message
from tests.support.botapi.engine.wire import JsonObject
from tests.support.botapi.engine.world import World


def press(world: World, arguments: JsonObject) -> JsonObject:
    """A press of a button with callback data; `inaccessible` hides an old message's text.

    `data` that no button carries needs `forged`: a modified client can send anything.
    """
    message = world.message(arguments["chat_id"], arguments["message_id"])
    user = world.accounts[arguments["user_id"]]
    data = arguments["data"]
    if not arguments.get("forged") and data not in _callback_data(message):
        raise LookupError("no button of the message carries this data")
    query = world.callbacks.ask(user.id)
    update: JsonObject = {
        "id": query.id,
        "from": user.api(),
        "chat_instance": str(hash((message.chat_id, "instance")) & 0xFFFFFFFF),
        "data": data,
    }
    if message.inline_message_id:
        update["inline_message_id"] = message.inline_message_id
    else:
        api = render_message(world, message)
        if arguments.get("inaccessible"):
            api = {"chat": api["chat"], "message_id": api["message_id"], "date": 0}
        update["message"] = api
    world.updates.add("callback_query", update)
    world.changes.notify()
    return {"id": query.id}


def _callback_data(message: StoredMessage) -> set[str]:
    rows = (message.reply_markup or {}).get("inline_keyboard", [])
    return {button["callback_data"] for row in rows for button in row if "callback_data" in button}


async def callback_answer(world: World, arguments: JsonObject) -> JsonObject | None:
    """The bot's answer to a press, None if there is none within `timeout` seconds."""
    query = world.callbacks.asked[arguments["id"]]
    return await world.changes.until(lambda: query.answer, arguments["timeout"])


def inline_query(world: World, arguments: JsonObject) -> JsonObject:
    """Ask inline: either the `answer` that Telegram has cached, or the `id` of a new query."""
    user = world.accounts[arguments["user_id"]]
    text, offset = arguments["text"], arguments.get("offset", "")
    cached = world.inline.cached(user.id, text, offset)
    if cached is not None:
        return {"answer": cached}
    query = world.inline.ask(user.id, text, offset)
    update = {
        "id": query.id,
        "from": user.api(),
        "query": text,
        "offset": offset,
        "chat_type": arguments.get("chat_type", "group"),
    }
    world.updates.add("inline_query", update)
    world.changes.notify()
    return {"id": query.id}


async def inline_answer(world: World, arguments: JsonObject) -> JsonObject | None:
    """The bot's answer to an inline query, None if there is none in time."""
    query = world.inline.asked[arguments["id"]]
    return await world.changes.until(lambda: query.answer, arguments["timeout"])


def choose(world: World, arguments: JsonObject) -> JsonObject:
    """Send a result of an inline query to a chat, in the person's own name."""
    chat = world.chats[arguments["chat_id"]]
    user = world.accounts[arguments["user_id"]]
    result = arguments["result"]
    inline_id = secrets.token_urlsafe(12) if result.get("reply_markup") else None
    message = StoredMessage(
        chat_id=chat.id,
        message_id=world.next_message_id(chat),
        sender_id=user.id,
        date=world.now(),
        content=result["content"],
        reply_markup=result.get("reply_markup"),
        via_bot_id=world.bot.id,
        inline_message_id=inline_id,
    )
    keep(world, chat, message)
    announce(world, message)
    if world.profile.inline_feedback:
        chosen = {"result_id": result["id"], "from": user.api(), "query": arguments["query"]}
        chosen |= {"inline_message_id": inline_id} if inline_id else {}
        world.updates.add("chosen_inline_result", chosen)
        world.changes.notify()
    return recorded(message)
