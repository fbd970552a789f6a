from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

import numpy as np  # noqa: E402

from index.encoders.onnx_session import open_session  # noqa: E402
from index.evaluation.metrics import auroc  # noqa: E402
from training.onnx.bert_graph import read_bert  # noqa: E402
from training.onnx.quantise import NARROW, quantise  # noqa: E402
from training.reader import reader_model  # noqa: E402
from training.reader.reader_checkpoint import write_reader_checkpoint  # noqa: E402
from training.reader.reader_folder import reader_model as reader_graph  # noqa: E402
from training.reader.reader_input import SentenceTokens, Tokens  # noqa: E402
from training.reader.reader_training import Schedule, Workers, train  # noqa: E402

PIECES = 60


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=PIECES,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    transformers.BertForQuestionAnswering(config).save_pretrained(tmp_path / "base")
    return tmp_path / "base"


def examples(_: int) -> list[Tokens]:
    """The answer is the piece 9, wherever it stands; without one there is none."""
    rng = np.random.default_rng(0)
    found = []
    for number in range(64):
        words = rng.integers(10, PIECES, 8).tolist()
        at = int(rng.integers(0, 8))
        if number % 3:
            words[at] = 9
        place = 4 + at if number % 3 else 0
        found.append(Tokens((0, 5, 2, 2, *words, 2), 4, place, place))
    return found


SCHEDULE = Schedule(steps=60, batch=16, rate=3e-3, save_every=30)
SHORT = Schedule(steps=20, batch=16, rate=3e-3)


def test_training_learns_saves_and_goes_on_where_it_was(checkpoint: Path, tmp_path: Path) -> None:
    measured: list[int] = []

    def measure(_: Any) -> dict[str, float]:
        measured.append(1)
        return {"f1": 1.0}

    work = tmp_path / "work"
    work.mkdir()
    model = reader_model.load_model(checkpoint)
    train(model, examples, SCHEDULE, work, Workers(), measure)
    lines = [json.loads(line) for line in (work / "log.jsonl").read_text("utf-8").splitlines()]
    losses = [line["loss"] for line in lines if "loss" in line]
    assert losses[-1] < losses[0] / 2
    assert len(measured) == 3
    again = reader_model.load_model(checkpoint)
    train(again, examples, SCHEDULE, work, Workers(), measure)
    trained, restored = model.state_dict(), again.state_dict()
    assert all(torch.equal(trained[name], restored[name]) for name in trained)
    assert len(measured) == 4


def test_the_learning_rate_rises_and_falls_to_nothing() -> None:
    rates = [SCHEDULE.learning_rate(step / 100) for step in range(101)]
    assert rates[0] == 0
    assert max(rates) == pytest.approx(SCHEDULE.rate, rel=0.02)
    assert rates[-1] == 0
    assert rates[10:] == sorted(rates[10:], reverse=True)


def test_only_the_passage_and_the_first_token_may_answer(checkpoint: Path) -> None:
    model = reader_model.load_model(checkpoint).eval()
    given = reader_model.batch(examples(0)[:2])
    scores = reader_model.logits(model, given)
    barred = scores[~given.allowed]
    assert (barred < -1000).all()
    assert given.allowed[0].tolist() == [True, *[False] * 3, *[True] * 8, False]


@pytest.mark.parametrize("columns", [2, 3])
def test_the_int8_graph_gives_nearly_the_scores_of_pytorch(
    checkpoint: Path, tmp_path: Path, columns: int
) -> None:
    model = reader_model.load_model(checkpoint).eval()
    if columns == 3:
        reader_model.score_evidence(model)
        torch.nn.init.normal_(model.qa_outputs.weight[2])
    model.save_pretrained(tmp_path / "saved")
    session = open_session(reader_graph(read_bert(tmp_path / "saved")).SerializeToString())
    example = examples(0)[0]
    (scores,) = session.run(None, {"input_ids": np.array([example.ids], np.int64)})
    again = reader_model.load_model(tmp_path / "saved").eval()
    with torch.inference_mode():
        expected = reader_model.logits(again, reader_model.batch([example])).numpy()
    assert scores.shape == expected.shape == (1, len(example.ids), columns)
    places = [0, *range(4, len(example.ids) - 1)]
    np.testing.assert_allclose(scores[:, places], expected[:, places], atol=0.05)


def marked(_: int) -> list[Tokens]:
    """A sentence of four pieces is evidence where it has the piece 8; no span is known."""
    rng = np.random.default_rng(1)
    found = []
    for number in range(64):
        words = rng.integers(10, PIECES, 12).tolist()
        at = number % 3 if number % 4 else None
        if at is not None:
            words[4 * at + int(rng.integers(0, 4))] = 8
        places = [SentenceTokens(4 + 4 * i, 8 + 4 * i, i == at) for i in range(3)]
        found.append(Tokens((0, 5, 2, 2, *words, 2), 4, 0, 0, tuple(places), marked=False))
    return found


