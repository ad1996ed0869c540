from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.trainer.conftest import letter_image, printed_letters, write_csv
from trainer.cli import main
from trainer.letters import LETTERS
from trainer.model import weights
from trainer.support.paths import asset

QUICK = [
    "--hidden",
    "48",
    "--epochs",
    "14",
    "--batch-size",
    "32",
    "--learning-rate",
    "5e-3",
    "--ema",
    "0.9",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cli")


@pytest.fixture(scope="module")
def csv(folder: Path) -> Path:
    return write_csv(folder / "letters.csv", printed_letters(20))


@pytest.fixture(scope="module")
def trained(folder: Path, csv: Path) -> Path:
    out = folder / "w.safetensors"
    assert main(["train", "--train", str(csv), "--out", str(out), *QUICK]) == 0
    return out


def test_trained_weights_read_what_they_learned(
    trained: Path, csv: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(["evaluate", "--weights", str(trained), "--data", str(csv), "--json", "--by-source"])
        == 0
    )
    result = json.loads(capsys.readouterr().out)
    assert result["accuracy"] > 0.95
    assert result["n"] == 480
    assert result["by_source"]["letters"]["n"] == 480
    assert set(result) >= {"accuracy", "macro_f1", "top3", "n", "recall", "confusion", "by_source"}


def test_the_metadata_tell_how_to_make_them_again(trained: Path, csv: Path, folder: Path) -> None:
    about = weights.load(trained).about
    assert about["command"].startswith("trainer train --train")
    assert about["recipe"]["hidden"] == [48]
    assert len(about["data"]["letters.csv"]) == 64
    again = folder / "again.safetensors"
    command = about["command"].split()[1:]
    command[command.index("W.safetensors")] = str(again)
    assert main(command) == 0
    assert again.read_bytes() == trained.read_bytes()


def test_the_same_command_in_another_process_gives_the_same_bytes(
    trained: Path, csv: Path, folder: Path
) -> None:
    out = folder / "other.safetensors"
    command = [sys.executable, "-m", "trainer.cli", "train", "--train", str(csv), "--out", str(out)]
    subprocess.run([*command, *QUICK], check=True, capture_output=True)
    assert out.read_bytes() == trained.read_bytes()


def test_json_events_of_training(
    folder: Path, csv: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [
        "train",
        "--train",
        str(csv),
        "--validation",
        str(csv),
        "--out",
        str(folder / "w.npz"),
    ]
    assert main([*arguments, "--json", "--hidden", "16", "--epochs", "2"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    batches = [line for line in lines if line["event"] == "batch"]
    epochs = [line for line in lines if line["event"] == "epoch"]
    assert len(batches) == 2 * batches[0]["batches"]
    assert [line["epoch"] for line in epochs] == [0, 1]
    assert epochs[1]["validation_accuracy"] > 0
    assert lines[-1]["event"] == "saved"
    assert weights.load(folder / "w.npz").about["scores"]["validation_accuracy"] > 0


def test_the_table_for_people(trained: Path, csv: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--weights", str(trained), "--data", str(csv), "--by-source"]) == 0
    out = capsys.readouterr().out
    assert "accuracy" in out
    assert "\nK " in out
    assert out.rstrip().endswith("letters")


@pytest.fixture(scope="module")
def images(folder: Path) -> Path:
    rng = np.random.default_rng(9)
    for letter in LETTERS:
        path = folder / "photos" / "someone" / letter / "1.png"
        path.parent.mkdir(parents=True)
        wide = np.full((112, 160), 60, np.uint8)
        wide[:, 24:136] = letter_image(letter, rng, 112)
        cv2.imwrite(str(path), wide)
    return folder / "photos"


def test_images_are_read_a_line_each(
    trained: Path, images: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # The letters are printed: there is no hand to find in these wide images.
    command = ["read", "--weights", str(trained), str(images), "--find-hands", "never", "--json"]
    assert main(command) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    right = [Path(line["file"]).parent.name == line["letter"] for line in lines]
    assert len(right) == 24
    assert np.mean(right) > 0.9


def test_an_indexed_folder_is_evaluated_within_the_boxes(
    trained: Path, images: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"someone/{letter}/1.png,someone,{letter},24,0,112,112" for letter in LETTERS]
    (images / "index.csv").write_text("\n".join(["file,source,letter,x,y,w,h", *rows]))
    assert (
        main(
            [
                "evaluate",
                "--weights",
                str(trained),
                "--data",
                str(images),
                "--json",
                "--by-source",
            ]
        )
        == 0
    )
    result = json.loads(capsys.readouterr().out)
    assert result["accuracy"] > 0.9
    assert result["by_source"]["someone"]["n"] == 24


@pytest.mark.parametrize("ending", ["csv", "npz"])
def test_imported_photographs_evaluate_like_the_photographs(
    trained: Path, images: Path, folder: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = folder / f"imported.{ending}"
    assert main(["import", str(images), "--out", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["n"] == 24
    assert main(["evaluate", "--weights", str(trained), "--data", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["accuracy"] > 0.9


def test_a_video_is_read_by_change_of_letter(
    trained: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(folder / "v.avi")
    writer = cv2.VideoWriter(path, cv2.VideoWriter.fourcc(*"MJPG"), 10, (112, 112))
    for letter in "AAABBBBL":
        image = letter_image(letter, np.random.default_rng(0), 112)
        writer.write(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR))
    writer.release()
    assert main(["read", "--weights", str(trained), path]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[0] for line in lines] == ["A", "B", "L"]
    assert "0.30 s" in lines[1]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["evaluate", "--weights", "none", "--data", "none"], 1, "none: cannot be read"),
        (["train", "--train", "none.csv", "--out", "w.npz"], 1, "none.csv: cannot be read"),
        (["train", "--train", "x", "--out", "/no/such/place/w"], 1, "folder does not exist"),
        (
            ["train", "--train", "x", "--out", "w", "--epochs", "0"],
            2,
            "epochs must be a whole number",
        ),
        (["read", "no-such-camera"], 1, "no camera"),
        (["read", "a", "--box", "1,2,3"], 2, "no box"),
        (["read", "a", "--box", "1,2,3,nan"], 2, "box"),
        (["import", "none", "--out", "f.csv"], 1, "no such folder"),
        (["import", "none", "--out", "f.txt"], 1, "must end in .csv or .npz."),
        (["train"], 2, "required"),
        ([], 2, "COMMAND"),
    ],
)
def test_exit_codes(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        result = main(arguments)
    except SystemExit as stop:
        result = int(stop.code or 0)
    assert result == code
    captured = capsys.readouterr()
    assert said in captured.err
    assert "Traceback" not in captured.err
    assert captured.out == ""


def test_the_command_line_imports_no_qt() -> None:
    code = "import sys, trainer.cli; sys.exit(any('PySide6' in name for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# The default weights read the T of ASL, which the T of that file is not.
@pytest.mark.parametrize(
    ("name", "without"),
    [("sign_mnist", []), ("default", ["--without", "T"])],
    ids=["sign_mnist", "default"],
)
@pytest.mark.slow
def test_the_shipped_weights_read_the_official_test_file(
    shared: Path, name: str, without: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    data = shared / "data" / "sign_mnist_test.csv"
    path = asset(f"weights/{name}.safetensors")
    assert main(["evaluate", "--weights", str(path), "--data", str(data), "--json", *without]) == 0
    assert json.loads(capsys.readouterr().out)["accuracy"] >= 0.98


def test_letters_are_passed_over(
    trained: Path, csv: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["evaluate", "--weights", str(trained), "--data", str(csv), "--json"]
    assert main([*given, "--without", "AT"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["n"] == 480 - 40
    assert set("AT").isdisjoint(result["recall"])
    assert main([*given, "--without", LETTERS]) == 1


def test_training_can_hold_rows_out(
    folder: Path, csv: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = folder / "held.safetensors"
    arguments = ["train", "--train", str(csv), "--out", str(out), "--hidden", "16", "--epochs", "2"]
    assert main([*arguments, "--validate", "random", "--json"]) == 0
    captured = capsys.readouterr()
    assert "leaks" in captured.err
    epochs = [e for e in map(json.loads, captured.out.splitlines()) if e["event"] == "epoch"]
    assert epochs[0]["validation_accuracy"] > 0
    # All images of a letter are alike here, as variants of one photograph would be.
    assert main([*arguments, "--validate", "photograph"]) == 1
    assert "nothing can be held out" in capsys.readouterr().err
