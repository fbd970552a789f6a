"""ANALYSIS_VERSION is raised whenever what is read of a report changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from corpus.analysis_version import ANALYSIS_VERSION
from corpus.formats import Source
from corpus.parsing.parse import understand
from corpus.passages import passages
from corpus.report import Report
from corpus.sandbox.report_json import report_to_json
from tests.corpus.formats import school_report as made
from tests.corpus.formats.word_report import as_word

STORED = (6, "c8d71a9ba9447f216fcb7e9bafca2d5f75f3dfc478cd7f2e09487588b4d0e02b")

BODY = "学校全年组织教师集体备课，安排骨干教师上示范课，并请教研员来校听课。"
TEXTS = {
    "numbers": "二中2021年工作总结|一、党建|（一）组织|1.支部|_|（1）党员。_|二、教学：|_",
    "order": "2021年工作总结|（1）教学|1、常规|_|2、教研|_|（2）后勤|1、食堂|_",
    "signs": "2021年工作总结|★ 阵地|1.室内。_|★ 活动|_|【收费】_|【校车】_",
    "months": "2021年工作总结|9月|_|10月份　_|十一月：_|存在的问题|_",
    "other numbers": "2021年总结|甲、教学|_|1.1 常规|_|1.2 教研|_|⑴食堂|_",
    "lists": "2021年总结|不足有二：|第一，缺人；|第二，缺钱。|打算如下：|1.招人|2.筹钱。",
    "questions": "借阅规定|1、问：几点开门？|答：_|2、问：能借几册？答：_",
    "types": "2021年工作总结|_|一、食堂|_究其原因，_|2022年，学校要扩建食堂。|获市一等奖。",
    "contents": "目录|一、党建|二、教学|三、后勤|2021年总结|一、党建|_|二、教学|_|三、后勤|_",
    "margins": "2021年总结|来源：校办　浏览次数：12|_|_|二中|2022年1月5日|抄送：教育局",
    "table": "2021年总结|（单位：册）：|年级　人数　册次|高一　742　192|高二　728　145|_",
    "one line": f"二中2021年工作总结 一、党建有力。{BODY * 8}二、教学扎实。{BODY * 8}",
    "wraps": "2021年总结|" + "|".join((BODY * 8)[at : at + 36] for at in range(0, 240, 36)),
    "long": f"2021年总结|一、教学|{BODY * 12}|短。|_",
    "plan": "二中2022年工作计划|一、食堂|_",
    "pages": "2021年总结|_|— 3 —|2025-03-20|2025-03-19|_",
}
"""Texts of every kind: | for a new line, _ for a paragraph."""


def readings() -> Iterator[Report]:
    for name, text in TEXTS.items():
        data = text.replace("|", "\n").replace("_", BODY).encode()
        yield understand(Source(data, Path(f"{name}.txt")))
    shipped = made.shipped()
    for file, data in (
        ("a.docx", made.as_docx(shipped)),
        ("b.docx", as_word(shipped)),
        ("a.pdf", made.as_pdf(shipped)),
        ("a.html", made.as_html(shipped)),
        ("a.md", made.as_text(shipped).encode()),
        ("a.txt", made.as_text(shipped).encode("gb18030")),
    ):
        yield understand(Source(data, Path(file)))


def digest() -> str:
    total = hashlib.sha256()
    for report in readings():
        plain = report_to_json(report) | {"digest": ""}
        cut = [[p.id, p.start, p.end, p.section_type.value] for p in passages(report)]
        total.update(json.dumps([plain, cut], ensure_ascii=False, sort_keys=True).encode())
    return total.hexdigest()


def test_what_is_read_changes_only_with_the_version() -> None:
    found = (ANALYSIS_VERSION, digest())
    assert found == STORED, (
        "what is read of a report has changed: raise ANALYSIS_VERSION in corpus/analysis_version.py"
        f" and store the new digest in STORED here: {found}"
    )
