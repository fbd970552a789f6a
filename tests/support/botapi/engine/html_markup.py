"""Parses the HTML that Telegram accepts, and refuses the rest in Telegram's words.

https://core.telegram.org/bots/api#html-style
"""

import re
import sys
from dataclasses import dataclass, replace

from tests.support.botapi.engine.entities import Entity, utf16_length
from tests.support.botapi.engine.refusal import Refusal, bad_request

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_BARE_VALUE = re.compile(r"[A-Za-z0-9.\-]*")
_SPACE = re.compile(r"\s*")
_LANGUAGE = "language-"
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._parts: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def parse(self) -> tuple[str, tuple[Entity, ...]]:
        while self._at < len(self._source):
            character = self._source[self._at]
            if character == "<":
                self._tag()
            elif character == "&" and (match := _REFERENCE.match(self._source, self._at)):
                self._emit(_decoded(match))
                self._at = match.end()
            else:
                self._emit(character)
                self._at += 1
        if self._open:
            tag = self._open[-1].tag
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return "".join(self._parts), tuple(map(_without_stray_language, self._entities))

    def _emit(self, text: str) -> None:
        self._parts.append(text)
        self._offset += utf16_length(text)

    def _tag(self) -> None:
        begin = self._at
        if self._source.startswith("</", begin):
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        where = self._byte_offset(begin)
        tag = self._take(_NAME, begin + 1)
        if self._at >= len(self._source):
            raise _unparsable(f'Unclosed start tag "{tag}" at byte offset {where}')
        tag = tag.lower()
        if tag not in _TYPES:
            raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {where}')
        attributes = self._attributes(tag, where)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        if tag == "tg-emoji" and not attributes.get("emoji-id"):
            raise _unparsable(f'Tag "tg-emoji" must have "emoji-id" at byte offset {where}')
        self._open.append(_Open(tag, attributes, self._offset, len(self._parts)))

    def _attributes(self, tag: str, where: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._take(_SPACE, self._at)
            if self._source.startswith(">", self._at):
                self._at += 1
                return found
            name = self._take(_ATTRIBUTE_NAME, self._at)
            if not name and self._at < len(self._source):
                raise _unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
            self._take(_SPACE, self._at)
            value = ""
            if self._source.startswith("=", self._at):
                self._take(_SPACE, self._at + 1)
                value = self._value()
            if self._at >= len(self._source):
                raise _unparsable(f'Unclosed start tag "{tag}" at byte offset {where}')
            found[name.lower()] = value

    def _value(self) -> str:
        quote = self._source[self._at : self._at + 1]
        if quote not in {'"', "'"} or not quote:
            begin = self._at
            value = self._take(_BARE_VALUE, begin)
            ends = self._source[self._at : self._at + 1]
            if ends and not ends.isspace() and ends != ">":
                where = self._byte_offset(begin)
                raise _unparsable(f"Unexpected end of name token at byte offset {where}")
            return value
        end = self._source.find(quote, self._at + 1)
        if end < 0:
            self._at = len(self._source)
            return ""
        raw = self._source[self._at + 1 : end]
        self._at = end + 1
        return _REFERENCE.sub(_decoded, raw)

    def _end_tag(self, begin: int) -> None:
        where = self._byte_offset(begin)
        if not self._open:
            raise _unparsable(f"Unexpected end tag at byte offset {where}")
        name = self._take(_NAME, begin + 2).lower()
        self._take(_SPACE, self._at)
        if not self._source.startswith(">", self._at):
            raise _unparsable(f"Unclosed end tag at byte offset {where}")
        self._at += 1
        opened = self._open.pop()
        if name and name != opened.tag:
            raise _unparsable(
                f"Unmatched end tag at byte offset {where}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        if self._offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self._offset - opened.offset
        kind = _TYPES[opened.tag]
        if kind == "text_link":
            url = opened.attributes.get("href") or "".join(self._parts[opened.start :])
            self._entities.append(Entity(kind, opened.offset, length, url=url))
        elif kind == "custom_emoji":
            emoji = opened.attributes["emoji-id"]
            self._entities.append(Entity(kind, opened.offset, length, custom_emoji_id=emoji))
        elif kind == "blockquote" and "expandable" in opened.attributes:
            self._entities.append(Entity("expandable_blockquote", opened.offset, length))
        elif kind in {"code", "pre"}:
            self._close_code(opened, kind, length)
        else:
            self._entities.append(Entity(kind, opened.offset, length))

    def _close_code(self, opened: _Open, kind: str, length: int) -> None:
        class_name = opened.attributes.get("class", "")
        language = class_name.removeprefix(_LANGUAGE) if _LANGUAGE in class_name else None
        inner = self._entities[-1] if self._entities else None
        if (
            inner
            and inner.type == "code"
            and (inner.offset, inner.length)
            == (
                opened.offset,
                length,
            )
        ):
            language = inner.language
            self._entities.pop()
        self._entities.append(Entity(kind, opened.offset, length, language=language))

    def _take(self, pattern: re.Pattern[str], start: int) -> str:
        match = pattern.match(self._source, start)
        self._at = match.end() if match else start
        return match.group() if match else ""

    def _byte_offset(self, position: int) -> int:
        return len(self._source[:position].encode())


def parse_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """The plain text of `source` and its entities; refused with 400 if it is malformed."""
    return _Parser(source).parse()


def _without_stray_language(entity: Entity) -> Entity:
    return replace(entity, language=None) if entity.type == "code" else entity


def _decoded(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    valid = 0 < code <= sys.maxunicode and code not in _SURROGATES
    return chr(code) if valid else match.group()


def _unparsable(reason: str) -> Refusal:
    return bad_request(f"can't parse entities: {reason}")
