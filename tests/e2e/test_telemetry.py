"""Nothing but Telegram is spoken to, and nothing is left outside the state directory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.telemetry import SILENT
from tests.e2e.conftest import ROOT

_LOAD = (
    "import time, onnxruntime;"
    "onnxruntime.InferenceSession({model!r}, providers=['CPUExecutionProvider']);"
    "time.sleep(1)"
)
_ASK = "import sys; from bot.__main__ import main; status = main(['ask', '书记上了几节思政课']);"
_WAIT = "import time; time.sleep(1); sys.exit(status)"


def _files_left(code: str, home: Path, work: Path) -> list[str]:
    """Run code with a home directory of its own and return what it left there."""
    home.mkdir()
    work.mkdir()
    kept = {k: v for k, v in os.environ.items() if k not in SILENT and not k.startswith("XDG_")}
    environment = kept | {"HOME": str(home), "TMPDIR": str(home), "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-c", code], cwd=work, env=environment, check=True, capture_output=True
    )
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())


def test_an_answer_leaves_no_device_id_and_no_event_log(tmp_path: Path) -> None:
    work = tmp_path / "work"
    config = f"reports: {ROOT / 'corpus' / 'reports'}\n"
    code = f"import pathlib; pathlib.Path('baogao.yaml').write_text({config!r});" + _ASK + _WAIT
    assert _files_left(code, tmp_path / "home", work) == []


def test_the_library_would_leave_them_were_it_not_told(tmp_path: Path) -> None:
    model = str(ROOT / "index" / "models" / "reader" / "model.onnx")
    left = _files_left(_LOAD.format(model=model), tmp_path / "home", tmp_path / "work")
    if not left:
        pytest.skip("this onnxruntime has no telemetry to switch off")
    assert any("onnxruntime" in name for name in left)
