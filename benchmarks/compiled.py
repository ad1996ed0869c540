"""What each file of `trainer.nn.fast` gains: readings and training steps with and without it.

    uv run python -m benchmarks.compiled [--turns N]

Prints the median CPU time on one core, with all files and with one left out, of a reading (frame →
letter, default weights, 1280 × 720) and of a training step of the default recipe (a mini-batch of
128 images and the teacher's targets for it). All take turns, so that other load on the computer
slows all of them alike.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from unittest.mock import patch

import numpy as np
from threadpoolctl import threadpool_limits

from trainer.images.box import Box
from trainer.model import weights
from trainer.model.model import Model, Predictor, with_outputs
from trainer.nn.fast import compiler
from trainer.nn.fast.scratch import Scratch
from trainer.nn.fast.winograd import WinogradConvolution
from trainer.nn.loss import soft_cross_entropy
from trainer.nn.optimisers import Muon
from trainer.recognition.reader import Reader
from trainer.support.paths import DEFAULT_WEIGHTS, asset

BATCH = 128

WITHOUT = {
    "all files": (),
    "without folding.py": (patch.object(compiler, "fold_batch_norms", list),),
    "without winograd.py": (patch.object(WinogradConvolution, "suits", lambda layer: False),),
    "without scratch.py": (
        patch.object(
            Scratch, "take", lambda _, shapes, dtype: [np.empty(s, dtype) for s in shapes]
        ),
    ),
}
WITHOUT["layer by layer"] = sum(WITHOUT.values(), ())


def readings(model: Model) -> Callable[[], object]:
    """One reading of a camera frame."""
    reader = Reader(model)
    frame = np.random.default_rng(0).integers(0, 256, (720, 1280, 3), dtype=np.uint8)
    return lambda: reader.read(frame, Box(400, 120, 480, 480))


def training_steps(model: Model) -> Callable[[], object]:
    """One training step with the model as teacher of a network with the same layers."""
    teacher = Predictor(model)
    # Without joints, of which the teacher says nothing.
    student = with_outputs(model.network, model.outcomes, np.random.default_rng(0))
    student.reseed(np.random.default_rng(0))
    optimiser = Muon(student)
    x = np.random.default_rng(0).standard_normal((BATCH, *student.input_shape), np.float32)

    def step() -> None:
        targets = teacher(x)
        student.backward(soft_cross_entropy(student.forward(x, training=True), targets)[1])
        optimiser.step(1e-3)

    return step


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=40)
    arguments = parser.parse_args()
    model = weights.load(asset(DEFAULT_WEIGHTS))
    uncalibrated = replace(model, inference=replace(model.inference, temperature=1.0))
    with threadpool_limits(1):
        measure("reading", lambda: readings(model), arguments.turns, 10)
        measure("training step", lambda: training_steps(uncalibrated), arguments.turns // 10, 1)


def measure(what: str, make: Callable[[], Callable[[], object]], turns: int, calls: int) -> None:
    """Prints the times of one kind of work."""
    works: dict[str, Callable[[], object]] = {}
    for name, patches in WITHOUT.items():
        for each in patches:
            each.start()
        works[name] = make()
        for each in patches:
            each.stop()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(turns):
        for name, work in works.items():
            work()
            for _ in range(calls):
                start = time.thread_time()
                work()
                times[name].append(time.thread_time() - start)
    whole = float(np.median(times["all files"]))
    for name, each in times.items():
        median = float(np.median(each))
        print(f"{what}, {name:20} {median * 1000:10.2f} ms  × {median / whole:.2f}", flush=True)


if __name__ == "__main__":
    main()
