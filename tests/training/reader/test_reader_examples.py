from __future__ import annotations

import json
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from index.encoders import BUNDLED_FOLDER
from index.lexical.folding import fold
from index.readers.windows import Layout
from tests.support.fakes import BigramEncoder
from training.reader.data.reader_examples import epoch, families
from training.reader.data.reader_sources import Material, read_squad, squad_material, staff_material
from training.reader.reader_input import tokenise, window_of

CONTEXT = "學校創辦於1958年，由王明擔任第一任校長。當時只有兩個班。後來遷到南山路。"
OTHER = "食堂有三個窗口。每天供應兩百份午餐。"


@pytest.fixture
def material(tmp_path: Path) -> Material:
    asked = (("a", "誰是第一任校長？", "王明"), ("b", "學校遷到了哪裡", "南山路"))
    qas = [
        {
            "id": name,
            "question": question,
            "answers": [{"text": answer, "answer_start": CONTEXT.index(answer)}],
        }
        for name, question, answer in asked
    ]
    paragraphs = [{"context": CONTEXT, "qas": qas}, {"context": OTHER, "qas": []}]
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"data": [{"title": "校史", "paragraphs": paragraphs}]}), "utf-8")
    return squad_material(read_squad(path), "squad")


def test_answers_are_found_in_the_passages_of_the_report(material: Material) -> None:
    assert [q.id for q in material.questions] == ["a", "b"]
    for asked in material.questions:
        assert asked.place is not None
        row, start, end = asked.place
        assert fold(material.passages[row].text[start:end]) in map(fold, asked.answers)
        assert material.passages[row].title == "校史"


def test_an_answer_whose_place_is_wrong_is_left_out(tmp_path: Path) -> None:
    qas = [{"id": "a", "question": "？", "answers": [{"text": "王明", "answer_start": 2}]}]
    path = tmp_path / "squad.json"
    data = [{"title": "校史", "paragraphs": [{"context": CONTEXT, "qas": qas}]}]
    path.write_text(json.dumps({"data": data}), "utf-8")
    assert squad_material(read_squad(path), "squad").questions == ()


def test_a_question_without_an_answer_has_the_likest_passage_of_its_paragraph(
    tmp_path: Path,
) -> None:
    qas = [{"id": "a", "question": "食堂有幾個廚師", "answers": [], "is_impossible": True}]
    paragraphs = [
        {"context": f"{CONTEXT}{'學校歷史悠久。' * 30}{OTHER}{'飯菜可口。' * 30}", "qas": qas},
        {"context": "食堂有幾個廚師？沒有人知道。", "qas": []},
    ]
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"data": [{"title": "校史", "paragraphs": paragraphs}]}), "utf-8")
    material = squad_material(read_squad(path), "squad")
    (asked,) = material.questions
    assert asked.place is None
    assert asked.near is not None
    assert "窗口" in material.passages[asked.near].text


def test_the_sentence_of_an_answer_is_its_evidence(material: Material) -> None:
    for family in families(material, BigramEncoder(), own_report=False):
        example = family.answering
        assert example is not None
        assert example.evidence == ((example.start, example.end),)
        assert all(each.evidence == () for each in family.empty)


def test_no_hard_passage_holds_an_answer(material: Material) -> None:
    found = families(material, BigramEncoder(), own_report=False)
    for family in found:
        assert family.answering is not None
        words = family.answering.text[family.answering.start : family.answering.end]
        assert family.empty
        assert all(words not in example.text for example in family.empty)
    assert any(example.group.endswith("removed") for f in found for example in f.empty)


def test_an_epoch_has_every_answer_and_its_share_of_empty_passages(material: Material) -> None:
    found = families(material, BigramEncoder(), own_report=False)
    drawn = epoch(found * 200, empty_share=0.4, copies={}, seed=1)
    empty = sum(example.start < 0 for example in drawn)
    assert len(drawn) - empty == 400
    assert empty / len(drawn) == pytest.approx(0.4, abs=0.05)
    assert drawn == epoch(found * 200, empty_share=0.4, copies={}, seed=1)
    assert drawn != epoch(found * 200, empty_share=0.4, copies={}, seed=2)


def test_tokens_of_an_example_lead_back_to_its_answer(material: Material) -> None:
    layout = Layout(Tokenizer.from_file(str(BUNDLED_FOLDER / "tokenizer.json")))
    for family in families(material, BigramEncoder(), own_report=False):
        example = family.answering
        assert example is not None
        (tokens,) = tokenise(layout, [example])
        window = window_of(layout, example)
        start = window.offsets[tokens.first - tokens.text_start][0]
        end = window.offsets[tokens.last - tokens.text_start][1]
        assert start <= example.start < example.end <= end
        assert end - start <= example.end - example.start + 3
        (empty,) = tokenise(layout, family.empty[:1])
        assert (empty.first, empty.last) == (0, 0)


def test_a_staff_question_that_names_no_year_has_hard_passages_of_its_own_report_only(
    tmp_path: Path,
) -> None:
    sentence = "书记上党课{}次，支部书记讲课{}次。"
    for year, counts in ((2020, (5, 6)), (2021, (8, 9))):
        words = f"一、党建\n{sentence.format(*counts)}\n二、食堂\n窗口三个。\n"
        text = f"青禾中学{year}年度工作总结\n{words}"
        (tmp_path / f"{year}.txt").write_text(text, "utf-8")
    row = {"id": "x-1", "question": "书记上了几次党课", "answers": ["8次"], "report": "2021"}
    more = {"answerable": True, "kind": "number", "evidence": sentence.format(8, 9)}
    near = {"id": "x-2", "question": "2019年书记上了几次党课", "answers": [], "answerable": False}
    look = {"near_report": "2020", "near": sentence.format(5, 6), "kind": "other_year"}
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{json.dumps(row | more)}\n{json.dumps(near | look)}\n", "utf-8")
    found = families(staff_material(path, [tmp_path], "staff"), BigramEncoder(), own_report=True)
    own, refused = found
    assert own.answering is not None
    assert {example.context.split()[0] for example in own.empty} == {"青禾中学2021年度工作总结"}
    assert refused.answering is None
    assert refused.near is not None
    assert "5次" in refused.near.text
