"""Free memory goes back to the system."""

from __future__ import annotations

import ctypes
import sys


def return_free_memory() -> None:
    """Makes the C library give back what is free in its heaps; glibc on Linux only.

    After large arrays of several threads, glibc keeps hundreds of megabytes that nobody uses.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
