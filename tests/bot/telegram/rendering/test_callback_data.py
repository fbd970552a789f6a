"""Tests of what buttons carry: any value comes back as it was, and nothing else is let through."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum
from typing import Any, get_args, get_type_hints

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bot.telegram.jobs.jobs import new_id
from bot.telegram.rendering.callback_data import (
    KINDS,
    LONGEST_DATA,
    AllowGroup,
    AnswerAction,
    AnswerButton,
    CallbackData,
    ExportedList,
    ExportList,
    JobAction,
    JobButton,
    OutlineButton,
    RemovalStep,
    RemoveReport,
    ReportsPage,
    RollBack,
    decode,
    digest_start,
    encode,
    find_report,
    report_key,
)
from bot.telegram.reports.correction_prompts import ASKABLE
from tests.bot.telegram.entries import entry

_IDS = st.text("abcdefXYZ019_-", max_size=12)
_NUMBERS = st.integers(-(10**17) + 1, 10**17 - 1)


def _values(kind: type[Any]) -> st.SearchStrategy[Any]:
    strategies: dict[str, st.SearchStrategy[Any]] = {}
    for name, type_ in get_type_hints(kind).items():
        if issubclass(type_, StrEnum):
            strategies[name] = st.sampled_from(type_)
        else:
            strategies[name] = _NUMBERS if type_ is int else _IDS
    return st.builds(kind, **strategies)


ANY = st.one_of(*map(_values, KINDS.values()))


@given(ANY)
def test_every_value_of_every_kind_comes_back_as_it_was(value: CallbackData) -> None:
    text = encode(value)
    assert len(text.encode()) <= LONGEST_DATA
    assert decode(text) == value


@given(st.one_of(st.text(max_size=64), st.from_regex(r"[vlogjxbe](:[-:a-z0-9]{0,12})*")))
def test_whatever_is_sent_decodes_to_nothing_or_to_a_value_that_buttons_carry(text: str) -> None:
    value = decode(text)
    assert value is None or decode(encode(value)) == value


def test_every_kind_has_a_letter_and_each_letter_one_kind() -> None:
    assert set(KINDS.values()) == set(get_args(CallbackData))
    assert all(len(letter) == 1 for letter in KINDS)


WRITTEN = {
    "v:abc:p:3": AnswerButton("abc", AnswerAction.PASSAGE, 3),
    "v:abc:u": AnswerButton("abc", AnswerAction.UP),
    "l:2": ReportsPage(2),
    "o:0123456789ab:01234567:4": OutlineButton("0123456789ab", "01234567", 4),
    "g:-1001234567890": AllowGroup(-1001234567890),
    "j:abc:live": JobButton("abc", JobAction.GO_LIVE),
    "x:0123456789ab:01234567:y": RemoveReport("0123456789ab", "01234567", RemovalStep.CONFIRM),
    "x:::n": RemoveReport("", "", RemovalStep.CANCEL),
    "b:7": RollBack(7),
    "e:u": ExportList(ExportedList.UNANSWERED),
}


@pytest.mark.parametrize(("text", "value"), WRITTEN.items(), ids=WRITTEN)
def test_buttons_of_earlier_versions_still_work(text: str, value: CallbackData) -> None:
    assert decode(text) == value


@pytest.mark.parametrize(
    "forged",
    [
        *(
            "",
            "v",
            "z:1",
            "l",
            "l:",
            "l:x",
            "l:１",
            "l:1e3",
            "l: 1",
            "l:1:2",
            "l:" + "9" * 18,
            "l:+1",
        ),
        *("v:abc:z:0", "j:abc:yes", "x:a:b", "e:v", "L:1"),
    ],
)
def test_what_no_button_carries_is_nothing(forged: str) -> None:
    assert decode(forged) is None


def test_data_longer_than_telegram_carries_is_an_error_at_once() -> None:
    encode(JobButton("a" * 57, JobAction.GO_LIVE))
    with pytest.raises(ValueError, match="65 bytes"):
        encode(JobButton("a" * 58, JobAction.GO_LIVE))


def test_the_longest_data_that_the_bot_makes_fits() -> None:
    key = report_key("昆山市第二中学2021年度工作总结" * 8)
    longest = [
        AnswerButton(new_id(), AnswerAction.PASSAGE, 10**6),
        OutlineButton(key, "0" * 8, 10**6),
        RemoveReport(key, "0" * 8, RemovalStep.CONFIRM),
        *(JobButton(new_id(), action) for action in JobAction),
    ]
    assert all(len(encode(data).encode()) <= LONGEST_DATA for data in longest)


def test_a_report_is_found_by_its_key_as_long_as_it_is_there() -> None:
    one, other = entry("2020年度工作总结", "1"), entry("2021年度工作总结", "2")
    assert find_report([one, other], report_key(other.name)) == other
    assert find_report([one], report_key(other.name)) is None
    assert digest_start(one) != digest_start(other)


def test_what_can_be_corrected_is_what_buttons_ask_for() -> None:
    assert {action.value for action in JobAction} >= set(ASKABLE)


def test_all_fields_are_text_numbers_or_enumerations() -> None:
    for kind in KINDS.values():
        types = get_type_hints(kind)
        for field in fields(kind):
            assert types[field.name] in {str, int} or issubclass(types[field.name], StrEnum)
