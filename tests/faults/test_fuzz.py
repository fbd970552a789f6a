"""Anything at all, as a question, a configuration, corrections, evaluation lines, a button."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, example, given, settings

from bot.cli.evaluate import read_cases
from bot.cli.json_contract import answer_to_json
from bot.cli.terminal import render_answer
from bot.config.loading import load_config
from bot.errors import BadConfig, Usage
from bot.messages import messages_in
from bot.service import Service
from bot.telegram.rendering.callback_data import OutlineButton, decode, find_report
from corpus.corrections import Correction, load_corrections
from corpus.durable.strict_yaml import NotPlainYaml, parse
from corpus.errors import BadCorrections
from tests.faults.school import indexed

ZH = messages_in("zh")
FEW = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
ANY = st.characters(exclude_categories=())
ODD = st.sampled_from(
    "\0\x1b\u202e\u2066\u200b\ufeff\ud800\udfff\U0001f468\u200d\U0001f469\U000e0041２０２１年〇零一二三去今书记？。"
)
QUESTIONS = st.text(st.one_of(ANY, ODD), max_size=60)
YAML = st.one_of(
    st.text(st.one_of(ANY, st.sampled_from("&*!:-{}[]?|>'\"\n \t#%@`,<2021")), max_size=60),
    st.lists(
        st.sampled_from(
            ["2021:", " year: 2021", " title: x", "- a", "!!timestamp x", "!!int ''", "!!bool y",
             "!!float ''", "a: &a [1]", "b: *a", "<<: {a: 1}", "? [a]", ": b", "---", "...",
             "{", "}"]
        ),
        max_size=6,
    ).map("\n".join),
)  # fmt: skip
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(ANY, max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["id", "question", "answers", "report", "answerable", "x"]), inner
        ),
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return indexed(tmp_path_factory.mktemp("fuzz") / "school", [12]).service()


def ask(service: Service, question: str) -> None:
    answer = service.ask(question)
    assert 0 <= answer.confidence <= 1
    for found in answer.passages:
        for start, end in (found.quote, *found.spans):
            assert 0 <= start <= end <= len(found.passage.text)
    json.loads(json.dumps(answer_to_json(answer), ensure_ascii=False))
    shown = render_answer(answer, ZH, styled=True)
    assert not {"\0", "\u202e"} & set(shown)


@FEW
@given(QUESTIONS)
@example("")
@example("\ud800")
@example("2021年" * 30)
def test_any_question_is_answered_or_refused(service: Service, question: str) -> None:
    ask(service, question)


@pytest.mark.parametrize(
    "character", ["书", "\0", "\U0001f600", "\u202e", "2", "年", "？", " ", "\ud800"]
)
def test_a_question_of_a_hundred_thousand_characters_is_one(
    service: Service, character: str
) -> None:
    ask(service, character * 100_000)


def check_yaml(text: str, folder: Path) -> None:
    file = folder / "file.yaml"
    file.write_text(text, "utf-8", errors="surrogatepass")
    with suppress(BadCorrections):
        found = load_corrections(file)
        assert all(isinstance(correction, Correction) for correction in found.values())
    with suppress(BadConfig):
        assert load_config(file, folder).state.is_absolute()


@FEW
@given(YAML)
def test_any_yaml_is_read_or_refused_with_what_is_wrong(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    check_yaml(text, tmp_path_factory.getbasetemp())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: &a [x]\nb: *a", "aliases"),
        ("a: 1\nb: 2\na: 3", "a comes twice"),
        ("a:\n  b: 1\n  b: 2", "b comes twice"),
        ("a: !!timestamp x", "is not YAML"),
        ("a: !!int ''", "is not YAML"),
        ("a: !!python/object/apply:os.system [id]", "is not YAML"),
        ("[" * 5000, "is not YAML"),
    ],
)
def test_yaml_that_says_more_than_it_shows_is_refused(text: str, problem: str) -> None:
    with pytest.raises(NotPlainYaml) as caught:
        parse(text)
    assert problem in str(caught.value)


def check_lines(text: str, folder: Path) -> None:
    file = folder / "questions.jsonl"
    file.write_text(text, "utf-8", errors="surrogatepass")
    with suppress(Usage):
        cases = read_cases(file, ZH)
        assert all(case.question.strip() for case in cases)
        assert all(case.answers or not case.answerable for case in cases)


@FEW
@given(st.one_of(QUESTIONS, st.lists(JSON.map(json.dumps), max_size=3).map("\n".join)))
@example("[" * 100_000)
@example('{"question": "x", "answers": [" "]}')
def test_any_lines_of_json_are_cases_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    check_lines(text, tmp_path_factory.getbasetemp())


def test_a_line_separator_inside_a_question_does_not_break_its_line(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"question": "a\u2028b", "answers": ["c"]}\n', "utf-8")
    assert [case.question for case in read_cases(file, ZH)] == ["a\u2028b"]


@FEW
@given(st.text(ANY, max_size=64))
@example("v:²:１")
@example(":::::")
def test_any_data_of_a_button_names_something_or_nothing(service: Service, data: str) -> None:
    entries = service.opened().engine.store.entries
    match decode(data):
        case OutlineButton(report=key):
            assert find_report(entries, key) is None
    for field in data.split(":"):
        assert find_report(entries, field) is None
