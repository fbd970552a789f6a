"""How the bundled ONNX models are run."""

from __future__ import annotations

import platform
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpus.telemetry import disable_telemetry

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_CPUINFO: Final = Path("/proc/cpuinfo")
_VNNI: Final = frozenset({"avx512_vnni", "avx_vnni"})

NARROW: Final = "narrow"
"""What the metadata of a model name whose int8 weights are 64 at most."""


def open_session(model: Path | bytes, *, narrow: bool = False) -> InferenceSession:
    """Load an int8 model, to be run on the thread that calls it; results are those of any x86.

    Without VNNI (before 2019) x86 adds products of uint8 and int8 by twos in 16 bits. Narrow
    weights, of 64 at most, cannot overflow them. For others `x64quantprecision` turns the weights
    to uint8, whose products are added in 32 bits, which takes a third longer; it is one of
    the optimisations of the graph, which are on for its sake: they change nothing else. With VNNI
    it would halve the speed for nothing, so it is set only where the processor has none.

    Args:
        model: The model's file, or what stands in it.
        narrow: Whether its weights ought to be narrow. Where its metadata do not say that they
            are, it is loaded once more.
    """
    exact = not sums_are_wide()
    session = _session(model, exact=exact and not narrow)
    if narrow and exact and NARROW not in session.get_modelmeta().custom_metadata_map:
        session = _session(model, exact=True)
    return session


@cache
def sums_are_wide() -> bool:
    """Whether this processor adds products of uint8 and int8 in 32 bits by itself.

    Only x86 without VNNI does not; an x86 processor that does not say is taken for one.
    """
    if platform.machine().lower() not in {"x86_64", "amd64", "i386", "i686"}:
        return True
    try:
        return not _VNNI.isdisjoint(_CPUINFO.read_text(encoding="ascii", errors="replace").split())
    except OSError:
        return False


def _session(model: Path | bytes, *, exact: bool) -> InferenceSession:
    disable_telemetry()
    import onnxruntime  # here, not above: it costs a tenth of a second

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    if exact:
        options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
