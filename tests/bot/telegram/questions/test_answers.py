"""An answer on a phone: how it is marked, what its buttons do, and what cannot break it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.botapi import Message, Refused, Slow, User
from tests.support.bots import BotThread
from tests.support.school import (
    ANSWER,
    NOT_IN_THE_REPORTS,
    SHIPPED,
    Staff,
    earlier_report,
    running_school,
)

OF_2021 = "2021年书记上了几节思政课？"
BUTTONS = ("原文", "报告", "👎")
WHOLE = ("下一段 ›", "返回", "报告", "复制")
PLACE = "2021年总结 · 1.年度党建情况 · 第2段"
_ASSERTED = 0.3
"""How sure an answer has to be here: how it is shown is tested, not how sure the reader is."""

RIGHT_TO_LEFT = "مرحبا بكم"
BOOKS = [f"第{i}种图书{'𠮷' * 30}" for i in range(1, 100)]
LIBRARY = f"""图书馆工作
图书馆合计藏书八万册，书目如下，{"，".join(BOOKS)}。
"""
DIRTY = f"""昆山市第二中学2019年度工作总结
一、外宾<b>&amp;</b>接待
学校全年接待来宾𠮷野组😀<script>alert(1)</script>共37批，留言写着{RIGHT_TO_LEFT}，满意率&lt;98%&gt;。
二、{LIBRARY}"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    """A school with two look-alike reports and one that is full of markup."""
    earlier = {name: f"{text.rstrip()}\n九、{LIBRARY}" for name, text in earlier_report().items()}
    reports = earlier | {"2019年<b>总结&😀.txt": DIRTY}
    limits = {"person": 1000, "chat": 1000}
    home = tmp_path_factory.mktemp("school") / "home"
    settings = {"answer": {"refusal": _ASSERTED}}
    with running_school(home, reports, BotThread, settings, limits=limits) as made:
        yield made


@pytest.fixture
def staff(running: Staff) -> Staff:
    """The school, in a group of its own for each test."""
    return running.elsewhere()


@pytest.fixture
def answer(staff: Staff) -> Message:
    """An answer in the group."""
    return ask(staff, OF_2021)


def ask(staff: Staff, question: str) -> Message:
    """The answer to a question of the teacher in the group."""
    return staff.server.wait_for_reply(staff.group.send(staff.teacher, f"/ask {question}"))


def turned(staff: Staff, person: User, message: Message, label: str) -> Message:
    """The message after a person pressed a button that changes it, and was told nothing."""
    assert person.press(message, label).text == ""
    return staff.server.refresh(message)


def test_the_words_stand_alone_in_bold_then_their_sentence_then_its_place(answer: Message) -> None:
    words, sentence, place = answer.text.split("\n")
    assert words == ANSWER
    assert ANSWER in sentence
    assert place == PLACE
    assert answer.marked("bold") == (ANSWER, ANSWER)
    assert answer.marked("italic") == ()
    assert answer.labels() == BUTTONS
    assert len(answer.buttons) == 1


def test_anyone_in_the_chat_turns_to_the_next_passage_and_back_in_place(
    staff: Staff, answer: Message
) -> None:
    original = turned(staff, staff.admin, answer, "原文")
    assert original.labels() == WHOLE
    second = turned(staff, staff.admin, original, "下一段")
    assert second.text.startswith("相关段落 2/5\n\n")
    assert second.labels() == ("‹ 上一段", *WHOLE)
    again = turned(staff, staff.teacher, second, "上一段")
    assert (again.text, again.entities) == (original.text, original.entities)
    first = turned(staff, staff.teacher, again, "返回")
    assert (first.text, first.entities, first.labels()) == (answer.text, answer.entities, BUTTONS)
    assert staff.group.bot_messages()[-1].message_id == answer.message_id


def test_the_buttons_of_an_old_message_work_though_telegram_no_longer_shows_it(
    staff: Staff, answer: Message
) -> None:
    assert staff.admin.press(answer, "原文", inaccessible=True).text == ""
    assert staff.server.refresh(answer).labels() == WHOLE


def test_the_paragraphs_around_a_passage_are_shown_with_their_numbers(
    staff: Staff, answer: Message
) -> None:
    around = turned(staff, staff.admin, answer, "原文")
    number, *words = around.marked("bold")
    assert number == "第2段"
    assert ANSWER in "".join(words)
    before, after = around.marked("expandable_blockquote")
    assert before.startswith("第1段　")
    assert after.startswith("第3段　")
    assert around.text.splitlines()[-1].startswith(
        "《中共昆山市第二中学总支部2021年度工作总结》 › 一、学校党建"
    )
    copied = around.buttons[-1][-1]
    assert copied.copy_text is not None
    assert copied.copy_text.endswith("…") or PLACE in copied.copy_text


def test_the_report_itself_comes_once_however_often_it_is_asked_for(
    staff: Staff, answer: Message
) -> None:
    assert staff.teacher.press(answer, "报告").text == ""
    (sent,) = staff.server.replies(answer)
    assert sent.document is not None
    assert sent.document.name == SHIPPED.name
    assert staff.server.content(sent.document.file_id) == SHIPPED.read_bytes()
    assert staff.admin.press(answer, "报告").text == "刚刚发过，就在上面。"
    assert staff.server.replies(answer) == [sent]


def test_a_thumb_that_points_down_asks_why_and_then_shows_the_buttons_again(
    staff: Staff, answer: Message
) -> None:
    assert staff.admin.press(answer, "👎").text == "谢谢，已记下。"
    asked = staff.server.refresh(answer)
    assert asked.labels() == ("答非所问", "年份不对", "报告里有", "太长", "返回")
    assert asked.text == answer.text
    assert staff.teacher.press(asked, "年份不对").text == "谢谢，已记下。"
    assert staff.server.refresh(answer).labels() == BUTTONS


def test_many_presses_at_once_make_few_edits_and_are_all_answered(
    staff: Staff, answer: Message
) -> None:
    server = staff.server
    original = turned(staff, staff.admin, answer, "原文")
    second = turned(staff, staff.admin, original, "下一段")
    before = len(server.calls("editMessageText"))
    answered = len(server.calls("answerCallbackQuery"))
    slow = server.fail("editMessageText", Slow(0.5), times=None)
    for i in range(30):
        person = (staff.admin, staff.teacher)[i % 2]
        label = "上一段" if i % 3 else "下一段"
        person.tap(second, data=second.button(label).data)  # what stood there when it was seen
    server.wait_for_calls("answerCallbackQuery", answered + 30)
    slow.end()
    assert 1 <= len(server.calls("editMessageText")) - before <= 6


def test_a_refusal_names_what_was_searched_and_offers_the_nearest_passages(
    staff: Staff,
) -> None:
    refusal = ask(staff, NOT_IN_THE_REPORTS)
    first, searched = refusal.text.split("\n")
    assert first == "报告里没有找到答案。"
    assert searched == "查过3份报告（2019–2021年）。"
    assert refusal.labels() == ("看看最接近的段落", "👎")
    nearest = turned(staff, staff.admin, refusal, "最接近")
    assert nearest.text.startswith("最接近的段落 1/5（不是答案）\n\n")
    assert all(words.startswith("第") for words in nearest.marked("bold"))
    assert nearest.labels() == WHOLE
    assert turned(staff, staff.admin, nearest, "返回").text == refusal.text


def test_a_question_about_a_year_without_a_report_names_the_years_there_are(
    staff: Staff,
) -> None:
    refusal = ask(staff, "2015年书记上了几节思政课？")
    assert refusal.text == "报告里没有找到答案。\n没有2015年的报告。现有：2019年、2020年、2021年。"


def test_markup_emoji_and_right_to_left_words_in_a_report_stay_what_they_are(
    staff: Staff,
) -> None:
    answer = ask(staff, "2019年接待了多少批来宾？")
    assert "𠮷野组😀<script>alert(1)</script>共37批" in answer.text
    assert RIGHT_TO_LEFT in answer.text
    assert "&lt;98%&gt;" in answer.text
    assert "2019年总结 · 一、外宾<b>&amp;</b>接待 · 第1段" in answer.text
    assert any("37" in span for span in answer.marked("bold"))
    staff.teacher.press(answer, "报告")
    (sent,) = staff.server.replies(answer)
    assert sent.document is not None
    assert sent.document.name == "2019年<b>总结&😀.txt"


def test_what_is_longer_than_a_message_comes_in_several_and_nothing_is_lost(
    staff: Staff,
) -> None:
    asked = "/compare 2019 2020 图书馆合计藏书多少册？"
    question = staff.group.send(staff.teacher, asked)
    staff.server.wait_for_reply(question)
    come_to_the_end(staff)
    pieces = staff.server.replies(question)
    together = "".join("".join(piece.text.split()) for piece in pieces)
    assert len(pieces) > 1
    assert all(piece.buttons == () for piece in pieces[:-1])
    assert pieces[-1].labels()[-1] == "👎"
    assert together.count("合计藏书八万册") == 2
    shown = [together.count(book) for book in BOOKS]
    last = shown.index(0)
    assert shown == [2] * last + [0] * (len(BOOKS) - last)


def come_to_the_end(staff: Staff) -> None:
    """Return when everything that was asked in the group before has been answered."""
    ask(staff, OF_2021)


def test_names_full_of_markup_break_nothing(staff: Staff) -> None:
    person = staff.server.user("<b>&𠮷😀</i>" + RIGHT_TO_LEFT, last_name="</a>")
    staff.group.add(person)
    question = staff.group.send(person, f"/ask {OF_2021}")
    assert ANSWER in staff.server.wait_for_reply(question).text


def test_where_telegram_refuses_the_marks_plain_text_goes_out(staff: Staff) -> None:
    refused = Refused(400, "Bad Request: can't parse entities: unsupported")
    staff.server.fail("sendMessage", refused)
    answer = ask(staff, OF_2021)
    assert ANSWER in answer.text
    assert answer.entities == ()
    staff.server.fail("editMessageText", refused)
    original = turned(staff, staff.teacher, answer, "原文")
    assert "第3段" in original.text
    assert original.entities == ()


def test_the_buttons_work_after_a_restart(staff: Staff, answer: Message) -> None:
    refusal = ask(staff, NOT_IN_THE_REPORTS)
    assert staff.school.stop() == 0
    staff.school.start()
    assert turned(staff, staff.admin, answer, "原文").labels() == WHOLE
    back = turned(staff, staff.admin, staff.server.refresh(answer), "返回")
    assert (back.text, back.entities) == (answer.text, answer.entities)
    assert turned(staff, staff.admin, refusal, "最接近").text.startswith("最接近的段落 1/5")
    earlier = staff.server.wait_for_reply(staff.group.reply(staff.teacher, answer, "2020年呢？"))
    assert "2020年总结 · " in earlier.text


def test_the_buttons_of_a_report_that_has_changed_or_gone_say_so(staff: Staff) -> None:
    name, text = next(iter(earlier_report().items()))
    answer = ask(staff, "2020年书记上了几节思政课？")
    path = staff.school.reports / name
    path.write_text(text.replace("12节", "8节").replace("9节", "8节"), "utf-8")
    reindex(staff)
    assert staff.teacher.press(answer, "原文").text == "这份报告已经更新，请再问一遍。"
    path.unlink()
    reindex(staff)
    for label in ("原文", "报告"):
        assert staff.teacher.press(answer, label).text == "这份报告已经移除。"
    assert staff.server.refresh(answer).versions == answer.versions


def reindex(staff: Staff) -> None:
    """Bring the index up to date."""
    progress = staff.server.wait_for_reply(staff.admin.private.send("/reindex"))
    while "已更新" not in progress.text:
        progress = staff.server.wait_for_edit(progress)
