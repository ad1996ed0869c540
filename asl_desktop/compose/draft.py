"""The text on disk, always as it is on the screen, so that a crash loses nothing."""

from __future__ import annotations

from pathlib import Path

from trainer.support import atomic
from trainer.support.errors import UserError


class Draft:
    """One file.

    Args:
        path: Made with its folder at the first change.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> str:
        """The text of the last time; "" when there was none.

        Raises:
            UserError: There is one, but it cannot be read.
        """
        try:
            # Bytes that are no text are damage; the rest of the text is still worth having.
            text = self._path.read_bytes().decode("utf-8", "replace")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise UserError(
                f"{self._path}: the text of the last time cannot be read "
                f"({error.strerror or error}). Move the file away to begin a new one."
            ) from error
        # Lines end in one way, whoever wrote the file.
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def write(self, text: str) -> None:
        """Replaces it.

        Raises:
            UserError: It cannot be written.
        """
        atomic.make_folder(
            self._path.parent, ", so the text is not kept for the next time. Save it elsewhere"
        )
        atomic.write_bytes(self._path, text.encode("utf-8", "replace"))
