from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from corpus.decoding import decode
from corpus.errors import Trouble, UnreadableReport

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
