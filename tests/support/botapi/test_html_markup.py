"""Tests of the HTML that Telegram accepts."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.botapi.engine.entities import utf16_length
from tests.support.botapi.engine.html_markup import parse_html
from tests.support.botapi.engine.refusal import Refusal


def parsed(source: str) -> tuple[str, list[tuple[str, int, int]]]:
    text, entities = parse_html(source)
    return text, [(entity.type, entity.offset, entity.length) for entity in entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("共<b>三</b>节", "共三节", [("bold", 1, 1)]),
        ("<STRONG>a</STRONG><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        (
            "<s>a</s><strike>b</strike><del>c</del>",
            "abc",
            [("strikethrough", 0, 1), ("strikethrough", 1, 1), ("strikethrough", 2, 1)],
        ),
        (
            '<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>',
            "ab",
            [("spoiler", 0, 1), ("spoiler", 1, 1)],
        ),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("😀<b>课</b>", "😀课", [("bold", 2, 1)]),
        ("<b>😀</b>", "😀", [("bold", 0, 2)]),
        ("1 &lt; 2 &amp; 3 &gt; 2 &quot;&#35838;&#x8bfe;&quot;", '1 < 2 & 3 > 2 "课课"', []),
        ("&nbsp; stays &copy;", "&nbsp; stays &copy;", []),
        ("a & b > c", "a & b > c", []),
        ("<b></b>x", "x", []),
        ("<b>a</>", "a", [("bold", 0, 1)]),
    ],
)
def test_reads_supported_markup(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    assert parsed(source) == (text, entities)


def test_reads_links_and_languages() -> None:
    _, (link,) = parse_html('<a href="https://example.com/?a=1&amp;b=2">x</a>')
    assert link.url == "https://example.com/?a=1&b=2"
    _, (block,) = parse_html('<pre><code class="language-python">x</code></pre>')
    assert (block.type, block.language) == ("pre", "python")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("课<table>", 'Unsupported start tag "table" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("1 <b", 'Unclosed start tag "b" at byte offset 2'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b><i>a</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x>a</a>', 'Unclosed start tag "a" at byte offset 0'),
        ("<a =x>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x,y>a</a>", "Unexpected end of name token at byte offset 8"),
    ],
)
def test_refuses_malformed_markup_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {reason}"
    assert caught.value.code == 400


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    parsed_text, entities = parse_html(f"<b>{html.escape(text)}</b>")
    assert parsed_text == text
    assert [entity.length for entity in entities] == ([utf16_length(text)] if text else [])
