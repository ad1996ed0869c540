"""How long tests wait for a state that is sure to come, on a busy machine, too."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE_SECONDS = 120.0
"""Only a test that fails waits so long."""

PROGRAM_SECONDS = 600.0
"""How long a program that a test starts may take: its start alone costs seconds of a processor."""

T = TypeVar("T")


def wait_until_still(value: Callable[[], T], pause: Callable[[], object]) -> T:
    """Waits until a value is the same before and after a pause, and gives it.

    What goes on changing fails the test. What has stopped passes it, however late it stopped.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    before = value()
    while True:
        pause()
        if (after := value()) == before:
            return after
        assert time.monotonic() < deadline, f"goes on changing: {after}"
        before = after
