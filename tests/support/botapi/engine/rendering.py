"""Writes chats, members and messages as the Bot API does."""

from tests.support.botapi.engine.records import Account, Chat, Membership, StoredMessage
from tests.support.botapi.engine.wire import JsonObject
from tests.support.botapi.engine.world import World

_ADMINISTRATOR_RIGHTS = (  # noqa: SIM905 - words
    "can_be_edited can_manage_chat can_delete_messages can_manage_video_chats "
    "can_restrict_members can_promote_members can_change_info can_invite_users "
    "can_post_stories can_edit_stories can_delete_stories can_pin_messages can_manage_topics"
).split()
_MEMBER_RIGHTS = (  # noqa: SIM905 - words
    "can_change_info can_invite_users can_pin_messages can_send_polls can_send_other_messages "
    "can_add_web_page_previews can_manage_topics can_send_audios can_send_documents "
    "can_send_photos can_send_videos can_send_video_notes can_send_voice_notes can_edit_tag "
    "can_react_to_messages"
).split()


def render_chat(world: World, chat: Chat) -> JsonObject:
    """The Chat object."""
    api: JsonObject = {"id": chat.id, "type": chat.kind}
    if chat.kind == "private":
        person = world.accounts[chat.id].api()
        names = ("first_name", "last_name", "username")
        return api | {name: person[name] for name in names if name in person}
    api["title"] = chat.title
    if chat.username:
        api["username"] = chat.username
    if chat.is_forum:
        api["is_forum"] = True
    return api


def render_full_chat(world: World, chat: Chat) -> JsonObject:
    """The ChatFullInfo object."""
    api = render_chat(world, chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    if chat.kind in {"group", "supergroup"}:
        rights = ("can_send_messages", *_MEMBER_RIGHTS)
        api["permissions"] = dict.fromkeys(rights, True)
    return api


def render_member(account: Account, membership: Membership) -> JsonObject:
    """The ChatMember object."""
    api: JsonObject = {"user": account.api(), "status": membership.status}
    if membership.status == "creator":
        api["is_anonymous"] = membership.is_anonymous
    elif membership.status == "administrator":
        api["is_anonymous"] = membership.is_anonymous
        api |= dict.fromkeys(_ADMINISTRATOR_RIGHTS, True)
    elif membership.status == "restricted":
        api |= dict.fromkeys(_MEMBER_RIGHTS, membership.can_send)
        api |= {"is_member": True, "can_send_messages": membership.can_send, "until_date": 0}
    elif membership.status == "kicked":
        api["until_date"] = 0
    return api


def render_message(world: World, message: StoredMessage, *, nested: bool = False) -> JsonObject:
    """The Message object; a `nested` one shows no message that it replies to."""
    chat = world.chats[message.chat_id]
    api: JsonObject = {
        "message_id": message.message_id,
        "date": int(message.date),
        "chat": render_chat(world, chat),
    }
    if message.sender_id is not None:
        api["from"] = world.accounts[message.sender_id].api()
    if message.sender_chat_id is not None:
        api["sender_chat"] = render_chat(world, world.chats[message.sender_chat_id])
    if message.thread_id is not None:
        api["message_thread_id"] = message.thread_id
    if message.is_topic:
        api["is_topic_message"] = True
    if message.edited_at is not None:
        api["edit_date"] = int(message.edited_at)
    if message.via_bot_id is not None:
        api["via_bot"] = world.accounts[message.via_bot_id].api()
    if message.reply_markup is not None:
        api["reply_markup"] = message.reply_markup
    if not nested:
        api |= _reply(world, chat, message)
    return api | message.content


def _reply(world: World, chat: Chat, message: StoredMessage) -> JsonObject:
    """What the message replies to; in a topic, Telegram names the topic's first message."""
    target = message.reply_to
    if target is None and message.is_topic and message.thread_id != message.message_id:
        target = message.thread_id
    replied = chat.messages.get(target) if target is not None else None
    if replied is None or replied.deleted:
        return {}
    api: JsonObject = {"reply_to_message": render_message(world, replied, nested=True)}
    return api | ({"quote": message.quote} if message.quote else {})
