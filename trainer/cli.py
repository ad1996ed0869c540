"""The command `trainer`.

Exit codes: 0 done; 1 the input is no good (one sentence on stderr says why); 2 the command line is;
130 interrupted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

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
from trainer.support.errors import UserError
from trainer.support.version import version


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    words = reproduce.modern(sys.argv[1:] if arguments is None else arguments)
    parsed = command_line().parse_args(words)
    parsed.argv = words
    try:
        parsed.run(parsed)
    except UserError as error:
        print(f"trainer: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("trainer: stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read our output has had enough, as with `| head`.
        sys.stderr.close()
        return 0
    return 0


def command_line() -> argparse.ArgumentParser:
    """What the command line may say."""
    parser = argparse.ArgumentParser(
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
