"""Inline mode: `@bot question` in any chat of a person who is let in gives passages to share."""

from __future__ import annotations

import pytest

from tests.support.botapi import Refused, ServerError
from tests.support.school import ANSWER, NOT_IN_THE_REPORTS, QUESTION, Staff


def test_an_inline_question_gives_cited_passages_to_share_anywhere(staff: Staff) -> None:
    server, teacher = staff.server, staff.teacher
    found = teacher.inline_query(QUESTION, chat_type="private")
    assert len(found.results) == 5
    first = found.results[0]
    assert ANSWER in first.title
    assert first.description.startswith("《中共昆山市第二中学总支部2021年度工作总结》 › 一、")
    assert found.is_personal

    elsewhere = server.supergroup("外校群", members=[teacher], bot="left")
    shared = teacher.choose(found, first, elsewhere)
    assert any(ANSWER in span for span in shared.marked("bold"))
    assert shared.text.splitlines()[-1].startswith(
        "《中共昆山市第二中学总支部2021年度工作总结》 · "
    )
    assert elsewhere.bot_messages() == []


def test_what_the_reports_do_not_say_and_a_single_letter_give_nothing(staff: Staff) -> None:
    for text in (NOT_IN_THE_REPORTS, "", "书"):
        assert staff.teacher.inline_query(text).results == ()


def test_while_a_person_types_only_the_last_words_are_searched(staff: Staff) -> None:
    server = staff.server
    before = len(server.calls("answerInlineQuery"))
    gathering = server.fail("getUpdates", ServerError(), times=None)
    for length in range(4, len(QUESTION)):
        with pytest.raises(TimeoutError):
            staff.teacher.inline_query(QUESTION[:length], timeout=0)
    gathering.end()
    assert staff.teacher.inline_query(f"{QUESTION} ").results
    answered = len(server.calls("answerInlineQuery")) - before
    assert 1 <= answered <= 3  # a poll was under way when the typing began


def test_where_telegram_refuses_the_marks_plain_passages_are_offered(staff: Staff) -> None:
    refused = Refused(400, "Bad Request: can't parse entities: unsupported")
    staff.server.fail("answerInlineQuery", refused)
    found = staff.teacher.inline_query("书记上了多少节思政课")
    assert ANSWER in found.results[0].text
    assert found.results[0].entities == ()


def test_a_stranger_who_asks_inline_gets_nothing_that_another_would(staff: Staff) -> None:
    assert staff.teacher.inline_query("书记上了多少节思政课").results
    nothing = staff.stranger.inline_query("书记上了多少节思政课")
    assert nothing.results == ()
    assert nothing.button is None
