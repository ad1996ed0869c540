"""The recipes of the shipped networks and of the app's presets.

`trainer reproduce` makes the shipped files by these recipes again.
"""

from __future__ import annotations

from dataclasses import replace

from trainer.images.preprocessing import Preprocessing
from trainer.model.inference import Inference
from trainer.training.augment import Augmentation
from trainer.training.recipe import NetworkRecipe, Recipe

TEACHER = Recipe(
    convolutions="o 32 p 64 p 128 p 192 192",
    hidden=(),
    epochs=55,
    initial_size=64,
    initial_epochs=38,
    epoch_images=8000,
    balance=0.65,
    source_weights=(("sign_mnist_train", 0.4),),
    batch_size=128,
    optimiser="muon",
    learning_rate=3e-3,
    weight_decay=0.15,
    dropout=0.2,
    label_smoothing=0.1,
    ema=0.998,
    no_sign=0.1,
    augmentation=Augmentation.room(),
    preprocessing=Preprocessing(size=96, margin=1.2),
    inference_margin=1.15,
    inference=Inference(mirror=True, temperature=0.6, no_sign_bias=2.2),
)

LOW_RESOLUTION_TEACHER = replace(
    TEACHER,
    epochs=TEACHER.initial_epochs,
    initial_size=0,
    initial_epochs=0,
    preprocessing=replace(TEACHER.preprocessing, size=TEACHER.initial_size),
    inference_margin=1.05,
)

TEACHERS = (TEACHER, LOW_RESOLUTION_TEACHER)
"""Networks whose mean probabilities the first stage learns; it starts from the first one's weights.

The first stage of the shipped file learned from the mean logits of a pair out of one training:
`TEACHER`, and the same network as it was at the end of its epochs at the initial size. This version
trains the second one by itself, to the end of its own schedule; the accuracy of that has not been
measured. The shipped file's metadata has the commands that made it.
"""

FIRST_STAGE = replace(
    TEACHER,
    epochs=14,
    initial_size=0,
    initial_epochs=0,
    learning_rate=2e-3,
    label_smoothing=0.0,
    distillation_weight=0.7,
    inference_margin=1.1,
    seed=1,
)
"""Of the weights that assets/weights/default.safetensors is initialised from."""

DEFAULT = replace(
    FIRST_STAGE,
    epochs=28,
    label_smoothing=0.1,
    distillation_weight=0.0,
    joints=4.0,
    augmentation=replace(Augmentation.room(), rotate=35.0, perspective=0.18),
    inference=replace(TEACHER.inference, temperature=0.5, turn=12.0),
)
"""Of assets/weights/default.safetensors: from the first stage's weights, over all sources, with the
joints as a second task, and with more views of each hand."""

DEFAULT_LEFT_OUT = "sign_mnist_train:T"
"""What the default network and its teachers do not learn: that T is not the T of ASL."""

LATER_SOURCES = (
    *("aayushrasaily", "chiskhanhv", "evriel714", "faseehakr", "fizmir", "habul2024", "hackmit"),
    *("juanparrado_lsc", "minhquyen", "mrunalisa", "otherwa", "programmingwithab1"),
    *("programmingwithab1_phone", "sathwikav", "sudip0789", "techyrushi", "thanakritmos12"),
)
"""Sources that came after the first stage was trained, which does without them."""

CONV_STAGE = Recipe(convolutions="12k7s2 p 48k3", hidden=(256,), epochs=24, batch_size=128)
"""Trains the convolutional network that assets/weights/sign_mnist.safetensors is initialised as."""

DENSE_STAGE = Recipe(epochs=6, learning_rate=5e-4)
"""Trains it on, after `trainer unroll` wrote it as a fully-connected network."""

FINDER_DETECTION = NetworkRecipe(
    widths=(16, 32, 64, 96),
    steps=4000,
    batch_size=32,
    optimiser="adam",
    learning_rate=3e-3,
    weight_decay=0.02,
    ema=0.998,
)
"""Of coarse detection in assets/weights/finder.safetensors."""

FINDER_REFINEMENT = NetworkRecipe(
    widths=(24, 48, 96, 96, 96),
    steps=2400,
    batch_size=64,
    optimiser="muon",
    learning_rate=3e-3,
    weight_decay=0.1,
    ema=0.995,
)
"""Of its box refinement."""

FULLY_CONNECTED = Recipe()
"""The best fully-connected network for Sign Language MNIST that was trained from fresh weights."""

QUICK_LOOK = Recipe(hidden=(256, 128), epochs=8)
"""Takes less than a minute on Sign Language MNIST."""

FINE_TUNING = Recipe(
    epochs=5,
    epoch_images=17 * 64,
    batch_size=64,
    learning_rate=2e-3,
    weight_decay=0.0,
    label_smoothing=0.05,
    ema=0.0,
    augmentation=Augmentation.room(),
)
"""Of the fine-tuning preset, the My hand tab and `trainer finetune`. Network, input and inference
are those of the initial weights."""

FINE_TUNING_STEPS = FINE_TUNING.epochs * FINE_TUNING.epoch_images // FINE_TUNING.batch_size
"""Number of mini-batches."""

COURSE_BATCH_SIZE = 512


def course_network(width: int = 300, rate: float = 5e-4, epochs: int = 20, seed: int = 0) -> Recipe:
    """The network that the project began with: 784 – h – h – h – 24 and plain SGD.

    It has no ReLU after its second hidden layer, no augmentation, no weight decay and no dropout,
    and normalises pixels by the mean and standard deviation of the training set. Its gradient was
    summed over a mini-batch of 512, so that a rate r there is r · 512 here, where it is averaged.

    Args:
        width: Of all three hidden layers.
        rate: Learning rate on the summed loss.
        epochs: Passes over the images.
        seed: Of everything random.
    """
    return Recipe(
        hidden=(width, width, width),
        without_relu=(2,),
        epochs=epochs,
        batch_size=COURSE_BATCH_SIZE,
        optimiser="sgd",
        learning_rate=rate * COURSE_BATCH_SIZE,
        schedule="constant",
        weight_decay=0.0,
        dropout=0.0,
        label_smoothing=0.0,
        ema=0.0,
        augmentation=Augmentation.none(),
        preprocessing=Preprocessing(normalise="dataset"),
        seed=seed,
    )
