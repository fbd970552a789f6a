"""Answers to presses of buttons and to inline queries."""

import re

from tests.support.botapi.engine.keyboards import read_inline_keyboard
from tests.support.botapi.engine.refusal import bad_request
from tests.support.botapi.engine.text import read_caption, read_text
from tests.support.botapi.engine.wire import JsonObject, Parameters
from tests.support.botapi.engine.world import World

LONGEST_CALLBACK_TEXT = 200
MOST_RESULTS = 50
LONGEST_RESULT_ID = 64
_DEFAULT_CACHE_TIME = 300
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def answer_callback_query(world: World, parameters: Parameters) -> bool:
    """https://core.telegram.org/bots/api#answercallbackquery."""
    text = parameters.text("text")
    if len(text) > LONGEST_CALLBACK_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    url = parameters.text("url")
    if url and not url.startswith(f"https://t.me/{world.bot.username}?start="):
        raise bad_request("URL_INVALID")
    answer = {
        "text": text,
        "show_alert": parameters.flag("show_alert"),
        "url": url or None,
        "cache_time": parameters.integer("cache_time") or 0,
    }
    world.callbacks.answer(parameters.text("callback_query_id"), answer)
    world.changes.notify()
    return True


def answer_inline_query(world: World, parameters: Parameters) -> bool:
    """https://core.telegram.org/bots/api#answerinlinequery."""
    given = parameters.json_list("results")
    if given is None:
        raise bad_request("parameter results is required")
    if len(given) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    results = [_result(world, item) for item in given]
    identifiers = [result["id"] for result in results]
    if len(set(identifiers)) < len(identifiers):
        raise bad_request("RESULT_ID_DUPLICATE")
    next_offset = parameters.text("next_offset")
    if len(next_offset.encode()) > LONGEST_RESULT_ID:
        raise bad_request("NEXT_OFFSET_INVALID")
    cache_time = parameters.integer("cache_time")
    cache_time = _DEFAULT_CACHE_TIME if cache_time is None else cache_time
    is_personal = parameters.flag("is_personal")
    answer = {
        "results": results,
        "next_offset": next_offset,
        "cache_time": cache_time,
        "is_personal": is_personal,
        "button": _button(parameters.json_object("button")),
    }
    query = world.inline.answer(parameters.text("inline_query_id"), answer)
    world.inline.keep(query, cache_time=cache_time, is_personal=is_personal)
    world.changes.notify()
    return True


def _button(button: JsonObject | None) -> JsonObject | None:
    if button is None:
        return None
    if not button.get("text"):
        raise bad_request("can't parse inline query results button: text must be non-empty")
    if "web_app" not in button and not _START_PARAMETER.fullmatch(
        str(button.get("start_parameter", ""))
    ):
        raise bad_request("START_PARAM_INVALID")
    return button


def _result(world: World, item: object) -> JsonObject:
    if not isinstance(item, dict):
        raise bad_request("can't parse inline query result: expected an Object")
    identifier = item.get("id")
    if not isinstance(identifier, str) or not 1 <= len(identifier.encode()) <= LONGEST_RESULT_ID:
        raise bad_request("RESULT_ID_INVALID")
    kind = item.get("type")
    if kind == "article":
        content = _article(world, item)
    elif kind == "document" and item.get("document_file_id") in world.files:
        document = world.files[item["document_file_id"]].api()
        caption = read_caption(Parameters(item, {}), world.find_user)
        content = {"document": document, **(caption.api("caption") if caption.text else {})}
    else:
        raise bad_request("can't parse inline query result: unsupported type or file")
    if not item.get("title"):
        raise bad_request("can't parse inline query result: title must be non-empty")
    markup = read_inline_keyboard(item.get("reply_markup"))
    return item | {"content": content, "reply_markup": markup}


def _article(world: World, item: JsonObject) -> JsonObject:
    message = item.get("input_message_content")
    if not isinstance(message, dict) or "message_text" not in message:
        raise bad_request("can't parse inline query result: message content is not specified")
    fields = {**message, "text": message["message_text"]}
    return read_text(Parameters(fields, {}), world.find_user).api()
