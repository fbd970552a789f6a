"""Checks reply markup as Telegram does.

https://core.telegram.org/bots/api#inlinekeyboardmarkup
"""

from typing import Any

from tests.support.botapi.engine.refusal import Refusal, bad_request
from tests.support.botapi.engine.wire import JsonObject

LONGEST_CALLBACK_DATA = 64
MOST_BUTTONS = 100
_LONGEST_COPY_TEXT = 256
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_OTHER_MARKUP = ("keyboard", "remove_keyboard", "force_reply")
_STYLES = frozenset({"danger", "success", "primary"})
_LONGEST_PLACEHOLDER = 64
_SCHEMES = ("http://", "https://", "tg://", "tonsite://")


def read_inline_keyboard(markup: JsonObject | None) -> JsonObject | None:
    """A checked inline keyboard; None for none or one without buttons."""
    if not markup:
        return None
    rows = markup.get("inline_keyboard")
    if not isinstance(rows, list):
        raise bad_request("object expected as reply markup")
    checked = [[_button(button) for button in _row(row)] for row in rows]
    checked = [row for row in checked if row]
    if sum(map(len, checked)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": checked} if checked else None


def read_reply_markup(markup: JsonObject | None) -> JsonObject | None:
    """Checked markup of any kind; only an inline keyboard becomes part of the message."""
    if markup and any(key in markup for key in _OTHER_MARKUP):
        if len(markup.get("input_field_placeholder") or "") > _LONGEST_PLACEHOLDER:
            raise bad_request("INPUT_FIELD_PLACEHOLDER_INVALID")
        return None
    return read_inline_keyboard(markup)


def _row(row: object) -> list[Any]:
    if not isinstance(row, list):
        raise _unparsable("expected an Array of InlineKeyboardButton")
    return row


def _button(button: object) -> JsonObject:
    if not isinstance(button, dict):
        raise _unparsable("expected an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise _unparsable('field "text" must be of type String')
    if not text.strip():
        raise _unparsable("button text must be non-empty")
    actions = [name for name in _ACTIONS if button.get(name) is not None]
    if not actions:
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unparsable("a button must have exactly one action")
    _check_action(actions[0], button[actions[0]])
    style = button.get("style")
    if style is not None and style not in _STYLES:
        raise _unparsable("wrong button style specified")
    shown = {"text": text} if style is None else {"text": text, "style": style}
    return shown | {name: button[name] for name in actions}


def _check_action(action: str, value: object) -> None:
    if action == "callback_data":
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= LONGEST_CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url":
        url = str(value)
        if not url.startswith(_SCHEMES) and "." not in url:
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    elif action == "copy_text":
        text = value.get("text", "") if isinstance(value, dict) else ""
        if not 1 <= len(text) <= _LONGEST_COPY_TEXT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _unparsable(reason: str) -> Refusal:
    return bad_request(f"can't parse inline keyboard button: {reason}")
