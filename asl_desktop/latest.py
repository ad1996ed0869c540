"""A place for one value, where a newer one replaces an older one that nobody took."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """Hands values from one thread to another; the latest wins, nothing queues up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._value: T | None = None

    def put(self, value: T) -> bool:
        """Leaves a value; True when the other side has to be told, since it has taken the last."""
        with self._lock:
            waiting = self._value is not None
            self._value = value
        return not waiting

    def take(self) -> T | None:
        """The latest value, once."""
        with self._lock:
            value, self._value = self._value, None
        return value
