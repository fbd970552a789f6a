"""What the processor at hand can do."""

import torch


def multiplies_bfloat16() -> bool:
    """Whether bfloat16 is faster here than float32: a GPU, or x86 with AVX-512 BF16 or AMX.

    Elsewhere PyTorch imitates it, and a step takes twenty times as long.
    """
    supported = torch.ops.mkldnn._is_mkldnn_bf16_supported  # noqa: SLF001 - no public name
    return torch.cuda.is_available() or bool(supported())
