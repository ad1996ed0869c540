"""Nothing that is fuzzed uses the user's cache, and the whole of it stays small in memory."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.fuzz.door import tried
from trainer.data import csv_cache

HERE = Path(__file__).parent

MOST_GROWTH = 600 << 20
"""Bytes by which the resident memory may grow during one test."""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_cache, "_folder", lambda: tmp_path / "cache")


@pytest.fixture(autouse=True)
def _bounded_memory() -> Iterator[None]:
    process = psutil.Process()
    gc.collect()
    before = process.memory_info().rss
    yield
    gc.collect()
    assert process.memory_info().rss - before < MOST_GROWTH


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == HERE:
            item.add_marker("slow")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hands the counts of one of several processes on to the one that sums up."""
    if (output := getattr(session.config, "workeroutput", None)) is not None:
        output["tried"] = dict(tried)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    tried.update(getattr(node, "workeroutput", {}).get("tried", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many cases were really run: a search ends early where nothing new can be tried."""
    for test, count in sorted(tried.items()):
        terminalreporter.write_line(f"{count:8,} cases  {test}")
    if tried:
        terminalreporter.write_line(f"{tried.total():8,} cases in all")
