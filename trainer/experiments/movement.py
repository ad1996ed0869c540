"""The network for J and Z: its training on drawn hands, and how well it does on others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.hand_renderer.movements import Drawn
from trainer.hand_renderer.signing_streams import LEARNED, Stream, signing
from trainer.nn.layers.dropout import Dropout
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.relu import ReLU
from trainer.nn.loss import softmax_cross_entropy
from trainer.nn.optimisers import OPTIMISERS, WeightEMA
from trainer.nn.schedules import cosine
from trainer.nn.sequential import Sequential
from trainer.nn.spec import copied
from trainer.recognition.movement import (
    MOVING,
    probabilities_of,
)
from trainer.recognition.movement_features import INPUTS, SPANS, span_inputs, without_outliers
from trainer.support import workers
from trainer.training.loop import Batch, check_finite, descend

Report = Callable[[str], None]

NEITHER = len(MOVING)
_UNUSED = -1
"""Label of a span that is neither clearly a movement nor clearly none."""

_FITS, _MISSES = 0.7, 0.5
"""Overlap from which a span is a movement, and up to which it is none."""

_EVERY = 2
_ACTIONS = 14
_EASY = 0.35
"""Share of the spans without a movement that are used at first."""

_FAR = 100_000
_HARD = 0.05
"""Probability of a movement from which a span without one is hard."""


@dataclass(frozen=True)
class MovementRecipe:
    """Hyper-parameters of the movement network.

    Attributes:
        streams: Number of signers that are drawn.
        widths: Of the hidden layers.
        rounds: How often the network learns; from the second time on, also from the spans that it
            took for movements before.
        steps: Mini-batches of each round.
        batch_size: Spans of a mini-batch.
        dropout: Share of the first layer's outputs that are dropped.
        learning_rate: The highest one.
        weight_decay: Decoupled from the gradient, as in AdamW.
        ema: Decay of the moving average of the weights, for each step.
        seed: Of weights and mini-batches.
    """

    streams: int = 640
    widths: tuple[int, ...] = (96, 48)
    rounds: int = 3
    steps: int = 4000
    batch_size: int = 256
    dropout: float = 0.25
    learning_rate: float = 2e-3
    weight_decay: float = 1e-2
    ema: float = 0.997
    seed: int = 0


@dataclass(frozen=True)
class Spans:
    """Spans of time: what the network reads of them (n, INPUTS) float16, and labels (n,)."""

    inputs: NDArray[np.float16]
    labels: NDArray[np.int64]

    def only(self, chosen: NDArray[np.bool_]) -> Spans:
        """Those that are chosen (n,)."""
        return Spans(self.inputs[chosen], self.labels[chosen])


def spans_of(stream: Stream, every: int = _EVERY) -> Spans:
    """The spans that end with some frames of a stream, but those that are hard to label."""
    known = np.isfinite(stream.joints).all(axis=(1, 2))
    seconds, joints = stream.seconds[known], without_outliers(stream.joints[known])
    inputs, labels = [], []
    for end in seconds[::every]:
        label = np.array([_label(end - span, end, stream.drawn) for span in SPANS])
        values, enough = span_inputs(seconds, joints, end)
        chosen = enough & (label != _UNUSED)
        inputs.append(values[chosen].astype(np.float16))
        labels.append(label[chosen])
    return Spans(np.concatenate(inputs), np.concatenate(labels))


def _label(start: float, end: float, drawn: Sequence[Drawn]) -> int:
    for letter, begun, ended in drawn:
        both = min(end, ended) - max(start, begun)
        overlap = both / (max(end, ended) - min(start, begun))
        if overlap > _MISSES:
            # What comes after its end is as good as its end; what lacks its end is not.
            early = ended - end > 0.15 * (ended - begun)
            return MOVING.index(letter) if overlap > _FITS and not early else _UNUSED
    return NEITHER


def learn(recipe: MovementRecipe, jobs: int = 1, report: Report = lambda text: None) -> Sequential:
    """Trains the network from random weights.

    First from hands that draw J and Z among other things; then, too, from the spans of other hands
    that it took for J or Z.

    Raises:
        DivergenceError: The loss or a weight is no longer finite.
    """
    rng = np.random.default_rng([recipe.seed, 1])
    network = _network(recipe, np.random.default_rng([recipe.seed]))
    spans = _together(_each(jobs, _some_spans, range(recipe.streams)))
    for round_ in range(recipe.rounds):
        report(f"round {round_ + 1} of {recipe.rounds}: {len(spans.labels):,} spans")
        hard = (spans.labels == NEITHER) & (movement_probability(network, spans.inputs) > _HARD)
        network = _descend(network, recipe, spans, hard, rng)
        if round_ < recipe.rounds - 1:
            numbers = range((round_ + 1) * _FAR, (round_ + 1) * _FAR + recipe.streams)
            spans = _together([spans, *_each(jobs, _hard_spans, numbers, network)])
    return network


def _each(jobs: int, task: Callable[..., Spans], numbers: range, *more: object) -> Iterator[Spans]:
    from joblib import delayed

    made: Iterator[Spans] = workers.parallel(jobs, return_as="generator")(
        delayed(task)(number, *more) for number in numbers
    )
    return made


def _some_spans(number: int) -> Spans:
    """All spans of movements of a stream to learn from, and some of the others."""
    spans = spans_of(signing(LEARNED, number, _ACTIONS))
    chance = np.random.default_rng([LEARNED.seed, number, 1]).random(len(spans.labels))
    return spans.only((spans.labels != NEITHER) | (chance < _EASY))


def _hard_spans(number: int, network: Sequential) -> Spans:
    """The spans of a stream without J and Z that a network takes for one of them."""
    network = copied(network)  # what comes from another process cannot be written to
    stream = signing(LEARNED, number, 2 * _ACTIONS, movements=False)
    spans = spans_of(stream, 2 * _EVERY)
    return spans.only(movement_probability(network, spans.inputs) > _HARD)


def _together(parts: Iterable[Spans]) -> Spans:
    inputs, labels = zip(*((part.inputs, part.labels) for part in parts), strict=True)
    return Spans(np.concatenate(inputs), np.concatenate(labels))


def movement_probability(network: Sequential, inputs: NDArray[np.float16]) -> NDArray[np.float32]:
    """(n,) probability of J or Z of many spans (n, INPUTS)."""
    parts = [
        1 - probabilities_of(network, inputs[start : start + 4096].astype(np.float32))[:, NEITHER]
        for start in range(0, len(inputs), 4096)
    ]
    return np.concatenate(parts)


def _network(recipe: MovementRecipe, rng: np.random.Generator) -> Sequential:
    layers: list[Any] = []
    before = INPUTS
    for width in recipe.widths:
        layers += [Linear(before, width, rng), ReLU(), Dropout(recipe.dropout, rng)]
        before = width
    return Sequential([*layers, Linear(before, NEITHER + 1, rng)], (INPUTS,))


def _descend(
    network: Sequential,
    recipe: MovementRecipe,
    spans: Spans,
    hard: NDArray[np.bool_],
    rng: np.random.Generator,
) -> Sequential:
    """Trains in place on mini-batches: a quarter each of J, of Z, of easy and of hard spans."""
    groups = [np.flatnonzero(spans.labels == label) for label in range(NEITHER + 1)]
    groups.append(np.flatnonzero(hard) if hard.any() else groups[NEITHER])
    quarter = recipe.batch_size // len(groups)

    def batches() -> Iterator[Batch[NDArray[np.int64]]]:
        for _ in range(recipe.steps):
            chosen = np.concatenate([rng.choice(group, quarter) for group in groups])
            yield spans.inputs[chosen].astype(np.float32), spans.labels[chosen]

    average = WeightEMA(network, recipe.ema)
    for step in descend(
        network,
        OPTIMISERS["adam"](network, recipe.weight_decay),
        batches(),
        lambda logits, labels: softmax_cross_entropy(logits, labels, smoothing=0.02),
        lambda step: recipe.learning_rate * cosine((step + 1) / recipe.steps),
        average=average,
    ):
        last = step
    average.apply()
    check_finite(network, last.batch[0])
    return network
