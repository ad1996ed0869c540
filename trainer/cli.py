"""The command `trainer`.

Exit codes: 0 done; 1 the input is no good (one sentence on stderr says why); 2 the command line is;
130 interrupted.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

from trainer.support.errors import UserError
from trainer.support.terminal import Parser, flush, say


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    if arguments is None:
        # As Ctrl+C does, so that temporary files and workers go, too.
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        _run(sys.argv[1:] if arguments is None else arguments)
        if arguments is None and sys.stdout is not None:
            # What waits in the buffer would fail when nobody can say so any more.
            flush(sys.stdout)
    except UserError as error:
        say(f"trainer: {error}", file=sys.stderr)
        return 1
    except MemoryError as error:
        reason = str(error) or "out of memory"
        say(
            f"trainer: There is not enough memory for this ({reason}). Choose smaller numbers or "
            "less data.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        if arguments is None:
            # A second Ctrl+C would print a traceback of the interpreter that ends.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        with suppress(OSError):
            say("trainer: stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read our output has had enough, as with `| head`.
        sys.stderr.close()
        return 0
    return 0


def _run(arguments: Sequence[str]) -> None:
    # Imported here, so that Ctrl+C is obeyed in this second, too.
    from trainer.commands import reproduce

    words = reproduce.modern(arguments)
    parsed = command_line().parse_args(words)
    parsed.argv = words
    parsed.run(parsed)


def command_line() -> argparse.ArgumentParser:
    """What the command line may say."""
    from trainer.commands import (
        download,
        draw,
        evaluate,
        export,
        finder,
        finetune,
        import_,
        info,
        read,
        render,
        reproduce,
        search,
        train,
        unroll,
    )
    from trainer.support.version import version

    parser = Parser(
        prog="trainer",
        description="Train, evaluate and use the networks of ASL Desktop.",
    )
    parser.add_argument("--version", action="version", version=f"trainer {version()}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module in (
        train,
        finetune,
        unroll,
        evaluate,
        read,
        import_,
        download,
        render,
        draw,
        finder,
        export,
        info,
        search,
        reproduce,
    ):
        module.add_parser(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
