"""The 24 letters as buttons that tell how many samples each has."""

from __future__ import annotations

from asl_desktop.letter_buttons import LetterButtons
from asl_desktop.mine.recorder import WANTED
from trainer.letters import LETTERS

_FULL = "✓"


class LetterStrip(LetterButtons):
    """Which letter is recorded or looked at."""

    def __init__(self) -> None:
        super().__init__(LETTERS, 30, 48)

    def show_counts(self, counts: list[int]) -> None:
        """Shows how many samples each of the 24 letters has."""
        for (letter, button), count in zip(self.buttons.items(), counts, strict=True):
            mark = _FULL if count >= WANTED else str(count) if count else ""
            text = f"{letter} {mark}".strip()
            if button.text() != text or not button.toolTip():
                button.setText(text)
                said = self.tr("{0}: {1} samples").replace("{0}", letter)
                button.setAccessibleName(said.replace("{1}", str(count)))
                button.setToolTip(button.accessibleName())
