"""Work in the background: other programs, such as the live view, come first."""

from __future__ import annotations

import os
import sys

_NICE = 5
_BELOW_NORMAL_PRIORITY_CLASS = 0x4000


def lower() -> None:
    """Lets this process give way to others; where the system refuses, nothing happens."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(_NICE)
