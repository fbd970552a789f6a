"""Message entities: the marked parts of a text, measured in UTF-16 code units.

https://core.telegram.org/bots/api#messageentity
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tests.support.botapi.engine.refusal import bad_request
from tests.support.botapi.engine.wire import JsonObject

MOST_ENTITIES = 100
_LAST_OF_BMP = 0xFFFF
_LEAF_TYPES = frozenset({"code", "pre"})
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_TYPES = frozenset(
    "mention hashtag cashtag bot_command url email phone_number bold italic underline "  # noqa: SIM905 - words
    "strikethrough spoiler blockquote expandable_blockquote code pre text_link text_mention "
    "custom_emoji date_time".split()
)
# A command or a mention is cut from the words around it by characters that are no letters in
# any script, so /ask书记 is no command and @some_bot书记 no mention.
_DETECTED = (
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])(?>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/<>])"),
    ),
    ("url", re.compile(r"https?://[^\s<>\"，。！？；：、（）《》]+")),
    ("mention", re.compile(r"(?<![\w/@])(?>@[A-Za-z0-9_]{4,32})(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?>\w{1,256})")),
)


@dataclass(frozen=True, slots=True)
class Entity:
    """One marked part; `offset` and `length` in UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    user: JsonObject | None = None

    @property
    def end(self) -> int:
        """The offset just behind the marked part."""
        return self.offset + self.length

    def api(self) -> JsonObject:
        """The entity as the Bot API writes it."""
        optional = {
            "url": self.url,
            "language": self.language,
            "custom_emoji_id": self.custom_emoji_id,
            "user": self.user,
        }
        required = {"type": self.type, "offset": self.offset, "length": self.length}
        return required | {name: value for name, value in optional.items() if value is not None}


def utf16_length(text: str) -> int:
    """The length of `text` in UTF-16 code units: 2 for a character beyond the BMP."""
    return sum(2 if ord(character) > _LAST_OF_BMP else 1 for character in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of `text` that an entity marks."""
    encoded = text.encode("utf-16-le")
    return encoded[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def detect(text: str) -> tuple[Entity, ...]:
    """The commands, mentions, addresses and hashtags that Telegram finds in plain text."""
    return without_overlaps(tuple(_matches(text)))


def _matches(text: str) -> Iterator[Entity]:
    for kind, pattern in _DETECTED:
        for match in pattern.finditer(text):
            offset = utf16_length(text[: match.start()])
            yield Entity(kind, offset, utf16_length(match.group()))


def without_overlaps(found: Iterable[Entity], taken: Iterable[Entity] = ()) -> tuple[Entity, ...]:
    """Those of `found` that touch neither `taken` nor an earlier one of their own, in order."""
    kept: list[Entity] = []
    occupied = list(taken)
    for entity in found:
        if all(entity.end <= other.offset or other.end <= entity.offset for other in occupied):
            kept.append(entity)
            occupied.append(entity)
    return in_order(kept)


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """By offset, the longer first."""
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length)))


def nested_as_allowed(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Without what Telegram drops: anything in code or pre, quotes in quotes, doubles."""
    kept: list[Entity] = []
    for entity in in_order(entities):
        around = [outer for outer in kept if outer.end > entity.offset]
        if entity.length > 0 and not any(_excludes(outer, entity) for outer in around):
            kept.append(entity)
    return tuple(kept[:MOST_ENTITIES])


def _excludes(outer: Entity, inner: Entity) -> bool:
    if outer.type in _LEAF_TYPES or outer.type == inner.type:
        return True
    if inner.type in _LEAF_TYPES:
        return outer.type not in _QUOTES
    return outer.type in _QUOTES and inner.type in _QUOTES


def read_entities(raw: Iterable[JsonObject], text: str) -> tuple[Entity, ...]:
    """Entities given explicitly, refused unless they lie inside `text` on whole characters."""
    boundaries = _boundaries(text)
    entities = []
    for item in raw:
        entity = _read_entity(item)
        if entity.offset not in boundaries or entity.end not in boundaries:
            raise bad_request("ENTITY_BOUNDS_INVALID")
        entities.append(entity)
    return tuple(entities)


def _read_entity(item: JsonObject) -> Entity:
    kind, offset, length = item.get("type"), item.get("offset"), item.get("length")
    if kind not in _TYPES:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    if not isinstance(offset, int) or not isinstance(length, int) or length <= 0:
        raise bad_request("can't parse MessageEntity: invalid offset or length")
    optional = ("url", "language", "custom_emoji_id", "user")
    return Entity(str(kind), offset, length, **{name: item.get(name) for name in optional})


def _boundaries(text: str) -> set[int]:
    found, position = {0}, 0
    for character in text:
        position += utf16_length(character)
        found.add(position)
    return found


def moved(entity: Entity, positions: list[int]) -> Entity:
    """The entity after a change of its text; `positions[i]` is where code unit i went."""
    offset, end = positions[entity.offset], positions[entity.end]
    return replace(entity, offset=offset, length=end - offset)
