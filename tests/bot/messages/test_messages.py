from __future__ import annotations

import dataclasses
import string
from pathlib import Path

import pytest

from bot.errors import (
    BadConfig,
    BadToken,
    ConfigFault,
    NotEmpty,
    NoToken,
    Problem,
    UsageFault,
)
from bot.messages import Messages, messages_in
from bot.wording.error_sentences import explain
from corpus import errors as corpus
from corpus.durable.archive import ArchiveFault, BadArchive
from corpus.durable.faults import StateError, StateFault
from corpus.errors import Trouble
from corpus.report import Reason
from index import errors as index

ZH, EN = messages_in("zh"), messages_in("en")


def placeholders(template: str) -> set[str]:
    return {name.split("!")[0] for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("room", ["", "admin", "telegram", "understanding"])
def test_both_languages_fill_in_the_same_things(room: str) -> None:
    chinese, english = (getattr(m, room) if room else m for m in (ZH, EN))
    for field in dataclasses.fields(chinese):
        zh, en = getattr(chinese, field.name), getattr(english, field.name)
        if isinstance(zh, str):
            assert placeholders(zh) == placeholders(en), field.name
        elif isinstance(zh, dict):
            assert {k: placeholders(v) for k, v in zh.items()} == {
                k: placeholders(v) for k, v in en.items()
            }, field.name


@pytest.mark.parametrize("m", [ZH, EN])
def test_every_trouble_and_reason_has_words(m: Messages) -> None:
    assert set(m.troubles) == set(Trouble)
    assert set(m.left_out_reasons) == set(Reason)
    assert set(m.damages) == set(index.Damage)
    assert set(m.model_faults) == set(index.ModelFault)
    assert set(m.state_faults) == set(StateFault)
    assert set(m.store_faults) == set(index.StoreFault)
    assert set(m.admin.archive_faults) == set(ArchiveFault)
    assert set(m.config_faults) == set(ConfigFault)
    assert set(m.usage_faults) == set(UsageFault)


def test_problems_of_the_configuration_are_told_in_one_language() -> None:
    problem = Problem("/b.yaml: answer.top", ConfigFault.WHOLE, low=1, high=50)
    assert str(problem) == "/b.yaml: answer.top: must be a whole number from 1 to 50"
    assert explain(BadConfig([problem]), EN).endswith(str(problem))
    assert explain(BadConfig([problem]), ZH).endswith("/b.yaml: answer.top: 必须是 1 到 50 的整数")


@pytest.mark.parametrize(
    ("tag", "language"), [("en-GB", "en"), ("zh-hans", "zh"), (None, "zh"), ("de", "zh")]
)
def test_chinese_is_spoken_where_the_language_is_unknown(tag: str | None, language: str) -> None:
    assert messages_in(tag).language == language


ERRORS = [
    corpus.UnreadableReport("a.txt", Trouble.EMPTY),
    corpus.UnknownReport("a", ["b"]),
    corpus.ReportExists("a"),
    corpus.BadReportName("a", Trouble.NAME_LONG),
    corpus.NoLibrary(Path("/r")),
    corpus.NoReports(Path("/r")),
    corpus.NameClash(Path("a.txt"), Path("a.md")),
    corpus.BadCorrections(Path("r.yaml"), ["a: b"]),
    corpus.LibraryUnwritable(Path("/r"), OSError(28, "No space left on device")),
    corpus.LibraryBusy(Path("/r")),
    index.ModelError("/m", index.ModelFault.DAMAGED),
    index.LanguageModelError("http://127.0.0.1", index.LanguageModelFault.NO_LIBRARY),
    index.IndexMissing(Path("/i")),
    index.IndexDamaged(Path("/i"), index.Damage.ALTERED),
    index.StoreError("http://m:19530", index.StoreFault.AWAY),
    index.IndexBusy(Path("/i")),
    index.NoEarlierGeneration(),
    index.BadCalibration(Path("var/calibration.json"), "its format is 2, not 1"),
    index.TooFewQuestions(3, 0, 10),
    StateError(Path("/i"), StateFault.FULL),
    BadArchive(Path("/b"), ArchiveFault.DAMAGED),
    BadToken("token"),
    NotEmpty(Path("/r")),
    BadConfig(["f: k: r"]),
    NoToken(),
    KeyboardInterrupt(),
]


@pytest.mark.parametrize("exc", ERRORS, ids=lambda exc: type(exc).__name__)
def test_every_error_is_a_sentence_in_both_languages(exc: BaseException) -> None:
    zh, en = explain(exc, ZH), explain(exc, EN)
    assert zh != en
    assert any("\u4e00" <= c <= "\u9fff" for c in zh)
    assert "{" not in zh + en


def test_all_errors_of_the_rooms_below_are_tested_here() -> None:
    tested = {type(exc) for exc in ERRORS}
    for base in (corpus.CorpusError, index.SearchError):
        assert set(base.__subclasses__()) <= tested


def test_an_unexpected_error_does_not_show_its_text() -> None:
    assert "secret" not in explain(RuntimeError("secret"), ZH)
