"""Draws the model card's figures from the result files.

uv run python -m trainer.experiments.figures [--results docs/results] [--out docs/figures]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from trainer.experiments.documents import load_all
from trainer.letters import LETTERS

INK, ACCENT, PALE = "#1f2933", "#1f6feb", "#c4d0dc"

mpl.rcParams |= {
    # The same numbers give the same bytes.
    "svg.hashsalt": "asl-desktop",
    "svg.fonttype": "path",
    "font.size": 9,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def learning_curves(results: dict[str, Any]) -> Figure:
    """Loss and accuracy by epoch, on held-out photographs."""
    curve = results["protocols"]["by photograph"]["curve"]
    figure, (left, right) = _axes(2)
    epochs = np.arange(1, len(curve["loss"]) + 1)
    left.plot(epochs, curve["loss"], color=PALE, label="training (augmented, smoothed labels)")
    left.plot(epochs, curve["validation_loss"], color=ACCENT, label="held-out photographs")
    left.set(xlabel="epoch", ylabel="cross-entropy", ylim=(0, None))
    right.plot(epochs, curve["accuracy"], color=PALE, label="training (augmented)")
    right.plot(epochs, curve["validation_accuracy"], color=ACCENT, label="held-out photographs")
    right.set(xlabel="epoch", ylabel="accuracy", ylim=(0.8, 1.0))
    left.legend(frameon=False)
    right.legend(frameon=False, loc="lower right")
    return figure


def ablation(results: dict[str, Any]) -> Figure:
    """Accuracy with one thing changed at a time."""
    cells = sorted(results["ablation"].items(), key=lambda item: item[1]["accuracy"])
    names = [name for name, _ in cells]
    values = [cell["accuracy"] for _, cell in cells]
    figure, (axes,) = _axes(1, height=0.24 * len(cells) + 0.8)
    colours = [ACCENT if name == "the recipe" else PALE for name in names]
    axes.barh(names, values, color=colours)
    for index, value in enumerate(values):
        axes.text(value, index, f" {value:.4f}", va="center", fontsize=8)
    axes.axvline(results["ablation"]["the recipe"]["accuracy"], color=ACCENT, lw=0.8)
    axes.set(xlabel="accuracy on held-out photographs", xlim=(min(values) - 0.02, 1.02))
    return figure


def confusion(results: dict[str, Any]) -> Figure:
    """Confusion matrix on the official test file."""
    counts = np.array(results["seeds"]["seed 0"]["confusion"]["counts"])
    figure, (axes,) = _axes(1, height=5.6, width=6.0)
    axes.imshow(np.log1p(counts), cmap="Blues")
    axes.set_xticks(range(24), list(LETTERS))
    axes.set_yticks(range(24), list(LETTERS))
    axes.set(xlabel="read", ylabel="true")
    for row, column in np.argwhere(counts):
        colour = "white" if row == column else INK
        axes.text(
            column, row, counts[row, column], ha="center", va="center", fontsize=6, color=colour
        )
    return figure


def calibration(results: dict[str, Any]) -> Figure:
    """Accuracy by confidence, on the official test file."""
    curve = results["seeds"]["seed 0"]["calibration"]
    n = np.array(curve["n"])
    filled = n > 0
    figure, (axes,) = _axes(1, width=4.2, height=4.0)
    axes.plot([0, 1], [0, 1], color=PALE)
    confidence, accuracy = (
        np.array(curve["confidence"])[filled],
        np.array(curve["accuracy"])[filled],
    )
    axes.plot(confidence, accuracy, "o-", color=ACCENT)
    for x, y, count in zip(confidence, accuracy, n[filled], strict=True):
        axes.annotate(f"{count:,}", (x, y), (4, -9), textcoords="offset points", fontsize=7)
    axes.set(xlabel="confidence", ylabel="accuracy", xlim=(0, 1.06), ylim=(0, 1.04))
    return figure


def scaling(results: dict[str, Any]) -> Figure:
    """Time and memory by rows, width and batch size."""
    figure, axes = _axes(4, width=10)
    titles = {
        "rows": "rows", "width": "first width", "batch": "batch size", "read": "rows of a CSV read",
    }  # fmt: skip
    for part, (name, title) in zip(axes, titles.items(), strict=True):
        points = results["scaling"][name]
        sizes = sorted(map(int, points))
        for key, colour, label in (
            ("seconds_per_1000_rows", ACCENT, "s per 1,000 rows"),
            ("peak_mib", INK, "peak MiB"),
        ):
            values = [points[str(size)][key] for size in sizes]
            part.loglog(sizes, values, "o-", color=colour, ms=3, label=label)
        part.set(xlabel=title)
    axes[0].legend(frameon=False)
    return figure


FIGURES: dict[str, Callable[[dict[str, Any]], Figure]] = {
    "learning_curves": learning_curves,
    "ablation": ablation,
    "confusion": confusion,
    "calibration": calibration,
    "scaling": scaling,
}


def _axes(count: int, width: float = 7.2, height: float = 3.0) -> tuple[Figure, list[Axes]]:
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, [figure.add_subplot(1, count, 1 + index) for index in range(count)]


def main() -> None:
    """Draws all figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--results", type=Path, default=Path("docs/results"))
    parser.add_argument("--out", type=Path, default=Path("docs/figures"))
    arguments = parser.parse_args()
    results = load_all(arguments.results)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, draw in FIGURES.items():
        draw(results).savefig(arguments.out / f"{name}.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
