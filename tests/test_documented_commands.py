"""Every command that the documentation gives is run, or stands in a table that says why not.

A command is a line of a block, or in a sentence what begins with `uv run`. The trainer's are run
with small stand-ins for the data that they name.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.patience import PROGRAM_SECONDS
from tests.test_docs import PAGES, ROOT
from tests.trainer.conftest import letter_image, printed_letters, write_csv
from tests.trainer.hand_finder.test_finder import ring_box, ring_frame
from trainer.cli import main
from trainer.commands.render import render
from trainer.data import csv_cache
from trainer.data.crops import save_crops
from trainer.letters import LETTERS
from trainer.support.paths import SIGN_MNIST_WEIGHTS, asset

STAND_INS = {
    ("train", "DATA"): "hands.csv",
    ("evaluate", "DATA"): "hands.csv",
    ("evaluate", "DIR"): "report",
    ("search", "CSV"): "hands.csv",
    ("finetune", "OWN"): "own.npz",
    ("unroll", "W"): "a.safetensors",
    ("read", "SOURCE"): "image.png",
    ("import", "FOLDER"): "photographs",
    ("import", "FILE"): "imported.csv",
    ("import", "../shared/wild"): "photographs",
    ("import", "../shared/negatives"): "photographs",
    ("import", "../shared/frames"): "frames",
    ("finder", "FOLDER"): "frames",
    ("finder", "--crops FILE"): "own.npz",
    ("finder", "FILE"): "finder.safetensors",
    ("export", "FILE"): "network.onnx",
    ("info", "W"): "a.safetensors",
    ("train", "sign_mnist_train.csv"): "hands.csv",
    ("evaluate", "sign_mnist.safetensors"): "a.safetensors",
    ("evaluate", "sign_mnist_test.csv"): "hands.csv",
}
"""What a word means for a command, with the option before it where that matters."""

SHORTER = {
    "train": ["--epochs", "1", "--hidden", "8", "--validate", "random", "--no-record"],
    "finetune": ["--steps", "1"],
    "render": ["--images", "24", "--jobs", "1"],
    "finder": ["--detection-steps", "1", "--refinement-steps", "1"],
    "search": shlex.split("--widths 8 --rates 1e-4 --epochs 1 --jobs 1 --validate random"),
}
"""Options that make a command quick."""

ITSELF = "runs tests, of which this is one"
HOURS = "takes hours; tests/trainer/commands/test_reproduce.py runs it on small data"
NETWORK = "needs the network"
NOT_RUN = {
    "python": "opens a prompt",
    "python -m trainer.experiments.spelled_words…": "reads 10,000 photographs",
    "python -m trainer.experiments.continuous_spelling…": "draws for minutes",
    "asl-desktop": "opens a camera; the same window is opened with --source demo",
    "pytest": ITSELF,
    'pytest -m "not slow"': ITSELF,
    "pytest tests/trainer -k csv": ITSELF,
    "ASL_NIGHTLY=1 pytest tests/faults": ITSELF,
    (
        "pytest tests/faults/test_camera.py tests/faults/test_switching.py tests/trainer/capture"
    ): ITSELF,
    "pytest tests/fuzz": ITSELF,
    "pytest tests/test_safe.py tests/trainer/data/test_download.py": ITSELF,
    "ASL_NIGHTLY=1 pytest tests/fuzz": ITSELF,
    "ASL_NIGHTLY=1 pytest tests/asl_desktop/test_open_close.py": ITSELF,
    "ruff check --fix && ruff format": "would change the tree; tests/test_code.py asks whether",
    "sudo apt-get install…": f"{NETWORK}; .ci/run installs the same packages",
    "trainer download…": f"{NETWORK}; tests/trainer/data/test_download.py has a server of its own",
    "trainer read --weights folds/E.safetensors…": "needs a fold's network, and its people's clips",
    "trainer draw…": "draws for a minute; tests/trainer/hand_renderer runs it on less",
    "trainer reproduce…": HOURS,
    "uv tool…": "installs for the user; tests/test_wheel.py installs the same into a folder",
    "bash .ci/installers/build": "takes minutes; tests/test_installers.py checks the recipe",
    "pyside6-lupdate…": "would change the tree; tests/asl_desktop/test_language.py asks whether",
    "pyside6-lrelease…": "would change the tree; tests/asl_desktop/test_language.py asks whether",
    "pyside6-linguist…": "opens a window of Qt's own",
    "--no-project --with wordfreq==3.1.1…": f"{NETWORK}; rewrites assets/words",
    "--no-project --with names==0.3.0…": f"{NETWORK}; rewrites assets/words",
    "python -m benchmarks.…": "measures or images for minutes; its options are checked",
    "python -m trainer.experiments.…": "would change the tree; tests/test_model_card.py compares",
}
"""The commands that are not run, or how they begin, and why."""


PROGRAM = re.compile(
    r"(ASL_NIGHTLY=1 )?(trainer|asl-desktop|python|py|pytest|ruff|sudo|bash|uv|pip|pipx|sed|cp"
    r"|pyside6-\w+|--no-project)(?= |$)"
)


def documented() -> Iterator[str]:
    """Every command, without `uv run` and comments."""
    for page in PAGES:
        text = re.sub(r"\\+\n\s*", " ", page.read_text(encoding="utf-8"))
        blocks = re.findall(r"```(?:sh|bash|)\n(.*?)```", text, re.DOTALL)
        lines = [line for block in blocks for line in block.splitlines()]
        lines += re.findall(r"\n {4}(\S.*)", text)
        lines += re.findall(r"`(uv run [^`\n]+)`", text)
        for line in lines:
            command = line.partition(" #")[0].replace("uv run ", "").strip()
            if PROGRAM.match(command) and "…" not in command:
                yield command


def meant(key: str, command: str) -> bool:
    return command == key or (key.endswith("…") and command.startswith(key[:-1]))


COMMANDS = sorted(set(documented()))
LEFT = [command for command in COMMANDS if any(meant(key, command) for key in NOT_RUN)]
TRAINER = [c for c in COMMANDS if c.startswith("trainer ") and c not in LEFT]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with small data under the names of the table."""
    folder = tmp_path_factory.mktemp("documented")
    rng = np.random.default_rng(0)
    write_csv(folder / "hands.csv", printed_letters(4))
    save_crops(render(48, seed=0, jobs=1), folder / "own.npz")
    cv2.imwrite(str(folder / "image.png"), letter_image("A", rng, 100))
    for letter in LETTERS[:3]:
        place = folder / "photographs" / letter
        place.mkdir(parents=True)
        cv2.imwrite(str(place / "1.png"), letter_image(letter, rng, 100))
    for name in ("a", "b"):
        target = folder / f"{name}.safetensors"
        target.write_bytes(asset(SIGN_MNIST_WEIGHTS).read_bytes())
    (folder / "frames").mkdir()
    cv2.imwrite(str(folder / "frames/me.png"), ring_frame(rng, (120, 120), 50))
    box = ",".join(map(str, ring_box((120, 120), 50)))
    (folder / "frames/boxes.csv").write_text(f"file,source,x,y,w,h\nme.png,me,{box}\n")
    return folder


