"""How much disk the program takes, how long it takes to install, and until it shows something.

    uv run python -m benchmarks.footprint [--folder dist/asl-desktop] [--runs N] [--json]

The wheel is built and installed into a new environment by `uv pip install`, from its cache: nothing
is downloaded, so that the time is that of the computer and not of the line. `--folder` adds the
one-folder build. The times to the first frame of the demo clip are medians; each program was begun
once before, so that its files are in memory. Where other programs keep the processor busy, its own
processor time tells more than the clock (Windows does not give it). A megabyte is a million bytes;
sizes sum up files, links not followed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.cold_start import start

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, help="a one-folder build, to be measured, too")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        result = _installed(work, chosen.runs)
        if chosen.folder is not None:
            result["folder_mb"] = megabytes(chosen.folder)
            app = chosen.folder / ("asl-desktop.exe" if sys.platform == "win32" else "asl-desktop")
            result |= _first_frame(app.resolve(), work, chosen.runs, "folder_")
    if chosen.json:
        print(json.dumps(result))
    else:
        print("\n".join(f"{name:24} {value:g}" for name, value in result.items()))


def megabytes(folder: Path) -> float:
    """Of all files below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return round(sum(path.stat().st_size for path in files) / 1e6, 1)


def _installed(work: Path, runs: int) -> dict[str, float]:
    environment = work / "environment"
    _run("uv", "build", "--quiet", "--wheel", "--out-dir", work, ROOT)
    (wheel,) = work.glob("*.whl")
    install = ("uv", "pip", "install", "--quiet", "--python", environment, wheel)
    for _ in range(2):  # The first time fills uv's cache.
        _run("uv", "venv", "--quiet", "--clear", "--python", sys.executable, environment)
        began = time.perf_counter()
        _run(*install)
        seconds = time.perf_counter() - began
    result = {
        "wheel_mb": round(wheel.stat().st_size / 1e6, 1),
        "install_s": round(seconds, 1),
        "environment_mb": megabytes(environment),
    }
    app = environment / SCRIPTS / "asl-desktop"
    # Installed programs are compiled at their first start; this is what remains.
    result |= _first_frame(app, work, runs)
    result["compiled_mb"] = round(megabytes(environment) - result["environment_mb"], 1)
    return result


def _first_frame(app: Path, work: Path, runs: int, prefix: str = "") -> dict[str, float]:
    """Medians: seconds until a frame is on the screen, and of processor time until the end."""
    environment = os.environ | {"XDG_CONFIG_HOME": str(work), "ASL_DESKTOP_DATA": str(work)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [app, "--source", "demo", "--exit-after-first-frame"]
    start(command, environment)
    measured = [start(command, environment) for _ in range(runs)]
    return {
        f"{prefix}first_frame_s": round(statistics.median(run.wall for run in measured), 2),
        f"{prefix}processor_s": round(statistics.median(run.cpu for run in measured), 2),
    }


def _run(*command: str | Path) -> None:
    clean = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH")}
    subprocess.run(command, check=True, env=clean)


if __name__ == "__main__":
    main()
