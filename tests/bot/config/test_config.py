from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from bot.config.loading import FROM_FILE, keys, load_config, variable_of
from bot.config.secrets import load_milvus_token, load_token
from bot.errors import BadConfig, ConfigFault, Problem

EXAMPLE = Path(__file__).parents[3] / "baogao.example.yaml"


def write(folder: Path, text: str) -> Path:
    path = folder / "baogao.yaml"
    path.write_text(text, "utf-8")
    return path


def test_the_example_is_exactly_the_defaults() -> None:
    example = dataclasses.replace(load_config(EXAMPLE, Path("/nowhere")), file=None)
    assert example == load_config(None, EXAMPLE.parent)


def test_without_a_file_the_defaults_are_relative_to_the_folder(tmp_path: Path) -> None:
    config = load_config(None, tmp_path)
    assert (config.reports, config.state) == (tmp_path / "corpus/reports", tmp_path / "var")
    assert config.file is None


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    path = write(tmp_path / "sub", "reports: 报告\nstate: /srv/state\ntelegram: {token_file: t}\n")
    config = load_config(path, tmp_path)
    assert config.reports == tmp_path / "sub/报告"
    assert config.state == Path("/srv/state")
    assert config.telegram.token_file == tmp_path / "sub/t"


def test_all_problems_are_named_at_once_with_file_and_key(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "language: fr\ncolour: red\nencoder: {threads: many}\nanswer: {refusal: 2, top: 0}\n"
        "telegram: {admins: [a], private: all, proxy: 7890, size: 1}\n",
    )
    with pytest.raises(BadConfig) as caught:
        load_config(path, tmp_path)
    keys = [problem.split(": ")[1] for problem in caught.value.problems]
    assert all(problem.startswith(f"{path}: ") for problem in caught.value.problems)
    assert keys == [
        "language",
        "colour",
        "encoder.threads",
        "answer.refusal",
        "answer.top",
        "telegram.admins",
        "telegram.private",
        "telegram.proxy",
        "telegram.size",
    ]


@pytest.mark.parametrize(
    ("text", "known"),
    [("encoder.threads: 3", "aliases, answer, encoder"), ("encoder: {file: 3}", "model, offline")],
)
def test_a_key_that_stands_elsewhere_is_unknown_where_it_stands(
    tmp_path: Path, text: str, known: str
) -> None:
    with pytest.raises(BadConfig) as caught:
        load_config(write(tmp_path, text), tmp_path)
    (problem,) = caught.value.problems
    assert f"unknown key (known: {known}" in problem


@pytest.mark.parametrize(
    "text", ["- a", "a: [", "\0", "encoder: 3", "reports: 3", "true", "state: ~nobody-here/x"]
)
def test_what_is_no_configuration_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadConfig):
        load_config(write(tmp_path, text), tmp_path)


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(BadConfig):
        load_config(tmp_path / "none.yaml", tmp_path)


@pytest.mark.parametrize("value", ["strict", "eager", 0, 1, 0.25])
def test_refusal_is_a_word_or_a_number(tmp_path: Path, value: object) -> None:
    config = load_config(write(tmp_path, f"answer: {{refusal: {value}}}"), tmp_path)
    assert config.answer.refusal == value


def test_the_token_comes_from_the_environment_or_the_file_and_never_shows(tmp_path: Path) -> None:
    (tmp_path / "t").write_text("123:FROM-FILE\n")
    path = write(tmp_path, "telegram: {token_file: t}")
    from_file = load_token(load_config(path, tmp_path))
    config = load_config(path, tmp_path, {"TELEGRAM_BOT_TOKEN": "123:SECRET"})
    from_environment = load_token(config)
    assert from_file is not None
    assert from_environment is not None
    assert from_file.reveal() == "123:FROM-FILE"
    assert from_environment.reveal() == "123:SECRET"
    assert "SECRET" not in f"{from_environment!r} {from_environment} {config}"
    assert load_token(load_config(None, tmp_path / "x")) is None


@pytest.mark.parametrize("content", [None, ""])
def test_a_missing_or_empty_token_file_is_an_error(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "t").write_text(content)
    config = load_config(write(tmp_path, "telegram: {token_file: t}"), tmp_path)
    with pytest.raises(BadConfig):
        load_token(config)


