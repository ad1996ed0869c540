"""The search over widths and learning rates that the project began with."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.background.trainer_process import TrainerProcess
from asl_desktop.settings import Settings
from asl_desktop.training.runs_page import set_text
from asl_desktop.widgets import file_dialogs
from asl_desktop.widgets.parts import plain_label
from asl_desktop.widgets.theme import SPACE
from trainer.capture.opening import DATA_ENDINGS
from trainer.experiments import seed_grid
from trainer.training.recipe import Recipe
from trainer.training.recipes import course_network

_WIDTH, _RATE, _ACCURACY, _LOSS = range(4)


class SearchPage(QWidget):
    """Trains a network for every width and learning rate, some at once, and marks the best one.

    Args:
        settings: Remembers the folder of the test file.
        data: Gives the arguments of `trainer search` that name the data.
    """

    chosen = Signal(object)
    """The `trainer.training.recipe.Recipe` that the user wants to use."""

    error = Signal(str)

    def __init__(self, settings: Settings, data: Callable[[], list[str]]) -> None:
        super().__init__()
        self._settings = settings
        self._data = data
        self._test: Path | None = None
        self._recipes: dict[str, Recipe] = {}
        self._best: str | None = None
        self._ready = False
        self._stopped = False
        self.process = TrainerProcess(self)
        self.widths = QLineEdit(",".join(map(str, seed_grid.WIDTHS)))
        self.rates = QLineEdit(",".join(f"{rate:g}" for rate in seed_grid.RATES))
        self.epochs = QLineEdit(str(seed_grid.EPOCHS))
        cores = os.cpu_count() or 1
        self.jobs = QSpinBox()
        self.jobs.setRange(1, cores)
        self.jobs.setValue(cores)
        self.test_button = QPushButton()
        self.start_button = QPushButton(self.tr("Start search"))
        self.start_button.setProperty("primary", True)
        self.stop_button = QPushButton(self.tr("Stop search"))
        self.take_button = QPushButton(self.tr("Use these settings"))
        self.status = plain_label()
        self.status.setWordWrap(True)
        self.table = QTreeWidget()
        self.table.setAccessibleName(self.tr("Search results"))
        self.table.setRootIsDecorated(False)
        self.table.setAllColumnsShowFocus(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setHeaderLabels(
            [self.tr("Width"), self.tr("Rate"), self.tr("Validation"), self.tr("Loss")]
        )
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._lay_out()
        self._connect()
        self._name_test()
        self.update_state(ready=False)

    def update_state(self, *, ready: bool) -> None:
        """Enables what can be done; `ready` tells whether there are data and no run goes on."""
        self._ready = ready
        running = self.process.running
        self.start_button.setEnabled(ready and not running)
        self.stop_button.setEnabled(running)
        self.take_button.setEnabled(self.table.currentItem() is not None)
        for field in (self.widths, self.rates, self.epochs, self.jobs, self.test_button):
            field.setEnabled(not running)
        if not running and not self.table.topLevelItemCount():
            self.status.setText(
                self.tr(
                    "784 – h – h – h – 24, plain SGD. Chosen on rows that are held out of the "
                    "training files; a test file is scored once, after the choice."
                )
            )

    def set_test(self, path: Path | None) -> None:
        """Scores the chosen network on these images in the end, or on none."""
        self._test = path
        self._name_test()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE)
        form.setVerticalSpacing(SPACE)
        for name, field, hint in (
            (
                self.tr("Widths"),
                self.widths,
                self.tr("Of all three hidden layers, such as 300,500"),
            ),
            (
                self.tr("Learning rates"),
                self.rates,
                self.tr("On the summed loss, such as 1e-3,5e-4"),
            ),
        ):
            field.setToolTip(hint)
            field.setAccessibleDescription(hint)
            form.addRow(name, field)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        self.epochs.setMaximumWidth(60)
        epochs, jobs = QLabel(self.tr("Epochs")), QLabel(self.tr("&Jobs"))
        epochs.setBuddy(self.epochs)
        jobs.setBuddy(self.jobs)
        self.jobs.setToolTip(self.tr("Networks that train at the same time, a core each"))
        for widget in (epochs, self.epochs, jobs, self.jobs):
            row.addWidget(widget)
        row.addWidget(self.test_button, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.start_button)
        buttons.addWidget(self.stop_button)
        buttons.addStretch(1)
        buttons.addWidget(self.take_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(form)
        layout.addLayout(row)
        layout.addLayout(buttons)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.status)

    def _connect(self) -> None:
        self.start_button.clicked.connect(self._start)
        self.stop_button.clicked.connect(self._stop)
        self.test_button.clicked.connect(self._ask_for_test)
        self.take_button.clicked.connect(self._take)
        self.table.currentItemChanged.connect(lambda: self.update_state(ready=self._ready))
        self.process.event_received.connect(self._show)
        self.process.noted.connect(self.status.setText)
        self.process.failed.connect(self._fail)
        self.process.succeeded.connect(self._finish)

    def _start(self) -> None:
        arguments = [
            *self._data(),
            *("--widths", self.widths.text().replace(" ", "")),
            *("--rates", self.rates.text().replace(" ", "")),
            *("--epochs", self.epochs.text().strip()),
            *("--jobs", str(self.jobs.value())),
            *("--json", "--control", "--give-way"),
        ]
        if self._test is not None:
            arguments += ["--test", str(self._test)]
        self.table.clear()
        self._best = None
        self._stopped = False
        self.status.setText(self.tr("Reading the images…"))
        self.process.start("search", arguments)
        self._fill_rows()
        self.update_state(ready=self._ready)

    def _fill_rows(self) -> None:
        """Adds a row for every cell; the process reports what is no number."""
        try:
            widths = [int(text) for text in self.widths.text().split(",")]
            rates = [float(text) for text in self.rates.text().split(",")]
            epochs = int(self.epochs.text())
            self._recipes = {
                seed_grid.cell_name(width, rate): course_network(width, rate, epochs)
                for width in widths
                for rate in rates
            }
        except ValueError:
            return
        for width in widths:
            for rate in rates:
                item = QTreeWidgetItem([str(width), f"{rate:g}", "…", ""])
                item.setData(_WIDTH, Qt.ItemDataRole.UserRole, seed_grid.cell_name(width, rate))
                self.table.addTopLevelItem(item)

    def _stop(self) -> None:
        self._stopped = True
        self.status.setText(self.tr("Stopping…"))
        self.process.order("stop")

    def _show(self, event: dict[str, Any]) -> None:
        item = self._item(event["name"])
        if item is None:
            return
        match event["event"]:
            case "cell":
                loss = event["loss"]
                item.setText(_ACCURACY, f"{event['accuracy'] * 100:.2f} %")
                item.setText(_LOSS, "–" if loss is None else f"{loss:.4f}")
                item.setData(_ACCURACY, Qt.ItemDataRole.UserRole, event["accuracy"])
                self._mark(self._best_so_far())
                self.status.setText(self._progress())
            case "chosen":
                self._mark(item)
                if self._test is not None:
                    self.status.setText(self.tr("Training the chosen network on all rows…"))
            case "scored":
                self.status.setText(
                    self.tr("Chosen: {0}. Accuracy on {1}: {2} %.")
                    .replace("{0}", event["name"])
                    .replace("{1}", self._test.name if self._test else "")
                    .replace("{2}", f"{event['accuracy'] * 100:.2f}")
                )

    def _item(self, name: str) -> QTreeWidgetItem | None:
        for index in range(self.table.topLevelItemCount()):
            item = self.table.topLevelItem(index)
            if item is not None and item.data(_WIDTH, Qt.ItemDataRole.UserRole) == name:
                return item
        return None

    def _done(self) -> list[QTreeWidgetItem]:
        items = [self.table.topLevelItem(i) for i in range(self.table.topLevelItemCount())]
        return [i for i in items if i and i.data(_ACCURACY, Qt.ItemDataRole.UserRole) is not None]

    def _best_so_far(self) -> QTreeWidgetItem:
        return max(self._done(), key=lambda i: float(i.data(_ACCURACY, Qt.ItemDataRole.UserRole)))

    def _mark(self, best: QTreeWidgetItem) -> None:
        """Shows the best row in bold, with a star."""
        for item in self._done():
            font = self.font()
            font.setBold(item is best)
            for column in range(self.table.columnCount()):
                item.setFont(column, font)
            text = item.text(_ACCURACY).removeprefix("★ ")
            item.setText(_ACCURACY, f"★ {text}" if item is best else text)
        # The selection follows the best row until the user selects another.
        current = self.table.currentItem()
        if current is None or current.data(_WIDTH, Qt.ItemDataRole.UserRole) == self._best:
            self.table.setCurrentItem(best)
        self._best = str(best.data(_WIDTH, Qt.ItemDataRole.UserRole))

    def _progress(self) -> str:
        return (
            self.tr("{0} of {1} networks trained.")
            .replace("{0}", str(len(self._done())))
            .replace("{1}", str(self.table.topLevelItemCount()))
        )

    def _finish(self) -> None:
        if self._stopped:
            self.status.setText(self.tr("Stopped.") + " " + self._progress())
        elif self._test is None and self._best is not None:
            self.status.setText(self.tr("Chosen: {0}.").replace("{0}", self._best))
        self.update_state(ready=self._ready)

    def _fail(self, reason: str) -> None:
        self.status.setText(self.tr("The search failed."))
        self.error.emit(reason)
        self.update_state(ready=self._ready)

    def _ask_for_test(self) -> None:
        if self._test is not None:
            self.set_test(None)
            return
        path = file_dialogs.ask_for_file(
            self,
            self.tr("Test the chosen network on"),
            self._settings.folder("training"),
            file_dialogs.kinds(self.tr("Images with letters"), DATA_ENDINGS),
        )
        if path:
            self._settings.set_folder("training", Path(path).parent)
            self.set_test(Path(path))

    def _name_test(self) -> None:
        text = self.tr("Test file…")
        if self._test is not None:
            text = self.tr("No test on {0}").replace("{0}", self._test.name)
        hint = self.tr("Images that test the chosen network, once, at the end")
        set_text(self.test_button, text, "F9", hint)

    def _take(self) -> None:
        item = self.table.currentItem()
        if item is not None:
            self.chosen.emit(self._recipes[str(item.data(_WIDTH, Qt.ItemDataRole.UserRole))])
