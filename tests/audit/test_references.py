"""What the docs, the docstrings and the benches name is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("corpus", "index", "bot", "training", "tests")
_FILE = re.compile(rf"`((?:{'|'.join(ROOMS)}|docs)/[\w/.\-]+\.\w+)`")
_DOTTED = re.compile(rf"`((?:{'|'.join(ROOMS)})(?:\.\w+)+)`")
_LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")
_WRITTEN_BY_THE_READER = {"corpus/reports/reports.yaml"}


def markdown() -> list[Path]:
    below = (path for room in ("docs", "training", "tests") for path in (ROOT / room).rglob("*.md"))
    return sorted((*ROOT.glob("*.md"), *below))


def sources() -> list[Path]:
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def is_there(dotted: str) -> bool:
    """Whether a dotted name is a package, a module, or a word of one."""
    parts = dotted.split(".")
    for n in range(len(parts), 0, -1):
        module = ROOT.joinpath(*parts[:n])
        file = module.with_suffix(".py")
        file = file if file.exists() else module / "__init__.py"
        if file.exists() or module.is_dir():
            rest = parts[n : n + 1]
            return not rest or re.search(rf"\b{rest[0]}\b", file.read_text("utf-8")) is not None
    return False


def anchors(path: Path) -> set[str]:
    """The names of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-") for head in heads}


def imported(path: Path) -> Iterator[str]:
    """Yield what a module imports of ours by name, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ROOMS:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("page", markdown(), ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    files = set(_FILE.findall(text)) - _WRITTEN_BY_THE_READER
    assert [name for name in sorted(files) if not (ROOT / name).exists()] == []
    assert [name for name in _DOTTED.findall(text) if not is_there(name)] == []
    for target, anchor in _LINK.findall(text):
        linked = page.parent / target if target else page
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), f"{target}#{anchor}"


def test_what_docstrings_name_is_there() -> None:
    lost = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources()
        for name in _DOTTED.findall(path.read_text("utf-8"))
        if not is_there(name)
    }
    assert lost == set()


def test_what_benches_and_scripts_import_is_there() -> None:
    lost = {
        f"{path.relative_to(ROOT)}: {name}"
        for room in ("training", "tests/bench")
        for path in (ROOT / room).rglob("*.py")
        for name in imported(path)
        if not is_there(name)
    }
    assert lost == set()


def test_what_is_not_there_is_found() -> None:
    assert is_there("index.answering.decision.decide")
    assert not is_there("index.answering.decision.undecided")
    assert not is_there("nowhere.at.all")
