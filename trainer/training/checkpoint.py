"""Checkpoints: a training run on disk after an epoch, to go on from after a crash.

A safetensors file like a weight file, with one metadata key of JSON. Nothing is ever unpickled.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.nn.layers.layer import Array
from trainer.support import atomic, files, tensors
from trainer.support.errors import UserError
from trainer.training.recipe import Recipe

FORMAT_VERSION = 1
MAX_BYTES = 2 << 30
_METADATA_KEY = "asl_desktop_checkpoint"


@dataclass(frozen=True)
class Checkpoint:
    """A run between two epochs.

    Attributes:
        arrays: What `trainer.training.loop.EpochDone.state` gave.
        epochs: One record of JSON values for every epoch that is over.
        best: The best validation accuracy so far.
    """

    arrays: dict[str, Array]
    epochs: list[dict[str, Any]]
    best: float


def fingerprint(recipe: Recipe, data: Collection, validation: Dataset | None) -> str:
    """Tells runs apart that must not go on from each other's checkpoints.

    Args:
        recipe: Hyper-parameters.
        data: The images to learn from; letters and files count, so that another division or
            convention of labels is another run.
        validation: Likewise.
    """
    digest = hashlib.sha256(json.dumps(recipe.to_json(), sort_keys=True).encode())
    for part in (data, *((validation,) if validation is not None else ())):
        digest.update(json.dumps(part.digests, sort_keys=True).encode())
        digest.update(np.ascontiguousarray(part.labels).tobytes())
    return digest.hexdigest()


def save(checkpoint: Checkpoint, path: Path, run: str) -> None:
    """Writes a checkpoint in place of the one before it.

    Args:
        checkpoint: What to write.
        path: Where.
        run: `fingerprint` of the run.

    Raises:
        UserError: The file cannot be written.
    """
    header = {
        "format_version": FORMAT_VERSION,
        "run": run,
        "epochs": checkpoint.epochs,
        "best": checkpoint.best,
    }
    atomic.write_bytes(path, tensors.pack(checkpoint.arrays, _METADATA_KEY, json.dumps(header)))


def load(path: Path, run: str) -> Checkpoint | None:
    """Reads a checkpoint; None where there is no file yet.

    Args:
        path: Where it may be.
        run: `fingerprint` of the run that is to go on.

    Raises:
        UserError: The file cannot be read, is damaged, or is of another run.
    """
    # What is there but cannot be followed, such as a link to itself, is not overwritten unasked.
    if not os.path.lexists(path):
        return None
    content = files.content(path, MAX_BYTES)
    try:
        arrays, text = tensors.unpack(content, _METADATA_KEY)
        header = json.loads(text)
        version, of_run = header["format_version"], header["run"]
        checkpoint = Checkpoint(arrays, list(header["epochs"]), float(header["best"]))
    except tensors.DAMAGE as error:
        raise UserError(f"{path}: damaged or no checkpoint. Delete it and start anew.") from error
    if version != FORMAT_VERSION or of_run != run:
        raise UserError(
            f"{path}: belongs to a run with another recipe, other data or another version of this "
            "program. Name another file, or delete it and start anew."
        )
    return checkpoint
