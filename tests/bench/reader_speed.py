"""What reading the five best passages takes, of the bundled reader and of others.

    python -m tests.bench.reader_speed [READER ...] [--rounds 40] [--characters 240]

READER is a directory that `training.reader.build_reader` wrote. All read the same passages in
turns, with as many threads as there are cores, after one reading that is not counted. Prints the
median and the 95th percentile of the milliseconds on the clock, and the median of processor time.
"""

from __future__ import annotations

import argparse
import statistics
import time
from itertools import cycle, islice

from corpus.report import Passage
from index.encoders import BUNDLED
from index.readers import Reader, load_reader
from index.readers.rerank import READ

QUESTION = "学校去年招聘了多少名新教师？"
TITLE = "某中学2023年工作总结"
TEXT = (
    "学校坚持立德树人根本任务，落实双减政策，全年开展课后服务一百八十次，参加学生两千三百人。"
    "教研组每两周集体备课一次，青年教师汇报课三十六节，获区级以上奖励四十二人次。"
    "图书馆新增图书六千册，体育节、艺术节、科技节各办一届；食堂实行明厨亮灶，家长满意率达百分之九十六。"
)


def passages(characters: int) -> list[Passage]:
    """Return as many passages as are read for an answer, each of so many characters."""
    texts = ["".join(islice(cycle(TEXT[i:] + TEXT[:i]), characters)) for i in range(READ)]
    return [
        Passage(f"p{i}", "r", TITLE, 2023, ("教学工作",), 1, 1, text, 0, characters)
        for i, text in enumerate(texts)
    ]


def timed(reader: Reader, asked: list[Passage]) -> tuple[float, float]:
    """Return milliseconds on the clock and of the processor that one reading takes."""
    wall, spent = time.perf_counter(), time.process_time()
    reader.read(QUESTION, asked)
    return (time.perf_counter() - wall) * 1000, (time.process_time() - spent) * 1000


def main() -> None:
    """Time all readers in turns and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("readers", nargs="*", help="directories, besides the bundled reader")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--characters", type=int, default=240)
    options = parser.parse_args()
    readers = {name: load_reader(name) for name in (BUNDLED, *options.readers)}
    asked = passages(options.characters)
    for reader in readers.values():
        reader.read(QUESTION, asked)
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in readers}
    for _ in range(options.rounds):
        for name, reader in readers.items():
            times[name].append(timed(reader, asked))
    for name, found in times.items():
        walls = sorted(wall for wall, _ in found)
        spent = statistics.median(processor for _, processor in found)
        print(
            f"{name}: {statistics.median(walls):.0f} ms in the median, "
            f"{walls[int(0.95 * len(walls))]:.0f} ms at the 95th percentile; "
            f"processor {spent:.0f} ms"
        )


if __name__ == "__main__":
    main()
