from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT, SHIPPED, Program

QUESTION = "本年度书记带头上了多少节思政课？"
CITATION = (
    "《中共昆山市第二中学总支部2021年度工作总结》 › 一、学校党建工作履职情况"
    " › 1.年度党建情况 › 第2段"
)


def test_the_first_question_builds_the_index_and_is_answered_with_its_citation(
    baogao: Program,
) -> None:
    result = baogao("ask", QUESTION)
    assert result.status == 0
    assert "12节" in result.out.splitlines()[0]
    assert CITATION in result.out
    assert "已更新" in result.err
    assert "Traceback" not in result.err


def test_the_json_of_an_answer_is_the_contract(indexed: Program) -> None:
    result = indexed("ask", QUESTION, "--json", "--top", "3")
    assert result.status == 0
    data = json.loads(result.out)
    assert (data["question"], data["status"]) == (QUESTION, "answered")
    assert "12节" in data["answer"]
    assert len(data["passages"]) == 3
    first = data["passages"][0]
    assert (first["report"], first["year"], first["paragraph"]) == ("2021年度工作总结", 2021, 2)
    assert first["path"] == ["一、学校党建工作履职情况", "1.年度党建情况"]
    words = "".join(first["text"][a:b] for a, b in first["spans"])
    assert words
    assert words in data["answer"]
    assert data["timing_ms"]["total"] > 0
    assert result.err == ""


@pytest.mark.parametrize("question", ["明天的天气怎么样", "2020年书记上了几节党课？"])
def test_what_the_report_does_not_say_is_refused_with_status_1(
    indexed: Program, question: str
) -> None:
    result = indexed("ask", question)
    assert result.status == 1
    assert result.out.startswith("报告里没有找到答案。")
    data = json.loads(indexed("ask", question, "--json").out)
    assert (data["status"], data["answer"]) == ("not_found", None)


def test_traditional_characters_are_understood(indexed: Program) -> None:
    result = indexed("ask", "學校怎樣幫家長解決接送孩子的困難？")
    assert "放学后接送学生的实际困难" in result.out


def test_a_year_and_a_report_restrict_the_answer(indexed: Program) -> None:
    assert indexed("ask", QUESTION, "--year", "2021").status == 0
    assert indexed("ask", QUESTION, "--year", "2020").status == 1
    assert indexed("ask", QUESTION, "--report", "2021年度工作总结").status == 0
    result = indexed("ask", QUESTION, "--report", "2020")
    assert result.status == 2
    assert "2021年度工作总结" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "  "),
        ("ask", "x", "--top", "0"),
        ("ask", "x", "--year", "abc"),
        ("dance",),
        ("reports",),
        ("--config", "none.yaml", "ask", "x"),
        ("reports", "show", "none"),
        ("eval", "none.jsonl"),
        ("bot",),
    ],
)
def test_wrong_usage_is_status_2_and_a_sentence(
    indexed: Program, arguments: tuple[str, ...]
) -> None:
    result = indexed(*arguments)
    assert result.status == 2
    assert result.out == ""
    assert result.err.strip()
    assert "Traceback" not in result.err


def test_indexing_again_encodes_nothing_and_says_so(indexed: Program) -> None:
    result = indexed("index")
    assert result.status == 0
    assert "没有变化" in result.out
    data = json.loads(indexed("index", "--json").out)
    assert (data["fresh"], data["encoded"]) == (False, 0)


