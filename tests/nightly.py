"""How thorough the tests are that could go on for ever: some cases in every run, many at night."""

from __future__ import annotations

import os

NIGHTLY = bool(os.environ.get("ASL_NIGHTLY"))
"""Set ASL_NIGHTLY=1 for hours instead of seconds."""


def cases(usually: int, at_night: int) -> int:
    """How many to try in this run."""
    return at_night if NIGHTLY else usually
