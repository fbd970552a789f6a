"""getMe and what the bot says about itself."""

from tests.support.botapi.engine.destination import find_chat
from tests.support.botapi.engine.refusal import bad_request
from tests.support.botapi.engine.wire import JsonObject, Parameters
from tests.support.botapi.engine.world import World
from tests.support.botapi.methods.commands import read_language

_LONGEST = {"name": 64, "description": 512, "short_description": 120}
_MENU_BUTTONS = frozenset({"commands", "web_app", "default"})


def get_me(world: World, parameters: Parameters) -> JsonObject:
    """https://core.telegram.org/bots/api#getme."""
    del parameters
    profile = world.profile
    return world.bot.api() | {
        "can_join_groups": profile.can_join_groups,
        "can_read_all_group_messages": profile.reads_all_group_messages,
        "supports_inline_queries": profile.supports_inline,
        "supports_guest_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def set_text(world: World, parameters: Parameters) -> bool:
    """https://core.telegram.org/bots/api#setmydescription and its two sisters."""
    language = read_language(parameters)
    for key, longest in _LONGEST.items():
        if parameters.has(key):
            text = parameters.text(key)
            if len(text) > longest:
                raise bad_request(f"BOT_{key.upper()}_TOO_LONG")
            world.profile.texts[key, language] = text
    return True


def get_name(world: World, parameters: Parameters) -> JsonObject:
    """https://core.telegram.org/bots/api#getmyname."""
    return _text(world, parameters, "name", world.bot.first_name)


def get_description(world: World, parameters: Parameters) -> JsonObject:
    """https://core.telegram.org/bots/api#getmydescription."""
    return _text(world, parameters, "description")


def get_short_description(world: World, parameters: Parameters) -> JsonObject:
    """https://core.telegram.org/bots/api#getmyshortdescription."""
    return _text(world, parameters, "short_description")


def _text(world: World, parameters: Parameters, key: str, default: str = "") -> JsonObject:
    texts = world.profile.texts
    language = read_language(parameters)
    return {key: texts.get((key, language)) or texts.get((key, "")) or default}


def set_chat_menu_button(world: World, parameters: Parameters) -> bool:
    """https://core.telegram.org/bots/api#setchatmenubutton."""
    button = parameters.json_object("menu_button") or {"type": "default"}
    if button.get("type") not in _MENU_BUTTONS:
        raise bad_request("can't parse menu button: Unsupported type specified")
    chat_id = find_chat(world, parameters).id if parameters.has("chat_id") else None
    if chat_id is not None and chat_id < 0:
        raise bad_request("chat_id must be a private chat")
    world.profile.menu_buttons[chat_id] = button
    return True
