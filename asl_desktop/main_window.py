"""The window: menus and tabs, and the signals between them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QTabWidget, QVBoxLayout, QWidget

from asl_desktop import user_folders
from asl_desktop.actions import Actions
from asl_desktop.camera.frame_worker import Phase, SourceState
from asl_desktop.compose.composer import Composer, Draft
from asl_desktop.language import Language
from asl_desktop.live.live_tab import LiveTab
from asl_desktop.live.network_menu import NetworkMenu
from asl_desktop.live.source_menu import SourceMenu
from asl_desktop.live_weights import LiveWeights
from asl_desktop.menus.edit_menu import EditMenu
from asl_desktop.menus.help import Help
from asl_desktop.menus.menu_bar import MenuBar
from asl_desktop.menus.opening import Opening
from asl_desktop.menus.recent_menu import RecentMenu
from asl_desktop.people import People
from asl_desktop.settings import Settings, Theme
from asl_desktop.startup import window_geometry
from asl_desktop.startup.late_tab import Importer, LateTab
from asl_desktop.widgets import question
from asl_desktop.widgets.banner import Banner
from asl_desktop.widgets.scrolling import Scrolling
from asl_desktop.widgets.theme import SPACE, ThemeSwitch
from trainer.capture.address import is_stream, masked
from trainer.capture.opening import DEMO, is_live
from trainer.support.errors import UserError
from trainer.support.paths import DEMO_CLIP, SIGN_MNIST_WEIGHTS, asset

if TYPE_CHECKING:
    from asl_desktop.live.large_letters import LargeLetters
    from asl_desktop.my_hand.my_hand_tab import MyHandTab
    from asl_desktop.practice.practice_tab import PracticeTab
    from asl_desktop.training.training_tab import TrainingTab

PRACTICE = "asl_desktop.practice.practice_tab"
MY_HAND = "asl_desktop.my_hand.my_hand_tab"
TRAINING = "asl_desktop.training.training_tab"
LATE_MODULES: dict[str, tuple[str, ...]] = {
    PRACTICE: (),
    MY_HAND: ("trainer.samples.store", "trainer.training.recipes"),
    "pyqtgraph": (),
    TRAINING: ("trainer.commands.train", "trainer.data.summary", "trainer.experiments.seed_grid"),
}
"""Modules that are imported when the video plays, and the libraries that they wait for."""

_PATIENCE_SECONDS = 5.0
"""Longest wait for threads when the window closes."""


class MainWindow(QMainWindow):
    """Menus and tabs.

    Args:
        settings: What is remembered.
        theme: What the View menu switches.
    """

    def __init__(self, settings: Settings, theme: ThemeSwitch) -> None:
        super().__init__()
        self._settings = settings
        self._theme = theme
        self.training: TrainingTab | None = None
        """Made when its tab is first shown."""
        self.practice: PracticeTab | None = None
        """Made when its tab is first shown."""
        self.my_hand: MyHandTab | None = None
        """Made when its tab is first shown."""
        self.stopped = True
        """Whether all threads have ended; valid after closing."""
        self.large: LargeLetters | None = None
        """Made when it is first shown."""
        self.setWindowTitle("ASL Desktop")
        self.setAcceptDrops(True)

        self.user_actions = Actions(self)
        self.banner = Banner()
        self.composer = Composer(
            settings,
            self.user_actions.text,
            self.user_actions.edit.undo,
            Draft(user_folders.draft()),
        )
        self._source_menu = SourceMenu(self.user_actions, self)
        self.people = People(settings, user_folders.data(), self)
        self.weights = LiveWeights(settings, self.people, self)
        self.live = LiveTab(
            settings,
            self.user_actions,
            self._source_menu,
            NetworkMenu(self.user_actions, self.weights, self),
            self.composer,
        )
        self._opening = Opening(settings, self.user_actions, self)
        self._help = Help(settings, self.user_actions, self.weights, self.live.pace, self)
        self._importer = Importer(LATE_MODULES, self)
        self._lay_out()
        self._fill_menus()
        self._connect()
        window_geometry.restore(self, settings.geometry)
        self.user_actions.full_screen.setChecked(self.isFullScreen())

    def start(self, source: str = "", weights: Path | None = None) -> None:
        """Starts to play a source and to read it.

        Args:
            source: As on the command line; "" is the camera.
            weights: A weight file; None for the one used last, or the shipped one.
        """
        self.weights.start(weights)
        self.play(source)

    def warn(self, text: str) -> None:
        """Shows an error."""
        self.banner.warn(text)

    def play(self, source: str) -> None:
        """Plays another source; the demo clip is the demo by its path, too."""
        source = DEMO if _is_demo(source) else source
        recent = _to_remember(source)
        if recent:
            self._settings.add_recent_source(recent)
        self.banner.leave_source()
        self.live.play(source, preferred=self._settings.camera)

    def show_live(self) -> None:
        """Turns to the Live tab."""
        self.tabs.setCurrentWidget(self._live_page)

    def show_my_hand(self) -> None:
        """Turns to the My hand tab."""
        self.tabs.setCurrentWidget(self._my_hand_page)

    def show_training(self) -> None:
        """Turns to the Training tab."""
        self.tabs.setCurrentWidget(self._training_page)

    # Making -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._live_page = Scrolling(self.live)
        self.tabs.addTab(self._live_page, self.tr("&Live"))
        self.tabs.addTab(
            LateTab(PRACTICE, self._make_practice, self._importer), self.tr("&Practice")
        )
        self._my_hand_page = LateTab(MY_HAND, self._make_my_hand, self._importer)
        self.tabs.addTab(self._my_hand_page, self.tr("&My hand"))
        self._training_page = LateTab(TRAINING, self._make_training, self._importer)
        self.tabs.addTab(self._training_page, self.tr("T&raining"))
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        messages = QVBoxLayout()
        messages.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 0)
        messages.addWidget(self.banner)
        layout.addLayout(messages)
        layout.addWidget(self.tabs, 1)
        self.setCentralWidget(centre)

    def _make_training(self) -> Iterator[QWidget | None]:
        from asl_desktop.training.curves_page import CurvesPage
        from asl_desktop.training.recipe_card import RecipeCard
        from asl_desktop.training.training_tab import TrainingTab

        def loaded() -> Path:
            return self.weights.path

        curves = CurvesPage(self._settings)
        yield None
        recipe = RecipeCard(self._settings, loaded)
        yield None
        self.training = TrainingTab(self._settings, user_folders.runs(), loaded, curves, recipe)
        self.training.use_live.connect(self._use_trained)
        self.training.save_as.connect(self.weights.save_copy)
        self.training.set_default.connect(self.weights.set_default)
        self.training.use_shipped.connect(self.weights.use_shipped)
        self.training.record_more.connect(self._record_more)
        self.training.error.connect(self.banner.warn)
        self.training.message.connect(self.banner.inform)
        yield None
        yield self.training

    def _record_more(self, letters: str) -> None:
        """Goes to the page that records samples, for confused letters."""
        self.show_my_hand()
        if self.my_hand is not None:
            self.my_hand.record_letters(letters)

    def _make_practice(self) -> Iterator[QWidget | None]:
        from asl_desktop.practice.practice_tab import PracticeTab

        self.practice = PracticeTab(self._settings, self.user_actions, user_folders.practice())
        self.practice.error.connect(self.banner.warn)
        self.live.frame_shown.connect(self.practice.show_frame)
        yield self.practice

    def _make_my_hand(self) -> Iterator[QWidget | None]:
        from asl_desktop.my_hand.my_hand_tab import MyHandTab

        try:
            self.my_hand = MyHandTab(
                self._settings,
                self.user_actions,
                self.people,
                lambda: self.weights.path,
            )
        except UserError as error:
            self.banner.warn(str(error))
            yield QWidget()
            return
        self.my_hand.use_live.connect(self.weights.open)
        self.my_hand.error.connect(self.banner.warn)
        self.my_hand.message.connect(self.banner.inform)
        self.live.frame_shown.connect(self.my_hand.show_frame)
        self.people.sweep()
        yield self.my_hand

    def _fill_menus(self) -> None:
        actions = self.user_actions
        recent = RecentMenu(self._settings, self.weights, self)
        recent.source_chosen.connect(self.play)
        edit = EditMenu(actions.edit, self.composer.field, self)
        MenuBar(self.menuBar(), actions, recent, edit, self._source_menu)

    def _connect(self) -> None:
        actions = self.user_actions
        actions.open_weights.triggered.connect(self.weights.ask)
        actions.shipped_weights.triggered.connect(self.weights.use_shipped)
        actions.sign_mnist_weights.triggered.connect(
            lambda: self.weights.open(asset(SIGN_MNIST_WEIGHTS))
        )
        actions.weights_info.triggered.connect(self.weights.show_info)
        actions.quit.triggered.connect(self.close)
        actions.first_camera.triggered.connect(lambda: self.play(""))
        self._opening.source_chosen.connect(self.play)
        self._opening.weights_chosen.connect(self.weights.open)
        actions.demo.triggered.connect(lambda: self.play(DEMO))
        actions.full_screen.toggled.connect(self._set_full_screen)
        actions.themes[self._theme.choice].setChecked(True)
        for theme, action in actions.themes.items():
            action.triggered.connect(lambda _, chosen=theme: self._choose_theme(chosen))
        actions.languages[self._settings.language].setChecked(True)
        for language, action in actions.languages.items():
            action.triggered.connect(lambda _, chosen=language: self._choose_language(chosen))
        actions.large_letters.triggered.connect(self._show_large_letters)
        self._source_menu.camera_chosen.connect(self._choose_camera)
        self._help.error.connect(self.warn)
        self.live.error.connect(self.banner.warn_of_source)
        self.live.frame_shown.connect(lambda _, steady: self.composer.take(steady))
        self.live.spelled.connect(self.composer.take_word)
        self.live.settled.connect(self.composer.words.prepare)
        self.live.narrowed.connect(self.composer.set_narrow)
        self.live.typing_paused.connect(self.composer.pause)
        actions.first_steps.triggered.connect(self.show_live)
        self.live.settled.connect(self._importer.start)
        self.composer.error.connect(self.warn)
        self.composer.message.connect(self.banner.inform)
        self.composer.restore()
        self.weights.loaded.connect(self.live.set_model)
        self.weights.loaded.connect(lambda: self.live.name_network(self.weights.name))
        self.live.name_network(self.weights.name)
        self.people.changed.connect(lambda: self.live.name_network(self.weights.name))
        self.weights.error.connect(self.warn)
        self.weights.message.connect(self.banner.inform)

    # Sources ----------------------------------------------------------------------------------

    def _choose_camera(self, key: str) -> None:
        self._settings.camera = key
        self.play(key)

    def _use_trained(self, path: Path) -> None:
        self.weights.open(path)
        self.show_live()

    # View -------------------------------------------------------------------------------------

    def _choose_language(self, language: Language) -> None:
        self._settings.language = language
        self.banner.inform(self.tr("The language changes at the next start."))

    def _choose_theme(self, theme: Theme) -> None:
        self._settings.theme = theme
        self._theme.choose(theme)

    def _set_full_screen(self, full: bool) -> None:
        self.setWindowState(
            self.windowState() | Qt.WindowState.WindowFullScreen
            if full
            else self.windowState() & ~Qt.WindowState.WindowFullScreen
        )

    def _show_large_letters(self) -> None:
        """Shows letter, text and image on the whole screen."""
        # Only there are signs typed.
        self.show_live()
        if self.large is None:
            # It is made when it is wanted, so that the start stays fast.
            from asl_desktop.live.large_letters import LargeLetters

            large = self.large = LargeLetters(self.user_actions, self.live.panel.letter, self)
            self.live.frame_shown.connect(large.show_frame)
            self.live.camera.state_changed.connect(large.show_state)
            field = self.composer.field
            field.textChanged.connect(lambda: large.text.show_text(field.text))
            large.text.show_text(field.text)
        self.large.show_state(SourceState(Phase.FAILED))
        self.large.showFullScreen()
        self.large.activateWindow()

    # Events -----------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accepts one file or folder."""
        if _dropped_path(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens the dropped weights or source."""
        path = _dropped_path(event)
        if path is None:
            return
        event.acceptProposedAction()
        self._opening.open(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Saves geometry and text, and ends the threads; asks first where something is lost."""
        if self.training is not None and not (
            self.training.confusion.may_close()
            and (not self.training.busy or self._stops_training())
        ):
            event.ignore()
            return
        if self.large is not None:
            self.large.close()
        self._settings.geometry = self.saveGeometry()
        if self.training is not None:
            self.training.shut_down()
        if self.my_hand is not None:
            self.my_hand.shut_down()
        if self.practice is not None:
            self.practice.shut_down()
        self.composer.shut_down()
        self.stopped = self.live.stop()
        self.weights.wait(_PATIENCE_SECONDS)
        self._importer.stop(_PATIENCE_SECONDS)
        super().closeEvent(event)

    def _stops_training(self) -> bool:
        """Whether the user wants to quit although a training goes on."""
        return question.confirm(
            self,
            self.tr("Training goes on"),
            self.tr(
                "A training goes on. If you quit, it stops: the best checkpoint so far is saved, "
                "and the run can be resumed."
            ),
            self.tr("&Stop and quit"),
            self.tr("&Keep training"),
        )


def _is_demo(source: str) -> bool:
    """Whether a source is the file of the demo clip."""
    try:
        return Path(source).samefile(asset(DEMO_CLIP))
    except (OSError, ValueError):
        return False


def _to_remember(source: str) -> str:
    """What the list of recent sources says about a source; "" for one that is not in it."""
    if is_stream(source):
        # A password has no place among the settings.
        return source if masked(source) == source else ""
    # Other than Path.exists, this takes any text.
    if not source or source == DEMO or is_live(source) or not os.path.exists(source):
        return ""
    return str(Path(source).absolute())


def _dropped_path(event: QDropEvent) -> Path | None:
    """The dropped file or folder; None if there are several."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
