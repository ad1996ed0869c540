"""How many answers were right since the page was begun."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel


class ScoreLine(QLabel):
    """Says nothing before the first answer."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("muted", True)
        self._asked = self._right = 0

    def restart(self) -> None:
        """Counts from 0 again."""
        self._asked = self._right = 0
        self.clear()

    def count(self, *, right: bool) -> None:
        """Adds an answer."""
        self._asked += 1
        self._right += right
        text = self.tr("{0} of {1} right").replace("{0}", str(self._right))
        self.setText(text.replace("{1}", str(self._asked)))
