"""Tests of how much may be asked, on a clock that the test turns."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from bot.telegram.access.quota import Quota, Verdict

ANSWER, NOTICE, SILENCE = Verdict.ANSWER, Verdict.NOTICE, Verdict.SILENCE
WANG, LI, GROUP, OTHER = 7, 8, -1, -2


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    turned = SimpleNamespace(monotonic=lambda: made.now)
    monkeypatch.setattr("bot.telegram.access.quota.time", turned)
    return made


def test_too_many_questions_of_one_person_get_one_notice_and_then_silence(clock: Clock) -> None:
    limits = Quota(person=2, chat=100)
    verdicts = [limits.judge(WANG, GROUP) for _ in range(5)]
    assert verdicts == [ANSWER, ANSWER, NOTICE, SILENCE, SILENCE]


def test_one_person_who_asks_too_much_leaves_the_others_alone(clock: Clock) -> None:
    limits = Quota(person=1, chat=100)
    assert [limits.judge(WANG, GROUP) for _ in range(2)] == [ANSWER, NOTICE]
    assert limits.judge(LI, GROUP) is ANSWER


def test_a_chat_has_a_limit_of_its_own_over_all_people(clock: Clock) -> None:
    limits = Quota(person=10, chat=2)
    verdicts = [limits.judge(person, GROUP) for person in (1, 2, 3, 4)]
    assert verdicts == [ANSWER, ANSWER, NOTICE, SILENCE]
    assert limits.judge(3, OTHER) is ANSWER


def test_a_minute_later_it_is_forgotten(clock: Clock) -> None:
    limits = Quota(person=1, chat=100)
    assert [limits.judge(WANG, GROUP) for _ in range(2)] == [ANSWER, NOTICE]
    clock.now += 61
    assert [limits.judge(WANG, GROUP) for _ in range(2)] == [ANSWER, NOTICE]


def test_the_questions_of_one_message_all_count(clock: Clock) -> None:
    limits = Quota(person=3, chat=100)
    assert limits.judge(WANG, GROUP, 3) is ANSWER
    assert limits.judge(WANG, GROUP) is NOTICE


def test_a_first_message_is_answered_however_many_questions_it_has(clock: Clock) -> None:
    assert Quota(person=2, chat=2).judge(WANG, GROUP, 5) is ANSWER


def test_what_is_refused_is_not_counted(clock: Clock) -> None:
    limits = Quota(person=1, chat=100)
    limits.judge(WANG, GROUP)
    clock.now += 30
    for _ in range(10):
        limits.judge(WANG, GROUP)
    clock.now += 31
    assert limits.judge(WANG, GROUP) is ANSWER


def test_a_notice_about_one_thing_is_due_once_in_its_time(clock: Clock) -> None:
    limits = Quota(person=1, chat=1)
    assert [limits.notice_due(WANG, 60) for _ in range(2)] == [True, False]
    assert limits.notice_due(LI, 60)
    clock.now += 61
    assert limits.notice_due(WANG, 60)


def test_a_stream_of_strangers_does_not_fill_the_memory(clock: Clock) -> None:
    limits = Quota(person=1, chat=100)
    for person in range(12_000):
        clock.now += 0.1
        limits.judge(person, person)
        limits.notice_due(person)
    assert len(limits._uses) <= 5_001
    assert len(limits._notices) <= 5_001
