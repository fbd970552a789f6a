"""200 reports of 40 paragraphs, read in parallel: seconds and peak memory.

    python -m tests.bench.reading_many [REPORTS] [PARAGRAPHS]

The kinds are mixed: text, Word, web page. Prints the seconds with one worker and with as many as
there are cores, and the peak memory of this process and of the largest worker.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.limits import ParserLimits
from corpus.report import Report
from corpus.sandbox.pool import ParserPool
from tests.corpus.formats.docx_files import docx, p

_SENTENCE = "学校坚持立德树人根本任务，落实双减政策，开展课后服务，取得了新的进步。"


def write_reports(folder: Path, count: int, paragraphs: int) -> list[Path]:
    """Write `count` reports and return their files."""
    paths = []
    for i in range(count):
        year = 1990 + i % 35
        lines = [f"第{i}中学{year}年度工作总结"]
        lines += [f"第{n}项工作，{_SENTENCE * 5}" for n in range(1, paragraphs + 1)]
        suffix = (".txt", ".docx", ".html")[i % 3]
        path = folder / f"report{i}{suffix}"
        if suffix == ".docx":
            path.write_bytes(docx("".join(map(p, lines))))
        elif suffix == ".html":
            body = "".join(f"<p>{line}</p>" for line in lines)
            path.write_text(f"<html><body>{body}</body></html>", "utf-8")
        else:
            path.write_text("\n".join(lines), "utf-8")
        paths.append(path)
    return paths


def main() -> None:
    """Read them and print what it took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    paragraphs = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    with TemporaryDirectory(prefix="baogao-many-") as folder:
        paths = write_reports(Path(folder), count, paragraphs)
        for workers in (1, 0):
            limits = ParserLimits(workers=workers)
            begun = time.monotonic()
            found = list(ParserPool(limits).read_all(paths))
            seconds = time.monotonic() - begun
            read = sum(isinstance(result, Report) for result in found)
            passages = sum(len(r.paragraphs) for r in found if isinstance(r, Report))
            print(
                f"{limits.crew(count)} workers: {read}/{count} reports, {passages} paragraphs,",
                end=" ",
            )
            print(f"{seconds:.2f} s")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"peak memory: this process {own} MB, the largest worker {worker} MB")


if __name__ == "__main__":
    main()
