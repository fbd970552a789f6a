"""Libraries that report home unless told otherwise."""

from __future__ import annotations

import os
from typing import Final

SILENT: Final = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}
"""What the environment has to say before onnxruntime (1.29 and newer) or huggingface_hub is
imported; the last is read by many."""


def disable_telemetry() -> None:
    """Switch telemetry off in this process and those it starts; call it before libraries are used.

    The official wheels of onnxruntime otherwise resolve their vendor's event host and write a
    device id and a database below the home directory. huggingface_hub, of the extra
    `sentence-transformers`, tells the hub about each download, which `encoder.offline` forbids
    altogether.
    """
    os.environ.update(SILENT)
