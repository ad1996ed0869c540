"""Fine-tuning: a finished network learns one person's hand from a few images a letter."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.letters import CLASSES
from trainer.model.model import Model
from trainer.nn.fast.shards import Shards
from trainer.nn.layers.layer import Array
from trainer.nn.loss import cross_entropy_among, softmax_cross_entropy
from trainer.nn.optimisers import Adam
from trainer.nn.schedules import cosine
from trainer.nn.spec import copied
from trainer.training.augment import Augmentation, Augmenter

_BACKGROUNDS = 400
"""To make more would take seconds, which is long for a training of twenty."""


@dataclass(frozen=True)
class FineTuning:
    """How far and how fast a network moves towards its user.

    Attributes:
        steps: Mini-batches.
        batch_size: Images of a mini-batch.
        replay: Share of each mini-batch that is drawn from earlier data, where there are any, so
            that what was known is kept.
        learning_rate: Its peak; the schedule is a cosine.
        pull: Strength of the pull back to the weights before, per unit of learning rate
            (Li et al., "Explicit Inductive Bias for Transfer Learning", 2018, L2-SP).
        partial: Share of the way from the old weights to the new ones that is kept when up to half
            of the letters were shown (Wortsman et al., "Robust fine-tuning of zero-shot models",
            2022); from there on it is more with every letter, and with all of them all.
        fixed: First convolutions that stay as they are, in networks that have more: edges and
            corners look alike on every hand, and to learn them takes much of the time (Yosinski
            et al., "How transferable are features in deep neural networks?", 2014).
        label_smoothing: As in training.
        augmentation: Changes to the images.
        seed: Of everything random.
    """

    steps: int = 85
    batch_size: int = 64
    replay: float = 0.25
    learning_rate: float = 2e-3
    pull: float = 0.05
    partial: float = 0.25
    fixed: int = 2
    label_smoothing: float = 0.05
    augmentation: Augmentation = field(default_factory=Augmentation.room)
    seed: int = 0

    def __post_init__(self) -> None:
        if self.steps < 1 or self.batch_size < 2 or self.learning_rate <= 0 or self.pull < 0:
            raise ValueError("steps, batch_size and learning_rate must be positive")
        if self.fixed < 0:
            raise ValueError("fixed must not be negative")
        if not 0 <= self.replay < 1:
            raise ValueError("replay must lie in [0, 1)")
        if not 0 <= self.partial <= 1:
            raise ValueError("partial must lie in [0, 1]")

    def to_json(self) -> dict[str, Any]:
        """The settings as JSON values."""
        return asdict(self)


@dataclass(frozen=True)
class StepDone:
    """A mini-batch was learned: its number from 0, its loss, and the share read rightly."""

    step: int
    loss: float
    accuracy: float


def finetune(
    model: Model, own: Dataset, settings: FineTuning, earlier: Dataset | Collection | None = None
) -> Iterator[StepDone | Model]:
    """Trains a copy of a model a little further; the model itself stays as it is.

    Letters are drawn alike, however many images each has. The batch norms keep their statistics.

    Args:
        model: The start.
        own: Images of the person.
        settings: How.
        earlier: Images that the model should go on reading.

    Yields:
        A StepDone after every mini-batch, and in the end the new model.
    """
    network = copied(model.network)
    before = network.theta.copy()
    optimiser = Adam(network)
    rng = np.random.default_rng([settings.seed])

    pools = [Collection([own])]
    shares = [settings.batch_size]
    if earlier is not None:
        replayed = round(settings.batch_size * settings.replay)
        shares = [settings.batch_size - replayed, replayed]
        pools.append(earlier if isinstance(earlier, Collection) else Collection([earlier]))
    augmenters = [
        Augmenter(pool, model.preprocessing, settings.augmentation, settings.seed, _BACKGROUNDS)
        for pool in pools
    ]
    learned = np.unique(own.labels)
    chances = [_by_letter(pool) for pool in pools]

    def next_batch() -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        chosen = [
            rng.choice(len(pool), share, p=chance)
            for pool, share, chance in zip(pools, shares, chances, strict=True)
        ]
        x = np.concatenate([a.batch(c, rng) for a, c in zip(augmenters, chosen, strict=True)])
        return x, np.concatenate([p.labels[c] for p, c in zip(pools, chosen, strict=True)])

    with (
        Shards(network, rng.spawn(1)[0], settings.fixed) as shards,
        ThreadPoolExecutor(1, "batch") as ahead,
    ):
        waiting = ahead.submit(next_batch)
        for step in range(settings.steps):
            x, labels = waiting.result()
            if step + 1 < settings.steps:
                # Made while the network learns: a core that waits for the other one has time.
                waiting = ahead.submit(next_batch)
            logits = shards.forward(x)
            right = float((logits.argmax(axis=1) == labels).mean())
            loss, d_logits = _loss(logits, labels, shares[0], learned, settings.label_smoothing)
            shards.backward(d_logits)
            rate = settings.learning_rate * cosine((step + 1) / settings.steps, warm_up=0.1)
            optimiser.step(rate)
            network.theta += rate * settings.pull * (before - network.theta)
            yield StepDone(step, loss, right)
    # What was learned of some letters draws others towards them, but hardly at first.
    further = max(0.0, 2 * len(learned) / CLASSES - 1)
    way = settings.partial + (1 - settings.partial) * further
    network.theta[...] = before + np.float32(way) * (network.theta - before)
    yield replace(model, network=network)


def _loss(
    logits: Array, labels: NDArray[np.int64], own: int, learned: NDArray[np.int64], smoothing: float
) -> tuple[float, Array]:
    """Cross-entropy of a mini-batch whose first `own` rows are the person's, and its gradient.

    The person's rows compete among the letters that the person showed.
    """
    loss, d_logits = cross_entropy_among(logits[:own], labels[:own], learned, smoothing)
    if own == len(labels):
        return loss, d_logits
    other_loss, d_other = softmax_cross_entropy(logits[own:], labels[own:], smoothing=smoothing)
    share = own / len(labels)
    gradient = np.concatenate([d_logits * share, d_other * (1 - share)])
    return loss * share + other_loss * (1 - share), gradient


def _by_letter(pool: Collection) -> NDArray[np.float64]:
    """Probability (n,) of drawing each image, the letters alike."""
    _, place, counts = np.unique(pool.labels, return_inverse=True, return_counts=True)
    chance = 1 / counts[place]
    return np.asarray(chance / chance.sum(), np.float64)
