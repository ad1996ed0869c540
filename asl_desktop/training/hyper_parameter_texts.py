"""The texts of the trainer's hyper-parameters, marked for translation.

pyside6-lupdate finds only literals in the app's code. A test compares this list with the
declarations in `trainer`.
"""

from __future__ import annotations

from asl_desktop.language import QT_TRANSLATE_NOOP

PRESET = QT_TRANSLATE_NOOP("HyperParameter", "Preset")
PRESET_HELP = QT_TRANSLATE_NOOP(
    "HyperParameter", "Sets all random changes to the images, which follow one by one"
)

TEXTS = (
    QT_TRANSLATE_NOOP("HyperParameter", "Convolutions"),
    QT_TRANSLATE_NOOP(
        "HyperParameter",
        "Convolutional layers before the hidden ones, such as “o 32 p 64 p”; empty: none",
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Hidden layers"),
    QT_TRANSLATE_NOOP(
        "HyperParameter", "Widths of the hidden layers, from the first to the last, such as 512,256"
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Linear layers"),
    QT_TRANSLATE_NOOP("HyperParameter", "Indices, from 1, of hidden layers without a ReLU"),
    QT_TRANSLATE_NOOP("HyperParameter", "Dropout"),
    QT_TRANSLATE_NOOP(
        "HyperParameter", "Share of hidden values that are set to 0 in a step; reduces overfitting"
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Epochs"),
    QT_TRANSLATE_NOOP("HyperParameter", "Passes over the training images"),
    QT_TRANSLATE_NOOP("HyperParameter", "Initial size"),
    QT_TRANSLATE_NOOP(
        "HyperParameter",
        "Image size in the first epochs (progressive resizing); 0: the same in all",
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Initial epochs"),
    QT_TRANSLATE_NOOP("HyperParameter", "Epochs at the initial size"),
    QT_TRANSLATE_NOOP("HyperParameter", "Batch size"),
    QT_TRANSLATE_NOOP("HyperParameter", "Images per mini-batch"),
    QT_TRANSLATE_NOOP("HyperParameter", "Images per epoch"),
    QT_TRANSLATE_NOOP("HyperParameter", "Images drawn per epoch; 0: each image once"),
    QT_TRANSLATE_NOOP("HyperParameter", "Balance"),
    QT_TRANSLATE_NOOP(
        "HyperParameter",
        "With images drawn per epoch, 0: uniform over images, 1: uniform over sources",
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Source weights"),
    QT_TRANSLATE_NOOP(
        "HyperParameter",
        "With images drawn per epoch: how many times as often as by balance a source is "
        "drawn, such as sign_mnist_train:0.4",
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Optimiser"),
    QT_TRANSLATE_NOOP(
        "HyperParameter",
        "sgd: the plain gradient; momentum: its running mean; adam: scaled for each "
        "weight; muon: orthogonalised for each layer",
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Learning rate"),
    QT_TRANSLATE_NOOP("HyperParameter", "Peak learning rate"),
    QT_TRANSLATE_NOOP("HyperParameter", "Schedule"),
    QT_TRANSLATE_NOOP("HyperParameter", "How the learning rate falls towards the end"),
    QT_TRANSLATE_NOOP("HyperParameter", "Weight decay"),
    QT_TRANSLATE_NOOP("HyperParameter", "Decoupled decay of the weights; reduces overfitting"),
    QT_TRANSLATE_NOOP("HyperParameter", "Label smoothing"),
    QT_TRANSLATE_NOOP(
        "HyperParameter",
        "Share of the target that is uniform over all classes; reduces overconfidence",
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Distillation weight"),
    QT_TRANSLATE_NOOP(
        "HyperParameter",
        "Share of the target that is the teacher's probabilities; above 0 needs --teacher",
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "EMA"),
    QT_TRANSLATE_NOOP(
        "HyperParameter",
        "Decay per step of the exponential moving average of the weights that is saved; "
        "0: the last weights are saved",
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "No-sign images"),
    QT_TRANSLATE_NOOP(
        "HyperParameter",
        "Share of each mini-batch that shows no sign; above 0 the network has a class for it",
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Inference margin"),
    QT_TRANSLATE_NOOP(
        "HyperParameter", "Crop margin of the finished network; 0: that of the training"
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Seed"),
    QT_TRANSLATE_NOOP(
        "HyperParameter", "Of everything random: the same seed gives the same weights"
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Image size"),
    QT_TRANSLATE_NOOP("HyperParameter", "Pixels along a side of the network's input"),
    QT_TRANSLATE_NOOP("HyperParameter", "Crop margin"),
    QT_TRANSLATE_NOOP(
        "HyperParameter",
        "Side of the crop over the longer side of the hand box; a CSV is cropped already",
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Normalisation"),
    QT_TRANSLATE_NOOP(
        "HyperParameter",
        "image: each image by its own mean and standard deviation; dataset: all by those "
        "of the training images",
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Mirrored inference"),
    QT_TRANSLATE_NOOP(
        "HyperParameter",
        "Average the probabilities of the image and its mirror image (test-time augmentation)",
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Temperature"),
    QT_TRANSLATE_NOOP(
        "HyperParameter", "Divides the logits; above 1 the network is less confident"
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "No-sign bias"),
    QT_TRANSLATE_NOOP(
        "HyperParameter",
        "Added to the logit of “no sign”; above 0 fewer images without a sign pass for a letter",
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Rotation"),
    QT_TRANSLATE_NOOP("HyperParameter", "Largest angle in degrees"),
    QT_TRANSLATE_NOOP("HyperParameter", "Scale"),
    QT_TRANSLATE_NOOP("HyperParameter", "Largest change of size; 0.2 is a fifth"),
    QT_TRANSLATE_NOOP("HyperParameter", "Stretch"),
    QT_TRANSLATE_NOOP("HyperParameter", "Largest change of width over height; 0.2 is a fifth"),
    QT_TRANSLATE_NOOP("HyperParameter", "Shear"),
    QT_TRANSLATE_NOOP("HyperParameter", "Largest tangent of the angle of shear"),
    QT_TRANSLATE_NOOP("HyperParameter", "Shift"),
    QT_TRANSLATE_NOOP(
        "HyperParameter", "Largest shift in each direction, as a share of the image's side"
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Mirror"),
    QT_TRANSLATE_NOOP("HyperParameter", "Probability of a mirrored image"),
    QT_TRANSLATE_NOOP("HyperParameter", "Tone curve"),
    QT_TRANSLATE_NOOP(
        "HyperParameter", "Largest bend of the tone curve: darker or lighter middle tones"
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Side light"),
    QT_TRANSLATE_NOOP("HyperParameter", "Strength of light from one side, in gray levels"),
    QT_TRANSLATE_NOOP("HyperParameter", "Noise"),
    QT_TRANSLATE_NOOP(
        "HyperParameter", "Largest standard deviation of camera noise, in gray levels"
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Erasing"),
    QT_TRANSLATE_NOOP("HyperParameter", "Probability of a covered rectangle"),
    QT_TRANSLATE_NOOP("HyperParameter", "Perspective"),
    QT_TRANSLATE_NOOP(
        "HyperParameter", "Largest slope of depth: change of scale from the middle to a side"
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Background"),
    QT_TRANSLATE_NOOP(
        "HyperParameter", "Probability of another background, where the hand's mask is known"
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Shadow"),
    QT_TRANSLATE_NOOP("HyperParameter", "Probability of a shadow over part of the image"),
    QT_TRANSLATE_NOOP("HyperParameter", "Exposure"),
    QT_TRANSLATE_NOOP(
        "HyperParameter", "Probability of another exposure, clipped as a camera clips"
    ),
    QT_TRANSLATE_NOOP("HyperParameter", "Resolution loss"),
    QT_TRANSLATE_NOOP("HyperParameter", "Probability of lower resolution, as of a distant hand"),
    QT_TRANSLATE_NOOP("HyperParameter", "Blur"),
    QT_TRANSLATE_NOOP("HyperParameter", "Probability of blur, out of focus or by motion"),
)
