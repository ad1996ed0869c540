"""Checkpoints: the state of a training run after an epoch, to resume it after a crash.

A safetensors file like a weight file, with one metadata key of JSON. Nothing is ever unpickled.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.model import tensors
from trainer.nn.layers.layer import Array
from trainer.support import atomic, files
from trainer.support.errors import UserError
from trainer.training.finetune import FineTuning
from trainer.training.recipe import Recipe

FORMAT_VERSION = 1
MAX_BYTES = 2 << 30
_METADATA_KEY = "asl_desktop_checkpoint"


@dataclass(frozen=True)
class Checkpoint:
    """State of a run between two epochs.

    Attributes:
        arrays: `trainer.training.train.EpochDone.state`.
        epochs: JSON values of every finished epoch.
        best: The best validation accuracy so far.
    """

    arrays: dict[str, Array]
    epochs: list[dict[str, Any]]
    best: float


def fingerprint(
    recipe: Recipe,
    data: Sequence[Collection | Dataset],
    validation: Dataset | None = None,
    tuning: FineTuning | None = None,
) -> str:
    """Identifies a run: no other run can be resumed from its checkpoints.

    Args:
        recipe: Hyper-parameters.
        data: The training images; labels and files count, so that another division or convention
            of labels is another run.
        validation: The validation images, likewise.
        tuning: Hyper-parameters of a fine-tuning.
    """
    digest = hashlib.sha256(json.dumps(recipe.to_json(), sort_keys=True).encode())
    if tuning is not None:
        digest.update(json.dumps(tuning.to_json(), sort_keys=True).encode())
    for part in (*data, *((validation,) if validation is not None else ())):
        digest.update(json.dumps(part.digests, sort_keys=True).encode())
        digest.update(np.ascontiguousarray(part.labels).tobytes())
    return digest.hexdigest()


def save(checkpoint: Checkpoint, path: Path, run: str) -> None:
    """Writes a checkpoint in place of the one before it.

    Args:
        checkpoint: The checkpoint.
        path: The file.
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
        path: The file.
        run: `fingerprint` of the run to resume.

    Raises:
        UserError: The file cannot be read, is damaged, or is of another run.
    """
    # A broken link exists, too, and must not be overwritten.
    if not os.path.lexists(path):
        return None
    content = files.content(path, MAX_BYTES)
    try:
        arrays, text = tensors.unpack(content, _METADATA_KEY)
        header = json.loads(text)
        version, of_run = header["format_version"], header["run"]
        checkpoint = Checkpoint(arrays, list(header["epochs"]), float(header["best"]))
    except tensors.DAMAGE as error:
        raise UserError(f"{path}: damaged or no checkpoint. Delete it and start again.") from error
    if version != FORMAT_VERSION or of_run != run:
        raise UserError(
            f"{path}: belongs to a run with another recipe, other data or another version of this "
            "program. Name another file, or delete it and start again."
        )
    return checkpoint
