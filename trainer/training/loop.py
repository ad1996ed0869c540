"""The training loop: a generator of events, so that whoever runs it can watch, pause and stop."""

from __future__ import annotations

import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.letters import NO_SIGN
from trainer.model.model import Model
from trainer.nn.layers.layer import Array
from trainer.nn.loss import cross_entropy_among, soft_cross_entropy, softmax_cross_entropy
from trainer.nn.schedules import SCHEDULES
from trainer.nn.sequential import Sequential
from trainer.nn.spec import copied
from trainer.training.distillation import Teacher
from trainer.training.recipe import Recipe
from trainer.training.stage import Stage


@dataclass(frozen=True)
class BatchDone:
    """A mini-batch was learned.

    Attributes:
        epoch: From 0.
        batch: Within the epoch, from 0.
        batches: In an epoch.
        loss: Mean cross-entropy of the mini-batch, before the step.
        accuracy: Share of the mini-batch that was read rightly, augmented as it is.
        learning_rate: Of the step.
    """

    epoch: int
    batch: int
    batches: int
    loss: float
    accuracy: float
    learning_rate: float


@dataclass(frozen=True)
class EpochDone:
    """An epoch is over.

    Attributes:
        epoch: From 0.
        loss: Mean over the epoch's mini-batches.
        accuracy: Mean over the epoch's mini-batches.
        validation_loss: Cross-entropy without smoothing on the validation images, or None.
        validation_accuracy: Likewise, or None.
        outcomes: Probabilities (n, 24) of the validation images, or None.
        seconds: That the epoch took, validation included.
        model: The weights as they would be kept now; valid until training goes on.
        state: What `train` needs to go on from here; valid until training goes on.
    """

    epoch: int
    loss: float
    accuracy: float
    validation_loss: float | None
    validation_accuracy: float | None
    outcomes: NDArray[np.float32] | None
    seconds: float
    model: Model
    state: dict[str, Array]


Event = BatchDone | EpochDone


def train(
    recipe: Recipe,
    data: Dataset | Collection,
    validation: Dataset | None = None,
    state: dict[str, Array] | None = None,
    start: Model | None = None,
    teacher: Teacher | None = None,
) -> Generator[Event, None, None]:
    """Trains a network from fresh weights, or from where an earlier run was.

    Every epoch draws from its own random stream, made from the recipe's seed and the epoch's
    number, so that a run can go on from any epoch and end with the same weights. Closing the
    generator stops the training.

    Args:
        recipe: What to do.
        data: The images to learn from.
        validation: Images to measure on after every epoch; nothing is learned from them.
        state: Of the epoch to go on from, in a run with the same recipe and data.
        start: A finished model to begin with instead of fresh weights, for fine-tuning. Its batch
            norms keep their statistics, and letters without images do not compete, so that they
            are not forgotten.
        teacher: Made for this recipe; decides the targets, and perhaps how the network begins.

    Yields:
        A BatchDone after every mini-batch and an EpochDone after every epoch.
    """
    collection = data if isinstance(data, Collection) else Collection([data])
    schedule = SCHEDULES[recipe.schedule]

    first = 0 if state is None else int(state["progress"][0])
    # The weights of a state are those of the epoch before, which may have seen small images.
    reached = recipe.at(max(first - 1, 0))
    stage = Stage(reached, collection, validation, _network(reached, start))
    if teacher is not None:
        teacher.begin(stage.network)
    if state is not None:
        stage.go_on_from(state)

    chances, without_sign = stage.chances, stage.without_sign
    signs = np.flatnonzero(collection.labels != NO_SIGN)
    images = recipe.epoch_images or len(signs)
    letters_a_batch = recipe.batch_size - without_sign
    batches = -(-images // letters_a_batch)
    competing = None if start is None else _competing(collection, without_sign)

    with ThreadPoolExecutor(1, "augmentation") as background:
        for epoch in range(first, recipe.epochs):
            began = time.perf_counter()
            now = recipe.at(epoch)
            if stage.recipe.preprocessing != now.preprocessing:
                stage = stage.enlarged(now)
            rng = np.random.default_rng([recipe.seed, epoch])
            stage.network.reseed(rng.spawn(1)[0])
            order = _order(signs, recipe.epoch_images, chances[signs], rng)
            losses, hits = [], 0
            # The next mini-batch is made while this one is learned.
            upcoming = background.submit(stage.inputs, order[:letters_a_batch], rng)
            for batch in range(batches):
                x = upcoming.result()
                following = (batch + 1) * letters_a_batch
                chosen = order[following - letters_a_batch : following]
                if following < len(order):
                    upcoming = background.submit(
                        stage.inputs, order[following : following + letters_a_batch], rng
                    )
                labels = np.append(collection.labels[chosen], np.full(without_sign, NO_SIGN))
                logits = stage.network.forward(x, training=True)
                right = int((logits.argmax(axis=1) == labels).sum())
                if teacher is not None:
                    loss, d_logits = soft_cross_entropy(logits, teacher.targets(x, labels))
                else:
                    loss, d_logits = _loss(logits, labels, competing, recipe.label_smoothing)
                stage.network.backward(d_logits)
                progress = (epoch * batches + batch + 1) / (recipe.epochs * batches)
                rate = recipe.learning_rate * schedule(progress)
                stage.optimiser.step(rate)
                stage.average.update()
                losses.append(loss)
                hits += right
                yield BatchDone(epoch, batch, batches, loss, right / len(labels), rate)
            with stage.average.applied() as theta:
                kept = stage.kept()
                yield EpochDone(
                    epoch,
                    float(np.mean(losses)),
                    hits / (len(order) + batches * without_sign),
                    *_measure(kept, stage.held_out, validation),
                    time.perf_counter() - began,
                    kept,
                    stage.state(epoch + 1, theta),
                )


def _network(recipe: Recipe, start: Model | None) -> Sequential:
    if start is None:
        return recipe.network(np.random.default_rng([recipe.seed]))
    network = copied(start.network)
    network.freeze()
    return network


def _competing(collection: Collection, without_sign: int) -> NDArray[np.int64]:
    """The classes that have images, in order."""
    return np.union1d(collection.labels, [NO_SIGN] if without_sign else []).astype(np.int64)


def _loss(
    logits: Array, labels: NDArray[np.int64], competing: NDArray[np.int64] | None, smoothing: float
) -> tuple[float, Array]:
    """Cross-entropy among all classes or some, and its gradient by all logits."""
    if competing is None:
        return softmax_cross_entropy(logits, labels, smoothing=smoothing)
    return cross_entropy_among(logits, labels, competing, smoothing)


def _order(
    images: NDArray[np.int64], draws: int, chances: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.int64]:
    """An epoch's images: so many draws by their chances, or with 0 draws, each once."""
    if not draws:
        return rng.permutation(images)
    return rng.choice(images, draws, p=chances / chances.sum())


def _measure(
    model: Model, inputs: NDArray[np.float32] | None, validation: Dataset | None
) -> tuple[float | None, float | None, NDArray[np.float32] | None]:
    """Cross-entropy, accuracy and probabilities on the validation images."""
    if inputs is None or validation is None:
        return None, None, None
    p = model.probabilities(inputs)
    true = p[np.arange(len(p)), validation.labels]
    loss = float(-np.log(np.maximum(true, np.finfo(np.float32).tiny)).mean())
    return loss, float((p.argmax(axis=1) == validation.labels).mean()), p
