"""Kills every writer at random moments, and looks whether its file is whole.

    python -m tests.faults.killed FOLDER KILLS

Each writer works in a child of this process, which has imported all modules, and writes the same
file again and again. Prints, as JSON by the file's name, how many were killed, how many of them in
the middle of the file (a temporary one is left), and how many had finished it before.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication

from asl_desktop.widgets.theme import STYLE
from tests.faults.writers import OLD, WRITES

LEFT_OUT = {
    "epochs.jsonl": "is begun anew by this writer; tests/faults/test_kill.py kills whole trainings",
    "A.webp": "is drawn for ten seconds, and then written as all others are",
}


def kill_often(path: Path, write: Callable[[Path], object], kills: int) -> dict[str, int]:
    """The counts of one writer.

    Raises:
        AssertionError: A file was neither the old one nor the new one, or the writer ended.
    """
    path.write_bytes(OLD)
    new = set()
    for _ in range(2):
        start = time.perf_counter()
        write(path)
        seconds = time.perf_counter() - start
        new.add(path.read_bytes())
    assert len(new) == 1, f"{path.name} differs from one time to the next"
    rng = np.random.default_rng(len(path.name))
    counts = {"killed": 0, "in the file": 0, "finished": 0}
    for _ in range(kills):
        path.write_bytes(OLD)
        writer = _started(path, write)
        time.sleep(float(rng.uniform(0, 1.5 * seconds)))
        os.kill(writer, signal.SIGKILL)
        _, status = os.waitpid(writer, 0)
        assert os.WIFSIGNALED(status), f"{path.name}: the writer ended by itself"
        counts["killed"] += 1
        content = path.read_bytes()
        assert content == OLD or content in new, f"{path.name}: {len(content)} bytes are left"
        counts["finished"] += content in new
        left = list(path.parent.glob(".*~"))
        counts["in the file"] += bool(left)
        for temporary in left:
            temporary.unlink()
    return counts


def _started(path: Path, write: Callable[[Path], object]) -> int:
    """Process id of a child that writes without end, and has begun."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(writing, b"!")
            while True:
                write(path)
        finally:
            os._exit(1)
    os.close(writing)
    os.read(reading, 1)
    os.close(reading)
    return child


def main() -> None:
    app = QApplication(["", *STYLE])
    told = {}
    for name, write in WRITES.items():
        if name in LEFT_OUT:
            continue
        folder = Path(sys.argv[1]) / name / "files"
        folder.mkdir(parents=True)
        told[name] = kill_often(folder / name, write, int(sys.argv[2]))
    print(json.dumps(told), flush=True)
    app.quit()
    # What the children share is not taken apart.
    os._exit(0)


if __name__ == "__main__":
    main()
