"""Work in the background: other programs, such as the live view, come first."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

_NICE = 10
"""A tenth of the time is left when another program wants all of it."""

_BELOW_NORMAL_PRIORITY_CLASS = 0x4000


def lower() -> None:
    """Lets this process give way to others; where the system refuses, nothing happens."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL_PRIORITY_CLASS)
    else:
        _be_nice(os.nice(_NICE))


def _be_nice(value: int) -> None:
    """Linux counts for each thread, and those of NumPy's matrix products are there already."""
    if sys.platform != "linux":
        return
    for thread in os.listdir("/proc/self/task"):
        # One that has just ended needs nothing.
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, int(thread), value)
