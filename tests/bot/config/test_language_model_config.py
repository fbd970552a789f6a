from pathlib import Path

import pytest

from bot.config.loading import load_config
from bot.config.secrets import load_llm_key
from bot.config.settings import LanguageModelConfig
from bot.errors import BadConfig
from bot.wording.compositions import outside_host
from index.language_model.writing import WRITTEN


def loaded(folder: Path, text: str) -> LanguageModelConfig:
    path = folder / "baogao.yaml"
    path.write_text(text, "utf-8")
    return load_config(path, folder).llm


def test_it_is_off_where_nothing_is_said_of_it(tmp_path: Path) -> None:
    assert load_config(None, tmp_path).llm == LanguageModelConfig()
    assert LanguageModelConfig().base_url is None


def test_everything_may_be_said(tmp_path: Path) -> None:
    kinds = ", ".join(WRITTEN)
    llm = loaded(
        tmp_path,
        "llm: {base_url: 'http://127.0.0.1:8080/v1', model: m, key_file: k, timeout: 5,"
        f" point: always, write: [{kinds}]}}\n",
    )
    assert llm == LanguageModelConfig(
        "http://127.0.0.1:8080/v1", "m", tmp_path / "k", 5, "always", tuple(WRITTEN)
    )


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("base_url: ftp://x", "llm.base_url"),
        ("base_url: 'https://key@host/v1'", "llm.base_url"),
        ("timeout: 0", "llm.timeout"),
        ("point: often", "llm.point"),
        ("write: topics", "llm.write"),
        ("write: [topics, poems]", "llm.write"),
        ("key: secret", "llm.key"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, said: str, key: str) -> None:
    with pytest.raises(BadConfig, match=key) as caught:
        loaded(tmp_path, f"llm: {{{said}}}\n")
    assert "secret" not in str(caught.value)


def test_the_key_comes_from_the_environment_or_its_file(tmp_path: Path) -> None:
    (tmp_path / "k").write_text("from-file\n", "utf-8")
    path = tmp_path / "baogao.yaml"
    path.write_text("llm: {key_file: k}\n", "utf-8")
    config = load_config(path, tmp_path)
    from_file, from_environment = (
        load_llm_key(load_config(path, tmp_path, said)) for said in ({}, {"BAOGAO_LLM_KEY": "e"})
    )
    assert from_file is not None
    assert from_environment is not None
    assert (from_file.reveal(), from_environment.reveal()) == ("from-file", "e")
    assert "from-file" not in repr(from_file)
    (tmp_path / "k").unlink()
    with pytest.raises(BadConfig):
        load_llm_key(config)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (None, None),
        ("http://localhost:1/v1", None),
        ("http://127.0.0.1/v1", None),
        ("http://[::1]:8/v1", None),
        ("http://192.168.1.5/v1", "192.168.1.5"),
        ("https://api.example.com/v1", "api.example.com"),
        ("http://localhost.example.com/v1", "localhost.example.com"),
    ],
)
def test_a_server_elsewhere_is_told_from_one_on_this_machine(
    address: str | None, host: str | None
) -> None:
    assert outside_host(address) == host
