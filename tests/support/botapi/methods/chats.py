"""What a bot may ask about a chat, and how it leaves one."""

from tests.support.botapi.engine.destination import check_presence, find_chat
from tests.support.botapi.engine.posting import change_member
from tests.support.botapi.engine.records import Chat, Membership
from tests.support.botapi.engine.refusal import bad_request
from tests.support.botapi.engine.rendering import render_full_chat, render_member
from tests.support.botapi.engine.wire import JsonObject, Parameters
from tests.support.botapi.engine.world import World


def _group(world: World, parameters: Parameters, reason: str) -> Chat:
    chat = find_chat(world, parameters)
    if chat.kind == "private":
        raise bad_request(reason)
    check_presence(world, chat)
    return chat


def get_chat(world: World, parameters: Parameters) -> JsonObject:
    """https://core.telegram.org/bots/api#getchat."""
    chat = find_chat(world, parameters)
    if chat.kind != "private":
        check_presence(world, chat)
    return render_full_chat(world, chat)


def get_chat_member(world: World, parameters: Parameters) -> JsonObject:
    """https://core.telegram.org/bots/api#getchatmember."""
    chat = find_chat(world, parameters)
    if chat.kind != "private":
        check_presence(world, chat)
    account = world.accounts.get(parameters.required_integer("user_id"))
    if account is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return render_member(account, chat.membership(account.id))


def get_chat_member_count(world: World, parameters: Parameters) -> int:
    """https://core.telegram.org/bots/api#getchatmembercount."""
    chat = find_chat(world, parameters)
    check_presence(world, chat)
    return sum(membership.present for membership in chat.members.values())


def get_chat_administrators(world: World, parameters: Parameters) -> list[JsonObject]:
    """https://core.telegram.org/bots/api#getchatadministrators: no other bots among them."""
    chat = _group(world, parameters, "there are no administrators in the private chat")
    administrators = (
        (world.accounts[user_id], membership)
        for user_id, membership in chat.members.items()
        if membership.rules
    )
    return [
        render_member(account, membership)
        for account, membership in administrators
        if account is world.bot or not account.is_bot
    ]


def leave_chat(world: World, parameters: Parameters) -> bool:
    """https://core.telegram.org/bots/api#leavechat."""
    chat = _group(world, parameters, "chat member status can't be changed in private chats")
    change_member(world, chat, world.bot, Membership("left"), by=world.bot)
    return True
