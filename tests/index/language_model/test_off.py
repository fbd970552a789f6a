"""Without a model nothing of it is imported, and no answer changes."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
_ASK = """
import sys
from bot.__main__ import main
status = main(["ask", "--config", sys.argv[1], "书记上了几节思政课"])
loaded = [name for name in sys.modules if name.split(".")[0] == "openai"
          or name.startswith("index.language_model")]
print("LOADED", loaded)
sys.exit(status)
"""


def test_where_it_is_off_nothing_of_it_is_imported(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    shipped = ROOT / "corpus/reports/2021年度工作总结.txt"
    (tmp_path / "reports" / shipped.name).write_bytes(shipped.read_bytes())
    config = tmp_path / "baogao.yaml"
    config.write_text("reports: reports\nstate: var\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _ASK, str(config)],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "LOADED []" in done.stdout
