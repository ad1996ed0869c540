"""A disk without room, for what saves by itself."""

from __future__ import annotations

from trainer.support.errors import UserError

NO_SPACE = "it cannot be written (No space left on device)."


def no_space(*_: object) -> None:
    """Takes the place of a method that writes."""
    raise UserError(NO_SPACE)
