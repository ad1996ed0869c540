"""The list of runs: open, compare, rename, delete, resume."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.training import hyper_parameters, runs
from asl_desktop.training.plots import MOST_OVERLAYS
from asl_desktop.training.runs import Run
from asl_desktop.widgets import question
from asl_desktop.widgets.parts import plain_label, plain_tip, row
from asl_desktop.widgets.theme import SPACE
from trainer.support.errors import UserError

_NAME, _BEST, _EPOCHS, _FILES, _RECIPE, _STARTED = range(6)


class RunsPage(QWidget):
    """All runs, the newest first. A tick draws a run's curves behind the shown one's.

    Args:
        folder: Of all runs.
    """

    shown = Signal(object)
    """A `Run` to open."""

    resume = Signal(object)
    """A `Run` to resume."""

    compared = Signal(list)
    """The ticked runs."""

    deleted = Signal(Path)
    """The folder of a deleted run."""

    error = Signal(str)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._runs: list[Run] = []
        self._items: list[QTreeWidgetItem] = []
        self._busy: Path | None = None
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Training runs"))
        self.tree.setRootIsDecorated(False)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.tree.setHeaderLabels(
            [
                self.tr("Name"),
                self.tr("Validation"),
                self.tr("Epochs"),
                self.tr("Training data"),
                self.tr("Network"),
                self.tr("Started"),
            ]
        )
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Interactive)
        self.about = plain_label()
        self.about.setWordWrap(True)
        self.about.setProperty("muted", True)
        self.show_button = QPushButton(self.tr("Open"))
        self.show_button.setToolTip(self.tr("Show its curves and errors; its weights can be used"))
        self.resume_button = QPushButton(self.tr("Resume"))
        self.rename_button = QPushButton(self.tr("Rename"))
        self.rename_button.setToolTip(self.tr("F2, in the list"))
        self.delete_button = QPushButton(self.tr("Delete…"))
        self.delete_button.setToolTip(self.tr("Delete, in the list"))
        self._lay_out()
        self._connect()
        self.refresh()

    @property
    def selected(self) -> Run | None:
        """The run that the buttons are for."""
        item = self.tree.currentItem()
        return None if item is None else self._runs[self.tree.indexOfTopLevelItem(item)]

    @property
    def ticked(self) -> list[Run]:
        """The runs whose curves are drawn behind."""
        return [
            run
            for run, item in zip(self._runs, self._items, strict=True)
            if item.checkState(_NAME) is Qt.CheckState.Checked
        ]

    def set_busy(self, folder: Path | None) -> None:
        """Marks the running run, which cannot be deleted or resumed; None: none runs."""
        self._busy = folder
        self._update()

    def select(self, folder: Path) -> None:
        """Chooses a run."""
        for run, item in zip(self._runs, self._items, strict=True):
            if run.folder == folder:
                self.tree.setCurrentItem(item)

    def showEvent(self, event: QShowEvent) -> None:
        """Reloads the list, which runs of the command line may have changed."""
        self.refresh()

    def refresh(self) -> None:
        """Reloads the list; selection and ticks stay."""
        chosen, ticked = self.selected, {run.folder for run in self.ticked}
        self._runs = runs.read_all(self._folder)
        with QSignalBlocker(self.tree):
            self.tree.clear()
            self._items = [self._item(run, ticked=run.folder in ticked) for run in self._runs]
            self.tree.addTopLevelItems(self._items)
            if chosen is not None:
                self.select(chosen.folder)
            if self.tree.currentItem() is None and self._runs:
                self.tree.setCurrentItem(self._items[0])
        # The box before a name takes more room than Qt plans for it.
        names, header = self.tree.sizeHintForColumn(_NAME) + SPACE, self.tree.header()
        header.resizeSection(_NAME, max(names, header.sectionSizeHint(_NAME)))
        self._update()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.about)
        left = (self.show_button, self.resume_button)
        right = (self.rename_button, self.delete_button)
        layout.addLayout(row(*left, right=right))

    def _connect(self) -> None:
        self.tree.currentItemChanged.connect(self._update)
        self.tree.itemActivated.connect(self._show)
        self.tree.itemChanged.connect(self._change)
        self.show_button.clicked.connect(self._show)
        self.resume_button.clicked.connect(self._resume_selected)
        self.rename_button.clicked.connect(self._rename)
        self.delete_button.clicked.connect(self._ask_to_delete)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.tree)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._ask_to_delete)

    def _item(self, run: Run, *, ticked: bool) -> QTreeWidgetItem:
        best = run.best
        item = QTreeWidgetItem(
            [
                run.name,
                f"{best['validation_accuracy'] * 100:.2f} %" if best else "–",
                f"{len(run.epochs)} / {run.planned}" if run.planned else "–",
                ", ".join(_files(run)),
                _network(run),
                run.started.strftime("%Y-%m-%d %H:%M"),
            ]
        )
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(_NAME, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setToolTip(_NAME, plain_tip(str(run.folder)))
        item.setToolTip(_RECIPE, plain_tip("trainer train " + " ".join(run.arguments)))
        return item

    def _change(self, item: QTreeWidgetItem) -> None:
        """A name was edited, or a tick was set."""
        run = self._runs[self.tree.indexOfTopLevelItem(item)]
        name = item.text(_NAME).strip()
        if name != run.name:
            try:
                runs.rename(run.folder, name)
            except (UserError, OSError, ValueError) as error:
                self.error.emit(str(error))
            self.refresh()
        ticked = self.ticked
        if len(ticked) > MOST_OVERLAYS:
            with QSignalBlocker(self.tree):
                item.setCheckState(_NAME, Qt.CheckState.Unchecked)
            ticked = self.ticked
            self.error.emit(
                self.tr("At most {0} runs can be compared at once.").replace(
                    "{0}", str(MOST_OVERLAYS)
                )
            )
        self.compared.emit(ticked)

    def _show(self) -> None:
        if self.selected is not None:
            self.shown.emit(self.selected)

    def _resume_selected(self) -> None:
        if self.selected is not None:
            self.resume.emit(self.selected)

    def _rename(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self.tree.editItem(item, _NAME)

    def _ask_to_delete(self) -> None:
        run = self.selected
        if run is None or run.folder == self._busy:
            return
        words = (
            self.tr("Delete {0} with its weights?").replace("{0}", run.name)
            if run.of_the_app
            else self.tr("Delete {0} from the list? Its weights stay at {1}.")
            .replace("{0}", run.name)
            .replace("{1}", str(run.weights))
        )
        if question.confirm(
            self, self.tr("Delete run"), words, self.tr("&Delete run"), self.tr("&Keep run")
        ):
            self.delete(run)

    def delete(self, run: Run) -> None:
        """Deletes a run."""
        try:
            runs.delete(run.folder)
        except UserError as error:
            self.error.emit(str(error))
        self.refresh()
        self.deleted.emit(run.folder)
        self.compared.emit(self.ticked)

    def _update(self) -> None:
        run = self.selected
        free = run is not None and run.folder != self._busy
        self.show_button.setEnabled(run is not None)
        self.rename_button.setEnabled(run is not None)
        self.delete_button.setEnabled(free)
        self.resume_button.setEnabled(free and self._busy is None and bool(run and run.unfinished))
        self.about.setText(self._about(run))

    def _about(self, run: Run | None) -> str:
        if run is None:
            return self.tr("No runs yet. Runs of `trainer train` are listed here, too.")
        if run.changed is not None and len(run.epochs) < run.planned:
            return self.tr("Cannot resume: {0} is missing or has changed.").replace(
                "{0}", run.changed
            )
        if run.best is not None:
            return (
                self.tr("Best epoch: {0}. Tick runs to see their curves behind the shown one's.")
            ).replace("{0}", str(run.best["epoch"] + 1))
        return self.tr("Tick runs to see their curves behind the shown one's.")


def _files(run: Run) -> Sequence[str]:
    arguments = hyper_parameters.parsed([*run.arguments, "--out", "x"])
    return [path.name for path in arguments.train] if arguments else []


def _network(run: Run) -> str:
    recipe = run.recipe
    if not recipe:
        return "–"
    widths = "-".join(map(str, recipe["hidden"]))
    plan = f"{recipe['convolutions']} · " if recipe["convolutions"] else ""
    return f"{plan}{widths}, {recipe['optimiser']} {recipe['learning_rate']:g}"


def set_text(button: QAbstractButton, text: str, key: str, hint: str = "") -> None:
    """Gives a button a text, a key beside its mnemonic, and a hint that names the key."""
    button.setText(text)
    # A button's own shortcut is its mnemonic.
    shortcut = button.findChild(QShortcut)
    if shortcut is None:
        shortcut = QShortcut(button)
        shortcut.activated.connect(button.animateClick)
    shortcut.setKey(QKeySequence(key))
    shown = shortcut.key().toString(QKeySequence.SequenceFormat.NativeText)
    button.setToolTip(f"{hint} ({shown})" if hint else shown)
