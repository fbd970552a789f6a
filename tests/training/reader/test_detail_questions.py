from __future__ import annotations

from pathlib import Path

import pytest

from index.lexical.folding import fold
from training.reader.data.detail_questions import DETAILS, detail_material
from training.reader.data.reader_examples import near_families
from training.reader.data.reader_sources import Material

REPORT = """青禾中学2021年工作总结

一、德育工作

学校开展“党史学习”夏令营，夏令营有120人参加。学生体质合格率达到94.4%。

二、后勤工作

学校完善食堂管理制度，食堂管理制度得到家长认可。食堂管理制度深入人心。
"""


@pytest.fixture
def material(tmp_path: Path) -> Material:
    path = tmp_path / "青禾中学2021年工作总结.txt"
    path.write_text(REPORT, "utf-8")
    return detail_material([path], "made", seed=1, each=1.0)


def test_a_question_for_a_missing_detail_has_no_word_of_its_kind_in_the_passage(
    material: Material,
) -> None:
    missing = [asked for asked in material.questions if asked.place is None]
    assert missing
    for asked in missing:
        assert asked.near is not None
        text = fold(material.passages[asked.near].text)
        kinds = [d for d in DETAILS if any(asked.question.endswith(t[2:]) for t in d.turns)]
        assert any(not kind.hint.search(text) for kind in kinds)


def test_a_figure_is_asked_for_by_the_words_before_it(material: Material) -> None:
    answers = {asked.answers[0]: asked.question for asked in material.questions if asked.place}
    assert "合格率" in answers["94.4%"]


def test_the_same_seed_gives_the_same_questions(tmp_path: Path, material: Material) -> None:
    path = tmp_path / "青禾中学2021年工作总结.txt"
    assert detail_material([path], "made", seed=1, each=1.0).questions == material.questions


def test_a_missing_detail_is_learnt_from_the_very_passage_that_lacks_it(material: Material) -> None:
    for family in near_families(material):
        if family.answering is None:
            assert family.near is not None
            assert family.near.start == -1
            assert family.empty == ()
