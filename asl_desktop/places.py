"""Folders of the user's own data: training runs, samples, records."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def runs() -> Path:
    """Where training runs are kept."""
    return _data() / "runs"


def _data() -> Path:
    place = QStandardPaths.StandardLocation.AppLocalDataLocation
    return Path(QStandardPaths.writableLocation(place))
