"""The program `trainer` of the one-folder build.

joblib starts the processes that help it as `python -m …` and `python -c …`. A frozen program has no
`python`: it starts itself, and finds out here that it is to help.
"""

from __future__ import annotations

import multiprocessing
import re
import runpy
import sys
from collections.abc import Sequence
from contextlib import nullcontext

WORKER = "joblib.externals.loky.backend.popen_loky_posix"
TRACKER = "joblib.externals.loky.backend.resource_tracker"
_TRACKER_CODE = re.compile(rf"from {re.escape(TRACKER)} import main; main\((\d+), \w+\)")


def help_joblib(arguments: Sequence[str]) -> bool:
    """Whether these were the arguments of a helper; its work is then done."""
    if arguments[:2] == ["-m", WORKER]:
        sys.argv = [WORKER, *arguments[2:]]
        runpy.run_module(WORKER, run_name="__main__", alter_sys=True)
        return True
    code = _TRACKER_CODE.fullmatch(arguments[-1]) if "-c" in arguments[:-1] else None
    if code:
        from joblib.externals.loky.backend import resource_tracker

        resource_tracker.main(int(code[1]))
        return True
    return False


def main() -> int:
    """Runs one command, or helps another that does."""
    multiprocessing.freeze_support()
    if help_joblib(sys.argv[1:]):
        return 0
    workers = nullcontext()
    if sys.platform == "win32":
        # joblib's processes do not find each other there in a frozen program; its threads do.
        import joblib

        workers = joblib.parallel_config(backend="threading")
    from trainer.cli import main as trainer

    with workers:
        return trainer()


if __name__ == "__main__":
    sys.exit(main())
