"""Work in a thread, for a window that may be gone before it ends."""

from __future__ import annotations

import ast
import gc
import threading
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from asl_desktop.background import tasks
from asl_desktop.background.tasks import Background
from tests.patience import PATIENCE_SECONDS

APP = Path(tasks.__file__).parents[1]


class Gate:
    """Work that lasts until a test lets it end."""

    def __init__(self) -> None:
        self.going, self.open = threading.Event(), threading.Event()

    def work(self) -> str:
        self.going.set()
        assert self.open.wait(PATIENCE_SECONDS)
        return "done"


def test_of_several_the_last_ones_result_is_reported(qtbot: QtBot) -> None:
    background, told = Background(), list[object]()
    background.done.connect(told.append)
    gate = Gate()
    background.run(gate.work)
    background.run(lambda: "the last")
    gate.open.set()
    qtbot.waitUntil(lambda: not background.busy)
    assert told == ["the last"]


def test_what_ends_when_nobody_waits_any_more_tells_nothing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window that is closed gives up after some seconds, and is destroyed."""
    parent, gate = QObject(), Gate()
    background = Background(parent)
    faults: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", faults.append)
    background.run(gate.work)
    assert gate.going.wait(PATIENCE_SECONDS)
    thread = background._thread
    assert thread is not None
    background.wait(0)
    parent.deleteLater()
    qtbot.waitUntil(lambda: not _alive(parent))
    gate.open.set()
    thread.join(PATIENCE_SECONDS)
    assert not faults


def _alive(thing: QObject) -> bool:
    try:
        thing.objectName()
    except RuntimeError:
        return False
    return True


def test_the_last_reference_to_it_does_not_go_in_the_thread(qtbot: QtBot) -> None:
    background, gate = Background(), Gate()
    died_in: list[str] = []
    weakref.finalize(background, lambda: died_in.append(threading.current_thread().name))
    background.run(gate.work)
    assert gate.going.wait(PATIENCE_SECONDS)
    thread = background._thread
    assert thread is not None
    background.forget()
    del background
    gate.open.set()
    thread.join(PATIENCE_SECONDS)
    assert died_in == []
    tasks._let_go()
    gc.collect()
    assert died_in == [threading.main_thread().name]


def test_no_function_that_runs_in_a_thread_translates() -> None:
    assert sum(_check(path) for path in APP.rglob("*.py")) >= 6


def _check(path: Path) -> int:
    """Number of functions given to a `Background`; they and all that they call are searched."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [f for f in ast.walk(tree) if isinstance(f, ast.FunctionDef)]
    waiting = [
        argument
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func).endswith(("background.run", "_loader.run"))
        for argument in call.args
    ]
    given = len(waiting)
    seen: set[str] = set()
    while waiting:
        for node in ast.walk(waiting.pop()):
            name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
            assert name != "tr", f"{path.name}: {ast.unparse(node)} in a thread"
            if name not in seen:
                seen.add(name)
                waiting += [function for function in functions if function.name == name]
    return given
