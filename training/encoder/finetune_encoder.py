"""Fine-tunes the encoder on questions and their passages, with sentence-transformers' trainer.

    python -m training.encoder.finetune_encoder BENCHMARK --base DIR --out DIR [--epochs 1]
    [--length 320]

BASE is the fp32 directory that `training.encoder.build_encoder --checkpoint` keeps. Trains on DRCD
test and the CMRC 2018 trial set of BENCHMARK/reader, folded and cut into passages as the program
does it; DRCD dev is never seen. Stopped, it goes on from its last checkpoint.
`training.encoder.build_encoder --weights OUT` then makes int8 of it.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from corpus.formats import Source
from corpus.parsing.parse import understand
from corpus.passages import LONGEST, passages
from index.encoders import load_encoder
from index.lexical.fields import dense_text
from index.lexical.folding import comparable, fold
from training.encoder.checkpoint import PROMPTS
from training.processor import multiplies_bfloat16
from training.reader.data.reader_held_out import for_calibration
from training.reader.data.reader_split import held_out

if TYPE_CHECKING:
    from datasets import Dataset
    from sentence_transformers.sentence_transformer.evaluation import InformationRetrievalEvaluator

SCALE: Final = 100.0
"""One over the temperature of E5's own training (Wang et al., arXiv:2402.05672, section 4)."""

HARDEST: Final = 4
SOURCES: Final = ("drcd_test.json", "cmrc2018_trial.json")
WITHOUT_DROPOUT: Final = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
"""One epoch hardly overfits, and on a CPU the random masks are slow to make and keep attention
from its fused form."""

MEASURED: Final = "drcd_dev.json"
MEASURE_EVERY: Final = 25
"""Steps from one checkpoint, and measurement, to the next."""


@dataclass(frozen=True, slots=True)
class Triple:
    """A question, a passage that answers it, and one that looks like it and does not."""

    question: str
    positive: str
    negative: str


def main() -> None:
    """Fine-tune as the command line says."""
    parser = argparse.ArgumentParser(description="Fine-tune the encoder.")
    parser.add_argument("benchmark", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=1.0)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--frozen", type=int, default=2, help="lowest layers that do not learn")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=-1, help="stop after so many, for a trial")
    parser.add_argument("--length", type=int, default=LONGEST, help="of passages, in characters")
    options = parser.parse_args()
    name = f"triples-{options.length}-{options.seed}.json"
    mined = checkpoints(options.out) / name
    if mined.is_file():
        found = [Triple(*each) for each in json.loads(mined.read_text(encoding="utf-8"))]
    else:
        found = list(triples(options.benchmark / "reader", options.length, options.seed))
        mined.parent.mkdir(parents=True, exist_ok=True)
        unfinished = mined.with_suffix(".part")
        unfinished.write_text(json.dumps([astuple(each) for each in found]), encoding="utf-8")
        unfinished.replace(mined)
    print(f"{len(found)} questions with their passages", flush=True)
    train(options, _dataset(found), measure(options.benchmark / "reader", options.length))


def checkpoints(out: Path) -> Path:
    """Return the folder of what is needed to go on."""
    return out.with_name(out.name + ".checkpoints")


def triples(folder: Path, length: int, seed: int) -> Iterator[Triple]:
    """Yield every question whose answer stands in a passage, with a hard negative.

    The hard negative is drawn from those that the bundled encoder ranks first among all
    passages without holding the answer.
    """
    rng = random.Random(seed)
    texts: list[str] = []
    asked: list[tuple[str, str, str]] = []
    for source in SOURCES:
        for article in json.loads((folder / source).read_text(encoding="utf-8"))["data"]:
            _read(article, length, texts, asked)
    encoder = load_encoder("bundled")
    vectors = encoder.encode_passages(texts)
    questions = encoder.encode_questions([question for question, _, _ in asked])
    bare = [comparable(text) for text in texts]
    for (question, positive, answer), row in zip(asked, questions, strict=True):
        ranked = np.argsort(-(vectors @ row))[: HARDEST * 5]
        hard = [texts[i] for i in ranked if comparable(answer) not in bare[i]][:HARDEST]
        if hard:
            yield Triple(question, positive, rng.choice(hard))


