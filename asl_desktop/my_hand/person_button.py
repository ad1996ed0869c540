"""Whose hand it is: a button with the people, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QMessageBox, QToolButton, QWidget

from asl_desktop.people import People
from asl_desktop.settings import Settings
from asl_desktop.widgets import file_dialogs
from trainer.samples.people import ENDING
from trainer.support.errors import UserError


class PersonButton(QToolButton):
    """Shows the one who signs; its menu lists the others.

    Args:
        people: Who there is.
        settings: Remembers where files were saved.
        parent: Qt's parent.
    """

    error = Signal(str)
    message = Signal(str)

    def __init__(self, people: People, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people = people
        self._settings = settings
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(self.tr("Whose hand it is: each person has samples and a network"))
        self.listing = QMenu(self)
        self.setMenu(self.listing)
        self.new = self._action(self.tr("&New person…"), self._ask_for_new)
        self.call = self._action(self.tr("&Rename…"), self._ask_for_name)
        self.save = self._action(self.tr("&Save to a file…"), self._save)
        self.add = self._action(self.tr("&Open from a file…"), self._open)
        self.delete = self._action(self.tr("&Delete…"), self._ask_to_delete)
        self.listing.aboutToShow.connect(self._list)
        people.chosen.connect(self._name)
        people.changed.connect(self._name)
        self._list()
        self._name()

    def _action(self, text: str, then: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda: then())
        return action

    def _list(self) -> None:
        self.listing.clear()
        for person in self._people.listed:
            action = self.listing.addAction(self._people.name_of(person).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(person.key == self._people.current.key)
            action.triggered.connect(lambda _, person=person: self._people.choose(person))
        self.listing.addSeparator()
        self.listing.addActions([self.new, self.call, self.save, self.add, self.delete])

    def _name(self) -> None:
        self.setText(self._people.name_of(self._people.current).replace("&", "&&"))

    def _ask_for_new(self) -> None:
        self._ask(self.tr("New person"), "", self._people.add)

    def _ask_for_name(self) -> None:
        name = self._people.name_of(self._people.current)
        self._ask(self.tr("Rename"), name, self._people.rename)

    def _ask(self, title: str, name: str, then: Callable[[str], None]) -> None:
        dialog = QInputDialog(self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        dialog.setLabelText(self.tr("Name"))
        dialog.setTextValue(name)
        dialog.setTextEchoMode(QLineEdit.EchoMode.Normal)
        dialog.textValueSelected.connect(lambda text: self._try(lambda: then(text)))
        dialog.open()

    def _save(self) -> None:
        kinds = file_dialogs.kinds(self.tr("A person's hand"), (ENDING,))
        name = self._people.name_of(self._people.current)
        plain = "".join(c if c.isalnum() or c in " -_" else "_" for c in name)
        path = file_dialogs.ask_where_to_save(
            self,
            self.tr("Save to a file"),
            self._settings.folder("people"),
            f"{plain}{ENDING}",
            kinds,
        )
        if path is None:
            return
        self._settings.set_folder("people", path.parent)
        if self._try(lambda: self._people.save(path)):
            self.message.emit(self.tr("Saved as {0}.").replace("{0}", str(path)))

    def _open(self) -> None:
        kinds = file_dialogs.kinds(self.tr("A person's hand"), (ENDING,))
        folder = self._settings.folder("people")
        chosen = file_dialogs.ask_for_file(self, self.tr("Open from a file"), folder, kinds)
        if not chosen:
            return
        self._settings.set_folder("people", Path(chosen).parent)
        if self._try(lambda: self._people.add_from(Path(chosen))):
            name = self._people.name_of(self._people.current)
            self.message.emit(self.tr("{0} is here now.").replace("{0}", name))

    def _ask_to_delete(self) -> None:
        name = self._people.name_of(self._people.current)
        box = QMessageBox(self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Delete"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        text = self.tr("Delete {0}, with all samples and the network? It cannot be undone.")
        box.setText(text.replace("{0}", name))
        yes = box.addButton(self.tr("Delete for good"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        yes.clicked.connect(lambda: self._try(self._people.delete))
        box.open()

    def _try(self, what: Callable[[], None]) -> bool:
        try:
            what()
        except UserError as error:
            self.error.emit(str(error))
            return False
        return True
