import json
from pathlib import Path

import pytest

from index.lexical.folding import comparable
from training.encoder.finetune_encoder import SOURCES, triples

ARTICLES = {
    "松花江": "松花江是中國東北的河流，全長一千九百公里。冬天江面結冰，人們在冰上行走。",
    "黑龍江": "黑龍江是中俄兩國的界河，全長四千四百公里。沿江盛產鱘魚。",
}
QUESTIONS = {
    "松花江": [("松花江有多長？", "一千九百公里"), ("冬天人們在哪裡行走？", "冰上")],
    "黑龍江": [("黑龍江有多長？", "四千四百公里")],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of two SQuAD files, an article in each."""
    for source, (title, text) in zip(SOURCES, ARTICLES.items(), strict=True):
        asked = [{"question": q, "answers": [{"text": a}]} for q, a in QUESTIONS[title]]
        article = {"title": title, "paragraphs": [{"context": text, "qas": asked}]}
        content = json.dumps({"data": [article]}, ensure_ascii=False)
        (tmp_path / source).write_text(content, encoding="utf-8")
    return tmp_path


def test_a_hard_negative_does_not_hold_the_answer(folder: Path) -> None:
    found = list(triples(folder, 320, seed=1))

    answers = {comparable(q): comparable(a) for each in QUESTIONS.values() for q, a in each}
    assert len(found) == len(answers)
    for triple in found:
        answer = answers[comparable(triple.question)]
        assert answer in comparable(triple.positive)
        assert answer not in comparable(triple.negative)
