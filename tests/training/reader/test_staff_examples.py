from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer

from index.encoders import BUNDLED_FOLDER
from index.lexical.folding import fold
from index.readers.windows import Layout
from tests.support.fakes import BigramEncoder
from training.reader.data.staff_examples import (
    StaffFamily,
    evidence_sentences,
    staff_epoch,
    staff_families,
)
from training.reader.reader_input import tokenise, window_of

FILLER = "师生积极参加各项活动，学校面貌焕然一新，家长十分满意，工作得到了各界的一致好评。" * 3
TEXT = f"""河东小学2021年工作总结
一、后勤
食堂新开窗口两个，由张大勇掌勺；换了新冰柜。每月公布一次账目。{FILLER}
二、安全
开展演练四次，最快用时3分。校门口新装升降柱4根。{FILLER}
三、問題
宿舍床位不够。操场积水严重。{FILLER}
"""


def row(number: int, question: str, **more: Any) -> dict[str, Any]:
    given = {
        "id": f"q{number}",
        "report": "河东小学2021年工作总结",
        "question": question,
        "kind": "fact",
        "asker": "cook",
        "answerable": True,
        "evidence": [],
        "answers": [],
        "section": "done",
        "near": [],
    }
    return given | more


ROWS = [
    row(0, "做饭的是谁", evidence=["食堂新开窗口"], answers=["张大勇"]),
    row(1, "还有啥没弄好", kind="problems", evidence=["宿舍床位", "操场积水"]),
    row(2, "后勤和安全说说", kind="section", evidence=["每月公布", "开展演练"]),
    row(3, "柱子多少钱", kind="none:attribute", answerable=False, near=["校门口新装"]),
]


@pytest.fixture
def families(tmp_path: Path) -> list[StaffFamily]:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "河东小学2021年工作总结.txt").write_text(TEXT, "utf-8")
    lines = [json.dumps(each, ensure_ascii=False) for each in ROWS]
    (tmp_path / "questions.jsonl").write_text("\n".join(lines), "utf-8")
    return staff_families(tmp_path, BigramEncoder())


def words(family: StaffFamily) -> list[str]:
    return [e.text[a:b] for e in family.holding for a, b in evidence_sentences(e)]


def test_evidence_is_every_marked_sentence_wherever_it_stands(families: list[StaffFamily]) -> None:
    who, problems, section, none = families
    assert words(who) == ["食堂新开窗口两个,由张大勇掌勺;换了新冰柜。"]
    assert words(problems) == ["宿舍床位不够。", "操场积水严重。"]
    assert len(section.holding) == 2
    assert section.evidence == len(words(section)) == 2
    assert none.holding == ()
    assert ["升降柱" in example.text for example in none.near] == [True]


def test_words_that_answer_are_marked_and_where_only_sentences_do_no_span_is_learnt(
    families: list[StaffFamily],
) -> None:
    who, problems, _, none = families
    (example,) = who.holding
    assert example.text[example.start : example.end] == "张大勇"
    assert example.marked
    assert all(each.marked and each.start < 0 for each in (*who.ranked, *none.near))
    assert not any(each.marked for each in (*problems.holding, *problems.ranked))


def test_passages_without_evidence_have_none_of_it(families: list[StaffFamily]) -> None:
    for family in families:
        for example in (*family.ranked, *family.near, *family.removed):
            assert example.evidence == ()
            assert not any(sentence in example.text for sentence in words(family))


def test_an_epoch_has_evidence_and_its_look_alikes(families: list[StaffFamily]) -> None:
    drawn = staff_epoch(families * 40, seed=3)
    assert drawn == staff_epoch(families * 40, seed=3)
    assert sum(bool(example.evidence) for example in drawn) == 40 * 4
    assert any(example.group.endswith("removed") for example in drawn)
    assert sum("柱子" in example.question for example in drawn) == 40 * 2
    alone = list(families[3].draw(random.Random(1)))
    assert "升降柱" in alone[0].text


def test_tokens_of_a_sentence_are_those_of_its_words(families: list[StaffFamily]) -> None:
    layout = Layout(Tokenizer.from_file(str(BUNDLED_FOLDER / "tokenizer.json")))
    (example,) = families[1].holding
    (tokens,) = tokenise(layout, [example])
    window = window_of(layout, example)
    found = [
        example.text[
            window.offsets[each.first - tokens.text_start][0] : window.offsets[
                each.last - 1 - tokens.text_start
            ][1]
        ].strip()
        for each in tokens.sentences
        if each.belongs
    ]
    assert found == words(families[1])
    assert tokens.holds
    assert fold("宿舍床位不够。") in found
