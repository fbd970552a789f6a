from __future__ import annotations

import io
import json
import logging
import os
import sys
from pathlib import Path

import httpx
import pytest

from bot.config.secrets import Token
from bot.telegram.transport.logs import log_handler
from bot.telegram.transport.probes import served


def ask(port: int, path: str) -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{port}{path}", trust_env=False)


@pytest.fixture
def heartbeat(tmp_path: Path) -> Path:
    path = tmp_path / "heartbeat"
    path.touch()
    return path


def test_health_is_the_heartbeat_s(heartbeat: Path) -> None:
    with served("127.0.0.1", 0, heartbeat, dict) as port:
        assert ask(port, "/healthz").status_code == 200
        os.utime(heartbeat, (0, 0))
        assert ask(port, "/healthz").status_code == 503
        heartbeat.unlink()
        assert ask(port, "/healthz").status_code == 503
        assert ask(port, "/").status_code == 404


def test_metrics_are_prometheus_s(heartbeat: Path) -> None:
    pytest.importorskip("prometheus_client")
    with served("127.0.0.1", 0, heartbeat, lambda: {"index_reports": 3.0}) as port:
        lines = ask(port, "/metrics").text.splitlines()
    assert "baogao_index_reports 3.0" in lines
    assert any(line.startswith("baogao_heartbeat_age_seconds ") for line in lines)


def test_without_the_extra_the_answer_says_what_to_install(
    heartbeat: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with served("127.0.0.1", 0, heartbeat, dict) as port:
        found = ask(port, "/metrics")
    assert found.status_code == 501
    assert "baogao[metrics]" in found.text


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_log_of_either_form_has_no_token(form: str) -> None:
    stream = io.StringIO()
    logger = logging.Logger("test")  # noqa: LOG001 - one that nobody else hears
    logger.addHandler(log_handler(Token("123:SECRET"), stream, form))
    try:
        raise ValueError("https://api.telegram.org/bot123:SECRET/getMe")  # noqa: TRY301
    except ValueError:
        logger.exception("“failed” over=%s", "123:SECRET")
    assert "SECRET" not in stream.getvalue()
    if form == "json":
        (line,) = stream.getvalue().splitlines()
        said = json.loads(line)
        assert (said["level"], said["logger"], said["message"]) == (
            "ERROR",
            "test",
            "“failed” over=…",
        )
        assert "ValueError" in said["traceback"]
