"""The most memory that this process has held, not what is left of it."""

from __future__ import annotations

import gc
import os
import re
from pathlib import Path

import psutil

_RESET = Path("/proc/self/clear_refs")
_STATUS = Path("/proc/self/status")


def forget_peak() -> int:
    """Linux notes the largest resident memory anew; returns what it is now, in bytes."""
    gc.collect()
    if os.access(_RESET, os.W_OK):
        _RESET.write_text("5")
    return int(psutil.Process().memory_info().rss)


def peak() -> int:
    """Bytes: the largest since then; elsewhere what is resident now."""
    if os.access(_RESET, os.W_OK):
        (line,) = re.findall(r"VmHWM:\s+(\d+) kB", _STATUS.read_text())
        return int(line) << 10
    gc.collect()
    return int(psutil.Process().memory_info().rss)
