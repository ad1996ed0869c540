"""Training of a letter network, as events: the caller can watch, pause and stop it."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.joints import JOINTS
from trainer.letters import NO_SIGN
from trainer.model.model import Model, with_outputs
from trainer.nn.layers.layer import Array
from trainer.nn.loss import soft_cross_entropy, softmax_cross_entropy
from trainer.nn.schedules import SCHEDULES, Schedule
from trainer.nn.spec import copied
from trainer.support.errors import UserError
from trainer.training import finetune
from trainer.training.distillation import Teacher
from trainer.training.finetune import Adaptation, FineTuning
from trainer.training.joint_loss import joint_loss
from trainer.training.loop import Batch, DivergenceError, check_finite, descend
from trainer.training.recipe import Recipe
from trainer.training.stage import Stage


@dataclass(frozen=True)
class BatchDone:
    """A mini-batch was learned.

    Attributes:
        epoch: Index of the epoch, from 0.
        batch: Index within the epoch, from 0.
        batches: Number of mini-batches in an epoch.
        loss: Mean loss of the mini-batch, before the step.
        accuracy: Accuracy on the mini-batch, augmented as it is.
        learning_rate: Learning rate of the step.
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
        epoch: Index of the epoch, from 0.
        loss: Mean over the epoch's mini-batches.
        accuracy: Mean over the epoch's mini-batches.
        validation_loss: Cross-entropy without smoothing on the validation images, or None.
        validation_accuracy: Likewise, or None.
        outcomes: Probabilities (n, 24) of the validation images, or None.
        seconds: Duration of the epoch, with its validation.
        model: The model to save now; valid until training goes on.
        state: What `train` needs to resume from here; valid until training goes on.
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


class _Targets(NamedTuple):
    """What the loss of a mini-batch needs.

    Attributes:
        inputs: (n, size²).
        labels: (n,); no-sign images come last.
        chosen: Indices of the images before them.
        joints: (n, 42), NaN where they are not known; None: they are not learned.
    """

    inputs: Array
    labels: NDArray[np.int64]
    chosen: NDArray[np.int64]
    joints: NDArray[np.float32] | None


