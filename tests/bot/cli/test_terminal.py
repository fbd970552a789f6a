from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cli.json_contract import answer_to_json
from bot.cli.terminal import pages_shown, progress_bar, render_answer
from bot.messages import messages_in
from bot.wording.citations import citation, citations
from corpus.report import Passage
from index.answering.answer import Answer, Found, KeySentences, Quotation, Refusal, Status
from index.answering.decision import Decision
from index.store.store import Scope
from index.understanding.question import Question

ZH, EN = messages_in("zh"), messages_in("en")
TEXT = "总支下辖3个支部。本年度累计上思政课12节，效果良好。"
START = TEXT.index("本年度")


def passage(title: str = "2021年度工作总结", page: int | None = None) -> Passage:
    return Passage(
        "r:2:1", "r", title, 2021, ("一、党建", "1.支部"), 2, 1, TEXT, 0, len(TEXT), page
    )


def answer(status: Status = Status.ANSWERED) -> Answer:
    span = (TEXT.index("12节"), TEXT.index("12节") + 3)
    found = Found(passage(), 1.2, (START, len(TEXT)), (span,))
    other = Found(passage("二〇二一年总结"), 1.0, (0, START), ((0, START),))
    content = Refusal() if status is Status.NOT_FOUND else Quotation()
    decision = Decision(status, 0.87654)
    question = Question("几节", "几节", Scope())
    return Answer(question, decision, (found, other), content, {"total": 3.0})


def test_a_citation_names_title_headings_and_paragraph() -> None:
    assert citation(passage(), ZH) == "《2021年度工作总结》 › 一、党建 › 1.支部 › 第2段"


def test_a_citation_adds_the_year_a_title_lacks_and_the_page() -> None:
    text = citation(passage("工作总结", page=3), ZH)
    assert text == "《工作总结》（2021年） › 一、党建 › 1.支部 › 第2段，第3页"


def test_citations_one_after_another_name_a_report_only_where_it_changes() -> None:
    told = [passage(), passage(), passage("2020年度工作总结"), passage()]
    place = " › 一、党建 › 1.支部 › 第2段"
    new, old = "《2021年度工作总结》" + place, place.strip()
    other = citation(passage("2020年度工作总结"), ZH)
    assert list(citations(told, ZH)) == [new, old, other, new]
    assert list(citations(told, ZH, after=passage())) == [old, old, other, new]


def test_the_answer_comes_first_with_its_words_marked() -> None:
    lines = render_answer(answer(), ZH, styled=False).splitlines()
    assert lines[0] == "本年度累计上思政课【12节】，效果良好。"
    assert lines[1].startswith("《2021年度工作总结》")
    assert ZH.further in lines


def test_styles_are_only_for_terminals() -> None:
    assert "\x1b[1m12节\x1b[0m" in render_answer(answer(), ZH, styled=True)
    assert "\x1b" not in render_answer(answer(), ZH, styled=False)


def test_a_report_cannot_steer_the_terminal() -> None:
    hostile = Passage("r:1:1", "r", "t\x1b[2J", None, (), 1, 1, "甲\x1b[31m\x07乙。", 0, 10)
    found = Found(hostile, 1.0, (0, 9), ((0, 1),))
    asked = Answer(Question("q", "q", Scope()), Decision(Status.ANSWERED, 0.9), (found,))
    assert "\x1b" not in render_answer(asked, ZH, styled=False)
    assert "\x1b[31m" not in render_answer(asked, ZH, styled=True)
    assert "\x1b[2J" not in render_answer(asked, ZH, styled=True)


def test_a_refusal_says_so_and_marks_the_nearest_passages_as_such() -> None:
    lines = render_answer(answer(Status.NOT_FOUND), ZH, styled=False).splitlines()
    assert lines[:3] == [ZH.not_found, "", ZH.nearest]
    assert len(lines) == 7


def test_the_json_of_an_answer_is_that_of_the_contract() -> None:
    data = answer_to_json(answer())
    assert list(data) == ["question", "status", "answer", "confidence", "passages", "timing_ms"]
    assert data["status"] == "answered"
    assert data["answer"] == "本年度累计上思政课12节，效果良好。"
    assert data["confidence"] == 0.8765
    first = data["passages"][0]
    assert list(first) == [
        "id", "report", "title", "year", "path", "paragraph", "text", "score", "spans",
    ]  # fmt: skip
    assert [first["text"][a:b] for a, b in first["spans"]] == ["12节"]


def test_the_json_of_a_refusal_has_no_answer_and_no_words_that_answer() -> None:
    data = answer_to_json(answer(Status.NOT_FOUND))
    assert (data["status"], data["answer"]) == ("not_found", None)
    assert [p["spans"] for p in data["passages"]] == [[], []]


def test_the_page_that_is_recognised_is_said_on_a_terminal_and_wiped_away(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pages_shown(ZH) as heard:
        heard("扫描.pdf", 1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with pages_shown(ZH) as heard:
        heard("扫描\x1b[2J.pdf", 2, 2)
        assert "正在识别 扫描[2J.pdf 第 2/2 页" in capsys.readouterr().err
    assert capsys.readouterr().err == "\r\x1b[K"


def test_the_bar_of_a_build_says_the_page_before_it_counts_passages(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    with progress_bar(ZH.building, ZH) as progress:
        assert progress is not None
        progress.page("[b]扫描.pdf", 2, 7)
    assert "正在识别 [b]扫描.pdf 第 2/7 页" in capsys.readouterr().err


def test_the_json_of_a_summary_says_how_many_key_sentences_are_left_out() -> None:
    assert "more" not in answer_to_json(answer())
    assert answer_to_json(replace(answer(), content=KeySentences((), 7)))["more"] == 7