def test_sentences_that_belong_to_the_answer_are_learnt_and_the_spans_are_left_alone(
    checkpoint: Path, tmp_path: Path
) -> None:
    model = reader_model.load_model(checkpoint)
    reader_model.score_evidence(model)
    spans = model.qa_outputs.weight[:2].clone()
    train(model, marked, replace(SCHEDULE, decay=0.0), tmp_path, Workers(), lambda _: {})
    given = reader_model.batch(marked(0))
    with torch.no_grad():
        scores = reader_model.logits(model, given)[:, :, 2]
    rated = torch.einsum("nst,nt->ns", given.members, scores)
    belongs, holds = given.belongs.flatten() == 1, given.holds == 1
    assert auroc(rated.flatten().tolist(), belongs.tolist()) > 0.85
    assert auroc(scores[:, 0].tolist(), holds.tolist()) > 0.9
    assert torch.equal(model.qa_outputs.weight[:2], spans)


def test_a_sentence_of_which_nothing_is_known_counts_for_nothing() -> None:
    known = Tokens((0, 5, 2, 2, 11, 12, 2), 4, 0, 0, (SentenceTokens(4, 5, True),))
    beside = replace(known, sentences=(*known.sentences, SentenceTokens(5, 6, None)))
    scores = torch.randn(1, 7, 3)
    one, both = (reader_model.batch([each]) for each in (known, beside))
    loss = reader_model.evidence_loss(scores, one)
    assert torch.equal(loss, reader_model.evidence_loss(scores, both))


def test_a_reader_of_spans_keeps_them_when_it_learns_to_score_evidence(checkpoint: Path) -> None:
    model = reader_model.load_model(checkpoint).eval()
    given = reader_model.batch(examples(0)[:2])
    before = reader_model.logits(model, given)
    reader_model.score_evidence(model)
    after = reader_model.logits(model, given)
    assert torch.equal(after[:, :, :2], before)
    assert (after[given.allowed][:, 2] == 0).all()


def test_a_student_comes_nearer_to_its_teacher_than_without(
    checkpoint: Path, tmp_path: Path
) -> None:
    teacher = reader_model.load_model(checkpoint).eval()
    given = reader_model.batch(examples(0)[:8])
    with torch.no_grad():
        taught = reader_model.logits(teacher, given)
    assert reader_model.distillation(taught, taught).item() == pytest.approx(0, abs=1e-6)
    apart = []
    for number, followed in enumerate((teacher, None)):
        student = reader_model.load_model(checkpoint, 1)
        work = tmp_path / str(number)
        work.mkdir()
        train(student, examples, SHORT, work, Workers(), lambda _: {}, followed)
        with torch.no_grad():
            scores = reader_model.logits(student, given)
        apart.append(reader_model.distillation(scores, taught).item())
    assert apart[0] < apart[1]


def test_shared_layers_are_the_encoders_and_do_not_learn(checkpoint: Path, tmp_path: Path) -> None:
    torch.manual_seed(3)
    config = transformers.BertConfig.from_pretrained(checkpoint)
    transformers.BertModel(config).save_pretrained(tmp_path / "encoder")
    encoder = transformers.BertModel.from_pretrained(tmp_path / "encoder")
    model = reader_model.load_model(checkpoint)
    reader_model.share_layers(model, tmp_path / "encoder", 1)
    work = tmp_path / "work"
    work.mkdir()
    train(model, examples, SHORT, work, Workers(), lambda _: {})
    lowest, next_one = (layer.attention.self.query.weight for layer in model.bert.encoder.layer)
    assert torch.equal(lowest, encoder.encoder.layer[0].attention.self.query.weight)
    untrained = reader_model.load_model(checkpoint).bert.encoder.layer[1]
    assert not torch.equal(next_one, untrained.attention.self.query.weight)


def test_a_written_reader_gives_its_checkpoint_back(checkpoint: Path, tmp_path: Path) -> None:
    graph = reader_graph(read_bert(checkpoint))
    (tmp_path / "reader").mkdir()
    (tmp_path / "reader" / "model.onnx").write_bytes(graph.SerializeToString())
    (checkpoint / "tokenizer.json").write_text("{}", encoding="utf-8")
    write_reader_checkpoint(tmp_path / "reader", checkpoint, tmp_path / "back")
    again = reader_graph(read_bert(tmp_path / "back"))
    assert again.SerializeToString(deterministic=True) == graph.SerializeToString(
        deterministic=True
    )


def test_weights_are_rounded_as_in_the_graph_and_come_back_exact(checkpoint: Path) -> None:
    model = reader_model.load_model(checkpoint)
    exact = {name: value.clone() for name, value in model.state_dict().items()}
    given = reader_model.batch(examples(0)[:8])
    name = "bert.encoder.layer.1.output.dense.weight"
    with reader_model.rounded(model):
        steps, scales = quantise(exact[name].numpy(), axis=1, largest=NARROW)
        inner = model.state_dict()[name].numpy()
        np.testing.assert_allclose(inner, steps * scales, rtol=1e-5)
        reader_model.loss(reader_model.logits(model, given), given).backward()
    assert all(torch.equal(exact[name], value) for name, value in model.state_dict().items())
    assert model.bert.encoder.layer[1].output.dense.weight.grad.abs().sum() > 0
