"""What the Help menu opens, and the preferences."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6 import QtGui
from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWidgets import QDialog, QWidget

from asl_desktop.actions import Actions
from asl_desktop.dialogs import AboutDialog, ShortcutsDialog
from asl_desktop.live.pace_slider import PaceSlider
from asl_desktop.live_weights import LiveWeights
from asl_desktop.settings import Settings
from asl_desktop.startup.failures import log_file
from trainer.support.errors import UserError


class Help(QObject):
    """Opens dialogs, whose modules are imported with the first use: the start needs none of them.

    Args:
        settings: What the preferences change.
        actions: Start it.
        weights: The network that reads, for the report.
        pace: The slider of the Live tab, which the preferences show, too.
        window: Parent of the dialogs.
    """

    error = Signal(str)
    """Why something cannot be shown, in one sentence."""

    def __init__(
        self,
        settings: Settings,
        actions: Actions,
        weights: LiveWeights,
        pace: PaceSlider,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._settings = settings
        self._actions = actions
        self._weights = weights
        self._pace = pace
        self._window = window
        actions.preferences.triggered.connect(self.show_preferences)
        actions.guide.triggered.connect(self.show_guide)
        actions.shortcuts.triggered.connect(lambda: ShortcutsDialog(actions, window).open())
        actions.report.triggered.connect(self.show_report)
        actions.log_folder.triggered.connect(lambda: self.open_folder(log_file().parent))
        actions.about.triggered.connect(self.show_about)

    def show_preferences(self) -> None:
        """Opens the preferences."""
        from asl_desktop.menus.preferences import PreferencesDialog

        dialog = PreferencesDialog(self._settings, self._actions, self._pace, self._window)
        dialog.folder_wanted.connect(self.open_folder)
        dialog.open()

    def show_guide(self) -> None:
        """Opens the user guide beside the window."""
        from asl_desktop.menus.documents import user_guide

        self._show_document(partial(user_guide, self._settings.language.code))

    def show_about(self) -> None:
        """Says what the program is."""
        from asl_desktop.menus.documents import licences

        dialog = AboutDialog(self._window)
        dialog.licences_wanted.connect(lambda: self._show_document(licences))
        dialog.open()

    def show_report(self) -> None:
        """Shows what helps to find a fault."""
        from asl_desktop.menus.report import ReportDialog

        facts = {
            "network": self._weights.path.name,
            "language": self._settings.language.code,
            "theme": self._settings.theme.value,
            "text size": f"{self._settings.text_size} %",
        }
        dialog = ReportDialog(facts, log_file(), self._window)
        dialog.folder_wanted.connect(self.open_folder)
        dialog.error.connect(self.error)
        dialog.open()

    def open_folder(self, folder: Path) -> None:
        """Shows a folder in the system's file manager; makes it, if it is not there yet."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = self.tr("{0}: cannot be made ({1}).").replace("{0}", str(folder))
            self.error.emit(reason.replace("{1}", error.strerror or str(error)))
            return
        if not QtGui.QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            words = self.tr("No program opens folders here. The folder is {0}.")
            self.error.emit(words.replace("{0}", str(folder)))

    def _show_document(self, make: Callable[[QWidget], QDialog]) -> None:
        try:
            dialog = make(self._window)
        except UserError as error:
            self.error.emit(str(error))
        else:
            dialog.show()
