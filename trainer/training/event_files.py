"""The curves of a run as TensorBoard event files. Needs the extra `tensorboard`."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
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
            from tensorboardX import event_file_writer
            from tensorboardX.proto.event_pb2 import Event, SessionLog
        except ImportError:
            raise UserError(
                "Event files need the package tensorboardX, which is not installed. Install the "
                "extra: pip install 'asl-desktop[tensorboard]'."
            ) from None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Files are named by the second: the suffix keeps a quick resumption apart. Not by the
            # library's SummaryWriter: its thread ends on a full disk, and leaves the run waiting.
            self._writer = event_file_writer.EventsWriter(str(folder / "events"), f".{finished}")
            if finished:
                start = SessionLog(status=SessionLog.START)
                self._write(Event(step=finished, session_log=start))
            self._writer.flush()
        except OSError as error:
            raise UserError(
                f"{folder}: cannot be written to ({error.strerror or error}). Choose another "
                "folder with --tensorboard."
            ) from error

    def add(self, epoch: Mapping[str, Any]) -> None:
        """Adds the record of a finished epoch, and makes it visible at once.

        Raises:
            OSError: It cannot be written.
        """
        from tensorboardX.proto.event_pb2 import Event
        from tensorboardX.proto.summary_pb2 import Summary

        values = [
            Summary.Value(tag=tag, simple_value=epoch[name])
            for name, tag in _TAGS.items()
            if epoch[name] is not None
        ]
        self._write(Event(step=epoch["epoch"], summary=Summary(value=values)))
        self._writer.flush()

    def _write(self, event: Any) -> None:
        event.wall_time = time.time()
        self._writer.write_event(event)

    def __enter__(self) -> EventFiles:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # What could not be written was told of by `add`.
        with suppress(OSError):
            self._writer.close()