def train(
    recipe: Recipe,
    data: Dataset | Collection,
    validation: Dataset | None = None,
    state: dict[str, Array] | None = None,
    start: Model | None = None,
    teacher: Teacher | None = None,
    tuning: FineTuning | None = None,
    replay: Sequence[Dataset] = (),
) -> Generator[Event, None, None]:
    """Trains a network from random weights, from given ones, or from where a run was stopped.

    Every epoch has its own random stream, made from the recipe's seed and the epoch's index, so
    that a run resumed at any epoch ends with the same weights. Closing the generator stops
    training.

    Args:
        recipe: Hyper-parameters.
        data: The training images.
        validation: Images to measure on after every epoch.
        state: Of the epoch to resume from, in a run with the same recipe and data.
        start: A trained model whose weights are the initial ones; it decides network, input and
            inference, and stays as it is.
        teacher: Made for this recipe; decides the targets, and perhaps the initial weights.
        tuning: Makes the run a fine-tuning of `start`.
        replay: Earlier images, for fine-tuning only.

    Yields:
        A BatchDone after every mini-batch and an EpochDone after every epoch.

    Raises:
        UserError: There is no image of a letter.
        DivergenceError: The loss, the weights or the outputs are no longer finite.
    """
    if (start is None and tuning is not None) or (tuning is None and replay):
        raise ValueError("fine-tuning needs a model to start from, and replay is for fine-tuning")
    if start is not None:
        recipe = adopted(recipe, start)
    datasets = data.datasets if isinstance(data, Collection) else [data]
    collection = Collection([*datasets, *replay])

    first = 0 if state is None else int(state["progress"][0])
    # The weights of a state are those of the epoch before, which may have seen small images.
    reached = recipe.at(max(first - 1, 0))
    if start is None:
        network = reached.network(np.random.default_rng([recipe.seed]))
    else:
        network = copied(start.network)
        if tuning is None and start.has_joints != (recipe.joints > 0):
            # Without their loss, joints would no longer fit what the other layers have become.
            outputs = start.outcomes + 2 * JOINTS * (recipe.joints > 0)
            network = with_outputs(network, outputs, np.random.default_rng([recipe.seed]))
    adaptation = None
    if tuning is not None and start is not None:
        adaptation = Adaptation(
            tuning, network, collection, sum(map(len, replay)), start.outcomes, recipe.no_sign > 0
        )
    stage = Stage(reached, collection, validation, network, adaptation=adaptation)
    if teacher is not None:
        teacher.begin(stage.network)
    if state is not None:
        stage.resume(state)

    schedule = (finetune.SCHEDULES if adaptation else SCHEDULES)[recipe.schedule]
    chances, without_sign = stage.chances, stage.without_sign
    drawn = np.arange(len(collection))
    if without_sign or not stage.model.knows_no_sign:
        drawn = np.flatnonzero(collection.labels != NO_SIGN)
    if not len(drawn):
        raise UserError("There is no image of a letter to learn from.")
    draws = recipe.epoch_images or (adaptation.draws() if adaptation else 0)
    letters_a_batch = recipe.batch_size - without_sign
    batches = -(-(draws or len(drawn)) // letters_a_batch)

    for epoch in range(first, recipe.epochs):
        began = time.perf_counter()
        now = recipe.at(epoch)
        if stage.recipe.preprocessing != now.preprocessing:
            stage = stage.enlarged(now)
        rng = np.random.default_rng([recipe.seed, epoch])
        stage.network.reseed(rng.spawn(1)[0])
        order = _order(drawn, draws, chances[drawn], rng)
        losses, hits = [], 0
        descent = descend(
            stage.network,
            stage.optimiser,
            _batches(stage, collection.labels, order, letters_a_batch, rng),
            _loss(recipe, stage.model.outcomes, teacher, adaptation),
            partial(_learning_rate, recipe, schedule, epoch * batches, recipe.epochs * batches),
            average=stage.average,
            pull=adaptation.pull if adaptation else None,
        )
        with closing(descent) as steps:
            for batch, step in enumerate(steps):
                x, (_, labels, _, _) = step.batch
                read = step.output[:, : stage.model.outcomes].argmax(axis=1)
                correct = int((read == labels).sum())
                losses.append(step.loss)
                hits += correct
                accuracy = correct / len(labels)
                yield BatchDone(epoch, batch, batches, step.loss, accuracy, step.learning_rate)
        with stage.saved_weights() as theta:
            model = stage.model
            check_finite(stage.network, x[:8])
            yield EpochDone(
                epoch,
                float(np.mean(losses)),
                hits / (len(order) + batches * without_sign),
                *_measure(model, stage.held_out, validation),
                time.perf_counter() - began,
                model,
                stage.state(epoch + 1, theta),
            )


def adopted(recipe: Recipe, start: Model) -> Recipe:
    """The recipe with the input and the inference of the model that training starts from.

    A recipe with two margins says itself how the network looks and infers.
    """
    if recipe.inference_margin:
        margin = recipe.preprocessing.margin
        return replace(recipe, preprocessing=replace(start.preprocessing, margin=margin))
    return replace(recipe, preprocessing=start.preprocessing, inference=start.inference)


def _order(
    images: NDArray[np.int64], draws: int, chances: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.int64]:
    """An epoch's images: so many draws by their chances, or with 0 draws, each once."""
    if not draws:
        return rng.permutation(images)
    return rng.choice(images, draws, p=chances / chances.sum())


def _batches(
    stage: Stage,
    labels: NDArray[np.int64],
    order: NDArray[np.int64],
    size: int,
    rng: np.random.Generator,
) -> Iterator[Batch[_Targets]]:
    """Mini-batches of `size` images in this order, and no-sign images behind them."""
    no_sign = np.full(stage.without_sign, NO_SIGN)
    for first in range(0, len(order), size):
        chosen = order[first : first + size]
        x, joints = stage.inputs(chosen, rng)
        yield x, _Targets(x, np.append(labels[chosen], no_sign), chosen, joints)


def _loss(
    recipe: Recipe, outcomes: int, teacher: Teacher | None, adaptation: Adaptation | None
) -> Callable[[Array, _Targets], tuple[float, Array]]:
    """Cross-entropy against the labels, a teacher's probabilities, or among a person's letters.

    The outputs behind so many outcomes are joints: their loss is added by the recipe's weight.
    """
    smoothing = recipe.label_smoothing

    def of_letters(logits: Array, targets: _Targets) -> tuple[float, Array]:
        if teacher is not None:
            return soft_cross_entropy(logits, teacher.targets(targets.inputs, targets.labels))
        if adaptation is not None:
            return adaptation.loss(logits, targets.labels, targets.chosen, smoothing)
        return softmax_cross_entropy(logits, targets.labels, smoothing=smoothing)

    def loss(output: Array, targets: _Targets) -> tuple[float, Array]:
        if output.shape[1] == outcomes:
            return of_letters(output, targets)
        value, d_logits = of_letters(output[:, :outcomes], targets)
        gradient = np.zeros_like(output)
        gradient[:, :outcomes] = d_logits
        if targets.joints is not None:
            of_joints, d_joints = joint_loss(output[:, outcomes:], targets.joints)
            value += recipe.joints * of_joints
            gradient[:, outcomes:] = np.float32(recipe.joints) * d_joints
        return value, gradient

    return loss


def _learning_rate(recipe: Recipe, schedule: Schedule, before: int, steps: int, step: int) -> float:
    """Learning rate of a step of an epoch, with so many steps before it, and in the whole run."""
    return recipe.learning_rate * schedule((before + step + 1) / steps)


def _measure(
    model: Model, inputs: NDArray[np.float32] | None, validation: Dataset | None
) -> tuple[float | None, float | None, NDArray[np.float32] | None]:
    """Cross-entropy, accuracy and probabilities on the validation images."""
    if inputs is None or validation is None:
        return None, None, None
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        p = model.probabilities(inputs)
    if not np.isfinite(p).all():
        raise DivergenceError
    true = p[np.arange(len(p)), validation.labels]
    loss = float(-np.log(np.maximum(true, np.finfo(np.float32).tiny)).mean())
    return loss, float((p.argmax(axis=1) == validation.labels).mean()), p
