"""Changes and deletes messages, with Telegram's rules on whose and when."""

from dataclasses import dataclass

from tests.support.botapi.engine.destination import DELETABLE_SECONDS, check_presence, find_chat
from tests.support.botapi.engine.entities import utf16_length
from tests.support.botapi.engine.keyboards import read_inline_keyboard
from tests.support.botapi.engine.posting import remember_version
from tests.support.botapi.engine.records import Chat, StoredMessage
from tests.support.botapi.engine.refusal import Refusal, bad_request
from tests.support.botapi.engine.rendering import render_message
from tests.support.botapi.engine.text import LONGEST_TEXT, read_caption, read_formatted
from tests.support.botapi.engine.wire import JsonObject, Parameters
from tests.support.botapi.engine.world import World

MOST_DELETED_AT_ONCE = 100
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
_EDITABLE = frozenset({"text", "document"})


@dataclass(frozen=True, slots=True)
class _Target:
    message: StoredMessage
    inline: bool


def edit_message_text(world: World, parameters: Parameters) -> JsonObject | bool:
    """https://core.telegram.org/bots/api#editmessagetext."""
    target = _target(world, parameters)
    if not parameters.text("text"):
        raise bad_request("message text is empty")
    formatted = read_formatted(parameters, world.find_user, "text", "parse_mode", "entities")
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > LONGEST_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    if "text" not in target.message.content:
        raise bad_request("there is no text in the message to edit")
    return _apply(world, target, formatted.api(), _keyboard(parameters))


def edit_message_caption(world: World, parameters: Parameters) -> JsonObject | bool:
    """https://core.telegram.org/bots/api#editmessagecaption."""
    target = _target(world, parameters)
    if "document" not in target.message.content:
        raise bad_request("there is no caption in the message to edit")
    caption = read_caption(parameters, world.find_user)
    content: JsonObject = {"document": target.message.content["document"]}
    if caption.text:
        content |= caption.api("caption")
    return _apply(world, target, content, _keyboard(parameters))


def edit_message_reply_markup(world: World, parameters: Parameters) -> JsonObject | bool:
    """https://core.telegram.org/bots/api#editmessagereplymarkup."""
    target = _target(world, parameters)
    return _apply(world, target, target.message.content, _keyboard(parameters))


def _keyboard(parameters: Parameters) -> JsonObject | None:
    return read_inline_keyboard(parameters.json_object("reply_markup"))


def _target(world: World, parameters: Parameters) -> _Target:
    inline_id = parameters.text("inline_message_id")
    if inline_id:
        found = world.inline_message(inline_id)
        if found is None or found.deleted:
            raise bad_request("MESSAGE_ID_INVALID", blame=found is None)
        return _Target(found, inline=True)
    chat = find_chat(world, parameters)
    check_presence(world, chat)
    message = _find(chat, parameters.required_integer("message_id"), "edit")
    if not _is_own(world, message) or not _EDITABLE & message.content.keys():
        raise bad_request("message can't be edited")
    return _Target(message, inline=False)


def _find(chat: Chat, message_id: int, purpose: str) -> StoredMessage:
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise bad_request(f"message to {purpose} not found", blame=message is None)
    return message


def _is_own(world: World, message: StoredMessage) -> bool:
    in_channel = world.chats[message.chat_id].kind == "channel"
    return message.via_bot_id is None and (in_channel or message.sender_id == world.bot.id)


def _apply(
    world: World, target: _Target, content: JsonObject, markup: JsonObject | None
) -> JsonObject | bool:
    message = target.message
    if message.content == content and message.reply_markup == markup:
        raise bad_request(_NOT_MODIFIED)
    message.content, message.reply_markup = content, markup
    message.edited_at = world.now()
    remember_version(message, message.edited_at)
    world.changes.notify()
    return True if target.inline else render_message(world, message)


def delete_message(world: World, parameters: Parameters) -> bool:
    """https://core.telegram.org/bots/api#deletemessage."""
    chat = find_chat(world, parameters)
    check_presence(world, chat)
    message = _find(chat, parameters.required_integer("message_id"), "delete")
    refusal = _undeletable(world, chat, message)
    if refusal is not None:
        raise refusal
    message.deleted = True
    world.changes.notify()
    return True


def _undeletable(world: World, chat: Chat, message: StoredMessage) -> Refusal | None:
    own = message.sender_id == world.bot.id
    rules = chat.kind != "private" and chat.membership(world.bot.id).rules
    if chat.kind != "private" and not own and not rules:
        return bad_request("message can't be deleted")
    if world.now() - message.date > DELETABLE_SECONDS and not rules:
        return bad_request("message can't be deleted for everyone", blame=False)
    return None


def delete_messages(world: World, parameters: Parameters) -> bool:
    """https://core.telegram.org/bots/api#deletemessages: those not found are passed over."""
    chat = find_chat(world, parameters)
    check_presence(world, chat)
    given = parameters.json_list("message_ids") or []
    if not 1 <= len(given) <= MOST_DELETED_AT_ONCE:
        raise bad_request("wrong number of message identifiers")
    for message in (chat.messages.get(int(message_id)) for message_id in given):
        if message is not None and _undeletable(world, chat, message) is None:
            message.deleted = True
    world.changes.notify()
    return True
