from __future__ import annotations

import pytest

from corpus.report import Passage
from corpus.text.sentences import sentences
from index.errors import ModelError
from index.readers import LexicalReader, load_reader


def passage(text: str) -> Passage:
    return Passage("r:1:1", "r", "r", None, (), 1, 1, text, 0, len(text))


def test_the_sentence_that_shares_most_with_the_question_is_read() -> None:
    text = "食堂新开两个窗口。书记带头上思政课12节。天气很好。"
    (reading,) = LexicalReader().read("书记上了几节思政课", [passage(text)])
    assert text[reading.start : reading.end] == "书记带头上思政课12节。"
    assert reading.margin == 0


def test_every_sentence_is_scored_by_what_it_shares_with_the_question() -> None:
    text = "食堂新开两个窗口。书记带头上思政课12节。天气很好。"
    (reading,) = LexicalReader().read("书记上了几节思政课", [passage(text)])
    assert [(each.start, each.end) for each in reading.sentences] == sentences(text)
    best = max(reading.sentences, key=lambda each: each.score)
    assert (best.start, best.end) == (reading.start, reading.end)
    assert best.score == 0
    assert sum(each.score == 0 for each in reading.sentences) == 1


def test_where_nothing_is_shared_it_is_the_first_sentence() -> None:
    (reading,) = LexicalReader().read("abc", [passage("甲。乙。")])
    assert (reading.start, reading.end) == (0, 2)


def test_no_passages_give_no_readings() -> None:
    assert LexicalReader().read("问", []) == []


def test_a_model_of_none_reads_by_words() -> None:
    assert isinstance(load_reader("none"), LexicalReader)


def test_a_directory_that_is_no_reader_is_named(tmp_path) -> None:
    with pytest.raises(ModelError) as caught:
        load_reader(str(tmp_path))
    assert caught.value.path == tmp_path
