"""Makes the bundled reader.

From the repository: `python -m training.build_reader --benchmark DIR --base CHECKPOINT --work DIR`.

DIR holds `reader/*.json` (DRCD and CMRC 2018) and `government/reports`; CHECKPOINT is the fp32
directory that `training.build_encoder --checkpoint` keeps. Needs the extra `train`. Stopped, it
goes on where it was. `--export` writes the trained model to `index/models/reader`, in int8.
"""

import argparse
import hashlib
import os
import socket
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import distributed
from torch.multiprocessing.spawn import spawn

from index.encoders import load_encoder
from index.folding import comparable, fold
from index.readers.layout import Layout
from training import reader_model
from training.reader_examples import Family, epoch, families
from training.reader_input import Tokens, tokenise
from training.reader_measure import figures, held
from training.reader_sources import (
    Article,
    Asked,
    Material,
    read_squad,
    squad_material,
    staff_material,
)
from training.reader_training import Schedule, Workers, train

STAFF = Path(__file__).parent / "data" / "staff"
HELD_OUT_SHARE = 4
EMPTY_SHARE = 0.4
COPIES = {"staff": 4}
MEASURED = 160
HELD_OUT_REPORTS = ("枫杨路小学2022—2023学年度工作总结", "2004年政府工作报告")
_SHINGLE = 24


def main() -> None:
    """Train as the command line says."""
    options = _options()
    options.work.mkdir(parents=True, exist_ok=True)
    if not (options.work / "examples.pt").is_file():
        _prepare(options)
    if torch.cuda.is_available() or options.workers == 1:
        _run(0, options, 1, 0)
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    spawn(  # type: ignore[no-untyped-call]
        _run, (options, options.workers, port), nprocs=options.workers
    )


def held_out(title: str) -> bool:
    """Whether an article is never trained on, in whichever file it stands: one of four."""
    digest = hashlib.sha256(fold(title).encode()).digest()
    return digest[0] % HELD_OUT_SHARE == 0


def articles(benchmark: Path) -> tuple[list[Article], list[Article]]:
    """Return the articles to train on and those held out (of DRCD dev, one in four).

    Articles of the other files that bear the title of a held-out one, or share a run of 24
    characters with one, are dropped.
    """
    folder = benchmark / "reader"
    dev = read_squad(folder / "drcd_dev.json")
    kept_out = [article for article in dev if held_out(article.title)]
    others = [article for article in dev if not held_out(article.title)]
    for name in ("drcd_test.json", "cmrc2018_trial.json"):
        others += read_squad(folder / name)
    titles = {fold(article.title) for article in kept_out}
    seen = {s for article in kept_out for s in _shingles(article)}
    train = [
        article
        for article in others
        if fold(article.title) not in titles and not any(s in seen for s in _shingles(article))
    ]
    return train, kept_out


def materials(benchmark: Path) -> tuple[list[Material], list[Material]]:
    """Return what to train on and what is held out: encyclopedia first, then office."""
    train, kept_out = articles(benchmark)
    folders = [STAFF / "reports", benchmark / "government" / "reports"]
    staff = staff_material(STAFF / "train.jsonl", folders, "staff")
    learnt = [asked for asked in staff.questions if not _about_held_out(asked, staff)]
    tested = [asked for asked in staff.questions if _about_held_out(asked, staff)]
    return (
        [squad_material(train, "squad"), Material(staff.passages, tuple(learnt))],
        [squad_material(kept_out, "squad"), Material(staff.passages, tuple(tested))],
    )


def _about_held_out(asked: Asked, staff: Material) -> bool:
    report = asked.report
    if report is None and asked.near is not None:
        report = staff.passages[asked.near].report
    if report is None:
        return int(asked.id.rsplit("-", 1)[-1]) % HELD_OUT_SHARE == 0
    return report in HELD_OUT_REPORTS


def _shingles(article: Article) -> set[str]:
    texts = [comparable(paragraph["context"]) for paragraph in article.paragraphs]
    return {t[i : i + _SHINGLE] for t in texts for i in range(len(t) - _SHINGLE + 1)}


def _prepare(options: argparse.Namespace) -> None:
    encoder = load_encoder("bundled")
    sets = [
        [
            f
            for m, alike in zip(found, (False, True), strict=True)
            for f in families(m, encoder, own_report=alike)
        ]
        for found in materials(options.benchmark)
    ]
    torch.save({"train": sets[0], "held": sets[1]}, options.work / "examples.pt")


def _run(rank: int, options: argparse.Namespace, count: int, port: int) -> None:
    torch.set_flush_denormal(True)
    if count > 1:
        torch.set_num_threads(1)
        os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
        distributed.init_process_group("gloo", rank=rank, world_size=count)
    torch.manual_seed(options.seed)
    kept = torch.load(options.work / "examples.pt", weights_only=False)
    layout = Layout(Tokenizer.from_file(str(options.base / "tokenizer.json")))
    questions = held(kept["held"], MEASURED)

    def examples(number: int) -> Sequence[Tokens]:
        seed = options.seed * 1000 + number
        drawn = epoch(kept["train"], empty_share=EMPTY_SHARE, copies=COPIES, seed=seed)
        return tokenise(layout, drawn)

    schedule = Schedule(
        options.steps, options.batch, options.rate, minutes=options.minutes, seed=options.seed
    )
    model = reader_model.load_model(options.base)
    if torch.cuda.is_available():
        model.cuda()
    train(
        model,
        examples,
        schedule,
        options.work,
        Workers(rank, count),
        lambda m: figures(m, layout, questions),
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make the bundled reader.")
    parser.add_argument("--benchmark", type=Path, required=True, metavar="DIR")
    parser.add_argument("--base", type=Path, required=True, metavar="CHECKPOINT")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR")
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--minutes", type=float, help="end after so long, on a busy machine")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=20)
    return parser.parse_args()


__all__ = ["Family", "articles", "held_out", "materials"]

if __name__ == "__main__":
    main()
