"""Averages the weights of readers that come from one run.

`python -m training.reader.average_readers --checkpoints DIR DIR ... --into DIR [--export DIR]`.
The mean of several points of one run is often better than the last of them (Izmailov et al.,
"Averaging weights leads to wider optima and better generalization", arXiv:1803.05407).
"""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

from safetensors.torch import load_file, save_file

from training.reader.reader_folder import write_reader

_WEIGHTS = "model.safetensors"


def main() -> None:
    """Average the checkpoints that the command line names."""
    parser = argparse.ArgumentParser(description="Average the weights of readers.")
    parser.add_argument("--checkpoints", type=Path, nargs="+", required=True, metavar="DIR")
    parser.add_argument("--into", type=Path, required=True, metavar="DIR")
    parser.add_argument("--export", type=Path, metavar="DIR", help="write the int8 model here")
    options = parser.parse_args()
    average(options.checkpoints, options.into)
    if options.export is not None:
        write_reader(options.into, options.export)


def average(checkpoints: Sequence[Path], into: Path) -> None:
    """Write the mean of `checkpoints` into a folder, with the other files of the last one.

    Raises:
        ValueError: they have not the same tensors, or there is none.
    """
    weights = [load_file(folder / _WEIGHTS) for folder in checkpoints]
    shapes = [{name: tensor.shape for name, tensor in each.items()} for each in weights]
    if not shapes or any(each != shapes[0] for each in shapes):
        raise ValueError("the checkpoints have not the same tensors")
    into.mkdir(parents=True, exist_ok=True)
    mean = {
        name: (sum(each[name].float() for each in weights[1:]) + weights[0][name].float())
        .div(len(weights))
        .contiguous()
        for name in shapes[0]
    }
    save_file(mean, into / _WEIGHTS, metadata={"format": "pt"})
    for name in ("config.json", "tokenizer.json"):
        shutil.copyfile(checkpoints[-1] / name, into / name)


if __name__ == "__main__":
    main()
