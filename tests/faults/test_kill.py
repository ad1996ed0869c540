"""kill -9 at random moments: no file is ever half, and a training run goes on to the same end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.nightly import cases
from tests.patience import PROGRAM_SECONDS
from tests.trainer.conftest import printed_letters, write_csv
from trainer.data.crops import read_crops
from trainer.data.csv import read_csv
from trainer.data.load import load
from trainer.letters import LETTERS, Convention
from trainer.model import weights
from trainer.samples.store import SampleStore

pytestmark = pytest.mark.slow

EPOCHS = 8


def _killed_after(command: list[str], seconds: float, folder: Path) -> int:
    """Exit code; −9 where the command was killed."""
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        _, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        _, said = process.communicate()
    assert b"Traceback" not in said, said.decode()
    return process.returncode


def _training(folder: Path, out: str) -> list[str]:
    command = [sys.executable, "-m", "trainer.cli", "train", "--train", "train.csv"]
    command += ["--validation", "train.csv", "--out", out, "--checkpoint", f"{out}.checkpoint"]
    command += ["--record", f"{out}.record", "--keep-best", "--epochs", str(EPOCHS), "--seed", "3"]
    (folder / f"{out}.record").mkdir()
    return [*command, "--hidden", "32", "--augmentation", "none"]


def _check_files(folder: Path, out: str) -> None:
    """Whatever is there is whole."""
    path = folder / out
    if path.exists():
        weights.load(path)
    for name in ("about.json", "epochs.jsonl"):
        noted = folder / f"{out}.record" / name
        if noted.exists():
            for line in (
                noted.read_text().splitlines() if name.endswith("l") else [noted.read_text()]
            ):
                json.loads(line)


def test_a_run_that_is_killed_again_and_again_ends_like_one_that_was_not(tmp_path: Path) -> None:
    write_csv(tmp_path / "train.csv", printed_letters(4))
    command = _training(tmp_path, "whole.safetensors")
    start = time.perf_counter()
    assert _killed_after(command, PROGRAM_SECONDS, tmp_path) == 0
    whole_seconds = time.perf_counter() - start

    rng = np.random.default_rng(1)
    command = _training(tmp_path, "killed.safetensors")
    kills = 0
    code = -9
    for _ in range(cases(8, 100)):
        code = _killed_after(command, float(rng.uniform(0, whole_seconds)), tmp_path)
        _check_files(tmp_path, "killed.safetensors")
        kills += code == -9
        if code == 0:
            # It finished: begin another one.
            (tmp_path / "killed.safetensors").unlink()
    assert kills > 0
    if code != 0:
        assert _killed_after(command, PROGRAM_SECONDS, tmp_path) == 0
        whole = (tmp_path / "whole.safetensors").read_bytes()
        assert (tmp_path / "killed.safetensors").read_bytes() == whole
    assert not (tmp_path / "killed.safetensors.checkpoint").exists()


_SAVING = """
import sys
from pathlib import Path
import numpy as np
from trainer.model import weights
from trainer.model.model import Model
from trainer.nn.plan import build_network
from trainer.images.preprocessing import Preprocessing
models = [
    Model(build_network(28, "", [256], np.random.default_rng(seed)), Preprocessing())
    for seed in (0, 1)
]
path = Path(sys.argv[1])
weights.save(models[0], path)
print("saving", flush=True)
while True:
    for model in models:
        weights.save(model, path)
"""


def test_a_weight_file_is_whole_whenever_its_writer_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "w.safetensors"
    rng = np.random.default_rng(2)
    seen: set[bytes] = set()
    for _ in range(cases(10, 100)):
        command = [sys.executable, "-c", _SAVING, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(float(rng.uniform(0, 0.05)))
            process.kill()
        weights.load(path)
        seen.add(path.read_bytes())
    assert len(seen) <= 2


def test_an_import_that_is_killed_leaves_a_whole_file_or_none(tmp_path: Path) -> None:
    for letter in LETTERS[:4]:
        (tmp_path / "photos" / letter).mkdir(parents=True)
        for number in range(5):
            image = np.full((200, 200, 3), 10 * number, np.uint8)
            cv2.imwrite(str(tmp_path / "photos" / letter / f"{number}.png"), image)
    command = [sys.executable, "-m", "trainer.cli", "import", "photos", "--out", "crops.npz"]
    start = time.perf_counter()
    assert _killed_after(command, PROGRAM_SECONDS, tmp_path) == 0
    whole_seconds = time.perf_counter() - start
    whole = (tmp_path / "crops.npz").read_bytes()
    (tmp_path / "crops.npz").unlink()
    rng = np.random.default_rng(4)
    for _ in range(cases(4, 100)):
        _killed_after(command, float(rng.uniform(0.3, 1)) * whole_seconds, tmp_path)
        if (tmp_path / "crops.npz").exists():
            assert len(read_crops(tmp_path / "crops.npz")) == 20
            assert len((tmp_path / "crops.npz").read_bytes()) == len(whole)
            (tmp_path / "crops.npz").unlink()


def test_a_recording_that_is_killed_loses_at_most_the_sample_in_flight(tmp_path: Path) -> None:
    """Each goes on in the folder that the one before left."""
    rng = np.random.default_rng(5)
    command = [sys.executable, "-m", "tests.trainer.samples.filling", str(tmp_path)]
    have, between = 0, 0
    for _ in range(cases(6, 100)):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            told = int(process.stdout.readline())
            time.sleep(float(rng.uniform(0, 0.05)))
            process.kill()
            told = max([told, *(int(line) for line in process.stdout.read().split())])
        between += _tables(tmp_path) != told
        store = SampleStore(tmp_path)
        assert told > have
        assert told <= len(store.samples) <= told + 1
        have = len(store.samples)
        assert _tables(tmp_path) == have
        assert not list(tmp_path.glob("**/.*~"))
    print("killed between image and tables:", between)
    assert len(load(tmp_path)) == have
    assert len(read_csv(tmp_path / "samples.csv", Convention.GAP)) == have


def _tables(folder: Path) -> int:
    """Rows of the shorter table."""
    texts = [(folder / name).read_bytes() for name in ("index.csv", "samples.csv")]
    return min(text.count(b"\n") for text in texts) - 1


def test_every_file_is_old_or_new_whenever_its_writer_is_killed(tmp_path: Path) -> None:
    kills = cases(3, 100)
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.killed", str(tmp_path), str(kills)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    for name, counts in told.items():
        print(name, counts)
    assert {counts["killed"] for counts in told.values()} == {kills}
    assert len(told) > 20


if sys.platform == "win32":
    pytest.skip("kill -9 is of Unix", allow_module_level=True)
