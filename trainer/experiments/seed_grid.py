"""The search that the project began with: a grid of widths and learning rates."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

WIDTHS = (300, 500, 700)
RATES = (1e-3, 5e-4, 1e-4)
EPOCHS = 20

PUBLISHED = {
    (300, 5e-4): 0.8224,
    (300, 1e-3): 0.8045,
    (500, 1e-3): 0.8067,
    (500, 5e-4): 0.7987,
    (500, 1e-4): 0.7836,
}
"""Accuracy on half of the official test file, by width and rate: the five that were published."""


def cell_name(width: int, rate: float) -> str:
    """Such as "300 × 0.0005"."""
    return f"{width} × {rate:g}"


def choose(cells: Mapping[str, Any]) -> str:
    """The name of the cell with the highest accuracy; of equals, the one with the lower loss."""

    def worth(name: str) -> tuple[float, float]:
        loss = cells[name]["loss"]
        return cells[name]["accuracy"], -math.inf if loss is None else -loss

    return max(cells, key=worth)


def print_table(
    widths: Sequence[int], rates: Sequence[float], cells: Mapping[str, Any], best: str
) -> None:
    """Prints the accuracies, each beside the published one."""
    print("\nAccuracy on held-out rows; in brackets the published one on half of the test file")
    print("width" + "".join(f"{f'rate {rate:g}':>20}" for rate in rates))
    for width in widths:
        row = f"{width:5}"
        for rate in rates:
            name = cell_name(width, rate)
            published = PUBLISHED.get((width, rate))
            beside = f"({published:.4f})" if published else "(–)"
            mark = "*" if name == best else " "
            row += f"{cells[name]['accuracy']:10.4f}{mark}{beside:>9}"
        print(row)
    print(f"* chosen: {best}")
