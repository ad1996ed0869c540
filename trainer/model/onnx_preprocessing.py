"""`trainer.images.preprocessing` of a finished crop, as ONNX nodes.

The gray levels are those of OpenCV, bit for bit: `cv2.cvtColor` and `cv2.resize` round in ways of
their own, which are repeated here (seen in OpenCV 5.0 on x86-64; its modules/imgproc/src/resize.cpp
says why). An image that is read one gray level off would change probabilities in the third decimal.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trainer.images.preprocessing import Preprocessing
from trainer.model.onnx_graph import Graph
from trainer.model.view import View

_LUMINANCE = (3735, 19235, 9798)
"""Weights of blue, green and red, of 2¹⁵."""
_LEAST_SHARE = 1e-3
"""Smaller overlaps of a pixel with an output pixel do not count."""
_LINEAR_ONE = 2048
"""Weights of bilinear resampling are whole multiples of 1/2048."""


def add_preprocessing(graph: Graph, image: str, settings: Preprocessing) -> str:
    """Adds what comes before the network.

    Args:
        graph: Where to.
        image: Name of the input: uint8 (h, w, channels) with 1, 3 (BGR) or 4 (BGRA) channels.
        settings: Size and normalisation; the margin is a matter of whoever crops.

    Returns:
        The name of the normalised image: float32 (1, size²).
    """
    gray = _gray(graph, _middle_square(graph, image))
    small = _resample(graph, gray, settings.size)
    return _normalised(
        graph, graph.add("Reshape", small, graph.constant([1, -1], np.int64)), settings
    )


def add_views(graph: Graph, image: str, views: Sequence[View]) -> str:
    """Adds the views of an image.

    Args:
        graph: Where to.
        image: Name of the image: float32 (1, size²).
        views: At least one.

    Returns:
        The name of the network's input: float32 (views, size²).
    """
    rows = [
        graph.add(
            "Sum",
            *(
                graph.add(
                    "Mul",
                    graph.add("Gather", image, graph.constant(place, np.int64), axis=1),
                    graph.constant(share),
                )
                for place, share in zip(view.places, view.shares, strict=True)
            ),
        )
        for view in views
    ]
    return graph.add("Concat", *rows, axis=0)


def _middle_square(graph: Graph, image: str) -> str:
    """(side, side, channels) of (h, w, channels)."""
    shape = graph.add("Shape", image)
    first, end = graph.constant([0], np.int64), graph.constant([2], np.int64)
    sides = graph.add("Slice", shape, first, end)
    side = graph.add("ReduceMin", sides, keepdims=1)
    spare = graph.cast(graph.add("Sub", sides, side), np.float64)
    half = graph.add("Round", graph.add("Mul", spare, graph.constant(0.5, np.float64)))
    start = graph.cast(half, np.int64)
    axes = graph.constant([0, 1], np.int64)
    return graph.add("Slice", image, start, graph.add("Add", start, side), axes)


def _gray(graph: Graph, image: str) -> str:
    """float32 (h, w) of uint8 (h, w, channels): whole gray levels."""
    # Row: number of channels. Two, or none, make no image: every probability is then NaN.
    weights = np.full((5, 4), np.nan)
    weights[1, 0] = 2**15
    weights[3, :3] = _LUMINANCE
    weights[4] = (*_LUMINANCE, 0)
    first, second, third = (graph.constant([n], np.int64) for n in (0, 2, 3))
    channels = graph.add("Slice", graph.add("Shape", image), second, third)
    row = graph.add("Gather", graph.constant(weights), channels, axis=0)
    row = graph.add("Slice", row, first, channels, graph.constant([1], np.int64))
    column = graph.add("Transpose", row, perm=[1, 0])
    # Below 2²⁴, float32 holds every whole number.
    total = graph.add("MatMul", graph.cast(image, np.float32), column)
    rounded = graph.add("Add", total, graph.constant(2**14))
    gray = graph.add("Floor", graph.add("Mul", rounded, graph.constant(2**-15)))
    return graph.add("Squeeze", gray, graph.constant([2], np.int64))


def _resample(graph: Graph, gray: str, size: int) -> str:
    """(size, size) of (side, side): by area where the image shrinks, bilinear where it grows."""
    zero = graph.constant(0, np.int64)
    side = graph.add("Gather", graph.add("Shape", gray), zero)
    side_64 = graph.cast(side, np.float64)
    ratio = graph.add("Div", graph.constant(size, np.float64), side_64)
    scale = graph.add("Div", graph.constant(1, np.float64), ratio)
    off = graph.add("Abs", graph.add("Sub", scale, graph.add("Round", scale)))
    whole = graph.add("Less", off, graph.constant(np.finfo(np.float64).eps, np.float64))

    def shrink() -> str:
        return graph.either(
            whole,
            lambda: _by_whole_blocks(graph, gray, scale, size),
            lambda: _by_area(graph, gray, side_64, scale, size),
        )

    return graph.either(
        graph.add("Greater", side, graph.constant(size, np.int64)),
        shrink,
        lambda: _bilinear(graph, gray, side_64, scale, size),
    )


def _by_whole_blocks(graph: Graph, gray: str, scale: str, size: int) -> str:
    """Means of blocks of scale × scale pixels; halves are rounded up for 2 × 2, else to even."""
    block = graph.add("Round", scale)
    edge = graph.cast(graph.add("Reshape", block, graph.constant([1], np.int64)), np.int64)
    count = graph.constant([size], np.int64)
    blocks = graph.add("Reshape", gray, graph.add("Concat", count, edge, count, edge, axis=0))
    axes = graph.constant([1, 3], np.int64)
    total = graph.add("ReduceSum", graph.cast(blocks, np.float64), axes, keepdims=0)
    quarter = graph.add("Mul", graph.add("Add", total, _double(graph, 2)), _double(graph, 0.25))
    half_up = graph.cast(graph.add("Floor", quarter), np.float32)
    area = graph.add("Mul", block, block)
    share = graph.cast(graph.add("Div", _double(graph, 1), area), np.float32)
    mean = graph.add("Round", graph.add("Mul", graph.cast(total, np.float32), share))
    return graph.add("Where", graph.add("Equal", block, _double(graph, 2)), half_up, mean)


def _by_area(graph: Graph, gray: str, side: str, scale: str, size: int) -> str:
    """Means weighted by the area that pixels share with an output pixel."""
    index, weight = _shares(graph, side, scale, size)
    # (side, taps, size), then (size, taps, size). The sums run in OpenCV's order, tap by tap, in
    # float32: they decide which way a half is rounded.
    across = graph.add("Mul", graph.add("Gather", gray, index, axis=1), weight)
    across = _sum_in_order(graph, across)
    index, weight = (graph.add("Transpose", x, perm=[1, 0]) for x in (index, weight))
    weight = graph.add("Unsqueeze", weight, graph.constant([2], np.int64))
    down = graph.add("Mul", graph.add("Gather", across, index, axis=0), weight)
    return graph.add("Round", _sum_in_order(graph, down))


def _shares(graph: Graph, side: str, scale: str, size: int) -> tuple[str, str]:
    """Which pixels an output pixel covers along one axis, and with which weights.

    Returns:
        Names of int64 and float32 (taps, size); the weights beyond the last pixel are 0.
    """

    def add(kind: str, *inputs: str) -> str:
        return graph.add(kind, *inputs)

    one, least = _double(graph, 1), _double(graph, _LEAST_SHARE)
    begin = add("Mul", graph.constant(np.arange(size), np.float64), scale)
    end = add("Add", begin, scale)
    width = add("Min", scale, add("Sub", side, begin))
    last = add("Min", add("Floor", end), add("Sub", side, one))
    first_whole = add("Min", add("Ceil", begin), last)
    before, after = add("Sub", first_whole, begin), add("Sub", end, last)
    none = _double(graph, 0)
    first_weight = add("Where", add("Greater", before, least), add("Div", before, width), none)
    covered = add("Min", after, one, width)
    last_weight = add("Where", add("Greater", after, least), add("Div", covered, width), none)

    taps = add("Add", add("Ceil", scale), _double(graph, 2))
    tap = add("Unsqueeze", add("Range", none, taps, one), graph.constant([1], np.int64))
    index = add("Add", tap, add("Sub", first_whole, one))
    weight = add("Where", add("Less", index, last), add("Div", one, width), none)
    weight = add("Where", add("Equal", index, last), last_weight, weight)
    weight = add("Where", add("Equal", tap, none), first_weight, weight)
    inside = add("Min", add("Max", index, none), add("Sub", side, one))
    return graph.cast(inside, np.int64), graph.cast(weight, np.float32)


def _sum_in_order(graph: Graph, x: str) -> str:
    """Sum over the middle axis from the first to the last; `ReduceSum` promises no order."""
    sums = graph.add("CumSum", x, graph.constant(1, np.int64))
    return graph.add("Gather", sums, graph.constant(-1, np.int64), axis=1)


def _bilinear(graph: Graph, gray: str, side: str, scale: str, size: int) -> str:
    """Fixed-point bilinear resampling, with its halves and its cut-off bits."""

    def add(kind: str, *inputs: str) -> str:
        return graph.add(kind, *inputs)

    half, zero, one = (_double(graph, n) for n in (0.5, 0, 1))
    centre = add("Mul", graph.constant(np.arange(size) + 0.5, np.float64), scale)
    # A position has the precision of float32.
    at = graph.cast(graph.cast(add("Sub", centre, half), np.float32), np.float64)
    before = add("Floor", at)
    share = add("Sub", at, before)
    unit, last = _double(graph, _LINEAR_ONE), add("Sub", side, one)
    upper = add("Round", add("Mul", add("Sub", one, share), unit))
    lower = add("Round", add("Mul", share, unit))
    # Beyond the edge, one pixel counts alone across, and the same one twice down.
    beyond = add("Or", add("Less", before, zero), add("GreaterOrEqual", before, last))
    left, right = add("Where", beyond, unit, upper), add("Where", beyond, zero, lower)
    near = graph.cast(add("Min", add("Max", before, zero), last), np.int64)
    far = graph.cast(add("Min", add("Add", before, one), last), np.int64)

    def weighted(x: str, index: str, weight: str, axis: int) -> str:
        return add("Mul", graph.add("Gather", x, index, axis=axis), weight)

    def cut(x: str, bits: int) -> str:
        return add("Floor", add("Mul", x, _double(graph, 2.0**-bits)))

    levels = graph.cast(gray, np.float64)
    across = add("Add", weighted(levels, near, left, 1), weighted(levels, far, right, 1))
    across = cut(across, 4)
    upper, lower = (
        add("Unsqueeze", weight, graph.constant([1], np.int64)) for weight in (upper, lower)
    )
    down = add(
        "Add",
        cut(weighted(across, near, upper, 0), 16),
        cut(weighted(across, far, lower, 0), 16),
    )
    return graph.cast(cut(add("Add", down, _double(graph, 2)), 2), np.float32)


def _normalised(graph: Graph, rows: str, settings: Preprocessing) -> str:
    """As `Preprocessing.normalised`: float32 (n, pixels) of gray levels."""
    if settings.normalise == "dataset":
        centred = graph.add("Sub", rows, graph.constant(settings.mean))
        return graph.add("Div", centred, graph.constant(settings.standard_deviation))
    centred = graph.add("Sub", rows, graph.add("ReduceMean", rows, axes=[1]))
    variance = graph.add("ReduceMean", graph.add("Mul", centred, centred), axes=[1])
    deviation = graph.add("Max", graph.add("Sqrt", variance), graph.constant(1))
    return graph.add("Div", centred, deviation)


def _double(graph: Graph, value: float) -> str:
    return graph.constant(value, np.float64)
