"""Turns what a bot sends as text into what Telegram stores, or refuses it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.support.botapi.engine.entities import (
    Entity,
    detect,
    in_order,
    moved,
    nested_as_allowed,
    read_entities,
    utf16_length,
    without_overlaps,
)
from tests.support.botapi.engine.html_markup import parse_html
from tests.support.botapi.engine.refusal import bad_request
from tests.support.botapi.engine.wire import JsonObject, Parameters

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
# Line and paragraph separators, direction overrides, and lines drawn through letters.
_REMOVED = frozenset("\r\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u0333\u033f\u030a")
_LINK = re.compile(r"(https?|tg|tonsite|mailto|tel):\S+|[^\s/:]+\.[^\s/:.]{2,}(/\S*)?", re.ASCII)
_USER_LINK = re.compile(r"tg://user\?id=(\d+)")

FindUser = Callable[[int], JsonObject | None]


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text without markup, and its entities in order."""

    text: str
    entities: tuple[Entity, ...] = ()

    def api(self, text_key: str = "text") -> JsonObject:
        """The fields of a message, `text` and `entities` or `caption` and `caption_entities`."""
        fields: JsonObject = {text_key: self.text}
        if self.entities:
            key = "entities" if text_key == "text" else f"{text_key}_entities"
            fields[key] = [entity.api() for entity in self.entities]
        return fields


def plain(text: str, extra: tuple[Entity, ...] = ()) -> Formatted:
    """A person's text with the entities that Telegram finds in it, and `extra` ones."""
    found = without_overlaps(detect(text), taken=extra)
    return Formatted(text, in_order((*extra, *found)))


def read_text(parameters: Parameters, find_user: FindUser, *, required: bool = True) -> Formatted:
    """The `text` of a message: 1 to 4096 UTF-16 code units after parsing."""
    if required and not parameters.text("text"):
        raise bad_request("message text is empty")
    formatted = read_formatted(parameters, find_user, "text", "parse_mode", "entities")
    if required and not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return formatted


def read_caption(parameters: Parameters, find_user: FindUser) -> Formatted:
    """The `caption` of a file: at most 1024 UTF-16 code units after parsing."""
    formatted = read_formatted(parameters, find_user, "caption", "parse_mode", "caption_entities")
    if utf16_length(formatted.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def read_formatted(
    parameters: Parameters, find_user: FindUser, text_key: str, mode_key: str, entities_key: str
) -> Formatted:
    """Text of any length, parsed and tidied."""
    source = parameters.text(text_key)
    mode = parameters.text(mode_key).lower()
    if mode == "html":
        text, entities = parse_html(source)
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        text = source
        entities = read_entities(parameters.json_list(entities_key) or [], source)
    linked = tuple(kept for entity in entities if (kept := _resolved(entity, find_user)))
    tidied = _tidied(text, linked)
    explicit = nested_as_allowed(tidied.entities)
    return plain(tidied.text, explicit)


def _resolved(entity: Entity, find_user: FindUser) -> Entity | None:
    """The entity with its link made a mention or dropped, as Telegram does silently."""
    if entity.type != "text_link":
        return entity
    url = entity.url or ""
    if match := _USER_LINK.fullmatch(url):
        user = find_user(int(match.group(1)))
        return replace(entity, type="text_mention", url=None, user=user) if user else None
    return entity if _LINK.fullmatch(url) else None


def _tidied(text: str, entities: tuple[Entity, ...]) -> Formatted:
    """Control characters gone or made spaces, white space cut at both ends, entities moved."""
    kept = [_visible(character) for character in text]
    joined = "".join(kept)
    lead = len(joined) - len(joined.lstrip())
    stripped = joined.strip()
    positions, offset = [], 0
    end = utf16_length(stripped)
    for before, after in zip(text, kept, strict=True):
        positions.extend([min(max(offset - lead, 0), end)] * utf16_length(before))
        offset += utf16_length(after)
    positions.append(min(max(offset - lead, 0), end))
    shifted = (moved(entity, positions) for entity in entities)
    return Formatted(stripped, tuple(entity for entity in shifted if entity.length > 0))


def _visible(character: str) -> str:
    if character in _REMOVED:
        return ""
    return " " if character < " " and character != "\n" else character
