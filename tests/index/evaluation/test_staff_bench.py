from __future__ import annotations

import json
from pathlib import Path

from index.evaluation.metrics import judge
from tests.bench.question_sets import cases_by_report
from tests.bench.staff import figures, table
from tests.index.evaluation.test_metrics import CASE, NONE, answer


def test_questions_are_spread_over_each_report(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    for name in ("a", "b", "unasked"):
        (tmp_path / "reports" / f"{name}.txt").write_text("共12节。", "utf-8")
    rows = [
        {"id": f"{name}{i}", "question": "几节", "answers": ["12节"], "report": name}
        for i in range(10)
        for name in ("b", "a")
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "questions.jsonl").write_text(lines, "utf-8")
    found = cases_by_report(tmp_path, limit=3)
    assert {path.stem: [case.id for case in own] for path, own in found.items()} == {
        "a": ["a0", "a3", "a6"],
        "b": ["b0", "b3", "b6"],
    }


def test_a_kind_is_told_from_all_questions_of_the_other_sort() -> None:
    good, bad = judge(CASE, answer("共12节")), judge(NONE, answer("甲", refused=True))
    lost = judge(CASE, answer("共12节", refused=True))
    every = [good, lost, bad]
    assert figures([good], every).auroc == 1.0
    assert figures([lost], every).auroc == 0.5
    assert figures([bad], every).auroc == 0.75
    assert figures(every, every).refused == 0.5
    assert [line.split()[0] for line in table(every)][1:4] == ["all", "answerable", "unanswerable"]
