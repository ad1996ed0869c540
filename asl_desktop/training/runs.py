"""The folders of training runs: the command that a run was started with, and what it left."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from trainer import atomic

WEIGHTS = "weights.safetensors"
_CHECKPOINT = "checkpoint"
_COMMAND = "run.json"


def make(runs: Path, arguments: Sequence[str]) -> Path:
    """Makes the folder of a new run.

    Args:
        runs: Folder of all runs.
        arguments: Of `trainer train`, without the places of what it writes.

    Raises:
        OSError: The folder cannot be made.
        UserError: It cannot be written to.
    """
    folder = runs / datetime.now().strftime("%Y-%m-%d %H.%M.%S.%f")
    folder.mkdir(parents=True)
    content = json.dumps({"arguments": list(arguments)}, ensure_ascii=False, indent=2)
    atomic.write_bytes(folder / _COMMAND, content.encode())
    return folder


def arguments_of(folder: Path) -> list[str]:
    """All arguments of `trainer train` that start a run, or that go on with it.

    Raises:
        ValueError: The folder holds no run.
    """
    try:
        arguments = json.loads((folder / _COMMAND).read_bytes())["arguments"]
    except (OSError, KeyError, TypeError) as error:
        raise ValueError(f"{folder} holds no run") from error
    places = ("--out", str(folder / WEIGHTS), "--checkpoint", str(folder / _CHECKPOINT))
    return [*map(str, arguments), *places]


def unfinished(runs: Path) -> Path | None:
    """The newest run that can go on: it was stopped, or its process or the app was killed."""
    for checkpoint in sorted(runs.glob(f"*/{_CHECKPOINT}"), reverse=True):
        try:
            arguments_of(checkpoint.parent)
        except ValueError:
            continue
        return checkpoint.parent
    return None
