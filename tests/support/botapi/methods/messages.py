"""sendMessage and what else appears in a chat without a file."""

from tests.support.botapi.engine.destination import (
    check_action_thread,
    check_presence,
    find_chat,
    find_destination,
)
from tests.support.botapi.engine.keyboards import read_reply_markup
from tests.support.botapi.engine.posting import post_from_bot
from tests.support.botapi.engine.refusal import bad_request
from tests.support.botapi.engine.rendering import render_message
from tests.support.botapi.engine.text import read_text
from tests.support.botapi.engine.wire import JsonObject, Parameters
from tests.support.botapi.engine.world import World

_ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document "  # noqa: SIM905 - words
    "choose_sticker find_location record_video_note upload_video_note".split()
)
_REACTIONS = frozenset(
    """
    👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥
    🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇
    😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
    """.split()  # noqa: SIM905 - words
)


def send_message(world: World, parameters: Parameters) -> JsonObject:
    """https://core.telegram.org/bots/api#sendmessage."""
    destination = find_destination(world, parameters)
    formatted = read_text(parameters, world.find_user)
    markup = read_reply_markup(parameters.json_object("reply_markup"))
    message = post_from_bot(world, destination, formatted.api(), markup)
    return render_message(world, message)


def send_message_draft(world: World, parameters: Parameters) -> bool:
    """https://core.telegram.org/bots/api#sendmessagedraft."""
    destination = find_destination(world, parameters)
    if destination.chat.kind != "private":
        raise bad_request("message drafts can be sent only to private chats")
    if not parameters.integer("draft_id"):
        raise bad_request("draft_id must be non-zero")
    formatted = read_text(parameters, world.find_user, required=False)
    draft = {"draft_id": parameters.integer("draft_id"), "at": world.now(), **formatted.api()}
    destination.chat.drafts.append(draft)
    world.changes.notify()
    return True


def send_chat_action(world: World, parameters: Parameters) -> bool:
    """https://core.telegram.org/bots/api#sendchataction."""
    chat = find_chat(world, parameters)
    check_presence(world, chat)
    thread_id = parameters.integer("message_thread_id")
    check_action_thread(chat, thread_id)
    action = parameters.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append({"action": action, "thread_id": thread_id, "at": world.now()})
    world.changes.notify()
    return True


def set_message_reaction(world: World, parameters: Parameters) -> bool:
    """https://core.telegram.org/bots/api#setmessagereaction."""
    chat = find_chat(world, parameters)
    check_presence(world, chat)
    message = chat.messages.get(parameters.required_integer("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to react not found", blame=message is None)
    reactions = parameters.json_list("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        emoji = reaction.get("emoji", "").replace("\ufe0f", "")
        if reaction.get("type") != "emoji" or emoji not in _REACTIONS:
            raise bad_request("REACTION_INVALID")
    chat.reactions[message.message_id] = reactions
    world.changes.notify()
    return True
