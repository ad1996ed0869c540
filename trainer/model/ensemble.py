"""Several networks as one: an ensemble that averages their logits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from trainer.images.preprocessing import Preprocessing
from trainer.model.model import Model
from trainer.nn.layers.layer import Layer
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.residual import Residual
from trainer.nn.layers.zoom import Zoom
from trainer.nn.sequential import Sequential
from trainer.nn.spec import copied


def combine(models: Sequence[Model]) -> Model:
    """A model whose logits are the mean of the models' logits.

    Networks that err in different places correct each other (Hansen and Salamon, "Neural Network
    Ensembles", 1990). The networks stand side by side as the two ways of a `Residual`, which adds
    them; the last layer of each is divided by their number. So the ensemble is one network like any
    other: it is saved, fine-tuned and shown live in the same way. A model that sees less of the
    image than the first one, or sees it more coarsely, gets the middle of what that one sees.

    Raises:
        ValueError: There are fewer than two models, or they differ in letters or inference or in
            how they prepare images, or one sees more than the first, or one does not end in a
            linear layer.
    """
    if len(models) < 2:
        raise ValueError("an ensemble needs at least two models")
    first = models[0]
    chains: list[list[Layer]] = []
    for model in models:
        if model.inference != first.inference:
            raise ValueError("the models differ in inference")
        if (model.letters, model.outcomes) != (first.letters, first.outcomes):
            raise ValueError("the models read different letters")
        copy = copied(model.network)
        last = copy.layers[-1]
        if not isinstance(last, Linear):
            raise ValueError("a model does not end in a linear layer")
        for parameter in last.parameters():
            parameter.value /= len(models)
        chains.append([*_sight(model.preprocessing, first.preprocessing), *copy.layers])
    layers = reduce(lambda sum_so_far, chain: [Residual(sum_so_far, chain)], chains)
    network = Sequential(layers, first.network.input_shape)
    about = {"combined": [model.about for model in models]}
    return Model(network, first.preprocessing, first.letters, about, first.inference)


def _sight(own: Preprocessing, first: Preprocessing) -> list[Layer]:
    """What makes one model's input from that of the first."""
    if own == first:
        return []
    if replace(own, size=first.size, margin=first.margin) != first:
        raise ValueError("the models differ in preprocessing")
    if own.size > first.size or own.margin > first.margin:
        raise ValueError("by its preprocessing a model sees more than the first")
    return [Zoom(first.size, own.margin / first.margin, own.size)]


def first_of(network: Sequential) -> Sequential:
    """A copy of the first of the networks that `combine` put together; else, of the network."""
    layers, count = copied(network).layers, 1
    while len(layers) == 1 and isinstance(layers[0], Residual):
        layers, count = layers[0].layers, count + 1
    first = Sequential(layers, network.input_shape)
    for parameter in layers[-1].parameters():
        parameter.value *= count
    return first
