"""What holds for every test: no display needed, no thread left behind."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import pytest

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from asl_desktop.startup.libraries import import_opencv
from trainer.support.paths import OVERRIDE

import_opencv()

_PATIENCE_SECONDS = 3.0


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """What pytest-qt makes its QApplication with."""
    from asl_desktop.widgets.theme import STYLE

    return ["", *STYLE]


@pytest.fixture(autouse=True, scope="session")
def _own_user_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Runs that tests start do not turn up in the list of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(OVERRIDE, str(tmp_path_factory.mktemp("user-data")))
        yield


@pytest.fixture(autouse=True)
def _no_leaked_threads() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while leaked := _new_threads(before):
        if time.monotonic() > deadline:
            pytest.fail(f"left running: {[thread.name for thread in leaked]}")
        time.sleep(0.01)


def _new_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    # tqdm keeps one thread for all progress bars of the process.
    return [
        thread
        for thread in set(threading.enumerate()) - before
        if type(thread).__name__ != "TMonitor"
    ]
