"""Tabs whose modules are imported while the window is already in use."""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from asl_desktop.widgets.scrolling import Scrolling


class Importer(QObject):
    """Imports modules one after the other, each in a turn of the event loop of its own.

    A module of the window is imported in the window's thread: PySide6 makes its classes on first
    use, and crashes where two threads do so at once. The libraries that it needs, which take
    longer, are imported in a thread before.

    Args:
        modules: Full name of a module → full names of its libraries, which import no Qt. The module
            that is needed first is at the head.
        parent: Qt's parent.
    """

    imported = Signal(str)
    """A module's name."""

    _ready = Signal(str)

    def __init__(self, modules: Mapping[str, Sequence[str]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._modules = modules
        self._waiting = list(modules)
        self._done = {module for module in modules if module in sys.modules}
        self._thread: threading.Thread | None = None
        self._stopping = False
        self._ready.connect(self._import, Qt.ConnectionType.QueuedConnection)

    def has(self, module: str) -> bool:
        """Whether a module is imported."""
        return module in self._done

    def start(self) -> None:
        """Begins to import, unless it has begun already."""
        if self._thread is None:
            self._next()

    def stop(self, seconds: float) -> None:
        """Imports no further module, and waits for the library that is under way."""
        self._stopping = True
        if self._thread is not None:
            self._thread.join(seconds)

    def _next(self) -> None:
        if self._waiting and not self._stopping:
            module = self._waiting.pop(0)
            self._thread = threading.Thread(
                target=self._import_libraries, args=(module,), name="imports", daemon=True
            )
            self._thread.start()

    def _import_libraries(self, module: str) -> None:
        for library in self._modules[module]:
            if self._stopping:
                return
            importlib.import_module(library)
        self._ready.emit(module)

    def _import(self, module: str) -> None:
        if self._stopping:
            return
        importlib.import_module(module)
        self._done.add(module)
        self.imported.emit(module)
        # The video goes on in between.
        QTimer.singleShot(0, self, self._next)


class LateTab(Scrolling):
    """Holds a tab that is made when it is first shown and its module is imported.

    Where the screen is smaller than the tab can become, it scrolls.

    Args:
        module: Full name of the module that `make` imports from.
        make: Makes the tab. What it does up to a `yield None` is one turn of the event loop, so
            that the video goes on in between; the last yield gives the tab.
        importer: Imports the module.
    """

    def __init__(
        self, module: str, make: Callable[[], Iterator[QWidget | None]], importer: Importer
    ) -> None:
        opening = QLabel(self.tr("Opening…"))
        opening.setProperty("muted", True)
        opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        super().__init__(opening)
        self._module = module
        self._make = make
        self._steps: Iterator[QWidget | None] | None = None
        self._importer = importer
        importer.imported.connect(self._begin)

    def showEvent(self, event: QShowEvent) -> None:
        """Makes the tab, or has its module imported first."""
        super().showEvent(event)
        self._importer.start()
        self._begin()

    def _begin(self) -> None:
        if self._steps is None and self.isVisible() and self._importer.has(self._module):
            self._steps = self._make()
            self._step()

    def _step(self) -> None:
        assert self._steps is not None  # noqa: S101 - it has begun
        tab = next(self._steps)
        if tab is None:
            QTimer.singleShot(0, self, self._step)
        else:
            self.set_page(tab)
