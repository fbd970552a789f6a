from __future__ import annotations

import json
from typing import Any

import pytest
from tokenizers import Tokenizer

from training.encoder.piece_selection import Selection, select

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
PIECES = [
    *("▁", "的", "书记", "書記", "▁2021", "，", "①", "%", ":", "é", "α", "の", "が好き"),
    *("на", "और", "▁school", "▁que", "ry", "▁schule", "GDP", "a", "q", "u", "e", "r", "y"),
]
KEPT = {"▁", "的", "书记", "書記", "▁2021", "，", "①", "%", ":", "é", "α", "の", "▁school", "GDP"}
DROPPED = {"が好き", "на", "और", "▁schule"}


@pytest.fixture(scope="module")
def selection() -> Selection:
    english = ["▁school", "GDP", "a"]
    return select(json.dumps(full_tokenizer()), english=english, keep_texts=["query: "])


def test_chinese_signs_and_english_are_kept_and_other_scripts_are_not(
    selection: Selection,
) -> None:
    kept = set(Tokenizer.from_str(selection.tokenizer).get_vocab())
    assert kept >= KEPT
    assert not kept & DROPPED


def test_the_pieces_of_the_prompts_are_kept_whatever_they_are(selection: Selection) -> None:
    tokens = Tokenizer.from_str(selection.tokenizer).encode("query: ").tokens
    assert tokens == ["<s>", "▁que", "ry", ":", "▁", "</s>"]


def test_a_new_id_is_the_place_of_the_old_one(selection: Selection) -> None:
    before = [*SPECIAL, *PIECES, "<mask>"]
    after = Tokenizer.from_str(selection.tokenizer)
    for new, old in enumerate(selection.ids):
        assert after.id_to_token(new) == before[old]
    assert selection.ids[-1] == len(before) - 1


def test_text_of_another_script_becomes_unknown(selection: Selection) -> None:
    unknown = SPECIAL.index("<unk>")
    assert unknown in Tokenizer.from_str(selection.tokenizer).encode("书记на").ids
    assert unknown not in Tokenizer.from_str(selection.tokenizer).encode("书记").ids


def full_tokenizer() -> dict[str, Any]:
    vocabulary = [[piece, 0.0] for piece in SPECIAL]
    vocabulary += [[piece, -float(index + 1)] for index, piece in enumerate(PIECES)]
    vocabulary.append(["<mask>", 0.0])
    marks = [*enumerate(SPECIAL), (len(vocabulary) - 1, "<mask>")]
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": i, "content": c, "special": True, **flags} for i, c in marks],
        "normalizer": None,
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [
                {"SpecialToken": {"id": "<s>", "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": "</s>", "type_id": 0}},
            ],
            "pair": [],
            "special_tokens": {
                "<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]},
                "</s>": {"id": "</s>", "ids": [2], "tokens": ["</s>"]},
            },
        },
        "decoder": None,
        "model": {"type": "Unigram", "unk_id": 3, "vocab": vocabulary},
    }
