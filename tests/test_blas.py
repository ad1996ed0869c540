"""The numeric tests run with the BLAS kernel and the number of threads that .ci/run asks for."""

from __future__ import annotations

import os

import numpy as np
import pytest
from threadpoolctl import threadpool_info

KERNELS = ("Haswell", "Nehalem")
KERNEL = os.environ.get("OPENBLAS_CORETYPE")


@pytest.mark.skipif(KERNEL not in KERNELS, reason="no BLAS kernel of .ci/run is asked for")
def test_the_kernel_and_threads_that_were_asked_for_are_used() -> None:
    assert np.ones((2, 2)).sum() == 4
    blas = [pool for pool in threadpool_info() if "numpy" in pool["filepath"]]
    threads = int(os.environ["OPENBLAS_NUM_THREADS"])
    assert [(pool["architecture"], pool["num_threads"]) for pool in blas] == [(KERNEL, threads)]
