"""The menus of the window's menu bar."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QMenuBar

from asl_desktop.actions import Actions


class MenuBar(QObject):
    """Fills the menu bar.

    Args:
        bar: Of the window.
        actions: What stands in the menus.
        recent: What was opened last.
        edit: The Edit menu.
        source: The Source menu.
    """

    def __init__(
        self, bar: QMenuBar, actions: Actions, recent: QMenu, edit: QMenu, source: QMenu
    ) -> None:
        super().__init__(bar)
        file = bar.addMenu(self.tr("&File"))
        file.addAction(actions.open_file)
        file.addMenu(recent)
        file.addSeparator()
        file.addActions([actions.open_weights, actions.shipped_weights, actions.sign_mnist_weights])
        file.addAction(actions.weights_info)
        file.addSeparator()
        file.addAction(actions.quit)
        edit.addAction(actions.preferences)
        bar.addMenu(edit)
        bar.addMenu(source)
        text = bar.addMenu(self.tr("&Text"))
        for group in actions.text.groups:
            text.addActions(group)
            text.addSeparator()
        view = bar.addMenu(self.tr("&View"))
        view.addActions([actions.mirror, actions.freeze, actions.skeleton])
        view.addSeparator()
        view.addActions([actions.focus_box, actions.follow, actions.reset_box])
        view.addSeparator()
        colours = view.addMenu(self.tr("&Theme"))
        colours.addActions(list(actions.themes.values()))
        words = view.addMenu(self.tr("Lan&guage"))
        words.addActions(list(actions.languages.values()))
        view.addAction(actions.reduce_motion)
        view.addSeparator()
        view.addActions([actions.large_letters, actions.full_screen])
        help_menu = bar.addMenu(self.tr("&Help"))
        help_menu.addActions([actions.guide, actions.first_steps, actions.shortcuts])
        help_menu.addSeparator()
        help_menu.addActions([actions.report, actions.log_folder])
        help_menu.addSeparator()
        help_menu.addAction(actions.about)
