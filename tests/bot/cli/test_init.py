"""`baogao init`: what is asked, tried and written; and what ends a start with one sentence."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.setup.init import TOKEN_FILE, init
from bot.config.loading import load_config
from bot.config.secrets import load_token
from bot.errors import BadConfig, BadToken
from tests.support.botapi import BotApiServer

GOOD = "123456:TEST-token_of-the-test-bot"


def run(path: Path, lines: list[str], url: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    return init(path, url)


def test_what_was_tried_is_written_and_the_token_is_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new" / "baogao.yaml"
    with BotApiServer().running() as server:
        wrong = GOOD.replace("TEST", "BEST")
        lines = ["", "two words", wrong, "", server.token, "nowhere", ""]
        assert run(path, lines, server.base_url, monkeypatch) == 0
    config = load_config(path, tmp_path, {})
    assert config.language == "zh"
    token = load_token(config)
    assert token is not None
    assert token.reveal() == GOOD
    assert stat.S_IMODE((path.parent / TOKEN_FILE).stat().st_mode) == 0o600
    shown = capsys.readouterr()
    assert GOOD not in shown.out + shown.err + path.read_text("utf-8")
    assert "/setinline" in shown.out
    assert "不接受这个令牌" in shown.err


@pytest.mark.parametrize("answer", ["y", "n"])
def test_without_a_network_it_says_so_and_asks_whether_to_write(
    tmp_path: Path, answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "baogao.yaml"
    lines = ["en", GOOD, "http://127.0.0.1:9", answer]
    status = run(path, lines, "http://127.0.0.1:9/bot", monkeypatch)
    assert "Telegram cannot be reached" in capsys.readouterr().err
    assert (status, path.exists()) == ((0, True) if answer == "y" else (2, False))
    if path.exists():
        assert load_config(path, tmp_path).telegram.proxy == "http://127.0.0.1:9"
        assert load_config(path, tmp_path).language == "en"


def test_a_configuration_that_is_there_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "baogao.yaml"
    path.write_text("language: en\n")
    assert run(path, ["zh"], "http://127.0.0.1:9/bot", monkeypatch) == 2
    assert path.read_text() == "language: en\n"


@pytest.mark.parametrize(
    "content",
    [f"{GOOD}\n{GOOD}\n", "TELEGRAM_BOT_TOKEN=" + GOOD, "密码是什么", "98765", f"{GOOD} x"],
)
def test_what_is_no_token_is_refused_without_repeating_it(
    tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "token").write_text(content, "utf-8")
    path = tmp_path / "baogao.yaml"
    path.write_text("telegram: {token_file: token}\n")
    with pytest.raises(BadToken):
        load_token(load_config(path, tmp_path, {}))
    with pytest.raises(BadToken, match="TELEGRAM_BOT_TOKEN"):
        load_token(load_config(path, tmp_path, {"TELEGRAM_BOT_TOKEN": content}))
    assert main(["bot", "--config", str(path)]) == 2
    said = capsys.readouterr().err
    assert str(tmp_path / "token") in said
    assert len(said.splitlines()) == 1
    assert content not in said


@pytest.mark.parametrize(
    "proxy", ["http://127.0.0.1:99999999", "socks5://:1080", "http://a b:1", "http://x:0"]
)
def test_a_proxy_that_cannot_be_is_refused(tmp_path: Path, proxy: str) -> None:
    path = tmp_path / "baogao.yaml"
    path.write_text(f"telegram: {{proxy: '{proxy}'}}\n")
    with pytest.raises(BadConfig, match=r"telegram\.proxy"):
        load_config(path, tmp_path)
