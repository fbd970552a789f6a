"""Whether the work grows with the length of what is read, and not with its square.

    python -m tests.bench.input_growth [KIND…]

Sixty kinds of input, questions and reports, each made twice as long: where the work more than
triples, the bench fails. What counts is processor time, the best of several runs; no model runs,
for what the models are given has an upper length (`index.understanding.understander`,
`corpus.passages`, `index.readers.windows`).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from corpus.errors import UnreadableReport
from corpus.formats import Source
from corpus.limits import ParserLimits
from corpus.parsing.parse import understand
from corpus.passages import passages
from corpus.report import Report
from index.answering.enumerations import enumerations
from index.lexical.folding import fold
from index.lexical.terms import terms
from index.store.store import IndexedParagraph
from index.understanding.splitting import comparison, split_questions
from index.understanding.understander import Understander

MOST: Final = 3.0
"""Times that twice the length may cost."""

_ENOUGH = 0.05
"""Seconds of work from which a doubling is measured."""

_SHORTEST, _LONGEST = 1_000, 256_000
_RUNS = 3

Make = Callable[[int], str]


def _repeated(unit: str, before: str = "", behind: str = "") -> Make:
    return lambda n: before + unit * (n // len(unit)) + behind


def _numbered(line: str) -> Make:
    """Lines with a number each; `{n}` in Arabic figures, `{c}` in Chinese ones."""
    figures = "零一二三四五六七八九"

    def make(n: int) -> str:
        lines, length = [], 0
        while length < n:
            number = len(lines) + 1
            chinese = "".join(figures[int(d)] for d in str(number))
            lines.append(line.format(n=number, c=chinese))
            length += len(lines[-1])
        return "".join(lines)

    return make


def _nested(opening: str, closing: str, inner: str = "字") -> Make:
    def make(n: int) -> str:
        depth = n // (len(opening) + len(closing))
        return opening * depth + inner + closing * depth

    return make


QUESTIONS: Final[dict[str, Make]] = {
    "commas": _repeated("，", behind="书记上了几节课"),
    "commas alone": _repeated("，"),
    "Western commas": _repeated(",", behind="谢谢"),
    "full stops": _repeated("。"),
    "question marks": _repeated("？", before="书记上了几节课"),
    "spaces": _repeated("字 ", behind="？"),
    "line breaks": _repeated("\n书记"),
    "greetings": _repeated("你好，", behind="书记上了几节课？"),
    "thanks": _repeated("谢谢", before="书记上了几节课？"),
    "thanks with stops": _repeated("谢谢，", before="书记上了几节课？"),
    "please": _repeated("请问"),
    "letters": _repeated("a", behind="?"),
    "words": _repeated("how many ", behind="?"),
    "figures": _repeated("1"),
    "Chinese figures": _repeated("一"),
    "years": _repeated("2021年", behind="书记上了几节课？"),
    "years listed": _repeated("2021、", behind="书记上了几节课？"),
    "years unfinished": _repeated("20"),
    "last year": _repeated("去年", behind="呢？"),
    "amounts": _repeated("12节", behind="课？"),
    "per cent": _repeated("99.5%", behind="是什么？"),
    "questions": _repeated("书记上了几节课？"),
    "numbered questions": _numbered("{n}. 书记上了几节课？\n"),
    "members": _repeated("党建、", behind="有哪些？"),
    "brackets": _nested("（", "）"),
    "open quotation marks": _repeated("“"),
    "a paragraph before": _repeated("学校抓好党建工作，书记带头上课。", behind="书记上了几节？"),
    "a paragraph without stops": _repeated("学校抓好党建工作书记带头上课", behind="书记上了几节"),
    "traditional characters": _repeated("學校幫家長", behind="嗎？"),
    "schools": _repeated("第一小学", behind="有什么成绩？"),
    "and": _repeated("和", behind="有什么不同"),
}

_TITLE = "2021年度工作总结\n"

REPORTS: Final[dict[str, tuple[str, Make]]] = {
    "one sentence": (".txt", _repeated("学校抓好党建工作", before=_TITLE)),
    "one paragraph": (".txt", _repeated("学校抓好党建工作。", before=_TITLE)),
    "one letter": (".txt", _repeated("a", before=_TITLE)),
    "one figure": (".txt", _repeated("1", before=_TITLE + "共")),
    "members of a list": (".txt", _repeated("党建、", before=_TITLE)),
    "members with 和": (".txt", _repeated("党建和", before=_TITLE)),
    "members in quotation marks": (".txt", _repeated("“党建”", before=_TITLE)),
    "clauses": (".txt", _repeated("党建、德育、智育，", before=_TITLE)),
    "semicolons": (".txt", _repeated("抓党建；", before=_TITLE)),
    "commas": (".txt", _repeated("，", before=_TITLE + "党建")),
    "full stops": (".txt", _repeated("。", before=_TITLE + "党建")),
    "open brackets": (".txt", _repeated("（", before=_TITLE + "党建")),
    "nested brackets": (".txt", lambda n: _TITLE + _nested("（", "）")(n)),
    "open quotation marks": (".txt", _repeated("“党", before=_TITLE)),
    "ordinals in a paragraph": (".txt", _repeated("一是抓党建；二是抓德育；", before=_TITLE)),
    "numbers in a paragraph": (".txt", lambda n: _TITLE + _numbered("{n}.抓党建。")(n)),
    "lines": (".txt", _repeated("学校抓好党建工作，书记带头上课。\n", before=_TITLE)),
    "short lines": (".txt", _repeated("党建\n", before=_TITLE)),
    "wrapped lines": (".txt", _repeated("学校抓好党建工作书记带头上课学校抓好党建工作书记带头\n")),
    "empty lines": (".txt", _repeated("\n", before=_TITLE, behind="党建工作。")),
    "spaces": (".txt", _repeated(" ", before=_TITLE + "党建", behind="工作。")),
    "ideographic spaces": (".txt", _repeated("党　", before=_TITLE, behind="工作。")),
    "headings 一、": (".txt", lambda n: _TITLE + _numbered("{c}、党建工作\n抓好党建。\n")(n)),
    "headings 1.": (".txt", lambda n: _TITLE + _numbered("{n}.党建工作\n")(n) + "抓好。"),
    "headings （一）": (".txt", lambda n: _TITLE + _numbered("（{c}）党建\n")(n) + "抓好。"),
    "headings alone": (".txt", _repeated("一、党建\n", before=_TITLE, behind="抓好党建工作。")),
    "dashes": (".txt", _repeated("——抓好党建工作。\n", before=_TITLE)),
    "dates": (".txt", _repeated("2021-12-31\n", before=_TITLE + "党建工作。\n")),
    "titles": (".txt", _repeated(_TITLE, behind="党建工作抓得好。\n")),
    "headings #": (".md", _numbered("# {n} 党建\n抓好党建工作。\n")),
    "table": (".md", _repeated("| 党建 | 12 |\n", before="| 项目 | 数 |\n|---|---|\n")),
    "elements": (".html", _repeated("<p>抓好党建工作。</p>", before=f"<h1>{_TITLE}</h1>")),
    "nested elements": (".html", lambda n: _TITLE + _nested("<div>", "</div>", "抓党建。")(n)),
    "cells": (".html", lambda n: "<table>" + _repeated("<tr><td>党<td>1")(n) + "</table>党建。"),
    "entities": (".html", _repeated("&amp;", before="<p>抓好党建工作。", behind="</p>")),
}

_BODY = "2021年度工作总结\n一、党建\n书记上课12节。学校抓好党建工作，有三个特色。\n"


def ask(text: str) -> None:
    """Do what is done with a question before the reports are searched."""
    for question in split_questions(text):
        comparison(question)
        _UNDERSTANDER.understand(question)
    _UNDERSTANDER.understand(text)


def read(text: str, suffix: str) -> None:
    """Do what is done with a report once, and with its paragraphs at a question."""
    try:
        report = understand(Source(text.encode(), Path(f"2021年总结{suffix}"), ParserLimits()))
    except UnreadableReport:
        return
    for passage in passages(report):
        terms(fold(passage.text))
    enumerations(_paragraphs(report))


def _paragraphs(report: Report) -> list[IndexedParagraph]:
    return [IndexedParagraph(p.number, p.path, report.words(p), p.page) for p in report.paragraphs]


def seconds(work: Callable[[str], None], text: str) -> float:
    """Return the processor time of work on a text, the best of several runs."""
    best = float("inf")
    for _ in range(_RUNS):
        begun = time.process_time()
        work(text)
        best = min(best, time.process_time() - begun)
        if best > 100 * _ENOUGH:  # noise no longer matters
            break
    return best


def measure(make: Make, work: Callable[[str], None]) -> tuple[int, float, float]:
    """Return a length that costs enough, what it costs, and how many times twice it costs."""
    length = _SHORTEST
    while (once := seconds(work, make(length))) < _ENOUGH and length < _LONGEST:
        length *= 2
    twice = seconds(work, make(2 * length))
    return length, once, twice / max(once, _ENOUGH / 10)


def main() -> int:
    """Print a line a kind; 1 where one grows faster than its length."""
    jobs: list[tuple[str, Make, Callable[[str], None]]] = [
        (f"question: {name}", make, ask) for name, make in QUESTIONS.items()
    ]
    for name, (suffix, make) in REPORTS.items():
        jobs.append(
            (f"report: {name}", make, lambda text, suffix=suffix: read(text, suffix))  # type: ignore[misc]
        )
    wanted = sys.argv[1:]
    jobs = [job for job in jobs if not wanted or any(word in job[0] for word in wanted)]
    failed = 0
    for name, make, work in jobs:
        length, once, times = measure(make, work)
        verdict = "" if times <= MOST else "  TOO FAST"
        failed += times > MOST
        cost = f"{length:>8,} characters {once:8.3f} s  × {times:4.1f}"
        print(f"{name:36} {cost}{verdict}", flush=True)
    print(f"{failed} of {len(jobs)} kinds grow faster than their length")
    return 1 if failed else 0


_UNDERSTANDER = Understander([])

if __name__ == "__main__":
    sys.exit(main())
