"""The folder of the user's own data, which the command line and the app share."""

from __future__ import annotations

import os
from pathlib import Path

OVERRIDE = "ASL_DESKTOP_DATA"
"""Environment variable that names another folder, such as one on a larger disk."""


def user_data() -> Path:
    """Where runs, samples and records are kept; not made here."""
    override = os.environ.get(OVERRIDE)
    if override:
        return Path(override)
    # Imported when it is used, so that the app's start stays fast.
    import platformdirs

    return platformdirs.user_data_path("asl-desktop", appauthor=False)


def runs() -> Path:
    """Where training runs are kept."""
    return user_data() / "runs"
