from __future__ import annotations

import numpy as np
import pytest

from trainer.nn.fast.large_pages import on_large_pages


@pytest.mark.parametrize("rows", [3, 300, 5000])
def test_a_copy_with_the_same_values(rows: int) -> None:
    values = np.random.default_rng(0).standard_normal((300, rows)).astype(np.float32).T
    copy = on_large_pages(values)
    np.testing.assert_array_equal(copy, values)
    assert copy.flags.c_contiguous
    assert copy.dtype == values.dtype
    assert not np.shares_memory(copy, values)