def test_aliases_are_a_word_or_several_for_each_abbreviation(tmp_path: Path) -> None:
    path = write(
        tmp_path, "aliases:\n  小禾: 青禾先锋\n  5+2: [课后服务, ' 延时服务 ']\n  211: 985\n"
    )
    assert load_config(path, tmp_path).aliases == {
        "小禾": ("青禾先锋",),
        "5+2": ("课后服务", "延时服务"),
        "211": ("985",),
    }
    assert load_config(write(tmp_path, "aliases:\n"), tmp_path).aliases == {}


@pytest.mark.parametrize("wrong", ["小禾", "[小禾, 青禾]", "5"])
def test_aliases_that_are_no_mapping_are_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(BadConfig) as caught:
        load_config(write(tmp_path, f"aliases: {wrong}\n"), tmp_path)
    assert caught.value.problems == (
        f"{tmp_path / 'baogao.yaml'}: aliases: must be a mapping of abbreviations to words",
    )


def test_every_alias_that_says_nothing_is_named_at_once(tmp_path: Path) -> None:
    text = (
        "aliases:\n  甲: []\n  乙: [好, '']\n  丙: true\n  丁: {x: y}\n"
        "  戊: 好\n  己: [好, false]\n  庚:\n"
    )
    with pytest.raises(BadConfig) as caught:
        load_config(write(tmp_path, text), tmp_path)
    (problem,) = caught.value.problems
    assert "aliases: 甲, 乙, 丙, 丁, 己, 庚: must be text" in problem


@pytest.mark.parametrize("uri", ["http://milvus:19530", "https://milvus.school.cn", "state/m.db"])
def test_milvus_is_an_address_or_a_file_beside_the_configuration(tmp_path: Path, uri: str) -> None:
    path = write(tmp_path, f"store: milvus\nmilvus: {{uri: '{uri}', collection: school_7}}\n")
    config = load_config(path, tmp_path)
    assert config.store == "milvus"
    assert config.milvus.uri == (uri if "://" in uri else str(tmp_path / uri))
    assert config.milvus.collection == "school_7"


@pytest.mark.parametrize(
    "text",
    [
        "store: faiss",
        "milvus: {uri: 'https://user:secret@milvus'}",
        "milvus: {uri: milvus}",
        "milvus: {uri: 7}",
        "milvus: {collection: 七中}",
        "milvus: {collection: 7_school}",
        "milvus: {token: secret}",
    ],
)
def test_a_store_that_cannot_be_is_refused_without_its_secret(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadConfig) as caught:
        load_config(write(tmp_path, text), tmp_path)
    assert "secret" not in str(caught.value)


def test_the_token_of_milvus_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "t").write_text("root:file\n")
    path = write(tmp_path, "milvus: {token_file: t}")
    config = load_config(path, tmp_path)
    in_file, in_environment = (
        load_milvus_token(load_config(path, tmp_path, environment))
        for environment in ({}, {"MILVUS_TOKEN": "root:env"})
    )
    assert in_file is not None
    assert in_environment is not None
    assert (in_file.reveal(), in_environment.reveal()) == ("root:file", "root:env")
    assert "root" not in repr(in_file)
    assert load_milvus_token(load_config(None, tmp_path / "none")) is None
    (tmp_path / "t").unlink()
    with pytest.raises(BadConfig):
        load_milvus_token(config)


IN_VARIABLES = {
    "reports": "报告",
    "language": "en",
    "encoder.model": "./model",
    "encoder.offline": "false",
    "answer.refusal": "0.25",
    "answer.top": "7",
    "aliases": "{小禾: 青禾先锋}",
    "telegram.proxy": "http://127.0.0.1:7890",
    "telegram.admins": "[1, 2]",
    "telegram.limits.person": "3",
    "telegram.webhook.port": "99",
    "milvus.uri": "m.db",
}
"""Values of every type, as they are written in YAML and in a variable."""


