"""Sets the stage: people, chats, topics, memberships."""

from dataclasses import replace

from tests.support.botapi.engine.posting import announce, change_member, keep, post_service
from tests.support.botapi.engine.records import Account, Chat, Membership, StoredMessage, Topic
from tests.support.botapi.engine.wire import JsonObject
from tests.support.botapi.engine.world import World

_ICON_COLOR = 7322096


def create_user(world: World, arguments: JsonObject) -> JsonObject:
    """A person, or with `is_bot` another bot."""
    return world.new_account(**arguments).api()


def create_chat(world: World, arguments: JsonObject) -> JsonObject:
    """A group, supergroup, forum or channel; the first of `admins` is its creator."""
    forum = arguments["kind"] == "forum"
    kind = "supergroup" if forum else arguments["kind"]
    chat = world.new_chat(kind, arguments["title"], is_forum=forum)
    chat.username = arguments.get("username")
    for user_id in arguments.get("members", []):
        chat.members[_account(world, user_id).id] = Membership("member")
    for number, user_id in enumerate(arguments.get("admins", [])):
        status = "administrator" if number else "creator"
        chat.members[_account(world, user_id).id] = Membership(status)
    chat.members[world.bot.id] = Membership(arguments.get("bot", "member"))
    return {"id": chat.id, "kind": chat.kind}


def create_topic(world: World, arguments: JsonObject) -> JsonObject:
    """A topic of a forum, announced by the message that becomes its thread."""
    chat = world.chats[arguments["chat_id"]]
    name = arguments["name"]
    thread_id = world.next_message_id(chat)
    chat.topics[thread_id] = Topic(thread_id, name)
    message = StoredMessage(
        chat_id=chat.id,
        message_id=thread_id,
        sender_id=arguments["by"],
        date=world.now(),
        content={"forum_topic_created": {"name": name, "icon_color": _ICON_COLOR}},
        thread_id=thread_id,
        is_topic=True,
    )
    keep(world, chat, message)
    announce(world, message)
    return {"thread_id": thread_id}


def change_topic(world: World, arguments: JsonObject) -> None:
    """Close, reopen or delete a topic."""
    topic = world.chats[arguments["chat_id"]].topics[arguments["thread_id"]]
    topic.closed = arguments.get("closed", topic.closed)
    topic.deleted = arguments.get("deleted", topic.deleted)


def set_member(world: World, arguments: JsonObject) -> None:
    """Give an account a new status in a chat; `by` someone else or by itself."""
    chat = world.chats[arguments["chat_id"]]
    account = _account(world, arguments["user_id"])
    by = _account(world, arguments.get("by", account.id))
    status = arguments["status"]
    new = Membership(status, can_send=arguments.get("can_send", status != "restricted"))
    change_member(world, chat, account, new, by=by)


def change_user(world: World, arguments: JsonObject) -> None:
    """Block or unblock the bot, or disappear; the bot learns of a block."""
    account = _account(world, arguments["user_id"])
    account.deactivated = arguments.get("deactivated", account.deactivated)
    if (blocked := arguments.get("blocked")) is not None and blocked != account.blocked:
        account.blocked = blocked
        chat = world.private_chat(account)
        status = "kicked" if blocked else "member"
        change_member(world, chat, world.bot, Membership(status), by=account)


def change_bot(world: World, arguments: JsonObject) -> None:
    """Change the bot's settings with BotFather; group privacy holds from the next message."""
    profile = replace(world.profile, **arguments)
    world.profile = profile


def migrate(world: World, arguments: JsonObject) -> JsonObject:
    """Make a group a supergroup, which has a new identifier and none of the old messages."""
    old = world.chats[arguments["chat_id"]]
    if old.kind != "group" or old.migrated_to is not None:
        raise ValueError("only a group can become a supergroup, and only once")
    new = world.new_chat("supergroup", old.title or "")
    new.members = dict(old.members)
    by = _creator(world, old)
    post_service(world, old, {"migrate_to_chat_id": new.id}, by=by)
    old.migrated_to = new.id
    post_service(world, new, {"migrate_from_chat_id": old.id}, by=by)
    return {"id": new.id, "kind": new.kind}


def _creator(world: World, chat: Chat) -> Account:
    people = [user_id for user_id in chat.members if user_id != world.bot.id]
    rulers = [user_id for user_id in people if chat.members[user_id].rules]
    return world.accounts[(rulers or people)[0]]


def _account(world: World, user_id: int) -> Account:
    return world.accounts[user_id]
