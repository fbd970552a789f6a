"""What people do in chats: write, upload, edit, delete."""

import base64
import mimetypes

from tests.support.botapi.engine.destination import reply_thread
from tests.support.botapi.engine.entities import Entity, utf16_length
from tests.support.botapi.engine.posting import announce, keep, post_service, remember_version
from tests.support.botapi.engine.records import MEDIA, Account, Chat, StoredMessage
from tests.support.botapi.engine.text import plain
from tests.support.botapi.engine.wire import JsonObject
from tests.support.botapi.engine.world import CHANNEL_BOT, GROUP_ANONYMOUS, TELEGRAM, World


def send(world: World, arguments: JsonObject) -> JsonObject:
    """A person's text, or with `fields` any other kind of message."""
    text = arguments.get("text")
    content = dict(arguments.get("fields") or {})
    if text is not None:
        content |= _content(world, text, arguments.get("text_mentions") or {})
    return _post(world, arguments, content)


def upload(world: World, arguments: JsonObject) -> JsonObject:
    """A person's document; `size` may be declared larger than the content."""
    name = arguments["name"]
    content = base64.b64decode(arguments["content"])
    kind = arguments.get("mime_type") or mimetypes.guess_type(name)[0]
    kind = kind or "application/octet-stream"
    stored = world.new_file(name, content, kind, size=arguments.get("size"))
    fields: JsonObject = {"document": stored.api()}
    if arguments.get("caption"):
        fields |= plain(arguments["caption"]).api("caption")
    return _post(world, arguments, fields)


def photo(world: World, arguments: JsonObject) -> JsonObject:
    """A person's photo, as Telegram shows it: without a name, in two sizes; `album` groups them."""
    content = base64.b64decode(arguments["content"])
    sizes = []
    for side, held in ((90, content[:64]), (1280, content)):
        stored = world.new_file(f"{side}.jpg", held, "image/jpeg")
        stored.path = f"photos/file_{len(world.files)}.jpg"
        sizes.append(
            {
                "file_id": stored.file_id,
                "file_unique_id": stored.unique_id,
                "file_size": stored.size,
                "width": side,
                "height": side * 4 // 3,
            }
        )
    fields: JsonObject = {"photo": sizes}
    if arguments.get("album"):
        fields["media_group_id"] = arguments["album"]
    if arguments.get("caption"):
        fields |= plain(arguments["caption"]).api("caption")
    return _post(world, arguments, fields)


def _content(world: World, text: str, text_mentions: JsonObject) -> JsonObject:
    mentions = []
    for name, user_id in text_mentions.items():
        offset = utf16_length(text[: text.index(name)])
        user = world.accounts[user_id].api()
        mentions.append(Entity("text_mention", offset, utf16_length(name), user=user))
    return plain(text, tuple(mentions)).api()


def _post(world: World, arguments: JsonObject, content: JsonObject) -> JsonObject:
    chat = world.chats.get(arguments["chat_id"])
    sender = world.accounts[arguments["sender_id"]]
    if chat is None and arguments["chat_id"] == sender.id:
        chat = world.private_chat(sender)
    if chat is None or chat.migrated_to is not None:
        raise LookupError("no such chat, or it has become a supergroup")
    if chat.kind == "private":
        if sender.blocked:
            raise ValueError(f"{sender.first_name} has blocked the bot")
        sender.started = True
    elif not chat.membership(sender.id).present and chat.kind != "channel":
        raise LookupError(f"{sender.first_name} is not in this chat")
    message = _message(world, chat, sender, arguments)
    message.content = content
    keep(world, chat, message)
    if sender.is_bot:
        chat.last_bot_id = sender.id
    announce(world, message)
    return recorded(message)


def _message(world: World, chat: Chat, sender: Account, arguments: JsonObject) -> StoredMessage:
    reply_to = arguments.get("reply_to")
    replied = chat.messages[reply_to] if reply_to is not None else None
    thread_id = arguments.get("thread_id")
    is_topic = thread_id is not None or bool(replied and replied.is_topic)
    if thread_id is None and replied is not None:
        thread_id = reply_thread(chat, replied)
    elif thread_id is not None and chat.topics[thread_id].deleted:
        raise LookupError("the topic is deleted")
    author, author_chat = _author(chat, sender, arguments)
    return StoredMessage(
        chat_id=chat.id,
        message_id=world.next_message_id(chat),
        sender_id=author,
        sender_chat_id=author_chat,
        date=world.now() - arguments.get("age", 0),
        content={},
        reply_to=reply_to,
        thread_id=thread_id,
        is_topic=is_topic,
    )


def _author(chat: Chat, sender: Account, arguments: JsonObject) -> tuple[int | None, int | None]:
    """Who the bot is told wrote it: a person, a chat in disguise, or a channel."""
    if chat.kind == "channel":
        return None, chat.id
    if arguments.get("anonymous"):
        return GROUP_ANONYMOUS.id, chat.id
    if channel := arguments.get("as_channel"):
        forwarded = "is_automatic_forward" in (arguments.get("fields") or {})
        return (TELEGRAM if forwarded else CHANNEL_BOT).id, channel
    return sender.id, None


def edit(world: World, arguments: JsonObject) -> JsonObject:
    """A person changes the text or caption of a message of theirs."""
    message = world.message(arguments["chat_id"], arguments["message_id"])
    text = arguments["text"]
    shown = {kind: message.content[kind] for kind in MEDIA & message.content.keys()}
    if shown:
        message.content = shown | plain(text).api("caption")
    else:
        message.content = plain(text).api()
    message.edited_at = world.now()
    remember_version(message, message.edited_at)
    announce(world, message, edited=True)
    return recorded(message)


def delete(world: World, arguments: JsonObject) -> None:
    """A person deletes a message; bots are not told."""
    world.message(arguments["chat_id"], arguments["message_id"]).deleted = True
    world.changes.notify()


def service(world: World, arguments: JsonObject) -> JsonObject:
    """A service message with the given fields."""
    chat = world.chats[arguments["chat_id"]]
    by = world.accounts[arguments["by"]]
    return recorded(post_service(world, chat, arguments["fields"], by=by))


def recorded(message: StoredMessage) -> JsonObject:
    """The message as a test sees it."""
    return {
        "chat_id": message.chat_id,
        "message_id": message.message_id,
        "sender_id": message.sender_id,
        "text": message.text,
        "entities": message.entities,
        "reply_markup": message.reply_markup,
        "document": message.content.get("document"),
        "reply_to": message.reply_to,
        "thread_id": message.thread_id,
        "is_topic": message.is_topic,
        "sent_at": message.date,
        "received_at": message.received_at,
        "edited_at": message.edited_at,
        "deleted": message.deleted,
        "via_bot_id": message.via_bot_id,
        "inline_message_id": message.inline_message_id,
        "content": message.content,
        "quote": message.quote,
        "versions": message.versions,
    }