def nested(values: dict[str, str]) -> str:
    """The values as a YAML text."""
    lines: list[str] = []
    sections: list[str] = []
    for key in sorted(values):
        *above, last = key.split(".")
        for depth, name in enumerate(above):
            if sections[: depth + 1] != above[: depth + 1]:
                lines.append(f"{'  ' * depth}{name}:")
        sections = above
        lines.append(f"{'  ' * len(above)}{last}: {values[key]}")
    return "\n".join(lines)


def test_every_key_is_a_variable_and_means_the_same_there(tmp_path: Path) -> None:
    in_file = load_config(write(tmp_path, nested(IN_VARIABLES)), tmp_path)
    variables = {variable_of(key): value for key, value in IN_VARIABLES.items()}
    in_environment = load_config(None, tmp_path / ".", variables | {"BAOGAO_STATE": ""})
    assert dataclasses.replace(in_environment, file=in_file.file) == in_file
    assert set(in_environment.origins.values()) == set(variables)
    assert set(in_file.origins.values()) == {FROM_FILE}
    assert {variable_of(key) for key in keys()} >= set(variables)
    assert variable_of("telegram.proxy") == "BAOGAO_TELEGRAM__PROXY"


def test_a_variable_comes_before_the_file_and_leaves_the_rest_of_it(tmp_path: Path) -> None:
    path = write(tmp_path, "telegram: {admins: [1], groups: [2], limits: {person: 5, chat: 6}}")
    config = load_config(
        path, tmp_path, {"BAOGAO_TELEGRAM__LIMITS__CHAT": "9", "BAOGAO_TELEGRAM__ADMINS": "[3]"}
    )
    telegram = config.telegram
    assert (telegram.admins, telegram.groups) == ((3,), (2,))
    assert (telegram.limits.person, telegram.limits.chat) == (5, 9)


def test_what_is_wrong_in_variables_is_named_with_the_file_s_problems(tmp_path: Path) -> None:
    with pytest.raises(BadConfig) as caught:
        load_config(
            write(tmp_path, "language: fr"),
            tmp_path,
            {
                "BAOGAO_ANSWER__TOP": "many",
                "BAOGAO_LANGUGE": "en",
                "BAOGAO_TELEGRAM__PROXI": "x",
                "BAOGAO_DEBUG": "1",
                "BAOGAO_SOMETHING": "else",
            },
        )
    assert [problem.split(": ")[-2] for problem in caught.value.problems] == [
        "language",
        "BAOGAO_LANGUGE",
        "BAOGAO_TELEGRAM__PROXI",
        "answer.top",
    ]


@pytest.mark.parametrize("text", ["telegram: {token: '1:secret'}", "milvus: {token: secret}"])
def test_a_secret_in_the_file_is_told_its_place_and_not_shown(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadConfig) as caught:
        load_config(write(tmp_path, text), tmp_path)
    (problem,) = caught.value.problems
    assert "_TOKEN" in problem
    assert "token_file" in problem
    assert "secret" not in problem.removeprefix(str(tmp_path))


def test_the_folder_of_a_model_is_relative_to_the_file_and_a_name_stays_a_name(
    tmp_path: Path,
) -> None:
    (tmp_path / "models" / "own").mkdir(parents=True)
    for said, means in {
        "models/own": str(tmp_path / "models/own"),
        "./none": str(tmp_path / "none"),
        "BAAI/bge-small-zh-v1.5": "BAAI/bge-small-zh-v1.5",
        "bundled": "bundled",
    }.items():
        text = f"encoder: {{model: {said}}}\nreader: {{model: {said}}}"
        config = load_config(write(tmp_path, text), Path("/"))
        assert (config.encoder.model, config.reader.model) == (means, means)


def test_a_file_that_cannot_be_read_is_not_told_as_a_wrong_encoding(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "latin.yaml").write_bytes(b"language: \xff")
    for name, fault in {
        "folder.yaml": ConfigFault.UNREADABLE,
        "latin.yaml": ConfigFault.NOT_UTF8,
        "none.yaml": ConfigFault.MISSING,
    }.items():
        with pytest.raises(BadConfig) as caught:
            load_config(tmp_path / name, tmp_path)
        (problem,) = caught.value.problems
        assert isinstance(problem, Problem)
        assert problem.fault is fault
