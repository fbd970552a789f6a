from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from bot.cli.evaluate import evaluate
from bot.config.settings import Config, ReaderConfig
from bot.messages import messages_in
from bot.service import Service
from index.answering.confidence import WITHOUT_READER
from index.errors import BadCalibration, TooFewQuestions
from index.evaluation.calibration import FILE
from index.evaluation.metrics import Case, withheld
from tests.support.fakes import BigramEncoder, BigramReader

TOPICS = [
    "食堂窗口",
    "图书馆座位",
    "操场跑道",
    "音乐教室",
    "校门岗亭",
    "宿舍热水",
    "实验器材",
    "校车线路",
    "饮水设备",
    "消防栓箱",
    "花坛绿化",
    "电子白板",
    "乒乓球桌",
    "自行车棚",
    "医务药品",
    "校园广播",
    "合唱比赛",
    "书法社团",
    "游泳课程",
    "机器人队",
    "篮球联赛",
    "诗歌朗诵",
    "劳动基地",
    "心理咨询",
]


@pytest.fixture
def service(tmp_path: Path) -> Service:
    reports = tmp_path / "reports"
    reports.mkdir()
    body = "".join(
        f"{topic}方面今年投入了{number}万元，由后勤处负责，师生普遍感到满意，明年还要继续改进。\n"
        for number, topic in enumerate(TOPICS, start=101)
    )
    (reports / "总结.txt").write_text(f"南山中学2021年度工作总结\n{body}", "utf-8")
    config = Config(reports, tmp_path / "var", reader=ReaderConfig("none"))
    service = Service(config)
    service.__dict__.update(encoder=BigramEncoder(), reader=BigramReader())
    service.bring_up_to_date()
    return service


def run(service: Service, folder: Path, count: int = len(TOPICS), **options: object) -> int:
    rows = [
        {"id": str(n), "question": f"{topic}今年投入了多少万元", "answers": [f"{100 + n}万元"]}
        for n, topic in enumerate(TOPICS[:count], start=1)
    ]
    path = folder / "questions.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    defaults: dict[str, object] = {
        "questions": path,
        "reports": None,
        "details": None,
        "withhold": False,
        "calibrate": False,
        "reliability": None,
        "json": True,
    }
    return evaluate(argparse.Namespace(**defaults | options), service, messages_in("en"))


def test_calibrating_keeps_a_fit_that_the_next_answers_use(
    service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert service.calibration is WITHOUT_READER
    assert run(service, tmp_path, calibrate=True) == 0
    out, err = capsys.readouterr()
    figures = json.loads(out)
    assert figures["n"] == len(TOPICS)
    assert figures["auroc"] > 0.9
    assert figures["refusal_recall"] > 0.5
    assert str(tmp_path / "var" / FILE) in err
    assert service.calibration.questions == len(TOPICS)
    assert service.calibration.reader == "bigrams"


def test_a_calibration_for_other_models_is_left_alone(service: Service, tmp_path: Path) -> None:
    run(service, tmp_path, calibrate=True)
    service.__dict__["encoder"] = BigramEncoder(fingerprint="another")
    assert service.calibration is WITHOUT_READER


def test_a_damaged_calibration_is_an_error_that_names_it(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "var" / FILE
    path.write_text("{", "utf-8")
    with pytest.raises(BadCalibration) as caught:
        service.ask("食堂窗口")
    assert caught.value.path == path


def test_too_few_questions_change_nothing(service: Service, tmp_path: Path) -> None:
    with pytest.raises(TooFewQuestions):
        run(service, tmp_path, count=6, calibrate=True)
    assert not (tmp_path / "var" / FILE).exists()


def test_the_diagram_is_written(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "reliability.svg"
    assert run(service, tmp_path, withhold=True, reliability=path) == 0
    assert path.read_text("utf-8").startswith("<svg")


def test_every_second_answerable_question_is_withheld(service: Service, tmp_path: Path) -> None:
    cases = [
        Case(str(n), "？", ("答案",), None, answerable)
        for n, answerable in enumerate([1, 0, 1, 1, 1])
    ]
    asked = withheld([c if c.answerable else Case(c.id, "？", (), None, False) for c in cases])
    assert [case.answerable for case, _ in asked] == [True, False, False, True, False]
    assert [hidden is not None for _, hidden in asked] == [False, False, True, False, True]


def test_withheld_passages_do_not_answer(
    service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    details = tmp_path / "details.jsonl"
    run(service, tmp_path, withhold=True, details=details)
    rows = [json.loads(line) for line in details.read_text("utf-8").splitlines()]
    held = [row for row in rows if not row["answerable"]]
    assert len(held) == len(TOPICS) // 2
    assert all(row["rank"] is None for row in held)
    assert all(row["rank"] == 1 for row in rows if row["answerable"])
