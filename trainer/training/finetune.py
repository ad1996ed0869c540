"""Fine-tuning: trained weights adapt to one person's hand, from about ten images a letter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.data.collection import Collection
from trainer.letters import CLASSES, NO_SIGN
from trainer.nn import schedules
from trainer.nn.layers.layer import Array
from trainer.nn.loss import cross_entropy_among
from trainer.nn.sequential import Sequential
from trainer.support.hyper_parameter import check, hyper_parameter

SCHEDULES: dict[str, schedules.Schedule] = {
    **schedules.SCHEDULES,
    "cosine": partial(schedules.cosine, warm_up=0.1),
}
"""Of fine-tuning: the learning rate rises over a tenth of the steps."""


@dataclass(frozen=True)
class FineTuning:
    """What keeps a network from forgetting while it adapts.

    The weights are pulled back to the initial ones (Li et al., "Explicit Inductive Bias for
    Transfer Learning", 2018, L2-SP). Those saved lie between the initial and the trained ones when
    few letters were shown (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022). The
    first convolutions stay: edges and corners look alike on every hand, and to train them takes
    most of the time (Yosinski et al., "How transferable are features in deep neural networks?",
    2014).
    """

    replay: float = hyper_parameter(
        0.25,
        "Replay",
        "Share of the images that is drawn from earlier data, where there are any",
        high=1,
        open_high=True,
    )
    pull: float = hyper_parameter(
        0.05, "Pull", "Pull back to the initial weights, per unit of learning rate"
    )
    interpolation: float = hyper_parameter(
        0.25,
        "Interpolation",
        "Share of the way from the initial to the trained weights that is saved, with up to half "
        "of the letters in the data; it grows to 1 with all letters",
        high=1,
    )
    frozen_convolutions: int = hyper_parameter(
        2, "Frozen convolutions", "First convolutions that stay, in networks with more", high=1000
    )

    def __post_init__(self) -> None:
        check(self)

    def to_json(self) -> dict[str, Any]:
        """The settings as JSON values."""
        return asdict(self)


class Adaptation:
    """Fine-tuning of one network on one collection: its draws, its loss, and its saved weights.

    Batch norms keep their running statistics: a few images of one person would pull them away from
    everybody else's.

    Args:
        settings: How far the network may move.
        network: With the initial weights, which it keeps where the data say nothing. Frozen here.
        collection: The person's images, and behind them `replayed` images of earlier data.
        replayed: Number of earlier images.
        outcomes: Number of letters, and "no sign" where the network knows it.
        no_sign: Whether mini-batches hold images without a sign that are made from the others.
    """

    def __init__(
        self,
        settings: FineTuning,
        network: Sequential,
        collection: Collection,
        replayed: int,
        outcomes: int,
        no_sign: bool,
    ) -> None:
        network.freeze(settings.frozen_convolutions)
        self._settings = settings
        self._theta = network.theta
        self._initial = network.theta.copy()
        self._own = np.arange(len(collection)) < len(collection) - replayed
        self._labels = collection.labels
        self._classes = np.arange(outcomes)
        shown = np.unique(collection.labels[self._own])
        self._shown = np.union1d(shown, [NO_SIGN]) if no_sign else shown
        letters = int((shown < CLASSES).sum())
        # What is learned of some letters draws the others towards them.
        further = max(0.0, 2 * letters / CLASSES - 1)
        self._way = settings.interpolation + (1 - settings.interpolation) * further

    def chances(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probability (n,) of drawing each image: letters alike, `replay` of them earlier ones.

        Args:
            weights: (n,) of the images within a letter.
        """
        replay = 0.0 if self._own.all() else self._settings.replay
        result = np.zeros(len(weights))
        for rows, share in ((self._own, 1 - replay), (~self._own, replay)):
            letters, index = np.unique(self._labels[rows], return_inverse=True)
            of_letter = np.bincount(index, weights[rows])
            result[rows] = share * weights[rows] / of_letter[index] / max(1, len(letters))
        return result

    def draws(self) -> int:
        """Draws that show every image of the person about once."""
        own = int(self._own.sum())
        return own if self._own.all() else round(own / (1 - self._settings.replay))

    def loss(
        self, logits: Array, labels: NDArray[np.int64], chosen: NDArray[np.int64], smoothing: float
    ) -> tuple[float, Array]:
        """Mean cross-entropy of a mini-batch, and its gradient by the logits.

        The person's images, and those without a sign, compete among the letters that the person
        showed: letters without images would only ever be wrong, and be forgotten.

        Args:
            logits: (n, classes).
            labels: (n,).
            chosen: Indices of the first images; the others show no sign.
            smoothing: Label smoothing.
        """
        own = np.ones(len(labels), bool)
        own[: len(chosen)] = self._own[chosen]
        loss, gradient = 0.0, np.empty_like(logits)
        for rows, classes in ((own, self._shown), (~own, self._classes)):
            if rows.any():
                share = float(rows.mean())
                part, d_logits = cross_entropy_among(logits[rows], labels[rows], classes, smoothing)
                loss += share * part
                gradient[rows] = share * d_logits
        return loss, gradient

    def pull(self, learning_rate: float) -> None:
        """Moves the weights back towards the initial ones, by a little."""
        self._theta += learning_rate * self._settings.pull * (self._initial - self._theta)

    @contextmanager
    def interpolated(self) -> Iterator[None]:
        """The network holds the weights to save inside of the `with`, and its own again after."""
        own = self._theta.copy()
        if self._way < 1:
            self._theta[...] = self._initial + np.float32(self._way) * (own - self._initial)
        try:
            yield
        finally:
            self._theta[...] = own
