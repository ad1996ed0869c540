"""The training runs on disk, including those of the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from trainer.support import files
from trainer.support.errors import UserError
from trainer.training import run_folder

WEIGHTS = "weights.safetensors"
_CHECKPOINT = "checkpoint"
_MEASURES = {"loss", "accuracy", "validation_loss", "validation_accuracy"}
_HUGE = 1e12
_MAX_BYTES = 256 << 20
"""Longest file of a run that is read; epochs.jsonl of a million epochs is shorter."""


@dataclass(frozen=True)
class Run:
    """A run's folder, read.

    Attributes:
        folder: Where it is.
        started: When.
        given_name: By the user, or "".
        arguments: Of `trainer train`, as the run was started with.
        weights: Where its weights are, or will be.
        epochs: Records of the epochs that are over.
        recipe: JSON values of its `trainer.training.recipe.Recipe`, or empty.
        of_the_app: Whether the app started it.
        changed: A file that is not as it was, or None.
    """

    folder: Path
    started: datetime
    given_name: str
    arguments: list[str]
    weights: Path
    epochs: list[dict[str, Any]]
    recipe: dict[str, Any]
    of_the_app: bool
    changed: str | None

    @property
    def name(self) -> str:
        """Name in lists."""
        return self.given_name or run_folder.usual_name(self.folder)

    @property
    def planned(self) -> int:
        """Planned number of epochs; 0 if unknown."""
        return int(self.recipe.get("epochs", 0))

    @property
    def best(self) -> dict[str, Any] | None:
        """The epoch with the best validation accuracy, the last of equal ones, or None."""
        measured = [e for e in self.epochs if e["validation_accuracy"] is not None]
        return max(measured, key=lambda e: (e["validation_accuracy"], e["epoch"]), default=None)

    @property
    def unfinished(self) -> bool:
        """Whether the run was interrupted and can be resumed."""
        return self.of_the_app and (self.folder / _CHECKPOINT).exists() and self.changed is None

    @property
    def command(self) -> list[str]:
        """Arguments of `trainer train` that start or resume it."""
        return [
            *self.arguments,
            *("--out", str(self.weights)),
            *("--checkpoint", str(self.folder / _CHECKPOINT)),
            *("--record", str(self.folder)),
        ]


def make(runs: Path, arguments: Sequence[str], files: Sequence[Path]) -> Run:
    """Makes the folder of a new run.

    Args:
        runs: Folder of all runs.
        arguments: Of `trainer train`, without output paths.
        files: What it reads.

    Raises:
        OSError: The folder cannot be made.
        UserError: It cannot be written to.
    """
    return read(run_folder.make(runs, arguments, files))


def read(folder: Path) -> Run:
    """Reads a run's folder.

    Raises:
        ValueError: The folder holds no run.
    """
    try:
        run = json.loads(files.content(folder / run_folder.RUN, _MAX_BYTES))
        arguments = [str(argument) for argument in run["arguments"]]
        weights = Path(run["weights"]) if "weights" in run else folder / WEIGHTS
        return Run(
            folder,
            run_folder.started(folder),
            str(run.get("name", "")),
            arguments,
            weights,
            _epochs(folder),
            _recipe(folder),
            "weights" not in run,
            run_folder.changed_file(run),
        )
    except (OSError, UserError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        raise ValueError(f"{folder} holds no run") from error


def read_all(runs: Path) -> list[Run]:
    """All runs, the newest first."""
    result = []
    for file in sorted(runs.glob(f"*/{run_folder.RUN}"), reverse=True):
        try:
            result.append(read(file.parent))
        except ValueError:
            continue
    return result


def unfinished(runs: Path) -> Run | None:
    """The newest run that can be resumed."""
    return next((run for run in read_all(runs) if run.unfinished), None)


def rename(folder: Path, name: str) -> None:
    """Gives a run a name.

    Raises:
        UserError: The folder cannot be written to.
    """
    try:
        content = json.loads(files.content(folder / run_folder.RUN, _MAX_BYTES))
        content["name"] = name.strip()
    except (ValueError, TypeError, RecursionError) as error:
        raise UserError(f"{folder}: the run is damaged and cannot be renamed.") from error
    run_folder.write_json(folder / run_folder.RUN, content)


def delete(folder: Path) -> None:
    """Deletes a run with everything in its folder.

    Raises:
        UserError: It cannot be deleted.
    """
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise UserError(f"{folder}: cannot be deleted ({error.strerror or error}).") from error


def _epochs(folder: Path) -> list[dict[str, Any]]:
    try:
        content = files.content(folder / run_folder.EPOCHS, _MAX_BYTES)
        lines = content.decode().splitlines()
        # The last line of an interrupted run may be incomplete.
        epochs = [json.loads(line) for line in lines if line.endswith("}")]
    except (UserError, ValueError, RecursionError):
        return []
    return epochs if all(map(_is_epoch, epochs)) else []


def _is_epoch(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("epoch"), int)
        and all(value.get(name) is None or _is_number(value[name]) for name in _MEASURES)
        and _is_number(value["epoch"])
        and value.keys() >= _MEASURES
    )


def _is_number(value: Any) -> bool:
    """Whether a record has all numbers of an epoch."""
    return isinstance(value, (int, float)) and abs(value) < _HUGE


def _recipe(folder: Path) -> dict[str, Any]:
    try:
        recipe = json.loads(files.content(folder / run_folder.ABOUT, _MAX_BYTES))["recipe"]
        whole = (
            isinstance(recipe["hidden"], list)
            and isinstance(recipe["epochs"], int)
            and all(isinstance(recipe[name], str) for name in ("convolutions", "optimiser"))
            and all(_is_number(recipe[name]) for name in ("epochs", "learning_rate"))
        )
    except (UserError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return dict(recipe) if whole else {}
