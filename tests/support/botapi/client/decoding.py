"""Makes values of what the control side answers."""

from typing import Any

from tests.support.botapi.client.values import (
    Button,
    Document,
    Entity,
    InlineAnswer,
    InlineResult,
    Json,
    Message,
    Version,
)
from tests.support.botapi.engine.entities import utf16_slice

_AS_THEY_ARE = (  # noqa: SIM905 - words
    "chat_id message_id sender_id text reply_to thread_id is_topic sent_at received_at "
    "edited_at deleted via_bot_id inline_message_id content"
).split()


def decode_message(item: Json) -> Message:
    """A recorded message."""
    same: dict[str, Any] = {name: item[name] for name in _AS_THEY_ARE}
    quote = item["quote"]
    return Message(
        **same,
        entities=decode_entities(item["text"], item["entities"]),
        buttons=_buttons(item["reply_markup"]),
        document=_document(item["document"]),
        quote=quote["text"] if quote else None,
        versions=tuple(map(_version, item["versions"])),
    )


def decode_entities(text: str, items: list[Json]) -> tuple[Entity, ...]:
    """Entities with the text they mark."""
    return tuple(
        Entity(
            type=item["type"],
            offset=item["offset"],
            length=item["length"],
            text=utf16_slice(text, item["offset"], item["length"]),
            url=item.get("url"),
            language=item.get("language"),
        )
        for item in items
    )


def decode_inline_answer(query: str, item: Json, *, cached: bool) -> InlineAnswer:
    """The answer to an inline query."""
    return InlineAnswer(
        query=query,
        results=tuple(map(_result, item["results"])),
        next_offset=item["next_offset"],
        cache_time=item["cache_time"],
        is_personal=item["is_personal"],
        button=item["button"],
        cached=cached,
    )


def _result(item: Json) -> InlineResult:
    content = item["content"]
    text = _text(content)
    return InlineResult(
        id=item["id"],
        kind=item["type"],
        title=item["title"],
        description=item.get("description", ""),
        text=text,
        entities=decode_entities(text, _entities(content)),
        raw=item,
    )


def _version(item: Json) -> Version:
    content = item["content"]
    text = _text(content)
    return Version(
        at=item["at"],
        text=text,
        entities=decode_entities(text, _entities(content)),
        buttons=_buttons(item["reply_markup"]),
    )


def _text(content: Json) -> str:
    return str(content.get("text") or content.get("caption") or "")


def _entities(content: Json) -> list[Json]:
    return list(content.get("entities") or content.get("caption_entities") or [])


def _buttons(markup: Json | None) -> tuple[tuple[Button, ...], ...]:
    rows = (markup or {}).get("inline_keyboard", [])
    return tuple(
        tuple(
            Button(
                item["text"],
                item.get("callback_data"),
                item.get("url"),
                item.get("copy_text", {}).get("text"),
                item.get("style"),
            )
            for item in row
        )
        for row in rows
    )


def _document(item: Json | None) -> Document | None:
    if item is None:
        return None
    return Document(item["file_id"], item["file_name"], item["file_size"], item["mime_type"])
