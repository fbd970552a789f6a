"""The menus of commands, by scope and language.

https://core.telegram.org/bots/api#setmycommands
"""

import re

from tests.support.botapi.engine.destination import find_chat
from tests.support.botapi.engine.refusal import bad_request
from tests.support.botapi.engine.wire import JsonObject, Parameters
from tests.support.botapi.engine.world import World

MOST_COMMANDS = 100
LONGEST_DESCRIPTION = 256
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_PLAIN_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


def set_my_commands(world: World, parameters: Parameters) -> bool:
    """https://core.telegram.org/bots/api#setmycommands."""
    given = parameters.json_list("commands")
    if given is None:
        raise bad_request("parameter commands is required")
    if len(given) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile.commands[_place(world, parameters)] = [_command(item) for item in given]
    return True


def get_my_commands(world: World, parameters: Parameters) -> list[JsonObject]:
    """https://core.telegram.org/bots/api#getmycommands."""
    return world.profile.commands.get(_place(world, parameters), [])


def delete_my_commands(world: World, parameters: Parameters) -> bool:
    """https://core.telegram.org/bots/api#deletemycommands."""
    world.profile.commands.pop(_place(world, parameters), None)
    return True


def read_language(parameters: Parameters) -> str:
    """Two letters of ISO 639-1, or nothing."""
    language = parameters.text("language_code")
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def scope_key(kind: str, chat_id: int | None = None, user_id: int | None = None) -> str:
    """The scope as one text."""
    parts = [kind, *(str(part) for part in (chat_id, user_id) if part is not None)]
    return ":".join(parts)


def _place(world: World, parameters: Parameters) -> tuple[str, str]:
    return _scope(world, parameters), read_language(parameters)


def _scope(world: World, parameters: Parameters) -> str:
    scope = parameters.json_object("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind in _PLAIN_SCOPES:
        return scope_key(str(kind))
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat = find_chat(world, Parameters(scope, {}))
    if chat.kind == "channel" or (kind != "chat" and chat.kind == "private"):
        raise bad_request("can't set commands in this chat")
    if kind != "chat_member":
        return scope_key(str(kind), chat.id)
    user_id = Parameters(scope, {}).required_integer("user_id")
    if user_id not in world.accounts:
        raise bad_request("user not found")
    return scope_key(str(kind), chat.id, user_id)


def _command(item: object) -> JsonObject:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command, description = item.get("command"), item.get("description")
    if not isinstance(command, str) or not isinstance(description, str):
        raise bad_request("can't parse BotCommand: command and description must be of type String")
    name = command.removeprefix("/")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= LONGEST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
