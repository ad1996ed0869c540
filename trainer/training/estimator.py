"""The network as a scikit-learn classifier, for pipelines, cross-validation and grids.

The only module that knows scikit-learn, which comes with the extra `sklearn`; nothing else imports
it.

    from sklearn.model_selection import cross_val_score
    from trainer.training.estimator import NetworkClassifier

    cross_val_score(NetworkClassifier(hidden=(256, 128)), images, letters, groups=photographs)
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, check_random_state, validate_data

from trainer.nn.layers.dropout import Dropout
from trainer.nn.layers.layer import Array, Layer
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.relu import ReLU
from trainer.nn.loss import softmax, softmax_cross_entropy
from trainer.nn.optimisers import OPTIMISERS
from trainer.nn.schedules import SCHEDULES
from trainer.nn.sequential import Sequential
from trainer.training.loop import descend

_PREDICTED = 4096
"""Rows that are predicted at a time."""


class NetworkClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A fully-connected network with ReLU, trained by mini-batches on any numbers.

    Images should come standardised, such as from a `StandardScaler` before it in a pipeline.

    Args:
        hidden: Widths of the hidden layers.
        epochs: Passes over the rows.
        batch_size: Rows of a mini-batch.
        optimiser: "sgd", "momentum", "adam" or "muon".
        learning_rate: Peak learning rate.
        schedule: "constant", "step" or "cosine".
        weight_decay: Decoupled decay of the weights.
        dropout: Share of hidden values dropped in training.
        label_smoothing: Share of the target given to all classes alike.
        random_state: Seed of weights, order and dropout.

    Attributes:
        classes_: (classes,) the labels, sorted.
        n_features_in_: Columns of X.
        loss_curve_: Mean loss of every epoch.
        network_: The trained network: (n, features) float32 → logits (n, classes).
    """

    def __init__(
        self,
        hidden: tuple[int, ...] = (100,),
        *,
        epochs: int = 60,
        batch_size: int = 32,
        optimiser: str = "adam",
        learning_rate: float = 5e-3,
        schedule: str = "cosine",
        weight_decay: float = 1e-4,
        dropout: float = 0.0,
        label_smoothing: float = 0.0,
        random_state: int | None = None,
    ) -> None:
        self.hidden = hidden
        self.epochs = epochs
        self.batch_size = batch_size
        self.optimiser = optimiser
        self.learning_rate = learning_rate
        self.schedule = schedule
        self.weight_decay = weight_decay
        self.dropout = dropout
        self.label_smoothing = label_smoothing
        self.random_state = random_state

    def fit(self, X: Any, y: Any) -> NetworkClassifier:  # noqa: N803
        """Trains on X (n, features) with labels y (n,), and returns itself."""
        X, y = validate_data(self, X, y)  # noqa: N806
        check_classification_targets(y)
        self.classes_, labels = np.unique(y, return_inverse=True)
        seed = check_random_state(self.random_state).randint(2**31)
        rng = np.random.default_rng(seed)
        rows = np.asarray(X, np.float32)
        self.network_ = self._network(rows.shape[1], rng)
        self.loss_curve_ = self._train(rows, labels.astype(np.int64), rng)
        return self

    def predict_proba(self, X: Any) -> NDArray[np.float64]:  # noqa: N803
        """(n, classes) probabilities, in the order of `classes_`."""
        check_is_fitted(self)
        X = validate_data(self, X, reset=False)  # noqa: N806
        # In float64, so that a row's result does not depend on the rows beside it.
        rows = np.asarray(X, np.float64)
        result = np.empty((len(rows), len(self.classes_)))
        for start in range(0, len(rows), _PREDICTED):
            part = slice(start, start + _PREDICTED)
            result[part] = softmax(self.network_.forward(rows[part]))
        return result

    def predict(self, X: Any) -> NDArray[Any]:  # noqa: N803
        """(n,) the most probable labels."""
        best = self.predict_proba(X).argmax(axis=1)
        return np.asarray(self.classes_[best])

    def _network(self, features: int, rng: np.random.Generator) -> Sequential:
        layers: list[Layer] = []
        inputs = features
        for width in self.hidden:
            layers += [Linear(inputs, width, rng), ReLU()]
            if self.dropout:
                layers.append(Dropout(self.dropout, rng))
            inputs = width
        layers.append(Linear(inputs, len(self.classes_), rng, gain=1.0))
        return Sequential(layers, (features,))

    def _train(
        self, rows: NDArray[np.float32], labels: NDArray[np.int64], rng: np.random.Generator
    ) -> list[float]:
        optimiser = OPTIMISERS[self.optimiser](self.network_, self.weight_decay)
        schedule = SCHEDULES[self.schedule]
        n = len(rows)
        steps = self.epochs * -(-n // self.batch_size)

        def rate(_: int) -> float:
            return self.learning_rate * schedule((optimiser.steps + 1) / steps)

        def loss(logits: Array, y: NDArray[np.int64]) -> tuple[float, Array]:
            return softmax_cross_entropy(logits, y, smoothing=self.label_smoothing)

        curve = []
        for _ in range(self.epochs):
            order = rng.permutation(n)
            losses = [
                step.loss * len(step.output)
                for step in descend(
                    self.network_,
                    optimiser,
                    (
                        (rows[chosen], labels[chosen])
                        for chosen in np.split(order, range(self.batch_size, n, self.batch_size))
                    ),
                    loss,
                    rate,
                )
            ]
            curve.append(sum(losses) / n)
        return curve
