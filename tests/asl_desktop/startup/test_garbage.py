from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from asl_desktop.startup.garbage import GarbageCollector


class Node:
    """Half of a cycle that only the collector can take apart."""

    def __init__(self, died_in: list[str]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: died_in.append(threading.current_thread().name))


@pytest.fixture
def parent() -> Iterator[QObject]:
    # As Python starts.
    gc.enable()
    yield QObject()
    gc.disable()


def test_a_cycle_is_collected_in_the_windows_thread(qtbot: QtBot, parent: QObject) -> None:
    collector = GarbageCollector(parent)
    assert not gc.isenabled()
    died_in: list[str] = []

    def litter() -> None:
        Node(died_in)
        # Enough for Python to have collected in this thread.
        kept = [[] for _ in range(5000)]
        kept.clear()

    thread = threading.Thread(target=litter, name="camera")
    thread.start()
    thread.join()
    assert died_in == []
    kept = [[] for _ in range(5000)]
    collector.collect()
    assert kept
    assert died_in == [threading.main_thread().name]


def test_nothing_is_collected_without_need(parent: QObject) -> None:
    collector = GarbageCollector(parent)
    gc.collect()
    before = [generation["collections"] for generation in gc.get_stats()]
    collector.collect()
    assert [generation["collections"] for generation in gc.get_stats()] == before
