"""Result files: JSON that grows cell by cell, so that an interrupted experiment can resume."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from trainer.support import atomic, files
from trainer.support.errors import UserError

MAX_BYTES = 64 << 20
"""Longer result files are refused."""


class Results:
    """The cells of one experiment, by name, in a file that is whole after every one of them.

    Args:
        path: The file, whose cells stay. None: nothing is written.
        settings: Everything that the cells depend on, as JSON values.

    Raises:
        UserError: The file exists and is no result file, or has results of other settings, or
            cannot be written.
    """

    def __init__(self, path: Path | None, settings: dict[str, Any]) -> None:
        self._path = path
        # As they will look when they are read back: a tuple becomes a list.
        self.settings: dict[str, Any] = json.loads(json.dumps(settings))
        self.cells: dict[str, Any] = {}
        if path is None:
            return
        atomic.check_place(path)
        self.cells = self._saved(path)

    def _saved(self, path: Path) -> dict[str, Any]:
        """The cells of the file; none where there is none yet.

        Raises:
            UserError: It is no result file, or has results of other settings.
        """
        if not path.exists():
            return {}
        saved = load(path)
        if saved["settings"] != self.settings:
            raise UserError(
                f"{path}: holds results of other data or settings. Choose another name."
            )
        return dict(saved["cells"])

    def add(self, name: str, cell: Any) -> None:
        """Adds a cell and writes the file, with what another run has added meanwhile.

        Raises:
            UserError: The file cannot be written, or is another one now.
        """
        others = self._saved(self._path) if self._path else {}
        self.cells = others | self.cells | {name: cell}
        if self._path is not None:
            content = {"settings": self.settings, "cells": self.cells}
            text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
            # A line a cell: short, and a difference between two runs can be read.
            text = text.replace('},"', '},\n"').replace('],"', '],\n"')
            atomic.write_bytes(self._path, f"{text}\n".encode())


def load(path: Path) -> dict[str, Any]:
    """A result file's settings and cells.

    Raises:
        UserError: It cannot be read or is none.
    """
    try:
        content = json.loads(files.content(path, MAX_BYTES))
        if not isinstance(content["settings"], dict) or not isinstance(content["cells"], dict):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UserError(
            f"{path}: no result file of this program. Choose another name for the results."
        ) from None
    return dict(content)
