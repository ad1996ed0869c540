"""The mean of several networks that were trained from the same initial weights.

Trainings that differ by their seed alone end in one valley of the loss, so that the mean of their
weights is a network, too, and errs less than each of them, at no cost when it reads (Wortsman et
al., "Model soups", 2022).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from trainer.model.model import Model
from trainer.nn.spec import copied


def average(models: Sequence[Model]) -> Model:
    """The mean of the weights and of the batch norms' statistics.

    Args:
        models: All of one kind; the description of the first one stays, with the commands that
            made the others.

    Raises:
        ValueError: They are not of one kind.
    """
    first, *others = models
    if any(_kind(model) != _kind(first) for model in others):
        raise ValueError("only models of the same layers, input and inference have a mean")
    network = copied(first.network)
    states = [model.network.state() for model in models]
    network.load_state(
        {name: np.mean([state[name] for state in states], axis=0) for name in states[0]}
    )
    about = {key: first.about[key] for key in first.about if key != "scores"}
    about["averaged_with"] = [str(model.about.get("command", "")) for model in others]
    return replace(first, network=network, about=about)


def _kind(model: Model) -> tuple[object, ...]:
    return model.network.spec(), model.preprocessing, model.inference, model.letters
