"""Mutated files of every format: none may crash the reader, hang it, or read as a success.

    python -m tests.bench.fuzz_formats [COUNT] [SEED]

Prints how the files came out. A success is wrong when three letters in ten of what was read are
in no sound file: they came from the damage.
"""

from __future__ import annotations

import io
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import Trouble, UnreadableReport
from corpus.formats import SUFFIXES
from corpus.limits import ParserLimits
from corpus.report import Report
from corpus.sandbox.pool import ParserPool
from tests.corpus.formats import school_report as made
from tests.corpus.formats.docx_files import packed
from tests.corpus.formats.ofd_files import line, ofd, picture, words
from tests.corpus.formats.sheet_files import xlsx
from tests.corpus.formats.word_report import as_word

LIMITS = ParserLimits(seconds=10, pages=50, workers=2)
FIXTURES = Path(made.__file__).parent / "fixtures"
_MOST_JUNK = 0.3


def originals() -> dict[str, bytes]:
    """Return a sound file of every format that can be made here."""
    report = made.shipped()
    text = made.as_text(report)
    page = made.as_html(report)
    return {
        "report.docx": as_word(report),
        "report.pdf": made.as_pdf(report),
        "report.html": page,
        "report.txt": text.encode("gb18030"),
        "report.md": ("# " + text).encode(),
        "report.mht": b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n"
        b"Content-Transfer-Encoding: 8bit\n\n" + page,
        "report.xlsx": xlsx({"总结": _rows(text)}),
        "report.csv": "\n".join(",".join(row) for row in _rows(text)).encode("gb18030"),
        "report.eml": b"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
        b"Content-Transfer-Encoding: 8bit\n\n" + text.encode(),
        "report.zip": packed({"a.txt": text, "b.html": page}),
        "report.doc": (FIXTURES / "report.doc").read_bytes(),
        "report.png": _rows_of_a_scan(),
        "report.ofd": _as_ofd(report),
        "form.pdf": _with_fields(),
        "photo.heic": (FIXTURES / "photo.heic").read_bytes(),
    }


def _rows(text: str) -> list[list[str]]:
    lines = [line.replace(",", "，")[:200] for line in text.splitlines() if line]
    return [["序号", "内容"], *([str(i), line] for i, line in enumerate(lines, start=1))]


def _unpacked(pool: ParserPool, path: Path) -> Report | UnreadableReport:
    """Return the first report of an archive, or why there is none."""
    try:
        files = pool.unpack(path.read_bytes(), path)
        named = next((file for file in files if file.trouble is None), None)
        if named is None:
            return UnreadableReport(path, Trouble.NO_FILES)
        suffix = Path(named.name).suffix if Path(named.name).suffix in SUFFIXES else ".txt"
        return pool.read(named.data, Path(f"a{suffix}"))
    except UnreadableReport as exc:
        return exc


def _read(paths: list[Path]) -> Iterator[Report | UnreadableReport]:
    pool = ParserPool(LIMITS)
    plain = iter(pool.read_all([path for path in paths if path.suffix != ".zip"]))
    for path in paths:
        yield _unpacked(pool, path) if path.suffix == ".zip" else next(plain)


def _as_ofd(report: Report) -> bytes:
    """Return the first rows of the report as an OFD file, with a ruled table and a picture."""
    rows = [report.text[at : at + 30].replace("\n", "") for at in range(0, 1500, 30)]
    pages = [
        [words(20, 20 + 10 * i, row) for i, row in enumerate(rows[at : at + 25])]
        for at in range(0, len(rows), 25)
    ]
    rules = [line(20, y, 180, y) for y in (272, 280, 288)]
    rules += [line(x, 272, x, 288) for x in (20, 90, 180)]
    return ofd([*pages[0], *rules, picture("7", 150, 5, 20, 10)], *pages[1:], media={"7": _dot()})


def _dot() -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("L", (8, 8), 0).save(buffer, "PNG")
    return buffer.getvalue()


