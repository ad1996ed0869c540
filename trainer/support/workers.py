"""Processes that work for this one, and end when it does, however it ends."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import Any

_POLL_SECONDS = 0.5
_SYNCHRONIZE = 0x00100000
_INFINITE = 0xFFFFFFFF


def parallel(jobs: int, **settings: Any) -> Any:
    """`joblib.Parallel` whose workers outlive this process by half a second at most.

    Args:
        jobs: Processes; −1: one a core; 1: this one.
        settings: Of `joblib.Parallel`.
    """
    # joblib takes a while to import, which other commands should not pay.
    import joblib

    if jobs == 1:
        return joblib.Parallel(n_jobs=1, **settings)
    with joblib.parallel_config(backend="loky", initializer=end_with, initargs=(os.getpid(),)):
        return joblib.Parallel(n_jobs=jobs, **settings)


def end_with(parent: int) -> None:
    """Ends this process as soon as its parent, which has this process id, is gone."""
    threading.Thread(target=_end_with, args=(parent,), name="parent", daemon=True).start()


def _end_with(parent: int) -> None:
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(_SYNCHRONIZE, False, parent)
        if handle:
            kernel.WaitForSingleObject(handle, _INFINITE)
    else:
        # An orphan gets another parent.
        while os.getppid() == parent:
            time.sleep(_POLL_SECONDS)
    os._exit(1)
