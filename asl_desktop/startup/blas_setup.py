"""How many threads NumPy's matrix products may use in the app."""

from __future__ import annotations

import os

_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def import_numpy() -> None:
    """Imports NumPy with one BLAS thread, unless the user chose otherwise. Call it before others.

    A product of one frame is too small to share. With two threads, each waits for the other to be
    given a core: on a busy machine one frame then took 40 ms instead of 1.6 ms.
    """
    chosen = {name for name in _VARIABLES if name in os.environ}
    for name in _VARIABLES:
        os.environ.setdefault(name, "1")
    import numpy  # noqa: F401 - reads the variables once, here

    for name in set(_VARIABLES) - chosen:
        # Processes that the app starts, for training, want all cores.
        del os.environ[name]
