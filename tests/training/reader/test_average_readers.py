"""The mean of the weights of several readers."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from training.reader.average_readers import average


def checkpoint(folder: Path, values: list[float]) -> Path:
    folder.mkdir()
    save_file({"weight": torch.tensor(values)}, folder / "model.safetensors")
    (folder / "config.json").write_text(folder.name)
    (folder / "tokenizer.json").write_text("{}")
    return folder


def test_weights_are_the_mean_and_the_rest_is_the_last_ones(tmp_path: Path) -> None:
    one, other = checkpoint(tmp_path / "a", [1, 5]), checkpoint(tmp_path / "b", [3, 0])
    average([one, other], tmp_path / "into")
    found = load_file(tmp_path / "into" / "model.safetensors")
    assert found["weight"].tolist() == [2.0, 2.5]
    assert (tmp_path / "into" / "config.json").read_text() == "b"


def test_readers_of_different_shapes_are_not_averaged(tmp_path: Path) -> None:
    one, other = checkpoint(tmp_path / "a", [1, 5]), checkpoint(tmp_path / "b", [3])
    with pytest.raises(ValueError, match="same tensors"):
        average([one, other], tmp_path / "into")
