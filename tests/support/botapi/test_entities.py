"""Tests of the entities that Telegram finds in plain text, and of UTF-16 offsets."""

import pytest

from tests.support.botapi.engine.entities import detect, utf16_length, utf16_slice


def found(text: str) -> list[tuple[str, str]]:
    return [(e.type, utf16_slice(text, e.offset, e.length)) for e in detect(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/ask 书记上了几节思政课？", [("bot_command", "/ask")]),
        ("/ask@baogao_bot 去年呢", [("bot_command", "/ask@baogao_bot")]),
        ("请问 @baogao_bot 去年呢", [("mention", "@baogao_bot")]),
        ("（@baogao_bot）去年呢", [("mention", "@baogao_bot")]),
        (
            "https://example.com/a?b=1 #工作总结",
            [("url", "https://example.com/a?b=1"), ("hashtag", "#工作总结")],
        ),
        ("😀😀 @baogao_bot", [("mention", "@baogao_bot")]),
    ],
)
def test_marks_commands_mentions_links_and_hashtags(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "/ask书记上了几节",
        "@baogao_bot书记上了几节",
        "a@baogao_bot",
        "and/or",
        "/ask@baogao_bot书记",
        "@ab",
    ],
)
def test_marks_nothing_that_runs_into_a_word(text: str) -> None:
    assert found(text) == []


def test_counts_characters_beyond_the_bmp_twice() -> None:
    text = "𠮷😀课"
    assert utf16_length(text) == 5
    assert utf16_slice(text, 4, 1) == "课"
    (mention,) = detect("😀 @baogao_bot")
    assert (mention.offset, mention.length) == (3, 11)
