"""Texts that come with the program: the user guide, and the licences."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QDialogButtonBox, QTextBrowser, QWidget

from asl_desktop.dialogs import Dialog
from trainer.support import files
from trainer.support.paths import document

_MAX_BYTES = 1 << 20
_IMAGE = re.compile(r"^\s*!\[[^\]]*\]\([^)]*\)\n?", re.MULTILINE)
_LOCAL_LINK = re.compile(r"\[([^\]]+)\]\((?!https?://)[^)]*\)")


class DocumentDialog(Dialog):
    """Shows a text in Markdown; web addresses in it open in the browser.

    Args:
        title: Of the window.
        markdown: The text.
        parent: The window.
    """

    def __init__(self, title: str, markdown: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(True)
        self.text.setMarkdown(markdown)
        self.text.setAccessibleName(title)
        self.column.addWidget(self.text, 1)
        buttons = self.add_buttons(QDialogButtonBox.StandardButton.Close)
        # Enter would close it, while one reads.
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self.text.setFocus()

    def sizeHint(self) -> QSize:
        """A page of text."""
        wide = self.fontMetrics().averageCharWidth() * 90
        return QSize(wide, 560)


def user_guide(language: str, parent: QWidget) -> DocumentDialog:
    """The user guide, without its images.

    Args:
        language: ISO 639 code.
        parent: Qt's parent.

    Raises:
        UserError: It is not there.
    """
    name = "docs/user-guide.es.md" if language == "es" else "docs/user-guide.md"
    text = _IMAGE.sub("", _read(name))
    title = QCoreApplication.translate("DocumentDialog", "User guide")
    return DocumentDialog(title, _LOCAL_LINK.sub(r"\1", text), parent)


def licences(parent: QWidget) -> DocumentDialog:
    """The program's licence, and those of what it comes with.

    Raises:
        UserError: They are not there.
    """
    own = "\n".join(f"    {line}" for line in _read("LICENSE").splitlines())
    others = _LOCAL_LINK.sub(r"\1", _read("THIRD_PARTY.md"))
    title = QCoreApplication.translate("DocumentDialog", "Licences")
    return DocumentDialog(title, f"# ASL Desktop\n\n{own}\n\n{others}", parent)


def _read(name: str) -> str:
    path = document(name)
    return files.content(path, _MAX_BYTES).decode("utf-8", "replace")
