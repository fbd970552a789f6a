"""How the bundled ONNX models are run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def open_session(model: Path | bytes) -> InferenceSession:
    """Load an int8 model, to be run on the thread that calls it; results are those of any x86.

    Without VNNI (before 2019) x86 adds products of uint8 and int8 in 16 bits, which overflow.
    `x64quantprecision` turns the weights to uint8 there, whose products are added in 32; it is one
    of the optimisations of the graph, which are on for its sake: they change nothing else.
    """
    import onnxruntime  # here, not above: it costs a tenth of a second

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