def test_reports_are_added_shown_removed_and_rolled_back(baogao: Program, tmp_path: Path) -> None:
    baogao("index")
    new = tmp_path / "2022年度工作总结.txt"
    text = SHIPPED.read_text("utf-8").replace("2021年", "2022年").replace("12节", "20节")
    new.write_bytes(text.encode("gb18030"))
    added = baogao("reports", "add", str(new))
    assert added.status == 0
    assert "2022年度工作总结" in added.out
    assert baogao("reports", "add", str(new)).out.startswith("已有内容完全相同的报告")
    assert "格式：文本" in baogao("reports", "show", "2022年度工作总结").out
    assert len(baogao("reports", "list").out.splitlines()) == 2

    stale = baogao("ask", QUESTION)
    assert "baogao index" in stale.err
    assert "新增：2022年度工作总结" in baogao("index").out
    assert "20节" in baogao("ask", "2022年书记上了多少节思政课").out
    assert "12节" in baogao("ask", "2021年书记上了多少节思政课").out

    assert "报告文件也一起退回了" in baogao("rollback").out
    assert len(baogao("reports", "list").out.splitlines()) == 1
    assert "没有变化" in baogao("index").out
    assert baogao("ask", "2022年书记上了多少节思政课").status == 1
    assert "← 现在用的" in baogao("rollback", "--list").out
    assert baogao("rollback").status == 2

    assert baogao("reports", "add", str(new)).status == 0
    assert baogao("reports", "remove", "2022年度工作总结").status == 0
    assert len(baogao("reports", "list").out.splitlines()) == 1


def test_a_report_that_is_there_is_not_overwritten_without_a_word(
    baogao: Program, tmp_path: Path
) -> None:
    other = tmp_path / SHIPPED.name
    other.write_text("2021年度工作总结\n书记上课99节。", "utf-8")
    result = baogao("reports", "add", str(other))
    assert result.status == 2
    assert "--replace" in result.err
    assert baogao("reports", "add", "--replace", str(other)).status == 0
    assert "99节" in baogao("ask", "书记上课几节").out


def test_a_conversation_answers_line_by_line(indexed: Program) -> None:
    result = indexed("chat", stdin=f"{QUESTION}\n\n作业改革要达到什么目标？\n")
    assert result.status == 0
    assert "12节" in result.out
    assert "压时间、控总量、调结构、提质量" in result.out


def test_a_follow_up_in_a_conversation_is_answered_from_the_same_list(indexed: Program) -> None:
    result = indexed("chat", stdin="党建工作存在哪些问题？\n第二个问题呢\n")
    assert "共3项：" in result.out
    assert "党员骨干教师的标杆引领作用不够明显" in result.out


def test_how_a_question_was_understood_is_explained(indexed: Program) -> None:
    result = indexed("ask", QUESTION, "--explain")
    assert result.status == 0
    assert "年份：2021年（本年度, 从最新的报告推算）" in result.out
    data = json.loads(indexed("ask", QUESTION, "--explain", "--json").out)
    assert data["explanation"][0] == f"问题：{QUESTION}"


def test_years_are_set_side_by_side_and_a_gap_is_named(indexed: Program) -> None:
    result = indexed("ask", "双减", "--compare", "2020,2021")
    assert result.status == 0
    assert "没有这一年的报告" in result.out
    data = json.loads(indexed("ask", "双减", "--compare", "2020,2021", "--json").out)
    assert [(side["year"], side["reported"]) for side in data["sides"]] == [
        (2020, False),
        (2021, True),
    ]
    assert indexed("ask", "双减", "--compare", "2021").status == 2


def test_evaluating_prints_the_figures_and_leaves_the_state_alone(
    indexed: Program, tmp_path: Path
) -> None:
    questions = tmp_path / "q.jsonl"
    rows = [
        {"id": "1", "question": QUESTION, "answers": ["12节"], "report": "2021年度工作总结"},
        {"id": "2", "question": "明天的天气怎么样", "answers": [], "answerable": False},
    ]
    questions.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    details = tmp_path / "details.jsonl"
    before = sorted(p for p in (indexed.folder / "var").rglob("*"))
    result = indexed(
        "eval", str(questions), "--reports", "corpus/reports", "--details", str(details), "--json"
    )
    assert result.status == 0
    figures = json.loads(result.out)
    assert list(figures) == [
        "n", "recall@1", "recall@3", "recall@5", "recall@10", "mrr@10", "sentence@1", "exact", "f1",
        "items", "answered_rate", "unsure_rate", "shown_right", "answered_precision",
        "asserted_wrongly", "refusal_precision", "refusal_recall", "auroc", "p50_ms", "p95_ms",
    ]  # fmt: skip
    assert (figures["n"], figures["recall@1"], figures["refusal_recall"]) == (2, 1.0, 1.0)
    lines = [json.loads(line) for line in details.read_text("utf-8").splitlines()]
    assert [(line["id"], line["rank"]) for line in lines] == [("1", 1), ("2", None)]
    assert lines[0]["passages"][0]["text"]
    assert sorted(p for p in (indexed.folder / "var").rglob("*")) == before