def _read(
    article: dict[str, Any], length: int, texts: list[str], asked: list[tuple[str, str, str]]
) -> None:
    for paragraph in article["paragraphs"]:
        body = " ".join(paragraph["context"].split())
        text = f"{article['title']}\n\n{body}".encode()
        cut = passages(understand(Source(text, Path("article.txt"))), longest=length)
        own = [dense_text(passage) for passage in cut]
        texts.extend(own)
        for question in paragraph["qas"]:
            answer = question["answers"][0]["text"]
            holding = [text for text in own if comparable(answer) in comparable(text)]
            if len(holding) == 1:
                asked.append((fold(question["question"]), holding[0], answer))


def _dataset(found: Sequence[Triple]) -> Dataset:
    from datasets import Dataset

    return Dataset.from_dict(
        {
            "anchor": [triple.question for triple in found],
            "positive": [triple.positive for triple in found],
            "negative": [triple.negative for triple in found],
        }
    )


def measure(folder: Path, length: int) -> InformationRetrievalEvaluator:
    """Return what measures dense retrieval on articles that are not trained on."""
    from sentence_transformers.sentence_transformer.evaluation import InformationRetrievalEvaluator

    texts: list[str] = []
    asked: list[tuple[str, str, str]] = []
    for article in json.loads((folder / MEASURED).read_text(encoding="utf-8"))["data"]:
        if held_out(article["title"]) and for_calibration(article["title"]):
            _read(article, length, texts, asked)
    return InformationRetrievalEvaluator(
        queries={str(i): question for i, (question, _, _) in enumerate(asked)},
        corpus={text: text for text in texts},
        relevant_docs={str(i): {positive} for i, (_, positive, _) in enumerate(asked)},
        accuracy_at_k=[1, 5],
        precision_recall_at_k=[1],
        write_csv=False,
        query_prompt=PROMPTS["query"],
        corpus_prompt=PROMPTS["document"],
    )


def train(
    options: argparse.Namespace, dataset: Dataset, measured: InformationRetrievalEvaluator
) -> None:
    """Train on `dataset`, measuring as it goes, and write the model."""
    import torch
    from sentence_transformers import (
        SentenceTransformer,
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.training_args import BatchSamplers

    torch.set_flush_denormal(True)
    model = SentenceTransformer(
        str(options.base), device="cpu", local_files_only=True, config_kwargs=WITHOUT_DROPOUT
    )
    model.max_seq_length = 256
    _freeze(model, options.frozen)
    kept = checkpoints(options.out)
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(kept),
        num_train_epochs=options.epochs,
        max_steps=options.steps,
        per_device_train_batch_size=options.batch,
        learning_rate=options.rate,
        warmup_steps=0.1,
        lr_scheduler_type="linear",
        weight_decay=0.01,
        bf16=multiplies_bfloat16(),
        use_cpu=not torch.cuda.is_available(),
        seed=options.seed,
        data_seed=options.seed,
        batch_sampler=BatchSamplers.NO_DUPLICATES,
        prompts={
            "anchor": PROMPTS["query"],
            "positive": PROMPTS["document"],
            "negative": PROMPTS["document"],
        },
        save_steps=MEASURE_EVERY,
        eval_strategy="steps",
        eval_steps=MEASURE_EVERY,
        save_total_limit=1,
        logging_steps=5,
        report_to="none",
    )
    loss = MultipleNegativesRankingLoss(model, scale=SCALE)
    trainer = SentenceTransformerTrainer(model, arguments, dataset, loss=loss, evaluator=measured)
    trainer.train(resume_from_checkpoint=any(kept.glob("checkpoint-*")))
    for name, figure in measured(model).items():
        print(f"{name} {figure:.3f}")
    model.max_seq_length = 512
    model.save(str(options.out))
    print(f"wrote {options.out}")


def _freeze(model: Any, layers: int) -> None:
    """Leave the embedding table and the lowest layers as they are.

    They are most of the size and least of the meaning; it saves a third of the time and keeps
    rare words in their places.
    """
    bert = model[0].auto_model
    for module in (bert.embeddings, *bert.encoder.layer[:layers]):
        for weight in module.parameters():
            weight.requires_grad = False


if __name__ == "__main__":
    main()
