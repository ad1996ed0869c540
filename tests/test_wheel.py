"""The built wheel, installed into a new environment, starts and brings its assets along."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PROGRAM_SECONDS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # Isolated from the environment that runs the tests.
    clean = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH")}

    def run(*command: str | Path) -> None:
        subprocess.run(command, check=True, capture_output=True, env=clean, cwd=folder)

    run("uv", "build", "--wheel", "--out-dir", folder, ROOT)
    run("uv", "venv", "--python", sys.executable, folder / "env")
    (wheel,) = folder.glob("*.whl")
    run("uv", "pip", "install", "--python", folder / "env" / SCRIPTS / "python", wheel)
    return folder / "env" / SCRIPTS


def start(command: list[str | Path], tmp_path: Path) -> str:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=PROGRAM_SECONDS,
        check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_both_scripts_start(scripts: Path, tmp_path: Path) -> None:
    assert "0.1.0" in start([scripts / "trainer", "--version"], tmp_path)
    assert "0.1.0" in start([scripts / "asl-desktop", "--version"], tmp_path)


def test_the_installed_trainer_reads_an_image_with_the_shipped_weights(
    scripts: Path, tmp_path: Path
) -> None:
    image = tmp_path / "gray.pgm.png"
    code = "import sys, cv2, numpy; cv2.imwrite(sys.argv[1], numpy.eye(40, dtype='uint8') * 255)"
    start([scripts / "python", "-c", code, image], tmp_path)
    line = json.loads(start([scripts / "trainer", "read", image, "--json"], tmp_path))
    assert line["file"] == str(image)
    assert len(line["candidates"]) == 3
