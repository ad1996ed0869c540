"""The Training tab: the recipe on the left, pages with results on the right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from asl_desktop.background.trainer_process import TrainingProcess
from asl_desktop.settings import Settings
from asl_desktop.training import runs as kept_runs
from asl_desktop.training.confusion_page import ConfusionPage
from asl_desktop.training.curves_page import CurvesPage
from asl_desktop.training.data_page import DataPage
from asl_desktop.training.file_list import dropped
from asl_desktop.training.inspection import Inspection
from asl_desktop.training.recipe_card import RecipeCard
from asl_desktop.training.run_bar import Pace, RunBar
from asl_desktop.training.runs import Run
from asl_desktop.training.runs_page import RunsPage
from asl_desktop.training.search_page import SearchPage
from asl_desktop.training.understand_page import UnderstandPage
from asl_desktop.widgets.scrolling import Scrolling
from asl_desktop.widgets.theme import SPACE
from trainer.commands.find_hands import finding
from trainer.support.errors import UserError

_RECIPE_WIDTH = 300
_PATIENCE_SECONDS = 5.0
"""Longest wait for threads when the window closes."""


class TrainingTab(QWidget):
    """Runs one training at a time.

    Args:
        settings: What is remembered.
        runs: Folder of the runs; made when the first one starts.
        loaded: Gives the weight file that reads live.
        curves: The page with the learning curves, where it is made already.
        recipe: The left column, where it is made already.
    """

    use_live = Signal(Path)
    """The user wants to read with these weights now."""

    save_as = Signal(Path)
    """The user wants a copy of these weights."""

    set_default = Signal(Path)
    """The user wants to read with these weights from now on."""

    use_shipped = Signal()
    """The user wants to read with the network that comes with the program."""

    record_more = Signal(str)
    """Two confused letters of which the user wants to record more samples."""

    error = Signal(str)
    """Why something failed, in one sentence."""

    message = Signal(str)
    """A message for the user, in one sentence."""

    def __init__(
        self,
        settings: Settings,
        runs: Path,
        loaded: Callable[[], Path],
        curves: CurvesPage | None = None,
        recipe: RecipeCard | None = None,
    ) -> None:
        super().__init__()
        self._runs = runs
        self._shown: Run | None = None
        self._pace = Pace(1)
        self._stopped = False
        self._read_files = False
        """Whether the data page has been asked for."""
        self.setAcceptDrops(True)
        self.recipe = recipe or RecipeCard(settings, loaded)
        self.process = TrainingProcess(self)
        self.inspection = Inspection(self)
        self.data = DataPage()
        self.curves = curves or CurvesPage(settings)
        self.confusion = ConfusionPage(settings, self.inspection, lambda: self.recipe.convention)
        self.understand = UnderstandPage(self.inspection)
        self.runs = RunsPage(runs)
        self.search = SearchPage(settings, self.recipe.search_arguments)
        self._tabs = QTabWidget()
        self._pages: list[QWidget] = []
        self.bar = RunBar()
        self.bar.status.setText(self._first_words())
        self._lay_out()
        self._connect()
        self._update()

    @property
    def busy(self) -> bool:
        """Whether a run or a search goes on, paused or not."""
        return self.process.running or self.search.process.running

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        return self._pages[self._tabs.currentIndex()]

    def show_page(self, page: QWidget) -> None:
        """Turns to a page."""
        self._tabs.setCurrentIndex(self._pages.index(page))

    @property
    def plots(self) -> Any:
        """The learning curves."""
        return self.curves.plots

    def shut_down(self) -> None:
        """Stops the current run; its best checkpoint stays on disk."""
        self.process.shut_down()
        self.search.process.shut_down()
        self.recipe.download.shut_down(_PATIENCE_SECONDS)
        for part in (self.data, self.inspection, self.confusion, self.understand):
            part.background.wait(_PATIENCE_SECONDS)

    def showEvent(self, event: QShowEvent) -> None:
        """Reads the remembered files, when they are looked at for the first time."""
        if self.recipe.paths and not self._read_files:
            self._show_data()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accepts data files and folders."""
        if dropped(event.mimeData()).data:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Adds what was dropped to the training data, and says what cannot be added."""
        self.recipe.files.add_dropped(dropped(event.mimeData()))
        event.acceptProposedAction()

    # Making -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left = Scrolling(self.recipe)
        left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left.setFixedWidth(left.column_width(_RECIPE_WIDTH))
        self._tabs.setDocumentMode(True)
        for page, title in (
            (self.data, self.tr("&Data")),
            (self.curves, self.tr("&Curves")),
            (self.confusion, self.tr("Err&ors")),
            (self.understand, self.tr("&Understand")),
            (self.runs, self.tr("Ru&ns")),
            (self.search, self.tr("Se&arch")),
        ):
            self._tabs.addTab(Scrolling(page), title)
            self._pages.append(page)
        right = QVBoxLayout()
        right.setSpacing(SPACE)
        right.addWidget(self._tabs, 1)
        right.addWidget(self.bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(left)
        layout.addLayout(right, 1)

    def _connect(self) -> None:
        self.recipe.changed.connect(self._show_data)
        self.bar.start_button.clicked.connect(self._start)
        self.bar.resume_button.clicked.connect(self._resume_last)
        self.bar.pause_button.clicked.connect(self._pause_or_resume)
        self.bar.stop_button.clicked.connect(self._stop)
        self.bar.use_button.clicked.connect(lambda: self._offer(self.use_live))
        self.bar.save_action.triggered.connect(lambda: self._offer(self.save_as))
        self.bar.default_action.triggered.connect(lambda: self._offer(self.set_default))
        self.bar.shipped_action.triggered.connect(self.use_shipped)
        self.process.noted.connect(self.bar.status.setText)
        self.process.batch_done.connect(self._show_batch)
        self.process.epoch_done.connect(self._show_epoch)
        self.process.ended.connect(self._end)
        self.runs.shown.connect(self._show_run)
        self.runs.resume.connect(self._resume)
        self.runs.compared.connect(self._compare)
        self.runs.deleted.connect(self._forget)
        self.confusion.measure.connect(self._measure)
        self.confusion.record_more.connect(self.record_more)
        self.confusion.message.connect(self.message)
        self.curves.message.connect(self.message)
        self.search.chosen.connect(self.recipe.take_recipe)
        for source in (
            *(self.recipe, self.confusion, self.understand, self.runs),
            *(self.search, self.curves, self.inspection),
        ):
            source.error.connect(self.error)

    def _first_words(self) -> str:
        return self.tr("Add images with letters, then start.")

    # Running ----------------------------------------------------------------------------------

    def _start(self) -> None:
        try:
            run = kept_runs.make(self._runs, self.recipe.arguments(), self.recipe.read_files)
        except UserError as error:
            self.error.emit(str(error))
            return
        except OSError as error:
            self.error.emit(
                self.tr("{0}: cannot be made ({1}), so there is no place for the weights.")
                .replace("{0}", str(self._runs))
                .replace("{1}", error.strerror or str(error))
            )
            return
        self._run(run)

    def _resume_last(self) -> None:
        run = kept_runs.unfinished(self._runs)
        if run is not None:
            self._resume(run)

    def _resume(self, run: Run) -> None:
        """Resumes a run with the recipe that it was started with."""
        self.recipe.take(run.arguments)
        self._run(run)

    def _run(self, run: Run) -> None:
        try:
            self._pace = Pace(int(self.recipe.advanced.values()["--epochs"]))
        except ValueError:  # The run ends at once, and says why.
            self._pace = Pace(1)
        self._shown = run
        self._stopped = False
        self.plots.clear()
        self.plots.zoom_out()
        self.inspection.clear()
        self.bar.show_progress(0)
        self.bar.status.setText(self.tr("Reading the images…"))
        if self.page not in (self.curves, self.confusion):
            self.show_page(self.curves)
        self.process.begin(run.command)
        self.runs.refresh()
        self.runs.select(run.folder)
        self._update()

    def _pause_or_resume(self) -> None:
        if self._pace.paused:
            self._pace.resume()
            self.process.order("resume")
            self.bar.status.setText(self.tr("Resuming…"))
        else:
            self._pace.pause()
            self.process.order("pause")
            self.bar.status.setText(self.tr("Paused."))
        self._update()

    def _stop(self) -> None:
        self._stopped = True
        self.bar.status.setText(self.tr("Stopping…"))
        self.process.order("stop")

    def _show_batch(self, event: dict[str, Any]) -> None:
        self.plots.add_batch(event)
        self._pace.reach(event["epoch"] + (event["batch"] + 1) / event["batches"])
        self.bar.show_progress(self._pace.share)
        left = self._pace.seconds_left()
        if not (self._pace.paused or self._stopped or left is None) and event["batch"] % 10 == 0:
            self.bar.show_batch(event, self.recipe.advanced.values()["--epochs"], left)

    def _show_epoch(self, event: dict[str, Any]) -> None:
        self.plots.add_epoch(event)
        if "confusion" in event and self._shown is not None:
            self.confusion.show_live(event["confusion"], event["epoch"])
            self.inspection.show_run(self._shown.folder, latest=True)
        self._update()

    def _end(self, weights: Path | None, reason: str) -> None:
        if self._pace.paused:
            self._pace.resume()
        self.runs.refresh()
        if reason:
            self.error.emit(reason)
        run = self._shown
        if run is not None:
            self._show_result(run, weights, reason)
        self._update()

    def _show_result(self, run: Run, weights: Path | None, reason: str) -> None:
        try:
            self._shown = run = kept_runs.read(run.folder)
        except ValueError:
            self._shown = None
            self.inspection.clear()
            gone = self.tr("The folder of this run was moved or deleted.")
            if weights is not None and weights.exists():
                gone += " " + self.tr("Its weights are {0}.").replace("{0}", str(weights))
            self.bar.status.setText(gone)
            return
        self.inspection.show_run(run.folder)
        self.bar.status.setText(self._result(run, failed=bool(reason)))

    def _result(self, run: Run, *, failed: bool) -> str:
        if not run.epochs and failed:
            return self.tr("The run ended without weights.")
        if not run.epochs:
            return self.tr("Stopped before the end of the first epoch.")
        kept = self.tr("There were no validation images: try the weights live.")
        if best := run.best:
            accuracy = f"{best['validation_accuracy'] * 100:.1f}"
            kept = self.tr("Best epoch {0}: validation accuracy {1} %.").replace("{1}", accuracy)
            kept = kept.replace("{0}", str(best["epoch"] + 1))
        if len(run.epochs) >= run.planned:
            return self.tr("Done.") + " " + kept
        how = self.tr("Stopped after epoch {0} of {1}; you can resume it.")
        if failed:
            how = self.tr("Interrupted after epoch {0} of {1}; you can resume it.")
        return f"{how} {kept}".replace("{0}", str(len(run.epochs))).replace("{1}", str(run.planned))

    # Looking ----------------------------------------------------------------------------------

    def _show_data(self) -> None:
        self._read_files = True
        self.data.show_files(
            self.recipe.paths,
            self.recipe.validation_paths,
            self.recipe.convention,
            finding(self.recipe.find_hands),
        )
        if self._shown is None:
            self.bar.status.setText(
                self.tr("Ready to start.") if self.recipe.paths else self._first_words()
            )
        self.show_page(self.data)
        self._update()

    def _show_run(self, run: Run) -> None:
        if self.process.running:
            self.error.emit(self.tr("Stop the current run first, or tick the other one."))
            return
        self._shown = run
        self.plots.show_epochs(run.epochs)
        self.inspection.show_run(run.folder)
        self.bar.show_progress(len(run.epochs) / max(run.planned, 1))
        self.bar.status.setText(f"{run.name}: {self._result(run, failed=False)}")
        self.show_page(self.curves)
        self._update()

    def _compare(self, compared: list[Run]) -> None:
        self.plots.set_overlays([(run.name, run.epochs) for run in compared])

    def _forget(self, folder: Path) -> None:
        if self._shown is not None and self._shown.folder == folder:
            self._shown = None
            self.plots.clear()
            self.inspection.clear()
        self._update()

    def _measure(self, data: Path) -> None:
        if self._shown is not None and self._shown.weights.exists():
            words = self.tr("Reading {0}…").replace("{0}", data.name)
            self.confusion.say_while_reading(words)
            self.inspection.measure(
                self._shown.weights,
                data,
                self.recipe.convention,
                finding(self.recipe.find_hands),
            )

    def _offer(self, signal: Any) -> None:
        if self._shown is not None and self._shown.weights.exists():
            signal.emit(self._shown.weights)

    def _update(self) -> None:
        running = self.process.running
        there = self._shown is not None and self._shown.weights.exists()
        self.recipe.setEnabled(not running)
        self.bar.show_run(
            running=running,
            paused=self._pace.paused,
            ready=self.recipe.ready,
            resumable=not running and kept_runs.unfinished(self._runs) is not None,
        )
        self.bar.show_weights(there)
        self.search.update_state(ready=not running and bool(self.recipe.paths))
        self.runs.set_busy(self._shown.folder if running and self._shown else None)
        self.understand.show_weights(self._shown.weights if there and self._shown else None)
        self.confusion.measure_button.setEnabled(there and not running)
