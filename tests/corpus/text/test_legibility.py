"""Text that people wrote is told from what damage leaves."""

from __future__ import annotations

import pytest

from corpus.text.legibility import illegible, is_encoded


@pytest.mark.parametrize(
    "text",
    [
        "书记上了12节思政课（含专题党课），满意率98.5％。",
        "書記上了12節思政課，滿意率98.5%。",
        "①党建；②德育 — “双减”、《课程标准》Ⅲ级 ㎡ ★",
        "The café of the school, naïve & résumé",
        "مەكتەپ خىزمەت دوكلاتى",
        "བོད་ཡིག",
        "",
    ],
)
def test_what_people_write_is_legible(text: str) -> None:
    assert illegible(text) <= 0.1 * len(text)


@pytest.mark.parametrize(
    "text",
    [
        "\ufffd\ufffd书\ue004\x00",
        "ÕL )0 t‘óOÆ_ıeY†g¡R˜~˙_\x8f\x91",
        "在㑹㨔双減㔴⁔浢㘠呦ㄠ〠㋿㜱が⁅",
    ],
)
def test_what_damage_leaves_is_not(text: str) -> None:
    assert illegible(text) > 0.15 * len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=E5=B7=A5=E4=BD=9C" * 9, True),
        ("QUJD" * 60, True),
        ("网址 a=B2 与 36 次活动，" * 9, False),
        ("工作总结" * 9, False),
    ],
)
def test_bytes_in_disguise_are_no_text(text: str, expected: bool) -> None:
    assert is_encoded(text) is expected
