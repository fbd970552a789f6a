"""Where a bot's message goes, and everything that can stand in its way there."""

from dataclasses import dataclass

from tests.support.botapi.engine.records import Chat, StoredMessage
from tests.support.botapi.engine.refusal import bad_request, forbidden, migrated
from tests.support.botapi.engine.wire import JsonObject, Parameters
from tests.support.botapi.engine.world import World

# How long a bot may delete a message for: https://core.telegram.org/bots/api#deletemessage
DELETABLE_SECONDS = 48 * 3600
_GENERAL_TOPIC = 1


@dataclass(frozen=True, slots=True)
class Destination:
    """A chat, perhaps a thread in it, perhaps a message that is replied to."""

    chat: Chat
    thread_id: int | None = None
    is_topic: bool = False
    reply_to: int | None = None
    quote: JsonObject | None = None


def find_chat(world: World, parameters: Parameters, name: str = "chat_id") -> Chat:
    """The chat that the call names; refused if the bot cannot know it."""
    given = parameters.text(name).strip()
    if not given:
        raise bad_request(f"{name} is empty")
    if given.startswith("@"):
        for chat in world.chats.values():
            if chat.username and chat.username.lower() == given[1:].lower():
                return chat
        raise bad_request("chat not found")
    chat_id = parameters.required_integer(name)
    if chat_id > 0:
        return _private_chat(world, chat_id)
    found = world.chats.get(chat_id)
    if found is None:
        raise bad_request("chat not found")
    if found.migrated_to is not None:
        raise migrated(found.migrated_to)
    return found


def _private_chat(world: World, user_id: int) -> Chat:
    account = world.accounts.get(user_id)
    if account is None:
        raise bad_request("chat not found")
    if not account.is_bot and not world.has_met(account):
        raise bad_request("chat not found", blame=False)
    return world.private_chat(account)


def check_presence(world: World, chat: Chat) -> None:
    """Refuse unless the bot may see and write in the chat."""
    if chat.kind == "private":
        _check_person(world, chat)
        return
    kind = "group" if chat.kind == "group" else chat.kind
    membership = chat.membership(world.bot.id)
    if membership.status == "kicked":
        raise forbidden(f"bot was kicked from the {kind} chat")
    if not membership.present:
        raise forbidden(f"bot is not a member of the {kind} chat")
    if chat.kind == "channel" and not membership.rules:
        raise bad_request("need administrator rights in the channel chat", blame=False)


def _check_person(world: World, chat: Chat) -> None:
    account = world.accounts[chat.id]
    if account.is_bot:
        raise forbidden("bot can't send messages to bots")
    if account.deactivated:
        raise forbidden("user is deactivated")
    if not account.started:
        raise forbidden("bot can't initiate conversation with a user")
    if account.blocked:
        raise forbidden("bot was blocked by the user")


def find_destination(
    world: World, parameters: Parameters, *, what: str = "text messages"
) -> Destination:
    """Chat, thread and reply of a send; refused where Telegram would refuse."""
    chat = find_chat(world, parameters)
    check_presence(world, chat)
    if not chat.membership(world.bot.id).can_send:
        raise bad_request(f"not enough rights to send {what} to the chat", blame=False)
    replied, quote = _find_reply(chat, parameters)
    thread_id = _find_thread(chat, parameters.integer("message_thread_id"))
    if replied is not None and thread_id is not None and replied.thread_id != thread_id:
        raise bad_request("message to be replied not found")
    if replied is not None and thread_id is None:
        return _beside(chat, replied, quote)
    reply_to = replied.message_id if replied else None
    return Destination(chat, thread_id, thread_id is not None, reply_to, quote)


def _beside(chat: Chat, replied: StoredMessage, quote: JsonObject | None) -> Destination:
    """A reply without a thread goes where the message is that it replies to."""
    if replied.is_topic and replied.thread_id is not None:
        _find_thread(chat, replied.thread_id)
    thread_id = reply_thread(chat, replied)
    return Destination(chat, thread_id, replied.is_topic, replied.message_id, quote)


def reply_thread(chat: Chat, replied: StoredMessage) -> int | None:
    """The thread of a reply: its topic, or in a supergroup the first message replied to."""
    if replied.is_topic or chat.kind != "supergroup" or chat.is_forum:
        return replied.thread_id
    return replied.thread_id or replied.message_id


def _find_thread(chat: Chat, thread_id: int | None) -> int | None:
    if not thread_id:
        return None
    topic = chat.topics.get(thread_id)
    if topic is None or topic.deleted:
        raise bad_request("message thread not found", blame=topic is None)
    if topic.closed:
        raise bad_request("TOPIC_CLOSED", blame=False)
    return thread_id


def check_action_thread(chat: Chat, thread_id: int | None) -> None:
    """As for a send, but a chat action may also name the general topic, number 1."""
    if thread_id != _GENERAL_TOPIC or not chat.is_forum:
        _find_thread(chat, thread_id)


def _find_reply(
    chat: Chat, parameters: Parameters
) -> tuple[StoredMessage | None, JsonObject | None]:
    options = parameters.json_object("reply_parameters")
    if options is None:
        legacy = parameters.integer("reply_to_message_id")
        if not legacy:
            return None, None
        optional = parameters.flag("allow_sending_without_reply")
        options = {"message_id": legacy, "allow_sending_without_reply": optional}
    message_id = options.get("message_id")
    if not isinstance(message_id, int):
        raise bad_request("can't parse reply parameters: Can't find field \"message_id\"")
    elsewhere = options.get("chat_id") not in {None, chat.id, str(chat.id)}
    replied = None if elsewhere else chat.messages.get(message_id)
    if replied is None or replied.deleted:
        if options.get("allow_sending_without_reply"):
            return None, None
        raise bad_request("message to be replied not found", blame=replied is None)
    return replied, _quote(replied, options)


def _quote(replied: StoredMessage, options: JsonObject) -> JsonObject | None:
    quoted = options.get("quote")
    if not quoted:
        return None
    position = replied.text.find(quoted)
    if position < 0:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"text": quoted, "position": position, "is_manual": True}
