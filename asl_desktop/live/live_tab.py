"""The Live tab: the source's image, the hand box and the letter that is read in it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.actions import Actions
from asl_desktop.camera.camera_thread import CameraThread
from asl_desktop.camera.frame_worker import LiveFrame, Phase, SourceState
from asl_desktop.hand_box import HandBox
from asl_desktop.live.first_steps import FirstSteps
from asl_desktop.live.letter_panel import LetterPanel
from asl_desktop.live.network_menu import NetworkMenu
from asl_desktop.live.pace_slider import PaceSlider
from asl_desktop.live.preview import Preview
from asl_desktop.live.source_bar import SourceBar
from asl_desktop.live.source_menu import SourceMenu
from asl_desktop.live.source_page import SourcePage
from asl_desktop.settings import Settings
from asl_desktop.widgets.coach import Coach
from asl_desktop.widgets.parts import caption, plain_tip, row
from asl_desktop.widgets.scrolling import Scrolling
from asl_desktop.widgets.theme import SPACE
from trainer.capture.opening import is_live, title
from trainer.hand_finder.file import load_finder
from trainer.images.box import Box
from trainer.model.model import Model
from trainer.recognition.continuous import Continuous
from trainer.recognition.signing import SignedLetters
from trainer.recognition.steady import Pace, Steady, SteadySettings
from trainer.support.errors import UserError
from trainer.support.paths import FINDER_WEIGHTS, asset

_PACE_MS = 500
"""Between two updates of frame rate and latency: numbers that flicker cannot be read."""
_PANEL_WIDTH = 320
_IMAGE_SHARE = 0.55
"""Of the width, at least, for the image and what stands below it."""
_LOW = 300
_LOW_LINES = 9
"""Height of the tab, in pixels and in lines of text, below which the strip gets one line."""


class LiveTab(QWidget):
    """Puts the camera thread, the preview and the letter panel together.

    Args:
        settings: What is remembered.
        actions: What the buttons below the image do.
        menu: The sources.
        networks: The networks to read with.
        strip: What stands below the image: the text that is written.
    """

    error = Signal(str)
    """One sentence about the source, which continues to play."""

    frame_shown = Signal(object, object)
    """A `LiveFrame`, and the `Steady` letter of it and the frames before it, or None."""

    spelled = Signal(object)
    """The list of `Seen` letters of a word that was spelled without holding them."""

    settled = Signal()
    """The first frame or the reason for its absence is on the screen."""

    narrowed = Signal(bool)
    """Whether the strip has room for one line only."""

    typing_paused = Signal(str)
    """Why held letters are not typed for now, or "" when they are."""

    def __init__(
        self,
        settings: Settings,
        actions: Actions,
        menu: SourceMenu,
        networks: NetworkMenu,
        strip: QWidget,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._actions = actions
        self._networks = networks
        self._is_camera = self._is_live = True
        self._pixel_box: Box | None = None
        self._least = 0
        """Width of the column with the letter below which something in it was cut off so far."""
        self._signed = SignedLetters(SteadySettings.at(settings.pace))
        self._continuous = Continuous()
        self.camera = CameraThread(self)
        self.preview = Preview()
        self.coach = Coach(self.preview)
        self.panel = LetterPanel()
        self.pace = PaceSlider(settings)
        self.steps = FirstSteps(settings)
        self.page = SourcePage(actions)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.preview)
        self._stack.addWidget(self.page)
        self._bar = SourceBar(actions, menu)
        self.network = QToolButton()
        self._pace = QTimer(self)
        self._pace.setInterval(_PACE_MS)
        self._lay_out(strip)
        self._connect()
        self._turn_to(self.preview)

    def play(self, text: str, *, preferred: str = "") -> None:
        """Plays a source as `CameraThread.play` takes it."""
        self._is_live = not text or is_live(text)
        self._is_camera = self._is_live and "://" not in text
        self._actions.freeze.setChecked(False)
        self._actions.mirror.setChecked(self._settings.mirrored(self._is_camera))
        self.preview.clear(self.tr("Opening…"))
        self._signed.reset()
        self._begin_word()
        self._show_reading(None, None)
        self._name_source(title(text or preferred) or self.tr("Camera"))
        self._turn_to(self.preview)
        self.steps.set_live(self._is_live)
        self._narrow()
        self._tell_typing()
        self._pace.start()
        self.camera.play(text, preferred)

    def set_model(self, model: Model | None) -> None:
        """Sets the network that reads."""
        self.camera.set_model(model)

    def name_network(self, name: str) -> None:
        """Shows which network reads."""
        metrics = self.network.fontMetrics()
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, _PANEL_WIDTH // 2)
        self.network.setText(shown)
        hint = self.tr("Reads with {0}; choose another").replace("{0}", name)
        self.network.setToolTip(plain_tip(hint))
        self.network.setAccessibleName(self.tr("Network: {0}").replace("{0}", name))

    def set_pixel_box(self, box: Box) -> None:
        """Sets the hand box in pixels of the next frame."""
        self._pixel_box = box

    def stop(self) -> bool:
        """Ends the camera thread; False if a driver blocks it."""
        self._pace.stop()
        return self.camera.stop()

    def minimumSizeHint(self) -> QSize:
        """The image and, beside it, the least column with the letter."""
        hint = super().minimumSizeHint()
        return QSize(hint.width() - self._right.width() + self._least, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elides the source's name, and reduces the strip in a low window."""
        super().resizeEvent(event)
        self._fit_columns()
        self._name_source(self._bar.name)
        self._narrow()

    def _show_latest(self) -> None:
        frame = self.camera.take()
        if frame is None:
            return
        if self._pixel_box is not None:
            height, width = frame.image.shape[:2]
            box, self._pixel_box = HandBox.of(self._pixel_box, width, height), None
            self.preview.box = box
            self._fix_box(box)
        if self._stack.currentWidget() is not self.preview:
            self._turn_to(self.preview)
        if self._actions.follow.isChecked():
            self.preview.box = frame.box
        steady = self._smooth(frame)
        self.preview.show_frame(frame)
        self._show_reading(frame, steady)
        self.steps.see(frame, steady)
        self.frame_shown.emit(frame, steady)
        if frame.name != self._bar.name:
            self._name_source(frame.name)

    def _show_reading(self, frame: LiveFrame | None, steady: Steady | None) -> None:
        """Shows the letter of a frame and what would make it easier to read; None: no frame."""
        if frame is None:
            self.coach.clear()
            self.panel.show_reading(None)
            return
        if self.steps.running:
            # They say the same.
            self.coach.clear()
        else:
            self.coach.see(frame)
        self.panel.show_reading(frame.reading, steady)

    def _begin_word(self) -> None:
        """Forgets letters that were read without holding: what comes now is another word."""
        self._continuous = Continuous()

    def _smooth(self, frame: LiveFrame) -> Steady | None:
        """The letter of this frame and those before it; None for one that stands still."""
        if frame.reading is None or not frame.frames_per_second:
            return None
        reading, place = frame.reading, None
        if self._actions.follow.isChecked():
            # Only a box that follows the hand shows that the hand moved aside, as for LL.
            height, width = frame.image.shape[:2]
            box = frame.box
            place = (box.x * width, box.y * height, box.side * min(width, height))
        seen = (reading.probabilities, reading.no_sign, frame.arrived)
        if self._actions.text.continuous.isChecked() and (word := self._continuous.update(*seen)):
            self.spelled.emit(word)
        try:
            return self._signed.update(reading, frame.arrived, place)
        except UserError as error:  # once: J and Z cannot be read
            self.error.emit(str(error))
            return None

    def _show_state(self, state: SourceState) -> None:
        if state.phase is Phase.SKIPPING:
            self.error.emit(state.message)
        elif state.phase in (Phase.RETRYING, Phase.FAILED):
            # A frame that was not taken yet must not replace the message.
            self.camera.take()
            retrying = state.phase is Phase.RETRYING
            self.page.show_message(state.message, retrying=retrying, camera=self._is_camera)
            if not (retrying or self.isVisible()):
                self.error.emit(state.message)
            self._turn_to(self.page)
            self.preview.clear()
            self._show_reading(None, None)
            self._show_pace()
            self.settled.emit()

    def _turn_to(self, page: QWidget) -> None:
        """Shows the preview or the page that says why there is none."""
        high = QSizePolicy.Policy.Expanding
        # A hidden page must not claim room.
        policy = high if page is self.page else QSizePolicy.Policy.Ignored
        self.page.setSizePolicy(policy, policy)
        self._stack.setCurrentWidget(page)
        self._fit_columns()
        self.steps.set_shown(page is self.preview)
        self._narrow()

    def _fit_columns(self) -> None:
        """Gives the letter what the image can spare, so that both are seen in a narrow window."""
        # It never shrinks, or the image would move whenever a number has a digit less.
        self._least = max(self._least, self._column.minimumSize().width(), self._panel.least_width)
        image = max(self._left.minimumSize().width(), round(self.width() * _IMAGE_SHARE))
        room = self.width() - 6 * SPACE - image
        self._right.setFixedWidth(max(self._least, min(self._usual, room)))

    def _narrow(self) -> None:
        steps = 0 if self.steps.isHidden() else self.steps.minimumHeight() + 2 * SPACE
        low = self.height() - steps < _LOW + _LOW_LINES * self.fontMetrics().height()
        self.narrowed.emit(low or self._stack.currentWidget() is not self.preview)

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

    def _tell_typing(self) -> None:
        reason = ""
        if not self._is_live:
            reason = self.tr("Typing is off for this source")
        elif self.steps.running:
            reason = self.tr("Typing waits for the first steps")
        self.typing_paused.emit(reason)

    def _fix_box(self, box: HandBox) -> None:
        self._actions.follow.setChecked(False)
        self.camera.set_box(box)

    def _box_changed(self, box: HandBox) -> None:
        # A box that is moved by hand stays there.
        self._fix_box(box)
        self._settings.following = False
        self._settings.box = box

    def _follow(self, following: bool) -> None:
        try:
            finder = load_finder(asset(FINDER_WEIGHTS)) if following else None
        except UserError as error:
            self.error.emit(str(error))
            self._actions.follow.setChecked(False)
            return
        self.camera.set_finder(finder)

    def _remember_following(self, following: bool) -> None:
        self._settings.following = following

    def _remember_skeleton(self, shown: bool) -> None:
        self._settings.skeleton = shown

    def _begin_first_steps(self) -> None:
        self._actions.follow.setChecked(True)
        self.steps.begin()
        self._narrow()

    def _set_pace(self, pace: Pace) -> None:
        self._signed.steady.settings = SteadySettings.at(pace)

    def _mirror(self, mirrored: bool) -> None:
        self.preview.mirrored = mirrored
        self._settings.set_mirrored(self._is_camera, mirrored)

    def _motion_is_reduced(self) -> bool:
        """The user's choice, or else the system's setting."""
        chosen = self._settings.reduced_motion
        if chosen is not None:
            return chosen
        return not self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)

    def _reduce_motion(self, reduced: bool) -> None:
        self._settings.reduced_motion = reduced

    def _freeze(self, frozen: bool) -> None:
        self.camera.set_paused(frozen)
        self.preview.badge = self.tr("Frozen") if frozen else ""

    def _name_source(self, name: str) -> None:
        self._bar.show_name(name, self.width())

    def _connect(self) -> None:
        actions, settings = self._actions, self._settings
        self.preview.box = settings.box
        self.camera.set_box(settings.box)
        self.preview.box_changed.connect(self._box_changed)
        self.preview.first_frame_shown.connect(self.settled)
        self.pace.changed.connect(self._set_pace)
        self.camera.frame_ready.connect(self._show_latest, Qt.ConnectionType.QueuedConnection)
        self.camera.state_changed.connect(self._show_state)
        self._pace.timeout.connect(self._show_pace)
        self._pace.timeout.connect(self._fit_columns)
        actions.mirror.toggled.connect(self._mirror)
        for action in (actions.freeze, actions.text.continuous):
            action.toggled.connect(self._begin_word)
        actions.freeze.toggled.connect(self._freeze)
        actions.follow.toggled.connect(self._follow)
        actions.follow.triggered.connect(self._remember_following)
        actions.follow.setChecked(settings.following)
        actions.first_steps.triggered.connect(self._begin_first_steps)
        self.steps.changed.connect(self._tell_typing)
        self.steps.changed.connect(self._narrow)
        actions.skeleton.toggled.connect(self.preview.set_skeleton)
        actions.skeleton.setChecked(settings.skeleton)
        actions.skeleton.triggered.connect(self._remember_skeleton)
        actions.reset_box.triggered.connect(self.preview.reset_box)
        actions.focus_box.triggered.connect(self.preview.setFocus)
        actions.reduce_motion.toggled.connect(self.panel.letter.set_in_steps)
        actions.reduce_motion.setChecked(self._motion_is_reduced())
        actions.reduce_motion.triggered.connect(self._reduce_motion)

    def _lay_out(self, strip: QWidget) -> None:
        self._left = left = QVBoxLayout()
        left.setSpacing(2 * SPACE)
        left.addWidget(self.steps)
        left.addWidget(self._stack, 1)
        left.addWidget(self._bar)
        left.addWidget(strip)
        self._right = right = QWidget()
        self._column = column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(self._network_row())
        column.addWidget(self.pace)
        self._panel = Scrolling(self.panel)
        column.addWidget(self._panel, 1)
        self._usual = self._panel.column_width(_PANEL_WIDTH)
        right.setFixedWidth(self._usual)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addLayout(left, 1)
        layout.addWidget(right)

    def _network_row(self) -> QHBoxLayout:
        self.network.setMenu(self._networks)
        self.network.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.network.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return row(caption(self.tr("&Network"), self.network), self.network)
