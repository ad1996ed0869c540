from __future__ import annotations

import numpy as np

from tests.trainer.nn.checks import normal
from trainer.nn.fast.scratch import Scratch
from trainer.nn.fast.winograd import WinogradConvolution
from trainer.nn.layers.convolution import Conv2d

FLOAT = np.dtype(np.float32)


def test_arrays_of_one_operation_lie_apart_and_those_of_the_next_in_the_same_place() -> None:
    scratch = Scratch()
    first = scratch.take([(3, 5), (7,), (2, 2, 2)], FLOAT)
    assert [(array.shape, array.dtype) for array in first] == [
        ((3, 5), FLOAT),
        ((7,), FLOAT),
        ((2, 2, 2), FLOAT),
    ]
    for number, array in enumerate(first):
        array[...] = number
    assert [np.unique(array).tolist() for array in first] == [[0], [1], [2]]
    (second,) = scratch.take([(4,)], FLOAT)
    assert np.shares_memory(second, first[0])
    (larger,) = scratch.take([(1000,)], FLOAT)
    assert not np.shares_memory(larger, first[0])


def test_convolutions_that_share_memory_give_what_each_gives_alone() -> None:
    rng = np.random.default_rng(0)
    convolutions = [Conv2d(8, 12, 3, rng), Conv2d(12, 8, 3, rng)]
    shapes = [(1, 8, 8, 8), (1, 8, 8, 12)]
    scratch, x = Scratch(), normal(1, 8, 8, 8, dtype=np.float32)
    together = [
        WinogradConvolution(convolution, shape, scratch, pooled=False)
        for convolution, shape in zip(convolutions, shapes, strict=True)
    ]
    expected = x
    for convolution, shape in zip(convolutions, shapes, strict=True):
        alone = WinogradConvolution(convolution, shape, Scratch(), pooled=False)
        expected = alone(expected)
    for _ in range(2):
        np.testing.assert_array_equal(together[1](together[0](x)), expected)