def stood_in(command: str) -> list[str]:
    """The arguments, with stand-ins for data and made quick."""
    _, name, *words = shlex.split(command)
    arguments = [name]
    for before, word in zip(["", *words], words, strict=False):
        general = STAND_INS.get((name, word), word)
        arguments.append(STAND_INS.get((name, f"{before} {word}"), general))
    return arguments if "--help" in words else [*arguments, *SHORTER.get(name, [])]


@pytest.mark.parametrize("command", TRAINER)
def test_a_command_of_the_trainer_does_what_it_says(
    command: str, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(work)
    monkeypatch.setattr(csv_cache, "_folder", lambda: work / "cache")
    arguments = stood_in(command)
    if "--help" in arguments:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == 0
        return
    assert main(arguments) == 0
    for option in ("--out", "--report", "--onnx"):
        if option in arguments:
            assert (work / arguments[arguments.index(option) + 1]).exists()


APP = [c for c in COMMANDS if c.startswith("asl-desktop ") and c not in LEFT]


@pytest.mark.parametrize("command", APP)
def test_the_app_starts_as_documented(command: str, tmp_path: Path) -> None:
    code = "import sys; from asl_desktop.main import main; sys.exit(main())"
    arguments = [*shlex.split(command)[1:], "--exit-after-first-frame"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=PROGRAM_SECONDS,
        check=False,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stdout) == (0, "first frame\n"), done.stderr


def test_nothing_is_neither_run_nor_explained() -> None:
    assert len(COMMANDS) > 30
    assert set(COMMANDS) == {*TRAINER, *APP, *LEFT}


def test_no_explanation_outlives_its_command() -> None:
    assert [key for key in NOT_RUN if not any(meant(key, c) for c in COMMANDS)] == []


@pytest.mark.parametrize("command", [c for c in LEFT if "pytest" in c])
def test_the_tests_that_are_named_exist(command: str) -> None:
    for word in shlex.split(command):
        assert not word.startswith("tests/") or (ROOT / word).exists()


@pytest.mark.parametrize("command", [c for c in LEFT if "benchmarks." in c])
def test_a_benchmark_has_the_options_that_are_given(command: str) -> None:
    _, _, module, *words = shlex.split(command)
    source = (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
    for word in words:
        assert not word.startswith("--") or f'"{word}"' in source
