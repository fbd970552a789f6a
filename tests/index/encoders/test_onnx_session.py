from __future__ import annotations

from pathlib import Path

import pytest

from index.encoders import onnx_session as session


@pytest.mark.parametrize(
    ("machine", "flags", "wide"),
    [
        ("x86_64", "flags : fpu avx2 avx512_vnni sse", True),
        ("AMD64", "flags : fpu avx2 avx_vnni", True),
        ("x86_64", "flags : fpu avx2 avx512f", False),
        ("x86_64", None, False),
        ("aarch64", None, True),
    ],
)
def test_only_x86_without_vnni_needs_exact_sums(
    machine: str, flags: str | None, wide: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    if flags is not None:
        cpuinfo.write_text(flags)
    monkeypatch.setattr(session, "_CPUINFO", cpuinfo)
    monkeypatch.setattr("platform.machine", lambda: machine)
    session.sums_are_wide.cache_clear()
    try:
        assert session.sums_are_wide() is wide
    finally:
        session.sums_are_wide.cache_clear()
