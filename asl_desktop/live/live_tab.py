"""The Live tab: source, image, hand box and what is read in it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from asl_desktop import places
from asl_desktop.actions import Actions
from asl_desktop.camera.camera_thread import CameraThread
from asl_desktop.camera.frame_worker import LiveFrame, Phase, SourceState
from asl_desktop.camera.hand_box import HandBox
from asl_desktop.camera.source_menu import SourceMenu
from asl_desktop.live.preview import Preview
from asl_desktop.settings import Settings
from asl_desktop.widgets.theme import SPACE
from trainer.capture.opening import is_live, title
from trainer.images.box import Box
from trainer.support.errors import UserError
from trainer.support.paths import FINDER_WEIGHTS, asset

if TYPE_CHECKING:
    from asl_desktop.compose.composer import Composer
    from asl_desktop.live.coach import Coach
    from asl_desktop.live.letter_panel import LetterPanel
    from asl_desktop.live.source_page import SourcePage
    from trainer.model.model import Model
    from trainer.recognition.steady import Steady, SteadyLetters

_REST_AFTER_MS = 500
_PACE_MS = 500
"""How often frame rate and latency are written anew: numbers that flicker cannot be read."""
_PANEL_WIDTH = 320
_NARROW = 1100
"""Width under which the buttons below the image need all the room that there is."""
_SHORT_NAME = 90


class LiveTab(QWidget):
    """Puts the camera thread, the preview and the letter panel together.

    The image comes first: what stands beside it is made after it, by `complete`, or before where
    it is used.
    """

    trouble = Signal(str)
    """One sentence that concerns the source, but leaves it playing."""

    frame_shown = Signal(object)
    """A `LiveFrame`, as soon as it is given to the preview."""

    def __init__(
        self,
        settings: Settings,
        actions: Actions,
        menu: SourceMenu,
        camera: CameraThread | None = None,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._actions = actions
        self._menu = menu
        self._is_camera = True
        self._pixel_box: Box | None = None
        self.camera = camera or CameraThread()
        self.camera.setParent(self)
        self.preview = Preview()
        self._complete = False
        self._composer: Composer | None = None
        self._left = QVBoxLayout()
        self._right = QVBoxLayout()
        self._steady: SteadyLetters | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.preview)
        self._source = QToolButton()
        self._caption = QLabel()
        self._name = ""
        self._lay_out()

        self.preview.box = settings.box
        self.camera.set_box(settings.box)
        self.preview.box_changed.connect(self._box_changed)
        self.camera.frame_ready.connect(self._show_latest, Qt.ConnectionType.QueuedConnection)
        self.camera.state_changed.connect(self._show_state)
        actions.mirror.toggled.connect(self._mirror)
        actions.freeze.toggled.connect(self._freeze)
        actions.follow.toggled.connect(self._follow)
        actions.follow.setChecked(settings.following)
        actions.reset_box.triggered.connect(self.preview.reset_box)
        actions.focus_box.triggered.connect(self.preview.setFocus)
        actions.reduce_motion.triggered.connect(self._reduce_motion)
        QTimer.singleShot(_REST_AFTER_MS, self, self._make_the_rest)
        self._pace = QTimer(self)
        self._pace.setInterval(_PACE_MS)
        self._pace.timeout.connect(self._show_pace)

    @cached_property
    def panel(self) -> LetterPanel:
        """What is read; made when it is first needed."""
        from asl_desktop.live.letter_panel import LetterPanel

        panel = LetterPanel()
        in_steps = self._actions.reduce_motion
        panel.letter.set_in_steps(in_steps.isChecked())
        in_steps.toggled.connect(panel.letter.set_in_steps)
        self._right.addWidget(panel)
        return panel

    @cached_property
    def coach(self) -> Coach:
        """Hints on the image; made when it is first needed."""
        from asl_desktop.live.coach import Coach

        return Coach(self.preview)

    @cached_property
    def page(self) -> SourcePage:
        """Why there is no image; made when it is first needed."""
        from asl_desktop.live.source_page import SourcePage

        page = SourcePage(self._actions)
        self._stack.addWidget(page)
        return page

    @property
    def composer(self) -> Composer:
        """The strip with the text; made when it is first needed."""
        return self._composer or self._make_composer()

    def complete(self) -> None:
        """Makes what stands beside the image. Call it when that is on the screen."""
        if not self._complete:
            self._complete = True
            self._comment(self.preview.frame)

    def _make_the_rest(self) -> None:
        self.complete()
        self._actions.reduce_motion.setChecked(self._motion_is_reduced())
        self._make_composer()

    def _make_composer(self) -> Composer:
        if self._composer is None:
            from asl_desktop.compose.composer import Composer
            from asl_desktop.compose.draft import Draft

            self._composer = Composer(self._settings, self._actions.text, Draft(places.draft()))
            self._composer.trouble.connect(self.trouble)
            self._composer.set_narrow(self._stack.currentWidget() is not self.preview)
            self._left.addWidget(self._composer)
        return self._composer

    def play(self, text: str, *, preferred: str = "") -> None:
        """Plays a source as `CameraThread.play` takes it."""
        self._turn_to_source(text, preferred)
        self.camera.play(text, preferred)

    def show_playing(self, text: str, *, preferred: str = "") -> None:
        """Shows what the camera thread was asked to play before this tab was made."""
        self._turn_to_source(text, preferred)
        # Nobody listened yet when its first frame was ready.
        self._show_latest()

    def _turn_to_source(self, text: str, preferred: str) -> None:
        live = not text or is_live(text)
        self._is_camera = live and "://" not in text
        self._actions.freeze.setChecked(False)
        self._actions.mirror.setChecked(self._settings.mirrored(self._is_camera))
        self.preview.clear(self.tr("Opening…"))
        self._steady = None
        self._comment(None)
        self._name_source(title(text or preferred) or self.tr("Camera"))
        self._turn_to(self.preview)
        self._pace.start()

    def set_model(self, model: Model | None) -> None:
        """What to read with from now on."""
        self.camera.set_model(model)

    def set_pixel_box(self, box: Box) -> None:
        """The hand box in pixels of the first frame that comes."""
        self._pixel_box = box

    def stop(self) -> bool:
        """Keeps the text and ends the camera thread; False if a driver holds it."""
        self._pace.stop()
        if self._composer is not None:
            self._composer.shut_down()
        return self.camera.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shortens the source's name anew."""
        super().resizeEvent(event)
        self._name_source(self._name)

    def _show_latest(self) -> None:
        frame = self.camera.take()
        if frame is None:
            return
        if self._pixel_box is not None:
            height, width = frame.image.shape[:2]
            box, self._pixel_box = HandBox.of(self._pixel_box, width, height), None
            self.preview.box = box
            self._box_changed(box)
        if self._stack.currentWidget() is not self.preview:
            self._turn_to(self.preview)
        if self._actions.follow.isChecked():
            self.preview.box = frame.box
        if frame.reading is not None:
            self.complete()
        self.preview.show_frame(frame)
        self._comment(frame)
        self.frame_shown.emit(frame)
        if frame.name != self._name:
            self._name_source(frame.name)

    def _comment(self, frame: LiveFrame | None) -> None:
        """Tells what is read in a frame, and what would make it easier; None: there is none."""
        if not self._complete:
            # The first image does not wait for this; `complete` makes up for it.
            return
        if frame is None:
            self.coach.clear()
            self.panel.show_reading(None)
            return
        self.coach.see(frame)
        steady = self._weigh(frame)
        self.panel.show_reading(frame.reading, steady)
        if steady is not None and steady.typed:
            self.composer.take(steady.typed)

    def _weigh(self, frame: LiveFrame) -> Steady | None:
        """What this frame and those before it show; None for one that stands still."""
        if frame.reading is None or not frame.frames_per_second:
            return None
        if self._steady is None:
            from trainer.recognition.steady import SteadyLetters

            self._steady = SteadyLetters()
        reading, place = frame.reading, None
        if self._actions.follow.isChecked():
            # Only a box that follows the hand tells that the hand moved aside, as for LL.
            height, width = frame.image.shape[:2]
            box = frame.box
            place = (box.x * width, box.y * height, box.side * min(width, height))
        return self._steady.update(reading.probabilities, reading.no_sign, frame.arrived, place)

    def _show_state(self, state: SourceState) -> None:
        if state.phase is Phase.SKIPPING:
            self.trouble.emit(state.message)
        elif state.phase in (Phase.RETRYING, Phase.FAILED):
            # A last frame may still lie there; it must not replace the message.
            self.camera.take()
            self.page.show_message(state.message, retrying=state.phase is Phase.RETRYING)
            self._turn_to(self.page)
            self.preview.clear()
            self.complete()
            self._comment(None)
            self._show_pace()

    def _turn_to(self, page: QWidget) -> None:
        """Shows the preview, or why there is none, and leaves the room to it."""
        if self._stack.count() > 1:
            high = QSizePolicy.Policy.Expanding
            # A page that is not shown asks for no room.
            unseen = QSizePolicy.Policy.Ignored
            self.page.setSizePolicy(high, high if page is self.page else unseen)
        if self._composer is not None:
            self._composer.set_narrow(page is not self.preview)
        self._stack.setCurrentWidget(page)

    def _show_pace(self) -> None:
        frame: LiveFrame | None = self.preview.frame
        if frame is None:
            self.panel.show_pace(None, None, None)
            return
        self.panel.show_pace(
            frame.frames_per_second or None,
            self.preview.milliseconds,
            None if frame.reading is None else frame.reading.milliseconds,
        )

    def _box_changed(self, box: HandBox) -> None:
        # Who takes hold of the box wants it to stay there.
        self._actions.follow.setChecked(False)
        self.camera.set_box(box)
        self._settings.box = box

    def _follow(self, following: bool) -> None:
        # Imported when it is used, so that the start stays fast.
        from trainer.hand_finder.file import load_finder

        try:
            finder = load_finder(asset(FINDER_WEIGHTS)) if following else None
        except UserError as error:
            self.trouble.emit(str(error))
            self._actions.follow.setChecked(False)
            return
        self._settings.following = following
        self.camera.set_finder(finder)

    def _mirror(self, mirrored: bool) -> None:
        self.preview.mirrored = mirrored
        self._settings.set_mirrored(self._is_camera, mirrored)

    def _motion_is_reduced(self) -> bool:
        """As the user chose, or else as the system is set."""
        chosen = self._settings.reduced_motion
        if chosen is not None:
            return chosen
        # Loading the names of all styles' parts would delay the first image.
        from PySide6.QtWidgets import QStyle

        return not self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)

    def _reduce_motion(self, reduced: bool) -> None:
        self._settings.reduced_motion = reduced

    def _freeze(self, frozen: bool) -> None:
        self.camera.set_paused(frozen)
        self.preview.badge = self.tr("Frozen") if frozen else ""

    def _name_source(self, name: str) -> None:
        """Shows a source's name, shortened in the middle where it is long."""
        self._name = name
        self._menu.current_name = name
        shown = name if "://" in name else Path(name).name or name
        narrow = self.width() < _NARROW
        self._caption.setVisible(not narrow)
        room = _SHORT_NAME if narrow else max(_SHORT_NAME, self.width() // 2 - _NARROW // 3)
        metrics = self._source.fontMetrics()
        self._source.setText(metrics.elidedText(shown, Qt.TextElideMode.ElideMiddle, room))
        self._source.setToolTip(name)
        self._source.setAccessibleName(self.tr("Source: {0}").replace("{0}", shown))

    def _lay_out(self) -> None:
        left = self._left
        left.setSpacing(2 * SPACE)
        left.addWidget(self._stack, 1)
        left.addLayout(self._bar())
        right = QWidget()
        right.setFixedWidth(max(_PANEL_WIDTH, self.fontMetrics().averageCharWidth() * 40))
        right.setLayout(self._right)
        self._right.setContentsMargins(0, 0, 0, 0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addLayout(left, 1)
        layout.addWidget(right)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(SPACE)
        self._source.setMenu(self._menu)
        self._source.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        # Both give way while the window shrinks, until they are adapted to its new size.
        self._source.setMinimumWidth(_SHORT_NAME + 6 * SPACE)
        self._caption.setMinimumWidth(1)
        self._caption.setText(self.tr("S&ource"))
        self._caption.setProperty("muted", True)
        self._caption.setBuddy(self._source)
        bar.addWidget(self._caption)
        bar.addWidget(self._source)
        bar.addStretch(1)
        actions = self._actions
        for action in (actions.freeze, actions.mirror, actions.follow, actions.reset_box):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            bar.addWidget(button)
        return bar
