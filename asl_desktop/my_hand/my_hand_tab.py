"""The My hand tab: record samples of a person's hand, look through them, teach the network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from asl_desktop.actions import Actions
from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.my_hand.person_button import PersonButton
from asl_desktop.my_hand.record_page import RecordPage
from asl_desktop.my_hand.samples_page import SamplesPage
from asl_desktop.my_hand.teach_page import TeachPage
from asl_desktop.my_hand.tuning import Tuning
from asl_desktop.people import People
from asl_desktop.settings import Settings
from asl_desktop.widgets.parts import PageBar, Titled, card, line, switch
from asl_desktop.widgets.theme import SPACE
from trainer.samples.store import SampleStore
from trainer.support.errors import UserError


class MyHandTab(QWidget):
    """Three pages over one person's folder, which is made with the first sample.

    Args:
        settings: Remembers which hand is drawn.
        actions: Whether the image is mirrored.
        people: Whose hand it is.
        loaded: Gives the weight file that reads live.
        parent: Qt's parent.

    Raises:
        UserError: The samples cannot be read.
    """

    use_live = Signal(Path)
    """Read with these weights from now on."""

    error = Signal(str)
    message = Signal(str)

    def __init__(
        self,
        settings: Settings,
        actions: Actions,
        people: People,
        loaded: Callable[[], Path],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.people = people
        self.store = SampleStore(people.current.samples)
        self.record = RecordPage(self.store)
        self.samples = SamplesPage(self.store, settings)
        self.teach = TeachPage(self.store, Tuning(people.current, loaded, self))
        self.person = PersonButton(people, settings)
        self.left_handed = switch(self.tr("Left hand"), self.tr("Draw the hands as left hands"))
        self._bar = PageBar(
            [
                Titled(self.record, self.tr("Re&cord"), self.tr("Letter by letter, with an image")),
                Titled(self.samples, self.tr("M&y samples"), self.tr("Look, delete, export")),
                Titled(self.teach, self.tr("Te&ach"), self.tr("Let the network learn your hand")),
            ],
            last=_beside(self.left_handed, self.person),
        )
        self.question = card()
        self.right_button = QPushButton(self.tr("Ri&ght hand"))
        self.left_button = QPushButton(self.tr("Left ha&nd"))
        self._lay_out()
        self._connect(actions)

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        return self._bar.page

    def show_page(self, page: QWidget) -> None:
        """Shows another page."""
        if page is not self.page:
            self.record.leave()
            self._bar.show_page(page)
            self._refresh()

    def record_letters(self, letters: Sequence[str]) -> None:
        """Goes to letters on the page that records, to record them once more."""
        self.show_page(self.record)
        self.record.record_again(letters)

    def show_frame(self, frame: LiveFrame) -> None:
        """Uses a frame of the Live tab, while this tab is visible."""
        if self.record.isVisible() and self.record.isEnabled():
            self.record.see(frame)

    def shut_down(self) -> None:
        """Stops fine-tuning; waits for it a few seconds at most."""
        self.teach.shut_down()

    def showEvent(self, event: QShowEvent) -> None:
        """Shows the hand that may have been chosen in another tab."""
        super().showEvent(event)
        self._show_hand()
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ends a recording."""
        super().hideEvent(event)
        self.record.leave()

    def _connect(self, actions: Actions) -> None:
        self._bar.chosen.connect(self.show_page)
        actions.mirror.toggled.connect(self._mirror)
        self._mirror(actions.mirror.isChecked())
        self._show_hand()
        self.left_handed.toggled.connect(self._choose_hand)
        self.right_button.clicked.connect(lambda: self._answer(left=False))
        self.left_button.clicked.connect(lambda: self._answer(left=True))
        start = self.record.start_button
        # After its Alt key, Space would press the button that had the focus before.
        start.clicked.connect(lambda: start.setFocus())
        self.record.error.connect(self.error)
        self.samples.error.connect(self.error)
        self.samples.message.connect(self.message)
        self.samples.changed.connect(self._refresh)
        self.teach.error.connect(self.error)
        self.teach.use_live.connect(self.use_live)
        self.teach.record_again.connect(self.record_letters)
        self.person.error.connect(self.error)
        self.person.message.connect(self.message)
        self.people.leaving.connect(self.teach.shut_down)
        self.people.chosen.connect(self._turn_to_person)

    def _turn_to_person(self) -> None:
        """Shows the samples of the one who signs now."""
        person = self.people.current
        try:
            store = SampleStore(person.samples)
        except UserError as error:
            self.error.emit(str(error))
            # Nothing of the one before is shown, or recorded, as this one's.
            self.record.leave()
            self._bar.stack.setEnabled(False)
            return
        self._bar.stack.setEnabled(True)
        self.store = store
        self.record.use(store)
        self.samples.use(store)
        self.teach.tuning.turn_to(person)
        self.teach.use(store)
        self._show_hand()

    def _show_hand(self) -> None:
        left = self._settings.left_handed
        self.left_handed.blockSignals(True)
        self.left_handed.setChecked(left)
        self.left_handed.blockSignals(False)
        self.record.set_left_handed(left)
        self.question.setVisible(not self._settings.hand_chosen)

    def _refresh(self) -> None:
        """Shows what is there now; another window may have recorded, too."""
        try:
            self.store.refresh()
        except UserError as error:
            self.error.emit(str(error))
        page = self.page
        if page is self.samples:
            self.samples.refresh()
        elif page is self.teach:
            self.teach.refresh()
        else:
            self.record.refresh()

    def _mirror(self, mirrored: bool) -> None:
        self.record.view.mirrored = mirrored

    def _answer(self, *, left: bool) -> None:
        self.left_handed.setChecked(left)
        self._choose_hand(left)
        self.record.start_button.setFocus()

    def _choose_hand(self, left: bool) -> None:
        self._settings.left_handed = left
        self.record.set_left_handed(left)
        self.question.hide()

    def _lay_out(self) -> None:
        asked = QHBoxLayout(self.question)
        asked.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        asked.setSpacing(SPACE)
        words = line()
        words.setText(self.tr("Which hand do you sign with? The images will show that one."))
        asked.addWidget(words, 1)
        asked.addWidget(self.right_button)
        asked.addWidget(self.left_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(SPACE + SPACE // 2)
        layout.addWidget(self._bar)
        layout.addWidget(self.question)
        layout.addWidget(self._bar.stack, 1)


def _beside(*widgets: QWidget) -> QWidget:
    result = QWidget()
    layout = QHBoxLayout(result)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACE)
    for widget in widgets:
        layout.addWidget(widget)
    return result
