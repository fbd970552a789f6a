"""Makes the bundled reader.

From the repository: `python -m training.reader.build_reader --benchmark DIR --base CHECKPOINT
--work DIR`.

DIR holds `reader/*.json` (DRCD, CMRC 2018, SQuAD 2.0 in Chinese) and `government/reports`;
CHECKPOINT is the fp32 directory that `training.encoder.build_encoder --checkpoint` keeps, or a
reader to train on. Needs the extra `train`. Public and staff questions are mixed, the public ones
fading (after Garg et al., "TANDA", arXiv:1911.04118).
Stopped, it goes on where it was. At the end, `--export` writes the trained model to a folder, in
int8: `index/models/reader` is made so, and calibrated by `training.reader.calibrate_reader`.
"""

import argparse
import os
import random
import shutil
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import distributed
from torch.multiprocessing.spawn import spawn

from index.encoders import Encoder, load_encoder
from index.readers.windows import Layout
from training.reader import reader_model
from training.reader.data.reader_examples import Family, epoch, families, near_families
from training.reader.data.reader_split import Materials, materials
from training.reader.data.staff_examples import staff_epoch, staff_families
from training.reader.data.staff_questions import STAFF
from training.reader.reader_folder import write_reader
from training.reader.reader_input import Tokens, tokenise
from training.reader.reader_measure import figures, held
from training.reader.reader_pruning import chosen, importance, prune
from training.reader.reader_training import Schedule, Workers, train
from training.reader.staff_measure import read_staff, spread, staff_figures

EMPTY_SHARE = 0.4
"""Share of examples without an answer, where not said otherwise."""

JUDGED = 512
"""Examples that decide what matters in a reader that is pruned."""

PUBLIC = (0.2, 0.04)
"""Share of the public questions that are used in each epoch; the last one in all that follow."""

TOPICS = 0.2
"""Share of the questions that are made from the reports themselves, in an epoch."""

COPIES = {"staff": 1, "detail": 1, "made": TOPICS, "topic": TOPICS}
"""How often the other questions are used in an epoch: first staff questions, and made ones."""


def main() -> None:
    """Train as the command line says."""
    options = _options()
    options.work.mkdir(parents=True, exist_ok=True)
    if not (options.work / "examples.pt").is_file():
        _prepare(options)
    if not (options.work / "staff.pt").is_file():
        _prepare_staff(options)
    if options.keep is not None:
        if not (options.work / "pruned").is_dir():
            _prune(options)
        options.base = options.work / "pruned"
    if torch.cuda.is_available() or options.workers == 1:
        _run(0, options, 1, 0)
    else:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        spawn(  # type: ignore[no-untyped-call]
            _run, (options, options.workers, port), nprocs=options.workers
        )
    shutil.copyfile(options.base / "tokenizer.json", options.work / "model" / "tokenizer.json")
    if options.export is not None:
        write_reader(options.work / "model", options.export)


def _prepare(options: argparse.Namespace) -> None:
    encoder = load_encoder("bundled")
    sets = [_families(found, encoder) for found in materials(options.benchmark)]
    torch.save({"train": sets[0], "held": sets[1]}, options.work / "examples.pt")


def _prepare_staff(options: argparse.Namespace) -> None:
    encoder = load_encoder("bundled")
    sets = {part: staff_families(STAFF / part, encoder) for part in ("train", "dev")}
    torch.save(sets, options.work / "staff.pt")


def _prune(options: argparse.Namespace) -> None:
    """Write the base to WORK/pruned, without what its answers need least."""
    torch.manual_seed(options.seed)
    kept = torch.load(options.work / "examples.pt", weights_only=False)
    layout = Layout(Tokenizer.from_file(str(options.base / "tokenizer.json")))
    drawn = epoch(kept["train"], empty_share=options.empty, copies=COPIES, seed=options.seed)
    staff = torch.load(options.work / "staff.pt", weights_only=False)["train"]
    drawn += staff_epoch(staff, seed=options.seed)
    examples = tokenise(layout, random.Random(options.seed).sample(drawn, JUDGED))
    batches = [examples[i : i + options.batch] for i in range(0, len(examples), options.batch)]
    model = reader_model.load_model(options.base)
    found = chosen(importance(model, batches, reader_model.summed_loss), options.keep)
    for i, (heads, neurons) in enumerate(zip(found.heads, found.neurons, strict=True)):
        print(f"layer {i}: {len(heads)} heads, {len(neurons)} neurons", flush=True)
    prune(model, found)
    part = options.work / "pruned.part"
    model.save_pretrained(part)
    shutil.copyfile(options.base / "tokenizer.json", part / "tokenizer.json")
    part.replace(options.work / "pruned")


