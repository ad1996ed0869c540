"""Nothing that is fuzzed uses the user's cache, and the whole of it stays small in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.door import longest, tried
from tests.peak import forget_peak, peak
from trainer.data import csv_cache

HERE = Path(__file__).parent

MOST_GROWTH = 600 << 20
"""Bytes by which the resident memory may grow during one test, at its peak where that is known."""

grown: dict[str, int] = {}
"""By how much it grew, by test."""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_cache, "_folder", lambda: tmp_path / "cache")


@pytest.fixture(autouse=True)
def _bounded_memory(request: pytest.FixtureRequest) -> Iterator[None]:
    before = forget_peak()
    yield
    grown[request.node.nodeid] = growth = peak() - before
    assert growth < MOST_GROWTH


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == HERE:
            item.add_marker("slow")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hands the counts of one of several processes on to the one that sums up."""
    if (output := getattr(session.config, "workeroutput", None)) is not None:
        output["fuzzed"] = dict(tried), longest, grown


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    counts, seconds, bytes_ = getattr(node, "workeroutput", {}).get("fuzzed", ({}, {}, {}))
    tried.update(counts)
    longest.update(seconds)
    grown.update(bytes_)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many cases were really run: a search ends early where nothing new can be tried."""
    for test, count in sorted(tried.items()):
        seconds = f"{longest[test]:4.1f} s at most" if test in longest else ""
        most = f"{grown.get(test, 0) >> 20:4} MB at the peak"
        terminalreporter.write_line(f"{count:8,} cases  {seconds:13}  {most}  {test}")
    if tried:
        terminalreporter.write_line(f"{tried.total():8,} cases in all")