@pytest.mark.parametrize(
    "line", ["{", "3", '{"question": 3}', '{"question": "x"}', '{"question": "x", "answers": "y"}']
)
def test_a_malformed_file_of_questions_is_named_by_its_line(
    indexed: Program, tmp_path: Path, line: str
) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text(line, "utf-8")
    result = indexed("eval", str(questions))
    assert result.status == 2
    assert "第 1 行" in result.err


def test_the_language_follows_the_configuration(baogao: Program) -> None:
    (baogao.folder / "baogao.yaml").write_text("language: en\n")
    result = baogao("ask", "明天的天气怎么样")
    assert result.out.startswith("The reports do not say.")


def test_a_malformed_configuration_names_all_its_problems(baogao: Program) -> None:
    (baogao.folder / "baogao.yaml").write_text("language: fr\ntop: 3\n")
    result = baogao("ask", "x")
    assert result.status == 2
    assert "baogao.yaml: language:" in result.err
    assert "baogao.yaml: top:" in result.err


def test_no_folder_and_no_reports_say_what_to_do(tmp_path: Path) -> None:
    nothing = Program(tmp_path)("ask", "x")
    assert (nothing.status, "baogao.yaml" in nothing.err) == (2, True)
    (tmp_path / "corpus/reports").mkdir(parents=True)
    empty = Program(tmp_path)("ask", "x")
    assert (empty.status, "reports add" in empty.err) == (2, True)


def test_a_damaged_index_is_rebuilt_from_the_reports(baogao: Program) -> None:
    baogao("index")
    for path in (baogao.folder / "var/index/generations").rglob("*.npy"):
        path.write_bytes(b"")
    result = baogao("ask", QUESTION)
    assert result.status == 0
    assert "12节" in result.out.splitlines()[0]
    assert "损坏" in result.err
    assert "cannot be read" not in result.err  # one language, and no log


def test_a_state_directory_that_is_a_file_is_said(baogao: Program) -> None:
    (baogao.folder / "var").write_text("in the way")
    result = baogao("ask", QUESTION)
    assert result.status == 2
    assert "权限" in result.err


def test_the_doctor_finds_everything_in_order(indexed: Program) -> None:
    result = indexed("doctor")
    assert result.status == 0
    assert "[有误]" not in result.out
    assert "没有令牌" in result.out
    assert "扫描件" in result.out
    assert "LibreOffice" in result.out


def test_the_doctor_says_what_to_mend(tmp_path: Path) -> None:
    result = Program(tmp_path)("doctor")
    assert result.status == 2
    assert "[有误]" in result.out


def test_importing_the_rooms_loads_no_model_and_reads_no_file() -> None:
    code = (
        "import sys, bot.__main__, bot.service, index.answering.engine, corpus.library;"
        "heavy = {'torch', 'sentence_transformers', 'faiss', 'onnxruntime', 'telegram', 'yaml'};"
        "sys.exit(','.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == ""
    assert done.returncode == 0


def test_a_conversation_in_json_is_an_object_a_line_and_an_empty_line_begins_another(
    indexed: Program,
) -> None:
    asked = f"{QUESTION}\n为什么\n\n为什么\n"
    result = indexed("chat", "--json", stdin=asked)
    first, follow_up, alone = map(json.loads, result.out.splitlines())
    assert result.status == 0
    assert (first["question"], first["status"]) == (QUESTION, "answered")
    assert follow_up["question"] == alone["question"] == "为什么"
    assert follow_up["passages"] != alone["passages"]


def test_json_is_json_where_stdout_has_no_unicode(indexed: Program) -> None:
    result = indexed("ask", QUESTION, "--json", PYTHONIOENCODING="ascii")
    assert json.loads(result.out)["question"] == QUESTION


def test_the_version_is_told(baogao: Program) -> None:
    result = baogao("--version")
    assert (result.status, result.out.split()[0]) == (0, "baogao")
