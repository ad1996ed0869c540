"""What holds for every test: no display needed, one thread for products, none left behind."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections.abc import Iterator
from functools import partialmethod

import pytest
from pytestqt.qtbot import QtBot

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Before anything imports NumPy. With more threads than free cores, small products take three
# times as long, since OpenBLAS's threads wait for each other without sleeping.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Programs that tests start find their modules compiled, which saves each of them seconds.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

from asl_desktop.startup.garbage import collect
from asl_desktop.startup.libraries import import_opencv
from tests.patience import PATIENCE_SECONDS
from trainer.support.paths import OVERRIDE

import_opencv()
sys.dont_write_bytecode = False

# pytest-qt's own five seconds are too few on a busy machine.
for _name in ("waitUntil", "waitSignal", "waitSignals"):
    _wait = partialmethod(getattr(QtBot, _name), timeout=round(1000 * PATIENCE_SECONDS))
    setattr(QtBot, _name, _wait)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Files as parameters have no part in the name of a test: archives hold the time of day.

    Processes that share out the tests must find the same names.
    """
    return argname if isinstance(val, bytes) else None


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
def _garbage_stays_in_this_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """A thread of one test must not take the widgets of an earlier one apart, which crashes.

    Python would collect in any thread; see `asl_desktop.startup.garbage`. Fuzzing, which makes
    garbage without end, has no threads.
    """
    fuzzing = "fuzz" in request.path.parts
    (gc.enable if fuzzing else gc.disable)()
    yield
    gc.disable()
    collect()


@pytest.fixture(autouse=True)
def _no_leaked_threads() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + PATIENCE_SECONDS
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
