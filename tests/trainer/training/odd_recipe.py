"""A recipe in which every hyper-parameter has another value than by default."""

from __future__ import annotations

from trainer.images.preprocessing import Preprocessing
from trainer.model.inference import Inference
from trainer.training.augment import Augmentation
from trainer.training.recipe import PARAMETERS, Recipe

ODD = Recipe(
    convolutions="o 4 p",
    hidden=(12, 8),
    without_relu=(2,),
    dropout=0.123456789,
    epochs=7,
    initial_size=20,
    initial_epochs=3,
    batch_size=33,
    epoch_images=99,
    balance=0.3,
    source_weights=(("one", 0.25), ("two, or: three", 1e-07)),
    optimiser="muon",
    learning_rate=1.23456789e-05,
    schedule="step",
    weight_decay=0.07,
    label_smoothing=0.2,
    ema=0.9987654321,
    no_sign=0.1,
    joints=0.4,
    inference_margin=0.9,
    seed=12345,
    preprocessing=Preprocessing(size=32, margin=1.1, normalise="dataset"),
    inference=Inference(mirror=True, temperature=0.7, no_sign_bias=-1.5, turn=9.5),
    augmentation=Augmentation(*(0.01 * (i + 1) for i in range(16))),
)
"""All but the distillation weight, which growing images and label smoothing exclude."""


def unlike_default() -> set[str]:
    """Flags of the values that are not the default."""
    values = {p.flag: getattr(getattr(ODD, part) if part else ODD, p.key) for part, p in PARAMETERS}
    return {p.flag for _, p in PARAMETERS if values[p.flag] != p.default}
