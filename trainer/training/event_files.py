"""The curves of a run as TensorBoard event files. Needs the extra `tensorboard`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from trainer.support.errors import UserError

_TAGS = {
    "loss": "loss/training",
    "accuracy": "accuracy/training",
    "validation_loss": "loss/validation",
    "validation_accuracy": "accuracy/validation",
    "seconds": "seconds/epoch",
}


class EventFiles:
    """Writes loss and accuracy of each epoch while a run trains.

    Args:
        folder: Where to; TensorBoard shows each folder as one run.
        finished: Number of epochs before this start; later ones in the folder are discarded.

    Raises:
        UserError: The package tensorboardX is missing, or the folder cannot be written to.
    """

    def __init__(self, folder: Path, finished: int = 0) -> None:
        try:
            from tensorboardX import SummaryWriter
        except ImportError:
            raise UserError(
                "Event files need the package tensorboardX, which is not installed. Install the "
                "extra: pip install 'asl-desktop[tensorboard]'."
            ) from None
        try:
            # Files are named by the second: the suffix keeps a quick resumption apart.
            self._writer = SummaryWriter(
                str(folder), purge_step=finished or None, filename_suffix=f".{finished}"
            )
        except OSError as error:
            raise UserError(
                f"{folder}: cannot be written to ({error.strerror or error}). Choose another "
                "folder with --tensorboard."
            ) from error

    def add(self, epoch: Mapping[str, Any]) -> None:
        """Adds the record of a finished epoch, and makes it visible at once."""
        for name, tag in _TAGS.items():
            if epoch[name] is not None:
                self._writer.add_scalar(tag, epoch[name], epoch["epoch"])
        self._writer.flush()

    def __enter__(self) -> EventFiles:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer.close()
