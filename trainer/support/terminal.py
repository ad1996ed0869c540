"""Text on a terminal, which must neither obey what a file's name says nor fail to show it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from trainer.support.errors import UserError, printable


def plain(text: str) -> str:
    """The text with control characters and marks of direction written out as escapes."""
    return "\n".join(map(printable, text.split("\n")))


def plain_json(value: Any) -> str:
    """JSON on one line, with the same characters written as JSON escapes."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def say(text: object = "", *, file: IO[str] | None = None, flush: bool = False) -> None:
    """Prints plain text; what the terminal's encoding lacks is written as an escape.

    Raises:
        UserError: It cannot be written, as to a file on a full disk.
        BrokenPipeError: Whoever read it is gone.
    """
    stream = sys.stdout if file is None else file
    shown = plain(str(text))
    encoding = getattr(stream, "encoding", None) or "utf-8"
    with _told():
        print(shown.encode(encoding, "backslashreplace").decode(encoding), file=stream, flush=flush)


def flush(stream: IO[str]) -> None:
    """Writes what waits in a buffer.

    Raises:
        UserError: As `say`.
        BrokenPipeError: As `say`.
    """
    with _told():
        stream.flush()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UserError(f"The output cannot be written ({error.strerror or error}).") from error


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a command line in plain text."""

    def _print_message(self, message: str, file: Any = None) -> None:
        if message:
            say(message.removesuffix("\n"), file=file or sys.stderr)
