from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from asl_desktop.main_window import LATE_MODULES
from asl_desktop.startup.late_tab import Importer, LateTab

MODULE = "a_module_that_takes_its_time"
TAB = "the_module_of_a_tab"


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A module that cannot be imported before this is set."""
    event = threading.Event()
    monkeypatch.setattr(sys, "gate_of_a_module", event, raising=False)
    (tmp_path / f"{MODULE}.py").write_text("import sys\nsys.gate_of_a_module.wait(120)\n")
    (tmp_path / f"{TAB}.py").write_text("import threading\nTHREAD = threading.current_thread()\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield event
    event.set()
    sys.modules.pop(MODULE, None)
    sys.modules.pop(TAB, None)


def test_the_window_goes_on_while_a_tab_is_imported(qtbot: QtBot, gate: threading.Event) -> None:
    importer = Importer({TAB: [MODULE]})
    made: list[QWidget] = []

    def make() -> Iterator[QWidget | None]:
        yield None
        made.append(QLabel("the tab"))
        yield made[0]

    tab = LateTab(TAB, make, importer)
    qtbot.addWidget(tab)
    tab.show()
    qtbot.waitExposed(tab)
    assert not made
    assert [label.text() for label in tab.findChildren(QLabel)] == ["Opening…"]
    gate.set()
    qtbot.waitUntil(lambda: bool(made))
    assert tab.widget() is made[0]
    importer.stop(60)
    # PySide6 crashes where two threads use a class of it for the first time.
    assert sys.modules[TAB].THREAD is threading.main_thread()


@pytest.mark.parametrize("module", LATE_MODULES)
def test_what_the_thread_imports_needs_no_qt(module: str) -> None:
    code = (
        "import importlib, sys\n"
        f"for name in {list(LATE_MODULES[module])}: importlib.import_module(name)\n"
        "print(*(name for name in sys.modules if name.startswith(('PySide6', 'pyqtgraph'))))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.split() == []


def test_a_tab_that_was_never_shown_is_not_made(qtbot: QtBot, gate: threading.Event) -> None:
    gate.set()
    importer = Importer({TAB: [MODULE]})
    made: list[str] = []

    def make() -> Iterator[QWidget | None]:
        made.append("made")
        yield QWidget()

    tab = LateTab(TAB, make, importer)
    qtbot.addWidget(tab)
    with qtbot.waitSignal(importer.imported):
        importer.start()
    assert not made
    tab.show()
    assert made == ["made"]
    tab.hide()
    tab.show()
    assert made == ["made"]


def test_after_the_stop_nothing_is_imported(qtbot: QtBot, gate: threading.Event) -> None:
    importer = Importer({TAB: [MODULE]})
    importer.stop(0)
    importer.start()
    assert not importer.has(TAB)
    assert importer._thread is None
