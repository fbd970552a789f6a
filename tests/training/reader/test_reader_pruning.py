from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

import numpy as np  # noqa: E402

from index.encoders.onnx_session import open_session  # noqa: E402
from training.onnx.bert_graph import read_bert  # noqa: E402
from training.reader import reader_model  # noqa: E402
from training.reader.reader_checkpoint import write_reader_checkpoint  # noqa: E402
from training.reader.reader_folder import reader_model as reader_graph  # noqa: E402
from training.reader.reader_input import Tokens  # noqa: E402
from training.reader.reader_pruning import (  # noqa: E402
    HEAD_COST,
    STEP,
    Importance,
    Kept,
    chosen,
    importance,
    prune,
)
from training.reader.reader_training import Schedule, Workers, train  # noqa: E402

LAYERS, HEADS, NEURONS = 2, 4, 64
EXAMPLES = [Tokens((0, 5, 2, 2, 11, 9 + i % 3, 13, 14, 2), 4, 5, 5) for i in range(8)]


@pytest.fixture
def model() -> Any:
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=60,
        hidden_size=32,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=NEURONS,
        max_position_embeddings=64,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    return transformers.BertForQuestionAnswering(config).eval()


def scores(model: Any) -> Any:
    with torch.no_grad():
        return reader_model.logits(model, reader_model.batch(EXAMPLES))


def silence(model: Any, heads: slice, neurons: slice) -> None:
    """Let nothing hang on some heads and neurons of every layer."""
    for layer in model.bert.encoder.layer:
        columns = slice(heads.start * 8, heads.stop * 8)
        layer.attention.output.dense.weight.data[:, columns] = 0
        layer.output.dense.weight.data[:, neurons] = 0


def test_what_nothing_hangs_on_does_not_matter_and_can_go(model: Any) -> None:
    silence(model, slice(1, 3), slice(0, 32))
    before = scores(model)
    found = importance(model, [EXAMPLES[:4], EXAMPLES[4:]], reader_model.summed_loss)
    assert (found.heads[:, 1:3] == 0).all()
    assert (found.heads[:, [0, 3]] > 0).all()
    assert (found.neurons[:, :32] == 0).all()
    assert (found.neurons[:, 32:] > 0).all()
    kept = chosen(found, 0.5)
    assert kept == Kept(((0, 3),) * LAYERS, (tuple(range(32, 64)),) * LAYERS)
    prune(model, kept)
    torch.testing.assert_close(scores(model), before)


def test_the_best_for_their_time_stay_and_every_layer_keeps_something() -> None:
    heads = np.array([[4.0, 3, 2, 1], [0, 0, 0, 0]]) * HEAD_COST
    neurons = np.zeros((2, NEURONS))
    neurons[0, ::2] = 5
    whole = heads.size * HEAD_COST + neurons.size
    kept = chosen(Importance(heads, neurons), (2 * HEAD_COST + 32) / whole)
    assert kept.heads == ((0, 1), (0,))
    assert kept.neurons[0] == tuple(range(0, NEURONS, 2))
    assert len(kept.neurons[1]) == STEP


def test_all_is_kept_where_all_may_be() -> None:
    rng = np.random.default_rng(0)
    kept = chosen(Importance(rng.random((2, 4)), rng.random((2, NEURONS))), 1.0)
    assert kept == Kept((tuple(range(4)),) * 2, (tuple(range(NEURONS)),) * 2)


@pytest.fixture
def pruned(model: Any, tmp_path: Path) -> Path:
    """Two layers of different shapes, as a checkpoint."""
    rows = tuple(range(3, 51)), tuple(range(16))
    prune(model, Kept(((0, 2, 3), (1,)), rows))
    model.save_pretrained(tmp_path / "pruned")
    (tmp_path / "pruned" / "tokenizer.json").write_text("{}", encoding="utf-8")
    return tmp_path / "pruned"


def test_a_pruned_reader_is_saved_and_loaded(model: Any, pruned: Path) -> None:
    torch.testing.assert_close(scores(reader_model.load_model(pruned).eval()), scores(model))


def test_the_int8_graph_of_a_pruned_reader_gives_nearly_its_scores(
    model: Any, pruned: Path
) -> None:
    session = open_session(reader_graph(read_bert(pruned)).SerializeToString())
    ids = np.array([EXAMPLES[0].ids], np.int64)
    (found,) = session.run(None, {"input_ids": ids})
    with torch.inference_mode():
        output = model(input_ids=torch.from_numpy(ids))
    expected = torch.stack([output.start_logits, output.end_logits], dim=-1).numpy()
    np.testing.assert_allclose(found, expected, atol=0.05)


def test_a_written_pruned_reader_gives_its_checkpoint_back(pruned: Path, tmp_path: Path) -> None:
    graph = reader_graph(read_bert(pruned)).SerializeToString(deterministic=True)
    (tmp_path / "reader").mkdir()
    (tmp_path / "reader" / "model.onnx").write_bytes(graph)
    write_reader_checkpoint(tmp_path / "reader", pruned, tmp_path / "back")
    again = reader_graph(read_bert(tmp_path / "back")).SerializeToString(deterministic=True)
    assert again == graph
    reader_model.load_model(tmp_path / "back")


def test_with_a_teacher_the_layers_stay_nearer_to_its_layers(model: Any, tmp_path: Path) -> None:
    for layer in model.bert.encoder.layer:
        layer.output.dense.weight.data *= 20  # or a layer would do next to nothing
    model.save_pretrained(tmp_path / "whole")
    teacher = reader_model.load_model(tmp_path / "whole").eval()
    given = reader_model.batch(EXAMPLES)
    with torch.no_grad():
        _, wanted = reader_model.outputs(teacher, given, inner=True)
    assert reader_model.unlikeness(wanted, wanted, given.attended).item() == 0
    schedule = Schedule(steps=30, batch=8, rate=3e-3)
    apart = []
    for number, followed in enumerate((teacher, None)):
        student = reader_model.load_model(tmp_path / "whole")
        prune(student, Kept(((0,), (1, 2)), (tuple(range(32)), tuple(range(16)))))
        work = tmp_path / str(number)
        work.mkdir()
        train(student, lambda _: EXAMPLES, schedule, work, Workers(), lambda _: {}, followed)
        with torch.no_grad():
            _, layers = reader_model.outputs(student.eval(), given, inner=True)
        apart.append(reader_model.unlikeness(layers, wanted, given.attended).item())
    assert apart[0] < apart[1] / 2
