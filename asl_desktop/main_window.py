"""The window: menus, tabs, and what connects them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QTabWidget, QVBoxLayout, QWidget

from asl_desktop import places
from asl_desktop.actions import Actions
from asl_desktop.background.model_loader import ModelLoader
from asl_desktop.camera.camera_thread import CameraThread
from asl_desktop.camera.source_menu import SourceMenu
from asl_desktop.language import Language
from asl_desktop.live.live_tab import LiveTab
from asl_desktop.settings import Settings, Theme
from asl_desktop.widgets import file_dialogs
from asl_desktop.widgets.theme import SPACE, ThemeSwitch
from trainer.capture.opening import DATA_ENDINGS, DEMO
from trainer.capture.video import VIDEO_ENDINGS
from trainer.images.files import IMAGE_ENDINGS
from trainer.support import atomic
from trainer.support.errors import UserError
from trainer.support.paths import DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS, asset

if TYPE_CHECKING:
    from asl_desktop.my_hand.my_hand_tab import MineTab
    from asl_desktop.practice.practice_tab import PracticeTab
    from asl_desktop.training.training_tab import TrainingTab
    from asl_desktop.widgets.banner import Banner
    from trainer.model.model import Model

WEIGHT_ENDINGS = (".safetensors", ".npz")
_LOADER_SECONDS = 5.0
_IMAGE_FIRST_MS = 200
"""How long the rest of the window waits for an image that does not come."""


class MainWindow(QMainWindow):
    """Menus and tabs.

    Args:
        settings: What is remembered.
        theme: What the View menu switches.
        camera: One that may play already; None for a new one.
    """

    def __init__(
        self, settings: Settings, theme: ThemeSwitch, camera: CameraThread | None = None
    ) -> None:
        super().__init__()
        self._settings = settings
        self._theme = theme
        self._model: Model | None = None
        self._weights = asset(DEFAULT_WEIGHTS)
        self._first_weights: Path | None = None
        self.training: TrainingTab | None = None
        """Made when its tab is first shown."""
        self.practice: PracticeTab | None = None
        """Made when its tab is first shown."""
        self.mine: MineTab | None = None
        """Made when its tab is first shown."""
        self.stopped = True
        """After closing: whether all threads ended."""
        self.setWindowTitle("ASL Desktop")
        self.resize(1280, 800)
        self.setAcceptDrops(True)

        self.user_actions = Actions(self)
        self._source_menu = SourceMenu(self.user_actions, self)
        self.live = LiveTab(settings, self.user_actions, self._source_menu, camera)
        self._loader = ModelLoader(self)
        self._lay_out()
        self._fill_menus()
        self._connect()
        self.restoreGeometry(settings.geometry)

    def start(self, source: str = "", weights: Path | None = None) -> None:
        """Begins to play and to read.

        Args:
            source: As on the command line; "" is the camera.
            weights: A weight file; None for the one used last, or the shipped one.
        """
        self._first_weights = weights or self._settings.weights or asset(DEFAULT_WEIGHTS)
        if self.live.camera.is_playing:
            self.live.show_playing(source, preferred=self._settings.camera)
        else:
            self.live.play(source, preferred=self._settings.camera)
        # The image comes first; a source that keeps the user waiting delays nothing else.
        self.live.preview.first_frame_shown.connect(self._finish_start)
        QTimer.singleShot(_IMAGE_FIRST_MS, self, self._finish_start)

    @cached_property
    def banner(self) -> Banner:
        """Where messages are shown; made for the first one."""
        from asl_desktop.widgets.banner import Banner

        banner = Banner()
        self._messages.addWidget(banner)
        return banner

    def warn(self, text: str) -> None:
        """Tells that something went wrong."""
        self.banner.warn(text)

    def play(self, source: str) -> None:
        """Plays another source."""
        self.live.play(source, preferred=self._settings.camera)

    def open_weights(self, path: Path) -> None:
        """Reads with the weights of a file, as soon as they are loaded and found good."""
        self._loader.load(path)

    def show_mine(self) -> None:
        """Turns to the tab that makes the network one's own."""
        self.tabs.setCurrentWidget(self._mine_page)

    def show_training(self) -> None:
        """Turns to the Training tab."""
        self.tabs.setCurrentWidget(self._training_page)

    def _finish_start(self) -> None:
        path, self._first_weights = self._first_weights, None
        if path is not None:
            from PySide6.QtGui import QIcon

            self.live.complete()
            self._loader.load(path)
            self.setWindowIcon(QIcon(str(asset("icons/asl-desktop.svg"))))

    # Making -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.live, self.tr("&Live"))
        self._late_pages: dict[QWidget, Callable[[], QWidget]] = {}
        self._add_late_tab(self.tr("&Practice"), self._make_practice)
        self._mine_page = self._add_late_tab(self.tr("&Mine"), self._make_mine)
        self._training_page = self._add_late_tab(self.tr("T&raining"), self._make_training)
        self.tabs.currentChanged.connect(self._make_page)
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._messages = QVBoxLayout()
        self._messages.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 0)
        layout.addLayout(self._messages)
        layout.addWidget(self.tabs, 1)
        self.setCentralWidget(centre)

    def _add_late_tab(self, title: str, make: Callable[[], QWidget]) -> QWidget:
        """Adds a tab that is made when it is first shown, so that the start stays fast."""
        page = QWidget()
        self._late_pages[page] = make
        self.tabs.addTab(page, title)
        return page

    def _make_page(self) -> None:
        page = self.tabs.currentWidget()
        make = self._late_pages.pop(page, None)
        if make is not None:
            layout = QVBoxLayout(page)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addWidget(make())

    def _make_training(self) -> QWidget:
        from asl_desktop.training.training_tab import TrainingTab

        self.training = TrainingTab(self._settings, places.runs(), lambda: self._weights)
        self.training.use_live.connect(self._use_trained)
        self.training.save_as.connect(self._save_weights)
        self.training.set_default.connect(self._set_default_weights)
        self.training.use_shipped.connect(self.user_actions.shipped_weights.trigger)
        self.training.record_more.connect(self._record_more)
        self.training.trouble.connect(self.banner.warn)
        self.training.told.connect(self.banner.inform)
        return self.training

    def _record_more(self, letters: str) -> None:
        """Goes to where samples are recorded, for letters that are taken for each other."""
        self.show_mine()
        if self.mine is not None:
            self.mine.record_letter(letters[0])

    def _make_practice(self) -> QWidget:
        from asl_desktop.practice.practice_tab import PracticeTab

        self.practice = PracticeTab(self._settings, self.user_actions, places.practice())
        self.practice.trouble.connect(self.banner.warn)
        self.live.frame_shown.connect(self.practice.show_frame)
        return self.practice

    def _make_mine(self) -> QWidget:
        from asl_desktop.my_hand.my_hand_tab import MineTab

        try:
            self.mine = MineTab(
                self._settings,
                self.user_actions,
                places.mine(),
                places.own_weights(),
                lambda: self._weights,
            )
        except UserError as error:
            self.banner.warn(str(error))
            return QWidget()
        self.mine.use_live.connect(self.open_weights)
        self.mine.trouble.connect(self.banner.warn)
        self.mine.told.connect(self.banner.inform)
        self.live.frame_shown.connect(self.mine.show_frame)
        return self.mine

    def _fill_menus(self) -> None:
        actions = self.user_actions
        bar = self.menuBar()
        file = bar.addMenu(self.tr("&File"))
        file.addActions([actions.open_weights, actions.shipped_weights, actions.record_weights])
        file.addAction(actions.weights_info)
        file.addSeparator()
        file.addAction(actions.quit)
        bar.addMenu(self._source_menu)
        text = bar.addMenu(self.tr("&Text"))
        for group in actions.text.groups:
            text.addActions(group)
            text.addSeparator()
        view = bar.addMenu(self.tr("&View"))
        view.addActions([actions.mirror, actions.freeze])
        view.addSeparator()
        view.addActions([actions.focus_box, actions.follow, actions.reset_box])
        view.addSeparator()
        colours = view.addMenu(self.tr("&Theme"))
        colours.addActions(list(actions.themes.values()))
        words = view.addMenu(self.tr("&Language"))
        words.addActions(list(actions.languages.values()))
        view.addActions([actions.reduce_motion, actions.full_screen])
        help_menu = bar.addMenu(self.tr("&Help"))
        help_menu.addActions([actions.shortcuts, actions.about])

    def _connect(self) -> None:
        actions = self.user_actions
        actions.open_weights.triggered.connect(self._ask_for_weights)
        actions.shipped_weights.triggered.connect(lambda: self.open_weights(asset(DEFAULT_WEIGHTS)))
        actions.record_weights.triggered.connect(
            lambda: self.open_weights(asset(SIGN_MNIST_WEIGHTS))
        )
        actions.weights_info.triggered.connect(self._show_weights_info)
        actions.quit.triggered.connect(self.close)
        actions.first_camera.triggered.connect(lambda: self.play(""))
        actions.open_video.triggered.connect(self._ask_for_video)
        actions.open_image.triggered.connect(self._ask_for_image)
        actions.open_folder.triggered.connect(self._ask_for_folder)
        actions.open_stream.triggered.connect(self._ask_for_stream)
        actions.demo.triggered.connect(lambda: self.play(DEMO))
        actions.full_screen.toggled.connect(self._set_full_screen)
        actions.themes[self._theme.choice].setChecked(True)
        for theme, action in actions.themes.items():
            action.triggered.connect(lambda _, chosen=theme: self._choose_theme(chosen))
        actions.languages[self._settings.language].setChecked(True)
        for language, action in actions.languages.items():
            action.triggered.connect(lambda _, chosen=language: self._choose_language(chosen))
        actions.shortcuts.triggered.connect(self._show_shortcuts)
        actions.about.triggered.connect(self._show_about)
        self._source_menu.camera_chosen.connect(self._choose_camera)
        self.live.trouble.connect(self.warn)
        self._loader.loaded.connect(self._use_model)
        self._loader.refused.connect(self._refuse_weights)

    # Sources ----------------------------------------------------------------------------------

    def _choose_camera(self, name: str) -> None:
        self._settings.camera = name
        self.play(name)

    def _ask_for_video(self) -> None:
        self._ask_for_source("video", self.tr("Open video"), self.tr("Videos"), VIDEO_ENDINGS)

    def _ask_for_image(self) -> None:
        self._ask_for_source(
            "image",
            self.tr("Open image"),
            self.tr("Images and data sets"),
            IMAGE_ENDINGS + DATA_ENDINGS,
        )

    def _ask_for_source(
        self, purpose: str, title: str, kind: str, endings: tuple[str, ...]
    ) -> None:
        path = file_dialogs.ask_for_file(
            self, title, self._settings.folder(purpose), file_dialogs.kinds(kind, endings)
        )
        if path:
            self._settings.set_folder(purpose, Path(path).parent)
            self.play(path)

    def _ask_for_folder(self) -> None:
        path = file_dialogs.ask_for_folder(
            self, self.tr("Open folder of images"), self._settings.folder("folder")
        )
        if path:
            self._settings.set_folder("folder", Path(path))
            self.play(path)

    def _ask_for_stream(self) -> None:
        from asl_desktop.dialogs import StreamDialog

        dialog = StreamDialog(self)
        dialog.accepted.connect(lambda: self.play(dialog.text))
        dialog.open()

    # Weights ----------------------------------------------------------------------------------

    def _ask_for_weights(self) -> None:
        path = file_dialogs.ask_for_file(
            self,
            self.tr("Open weights"),
            self._settings.folder("weights"),
            file_dialogs.kinds(self.tr("Weight files"), WEIGHT_ENDINGS),
        )
        if path:
            self._settings.set_folder("weights", Path(path).parent)
            self.open_weights(Path(path))

    def _use_model(self, path: Path, model: Model) -> None:
        first = self._model is None
        self._model, self._weights = model, path
        # What was trained just now is tried out, until it is set as the default.
        if not path.is_relative_to(places.runs()):
            self._settings.weights = None if path == asset(DEFAULT_WEIGHTS) else path
        self.live.set_model(model)
        if not first:
            self.banner.inform(self.tr("Now reading with {0}.").replace("{0}", path.name))

    def _refuse_weights(self, path: Path, reason: str) -> None:
        self.banner.warn(reason)
        if self._model is None and path != asset(DEFAULT_WEIGHTS):
            self._loader.load(asset(DEFAULT_WEIGHTS))

    def _use_trained(self, path: Path) -> None:
        self.open_weights(path)
        self.tabs.setCurrentWidget(self.live)

    def _set_default_weights(self, path: Path) -> None:
        """Reads with a copy of these weights now, and from the next start on."""
        target = places.default_weights()
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            atomic.write_bytes(target, path.read_bytes())
        except (OSError, UserError) as error:
            self.banner.warn(str(error))
            return
        self.open_weights(target)

    def _save_weights(self, path: Path) -> None:
        chosen = file_dialogs.ask_where_to_save(
            self,
            self.tr("Save weights"),
            self._settings.folder("weights"),
            file_dialogs.kinds(self.tr("Weight files"), WEIGHT_ENDINGS[:1]),
        )
        if not chosen:
            return
        target = Path(chosen).with_suffix(WEIGHT_ENDINGS[0])
        self._settings.set_folder("weights", target.parent)
        try:
            atomic.write_bytes(target, path.read_bytes())
        except (OSError, UserError) as error:
            self.banner.warn(str(error))
            return
        self.banner.inform(self.tr("Saved as {0}.").replace("{0}", str(target)))

    def _show_weights_info(self) -> None:
        if self._model is None:
            self.banner.warn(
                self.tr("No weights are loaded. Open a weight file with File ▸ Open weights.")
            )
            return
        from asl_desktop.dialogs import WeightsDialog
        from trainer.model.weights import describe

        WeightsDialog(str(self._weights), describe(self._model), self).open()

    # View -------------------------------------------------------------------------------------

    def _choose_language(self, language: Language) -> None:
        self._settings.language = language
        self.banner.inform(self.tr("The language changes when the program is started again."))

    def _choose_theme(self, theme: Theme) -> None:
        self._settings.theme = theme
        self._theme.choose(theme)

    def _set_full_screen(self, full: bool) -> None:
        self.setWindowState(
            self.windowState() | Qt.WindowState.WindowFullScreen
            if full
            else self.windowState() & ~Qt.WindowState.WindowFullScreen
        )

    def _show_shortcuts(self) -> None:
        from asl_desktop.dialogs import ShortcutsDialog

        ShortcutsDialog(self.user_actions, self).open()

    def _show_about(self) -> None:
        from asl_desktop.dialogs import AboutDialog

        AboutDialog(self).open()

    # Events -----------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes one file or folder."""
        if _dropped_path(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens what was dropped: weights, or a source."""
        path = _dropped_path(event)
        if path is None:
            return
        event.acceptProposedAction()
        if path.suffix.lower() in WEIGHT_ENDINGS:
            self.open_weights(path)
        else:
            self.play(str(path))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Saves the window's place and ends the threads."""
        self._settings.geometry = self.saveGeometry()
        self._first_weights = None
        if self.training is not None:
            self.training.shut_down()
        if self.mine is not None:
            self.mine.shut_down()
        self.stopped = self.live.stop()
        self._loader.wait(_LOADER_SECONDS)
        super().closeEvent(event)


def _dropped_path(event: QDropEvent) -> Path | None:
    """The one file or folder that is dropped."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
