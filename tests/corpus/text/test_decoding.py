from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from corpus.errors import Trouble, UnreadableReport
from corpus.text.decoding import decode

TEXT = "一、学校党建工作履职情况\n本年度书记带头上思政课12节。"
TRADITIONAL = "一、學校黨建工作\n本年度書記帶頭上課十二節，學生和老師的發展有了進步。"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16", "utf-32"])
def test_the_usual_encodings_are_told_apart(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), Path("x.txt"))[0] == TEXT


def test_even_a_short_gbk_text_is_no_mojibake() -> None:
    assert decode("师德".encode("gbk"), Path("x.txt")) == ("师德", "gb18030")


def test_big5_is_told_from_gb18030() -> None:
    assert decode(TRADITIONAL.encode("big5"), Path("x.txt")) == (TRADITIONAL, "big5")


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"PK\x03\x04\x00\x00", Trouble.BINARY),
        (codecs.BOM_UTF8 + b"\xff\xfe", Trouble.BROKEN_ENCODING),
        (b"\xff\xff\xff\x80", Trouble.UNKNOWN_ENCODING),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, trouble: Trouble) -> None:
    with pytest.raises(UnreadableReport) as caught:
        decode(data, Path("x.txt"))
    assert caught.value.trouble is trouble


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_known_by_its_zeros(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), Path("x.txt")) == (TEXT, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_damaged_characters_do_not_cost_the_text(encoding: str) -> None:
    data = (TEXT * 20).encode(encoding)
    damaged = data[:300] + b"\xff" + data[300:]
    text, found = decode(damaged, Path("x.txt"))
    assert found == encoding
    assert 1 <= text.count("\ufffd") <= 3
    assert text.endswith(TEXT)


def test_a_long_text_in_another_encoding_is_left_to_the_detector() -> None:
    text = "日本の学校は人と国の工作を発展する学年の教師。" * 30
    decoded, _ = decode(text.encode("shift_jis"), Path("x.txt"))
    assert "学校" in decoded


def test_long_noise_is_in_no_encoding() -> None:
    noise = bytes(range(128, 256)) * 20 + b"\xff" * 200
    with pytest.raises(UnreadableReport) as caught:
        decode(noise, Path("x.txt"))
    assert caught.value.trouble is Trouble.UNKNOWN_ENCODING
