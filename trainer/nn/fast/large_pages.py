"""Weights where the processor finds them fast."""

from __future__ import annotations

import numpy as np

from trainer.nn.layers.layer import Array

_PAGE = 2 << 20
_ASKED_FOR_FROM = 4 << 20
_LEAST = 256 << 10
"""Smaller arrays are not worth a page."""


def on_large_pages(values: Array) -> Array:
    """A contiguous copy of an array that is read as a whole for every frame.

    On ordinary pages of 4 KiB, reading some MB of weights takes up to a third longer: the processor
    looks up where each page lies. NumPy asks Linux for pages of 2 MiB, but only in allocations from
    4 MiB on (`indicate_hugepages` in its alloc.c), so that is what is allocated here; what is never
    written takes no memory. Where the system has no such pages, this is any copy.
    """
    if values.nbytes < _LEAST:
        return np.ascontiguousarray(values).copy()
    memory = np.empty(max(_ASKED_FOR_FROM, values.nbytes + _PAGE), np.uint8)
    start = -memory.ctypes.data % _PAGE
    copy = memory[start : start + values.nbytes].view(values.dtype).reshape(values.shape)
    copy[...] = values
    return copy
