from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from training.reader.data.check_staff_data import (
    DataPart,
    content_bigrams,
    faults,
    read_part,
    school,
    sentence,
    shares,
)
from training.reader.data.staff_questions import StaffQuestion

TEXT = (
    "{0}小学{1}年工作总结\n学校有教师{1}人；其中男教师8人。\n食堂新开窗口两个。"
    "{0}的操场铺了草皮。\n"
)


def question(number: int, report: str, **changes: Any) -> StaffQuestion:
    asked = StaffQuestion(
        f"{report}-{number}",
        report,
        f"{chr(0x4E00 + 9 * number)}先生{number}号问教书的有几位",
        "paraphrase",
        "cook",
        True,
        ("学校有教师",),
        (f"{report[3:7]}人",),
        "preface",
        (),
    )
    return replace(asked, **changes)


def part(name: str, place: str) -> DataPart:
    report = f"{place}小学{2000 + len(name)}年工作总结"
    reports = {report: TEXT.format(place, 2000 + len(name))}
    own = [question(n, report, answers=()) for n in range(6)]
    refused = [
        question(
            n, report, kind="none:unit", answerable=False, evidence=(), answers=(), near=("其中男",)
        )
        for n in range(6, 10)
    ]
    return DataPart(name, reports, (*own, *refused), ())


@pytest.fixture
def parts() -> list[DataPart]:
    return [part("train", "河东"), part("dev", "河西"), part("test", "山南")]


def broken(parts: list[DataPart], **changes: Any) -> list[str]:
    first = parts[0]
    asked = replace(first.questions[0], **changes)
    return list(faults([replace(first, questions=(asked, *first.questions[1:])), *parts[1:]]))


def test_sets_that_hold_have_no_faults(parts: list[DataPart]) -> None:
    assert list(faults(parts)) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"evidence": ("不在里面",)}, "stands 0 times"),
        ({"evidence": ("教师",)}, "stands 2 times"),
        ({"evidence": ("男教师8人。\n食堂",)}, "stands 1 times"),
        ({"evidence": ()}, "without evidence"),
        ({"answers": ("8人",)}, "answer is not in the evidence"),
        ({"kind": "none:unit"}, "kind"),
        ({"section": ""}, "section"),
        ({"report": "别的"}, "no report"),
        ({"answerable": False}, "unanswerable, yet"),
    ],
)
def test_a_question_that_does_not_hold_is_named(
    parts: list[DataPart], changes: dict[str, Any], fault: str
) -> None:
    assert any(fault in each for each in broken(parts, **changes))


def test_no_report_id_or_school_is_in_two_parts(parts: list[DataPart]) -> None:
    train, dev, test = parts
    moved = {
        name.replace("2003", "2010"): f"{text}另加一句。" for name, text in dev.reports.items()
    }
    both = replace(train, reports=train.reports | moved)
    assert any("河西小学 is in train and in dev" in fault for fault in faults([both, dev, test]))
    renamed = replace(
        train, reports=train.reports | {"乙中学2001年": next(iter(dev.reports.values()))}
    )
    assert any("report twice" in fault for fault in faults([renamed, dev, test]))
    assert any("id twice" in fault for fault in faults([train, train, test]))


def test_a_report_that_is_copied_by_another_school_is_named(parts: list[DataPart]) -> None:
    train, dev, test = parts
    long = "".join(f"第{n}项工作由{chr(0x5000 + n)}老师完成。" for n in range(60))
    reports = {"甲中学2001年总结": long, "乙中学2001年总结": f"{long}有一点不同。"}
    found = list(faults([replace(train, reports=train.reports | reports), dev, test]))
    assert any("share words" in fault for fault in found)


def test_questions_in_the_words_of_the_report_are_told_from_paraphrases(
    parts: list[DataPart],
) -> None:
    train = parts[0]
    report = next(iter(train.reports))
    literal = [question(n, report, question=f"学校有教师男{'呢' * n}") for n in range(5)]
    measured = shares(replace(train, questions=tuple(literal)))
    assert measured.in_its_words == 0
    assert measured.paraphrased == 0
    assert shares(train).paraphrased == 1


def test_near_duplicates_and_common_beginnings_are_counted(parts: list[DataPart]) -> None:
    train = parts[0]
    report = next(iter(train.reports))
    asked = "食堂里给老师做午饭的师傅到底一共有几位"
    twice = [question(0, report, question=asked), question(1, report, question=f"{asked}呀")]
    measured = shares(replace(train, questions=(*twice, *train.questions)))
    assert measured.alike == pytest.approx(1 / 12)
    assert measured.beginnings[0] == ("食堂里给", pytest.approx(2 / 12))


def test_a_sentence_ends_at_its_semicolon_or_with_its_line() -> None:
    text = TEXT.format("河东", 2001)
    assert sentence(text, "学校有") == "学校有教师2001人；"
    assert sentence(text, "其中男") == "其中男教师8人。"
    assert sentence(text, "河东小学") == "河东小学2001年工作总结"


def test_the_school_is_what_a_reports_name_begins_with() -> None:
    assert school("澄江市听松高级中学2021年度工作总结") == "澄江市听松高级中学"
    assert school("澄江三中高三年级组2022届工作总结") == "澄江三中"
    assert school("某某服务队2020年小结") == "某某服务队"


def test_dull_characters_make_no_content() -> None:
    assert content_bigrams("食堂的窗口有几个？") == {"食堂", "窗口"}


def test_a_part_is_read_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "甲.txt").write_text("有教师3人。", "utf-8")
    row = {"kind": "count", "asker": "cook", "answerable": True, "evidence": ["有教师"]}
    turn = {"question": "几个老师", **row, "answers": ["3人"], "section": "done", "near": []}
    lines = [json.dumps({"id": "a1", "report": "甲", **turn}, ensure_ascii=False)]
    (tmp_path / "questions.jsonl").write_text("\n".join(lines), "utf-8")
    talk = {"id": "c1", "report": "甲", "turns": [turn, turn]}
    (tmp_path / "conversations.jsonl").write_text(json.dumps(talk), "utf-8")
    part = read_part(tmp_path)
    assert part.questions[0].answers == ("3人",)
    assert [asked.report for asked in part.conversations[0]] == ["甲", "甲"]