def _families(found: Materials, encoder: Encoder) -> list[Family]:
    return [
        *families(found.encyclopedia, encoder, own_report=False),
        *(f for material in found.office for f in families(material, encoder, own_report=True)),
        *(f for material in found.details for f in near_families(material)),
    ]


def _run(rank: int, options: argparse.Namespace, count: int, port: int) -> None:
    torch.set_flush_denormal(True)
    if count > 1:
        torch.set_num_threads(1)
        os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
        distributed.init_process_group("gloo", rank=rank, world_size=count)
    torch.manual_seed(options.seed)
    kept = torch.load(options.work / "examples.pt", weights_only=False)
    layout = Layout(Tokenizer.from_file(str(options.base / "tokenizer.json")))
    questions = held(kept["held"], options.measured)
    staff = torch.load(options.work / "staff.pt", weights_only=False)
    asked = spread(staff["dev"], options.measured)
    learnt = random.Random(options.seed).sample(
        staff["train"], min(options.staff or len(staff["train"]), len(staff["train"]))
    )

    def examples(number: int) -> Sequence[Tokens]:
        seed = options.seed * 1000 + number
        share = options.public[min(number, len(options.public) - 1)]
        copies = COPIES | {"squad": share}
        drawn = epoch(kept["train"], empty_share=options.empty, copies=copies, seed=seed)
        drawn += staff_epoch(learnt, seed=seed)
        random.Random(seed).shuffle(drawn)
        return tokenise(layout, drawn)

    def measure(read_by: Any) -> dict[str, float]:
        found = figures(read_by, layout, questions) if questions else {}
        by_staff = staff_figures(read_staff(read_by, layout, asked))
        return found | {f"staff_{name}": value for name, value in by_staff.items()}

    schedule = Schedule(
        options.steps,
        options.batch,
        options.rate,
        minutes=options.minutes,
        save_every=options.every,
        seed=options.seed,
    )
    model = reader_model.load_model(options.base, options.layers)
    if options.shared:
        reader_model.share_layers(model, options.encoder, options.shared)
    reader_model.score_evidence(model)
    teacher = None
    if options.teacher is not None:
        teacher = reader_model.load_model(options.teacher).eval()
    if torch.cuda.is_available():
        model.cuda()
        teacher = teacher and teacher.cuda()
    train(
        model,
        examples,
        schedule,
        options.work,
        Workers(rank, count),
        measure,
        teacher,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make the bundled reader.")
    parser.add_argument("--benchmark", type=Path, required=True, metavar="DIR")
    parser.add_argument("--base", type=Path, required=True, metavar="CHECKPOINT")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR")
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument(
        "--public",
        type=float,
        nargs="+",
        default=PUBLIC,
        help="share of the public questions in each epoch; the last one in all that follow",
    )
    parser.add_argument("--staff", type=int, default=0, help="so many staff questions; 0 for all")
    parser.add_argument(
        "--empty", type=float, default=EMPTY_SHARE, help="share of examples without an answer"
    )
    parser.add_argument("--minutes", type=float, help="end after so long, on a busy machine")
    parser.add_argument(
        "--layers", type=int, help="keep so many layers of the base; all if not said"
    )
    parser.add_argument(
        "--keep", type=float, help="prune heads and neurons of the base to this share of their time"
    )
    parser.add_argument(
        "--teacher", type=Path, metavar="CHECKPOINT", help="learn the scores of this reader, too"
    )
    parser.add_argument(
        "--shared", type=int, default=0, help="so many lowest layers stay those of --encoder"
    )
    parser.add_argument("--encoder", type=Path, metavar="CHECKPOINT")
    parser.add_argument("--measured", type=int, default=160, help="held-out questions to measure")
    parser.add_argument(
        "--every", type=int, default=400, help="steps from checkpoint to checkpoint"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--export", type=Path, metavar="DIR", help="write the int8 model here")
    options = parser.parse_args()
    if options.shared and options.encoder is None:
        parser.error("--shared needs --encoder")
    return options


if __name__ == "__main__":
    main()