def _with_fields() -> bytes:
    """Return a PDF file with ruling lines and fields that are filled in."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, (595, 842), invariant=1)
    for i in range(12):
        canvas.drawString(60, 780 - 30 * i, f"Name {i}")
        canvas.acroForm.textfield(name=f"f{i}", value=f"Lin {i}", x=160, y=775 - 30 * i, height=20)
        canvas.acroForm.checkbox(name=f"c{i}", checked=i % 2 == 0, x=400, y=775 - 30 * i)
        canvas.line(50, 770 - 30 * i, 500, 770 - 30 * i)
    canvas.line(150, 800, 150, 440)
    canvas.save()
    return buffer.getvalue()


def _rows_of_a_scan() -> bytes:
    """Return the first rows of the scan: a whole page takes seconds."""
    from PIL import Image

    with Image.open(FIXTURES / "scan.jpg") as scan:
        rows = scan.crop((0, 0, scan.width, scan.height // 4)).convert("L")
    buffer = io.BytesIO()
    rows.save(buffer, "PNG")
    return buffer.getvalue()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return `data` damaged in one of the ways files get damaged."""
    return chance.choice(_WAYS)(bytearray(data), chance)


def _flip(data: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 40)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _cut(data: bytearray, chance: random.Random) -> bytes:
    return bytes(data[: chance.randrange(len(data))])


def _drop(data: bytearray, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    del data[start : start + chance.randint(1, 500)]
    return bytes(data)


def _repeat(data: bytearray, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 200)]
    return bytes(data[:start] + piece * chance.randint(2, 50) + data[start:])


def _noise(data: bytearray, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    length = min(chance.randint(1, 300), len(data) - start)
    data[start : start + length] = chance.randbytes(length)
    return bytes(data)


def _zeros(data: bytearray, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    data[start:] = bytes(len(data) - start)
    return bytes(data)


def _garbage(data: bytearray, chance: random.Random) -> bytes:
    """Keep the first bytes, that the format is believed, and nothing else."""
    return bytes(data[:16]) + chance.randbytes(chance.randint(0, 3000))


_WAYS: tuple[Callable[[bytearray, random.Random], bytes], ...] = (
    _flip, _cut, _drop, _repeat, _noise, _zeros, _garbage,
)  # fmt: skip


def is_garbage(report: Report, letters: frozenset[str]) -> bool:
    """Whether what was read is mostly not of the `letters` that a sound file is written in."""
    junk = sum(not (c.isascii() and c.isprintable()) and c not in letters for c in report.text)
    return junk > _MOST_JUNK * len(report.text)


def campaign(count: int, seed: int) -> tuple[Counter[str], list[str], float]:
    """Read `count` mutated files; return the outcomes, what was wrong, and the slowest in s."""
    chance = random.Random(seed)
    sound = originals()
    names = list(sound)
    letters = frozenset(made.shipped().text) | frozenset(
        made.as_html(made.shipped()).decode() + "☑☐"
    )
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    slowest = 0.0
    with TemporaryDirectory(prefix="baogao-fuzz-") as folder:
        for start in range(0, count, 100):
            paths = []
            for i in range(start, min(start + 100, count)):
                name = names[i % len(names)]
                path = Path(folder) / f"{i}-{name}"
                path.write_bytes(mutated(sound[name], chance))
                paths.append(path)
            before = time.monotonic()
            for path, result in zip(paths, _read(paths), strict=True):
                now = time.monotonic()
                slowest, before = max(slowest, now - before), now
                if isinstance(result, Report):
                    outcomes["read"] += 1
                    if is_garbage(result, letters):
                        wrong.append(f"{path.name}: garbage was read")
                else:
                    outcomes[result.trouble.name] += 1
                    if result.trouble is Trouble.CRASHED:
                        wrong.append(f"{path.name}: the reader broke")
                path.unlink()
    return outcomes, wrong, slowest


def main() -> None:
    """Run the campaign and print its counts; the status says whether all was well."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20211231
    begun = time.monotonic()
    outcomes, wrong, slowest = campaign(count, seed)
    print(
        f"{sum(outcomes.values())} files, seed {seed}, {time.monotonic() - begun:.0f} s,", end=" "
    )
    print(f"longest wait {slowest:.1f} s (limit {LIMITS.seconds} s)")
    for name, number in outcomes.most_common():
        print(f"  {name:<16}{number:>6}")
    print(f"wrong: {len(wrong)}", *wrong, sep="\n  ")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
