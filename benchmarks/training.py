"""One epoch of 1024-512-256 at batch 256, augmentation included: NumPy beside PyTorch on the CPU.

    uv run --with torch python -m benchmarks.training [--rows N] [--runs N]

Both train the same network with Adam on the same mini-batches, which the same code augments in a
background thread, and both use all cores. They take turns; every run is a process of its own, so
that its peak memory is its own, and is warmed up by a few steps. Rows are random: time does not
depend on what is in the images.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.training.augment import Augmented, Augmenter
from trainer.training.recipe import Recipe
from trainer.training.train import BatchDone, EpochDone, train

WARM_UP = 5
RECIPE = Recipe(hidden=(1024, 512, 256), batch_size=256, epochs=1)


def rows(n: int) -> Dataset:
    """Random images."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (n, 28, 28), dtype=np.uint8)
    return Dataset(images, rng.integers(0, 24, n), np.full(n, "random"))


def numpy_epoch(data: Dataset) -> float:
    """Seconds of an epoch by this project."""
    for event in train(RECIPE, data.subset(np.arange(WARM_UP * RECIPE.batch_size))):
        assert isinstance(event, BatchDone | EpochDone)
    start = time.perf_counter()
    for _ in train(RECIPE, data):
        pass
    return time.perf_counter() - start


def torch_epoch(data: Dataset) -> float:
    """Seconds of an epoch by PyTorch."""
    import torch

    layers: list[Any] = []
    inputs = 784
    for width in RECIPE.hidden:
        layers += [
            torch.nn.Linear(inputs, width),
            torch.nn.ReLU(),
            torch.nn.Dropout(RECIPE.dropout),
        ]
        inputs = width
    network = torch.nn.Sequential(*layers, torch.nn.Linear(inputs, 24))
    optimiser = torch.optim.AdamW(
        network.parameters(), RECIPE.learning_rate, weight_decay=RECIPE.weight_decay, fused=True
    )
    criterion = torch.nn.CrossEntropyLoss(label_smoothing=RECIPE.label_smoothing)
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(RECIPE.ema)
    )

    def step(x: np.ndarray, labels: np.ndarray, number: int) -> None:
        optimiser.zero_grad(set_to_none=True)
        loss = criterion(network(torch.from_numpy(x)), torch.from_numpy(labels))
        loss.backward()
        optimiser.step()
        loss.item()
        if number % 8 == 7:  # as often as the other side averages
            average.update_parameters(network)

    batches = augmented(data)
    for number in range(WARM_UP):
        step(*next(batches), number)
    batches.close()
    start = time.perf_counter()
    for number, (x, labels) in enumerate(augmented(data)):
        step(x, labels, number)
    return time.perf_counter() - start


def augmented(data: Dataset) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Mini-batches as the training loop makes them: the next one while this one is learned."""
    augmenter = Augmenter(Collection([data]), RECIPE.preprocessing, RECIPE.augmentation)
    rng = np.random.default_rng(0)
    order = rng.permutation(len(data))
    parts = [
        order[start : start + RECIPE.batch_size]
        for start in range(0, len(order), RECIPE.batch_size)
    ]
    with ThreadPoolExecutor(1) as background:
        upcoming = background.submit(augmenter.batch, parts[0], rng)
        for place, part in enumerate(parts):
            x = upcoming.result().inputs
            if place + 1 < len(parts):
                upcoming = background.submit(augmenter.batch, parts[place + 1], rng)
            yield x, data.labels[part]


def numpy_epoch_without_augmentation(data: Dataset) -> float:
    """Seconds of an epoch whose images were augmented before: what augmentation adds."""
    made = Augmenter(Collection([data]), RECIPE.preprocessing, RECIPE.augmentation).batch(
        np.arange(RECIPE.batch_size), np.random.default_rng(0)
    )

    def ready(self: Augmenter, indices: np.ndarray, rng: np.random.Generator) -> Augmented:
        return Augmented(*(part[: len(indices)] for part in made))

    Augmenter.batch = ready  # type: ignore[method-assign]
    return numpy_epoch(data)


WAYS: dict[str, Callable[[Dataset], float]] = {
    "numpy": numpy_epoch,
    "torch": torch_epoch,
    "numpy, augmentation for nothing": numpy_epoch_without_augmentation,
}


def main() -> None:
    """Prints medians and ratios as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=27_455)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.way:
        seconds = WAYS[arguments.way](rows(arguments.rows))
        # On Linux, in KiB.
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "peak_mib": peak}))
        return
    found: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for _ in range(arguments.runs):
        for way in WAYS:
            command = [sys.executable, "-m", "benchmarks.training", "--way", way]
            command += ["--rows", str(arguments.rows)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found[way].append(json.loads(done.stdout))
    medians = {
        way: {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        for way, runs in found.items()
    }
    ours, theirs, free = (medians[way] for way in WAYS)
    ratios = {
        "seconds_over_torch": ours["seconds"] / theirs["seconds"],
        "peak_over_torch": ours["peak_mib"] / theirs["peak_mib"],
        "share_of_augmentation": 1 - free["seconds"] / ours["seconds"],
    }
    print(json.dumps({"rows": arguments.rows, "medians": medians} | ratios, indent=1))


if __name__ == "__main__":
    main()
