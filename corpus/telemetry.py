"""Libraries that report home unless told otherwise."""

from __future__ import annotations

import os
from typing import Final

SILENT: Final = {"ORT_DISABLE_TELEMETRY": "1"}
"""What the environment has to say before onnxruntime (1.29 and newer) is imported."""


def disable_telemetry() -> None:
    """Switch telemetry off in this process and those it starts; call it before onnxruntime is used.

    The official wheels of onnxruntime otherwise resolve their vendor's event host and write a
    device id and a database below the home directory.
    """
    os.environ.update(SILENT)
