"""The run folder: curves and predictions of one training run, for the app's list of runs.

run.json      arguments of the run, and the files that it reads
about.json    recipe, sizes, and notes on how the data were read
epochs.jsonl  one line per epoch
held-out.npz  the validation images (`trainer.evaluation.predictions.HeldOut`)
lock          locked while a process trains the run
kept.npz      predictions on them by the saved weights; latest.npz by those of the last epoch
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from trainer.evaluation.predictions import HeldOut, Outcomes
from trainer.support import atomic
from trainer.support.errors import UserError
from trainer.support.lock import Lock
from trainer.support.version import version
from trainer.training.recipe import Recipe

RUN = "run.json"
ABOUT = "about.json"
EPOCHS = "epochs.jsonl"
HELD_OUT = "held-out.npz"
SAVED = "kept.npz"
LATEST = "latest.npz"
LOCK = "lock"

_NAME = "%Y-%m-%d %H.%M.%S.%f"


def make(
    runs: Path, arguments: Sequence[str], files: Sequence[Path], weights: Path | None = None
) -> Path:
    """Makes the folder of a new run.

    Args:
        runs: Folder of all runs.
        arguments: Of `trainer train`.
        files: What the run reads.
        weights: The weight file that the run writes; None: one in its folder.

    Raises:
        OSError: The folder cannot be made.
        UserError: It cannot be written to.
    """
    folder = runs / datetime.now().strftime(_NAME)
    folder.mkdir(parents=True)
    content = {"arguments": list(arguments), "files": [_mark(path) for path in files]}
    if weights is not None:
        content["weights"] = os.path.realpath(weights)
    try:
        write_json(folder / RUN, content)
    except UserError:
        with suppress(OSError):
            folder.rmdir()
        raise
    return folder


def started(folder: Path) -> datetime:
    """When the run of a folder was started.

    Raises:
        ValueError: The folder is not named as those of runs are.
    """
    return datetime.strptime(folder.name, _NAME)


def usual_name(folder: Path) -> str:
    """Name of a run to which the user gave none.

    Raises:
        ValueError: As `started`.
    """
    return started(folder).strftime("%d %b %H:%M:%S")


def changed_file(run: dict[str, Any]) -> str | None:
    """The first file that is not as it was when a run (content of run.json) began, or None."""
    for mark in run.get("files", ()):
        if _mark(Path(mark["path"])) != mark:
            return str(mark["path"])
    return None


def write_json(path: Path, content: Any) -> None:
    """Writes a small file for people and programs.

    Raises:
        UserError: The file cannot be written.
    """
    atomic.write_bytes(path, json.dumps(content, ensure_ascii=False, indent=2).encode())


class RunFolder:
    """Writes a run's folder while it trains.

    Args:
        folder: Such as `make` gives; it is made where there is none.
        about: JSON values for about.json.
        epochs: JSON values of the finished epochs, when a run is resumed.
        held_out: The validation images, or None.

    Raises:
        UserError: A file cannot be written, also from `add`, or another process trains this run.
    """

    def __init__(
        self,
        folder: Path,
        about: dict[str, Any],
        epochs: Sequence[dict[str, Any]],
        held_out: HeldOut | None,
    ) -> None:
        self._folder = folder
        atomic.make_folder(folder)
        self._lock = _locked(folder)
        write_json(folder / ABOUT, about)
        # A killed run may have written lines of epochs after its last checkpoint.
        self._lines = "".join(_line(epoch) for epoch in epochs)
        atomic.write_bytes(folder / EPOCHS, self._lines.encode())
        if held_out is not None:
            held_out.save(folder / HELD_OUT)

    def add(self, epoch: dict[str, Any], outcomes: Outcomes | None, *, saved: bool) -> None:
        """Adds a finished epoch; `saved` says whether its weights were saved."""
        self._lines += _line(epoch)
        # Whole, not appended: a full disk or a crash would leave half a line.
        atomic.write_bytes(self._folder / EPOCHS, self._lines.encode())
        if outcomes is not None:
            outcomes.save(self._folder / LATEST)
            if saved:
                outcomes.save(self._folder / SAVED)


def _locked(folder: Path) -> Lock | None:
    try:
        return Lock(folder / LOCK)
    except BlockingIOError:
        raise UserError(
            f"{folder}: another process trains this run already. Wait until it ends, or stop it."
        ) from None
    except OSError:
        # A file system without locks is no reason not to train.
        return None


def _line(epoch: dict[str, Any]) -> str:
    return json.dumps(epoch, allow_nan=False) + "\n"


def _mark(path: Path) -> dict[str, Any]:
    """Path, size and time of a file, which change when it does."""
    # Path.resolve() raises RuntimeError for links that lead back to themselves.
    path = Path(os.path.realpath(path))
    try:
        stat = path.stat()
    except OSError:
        return {"path": str(path), "size": -1, "changed": 0}
    return {"path": str(path), "size": stat.st_size, "changed": stat.st_mtime_ns}


def history(
    command: str, recipe: Recipe, digests: dict[str, str], scores: dict[str, float]
) -> dict[str, Any]:
    """The `about` of a trained model.

    Args:
        command: The command line that makes the same weights again, without the output file.
        recipe: Hyper-parameters.
        digests: SHA-256 of the training data, by file name.
        scores: Measured in training.
    """
    return {
        "command": command,
        "recipe": recipe.to_json(),
        "data": digests,
        "scores": scores,
        "version": version(),
    }
