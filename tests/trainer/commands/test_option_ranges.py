"""Every option of every command is checked before anything is read."""

from __future__ import annotations

import argparse
import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from asl_desktop.main import command_line as app_command_line
from tests.trainer.conftest import printed_letters, write_csv
from tests.trainer.data.drawn import write_frames
from trainer import cli
from trainer.cli import command_line, main

WILD = [
    *("nan", "inf", "-inf", "-1", "0", "-0.0", "1e39", "1e400", "1e-400", "", " ", "é"),
    *(str(10**30), "9" * 5000, "1,nan", "-1,-1", "nan,nan,nan,nan", "-1,-1,-1,-1", "1,1,1e400,1"),
    *("99999999k31", "9999k31 9999k31", "0k0", "1s0", "32k0s0"),
]


def options(parser: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Command, parser and action of each option that takes a value."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command, below in action.choices.items():
                yield from options(below, command)
        elif action.option_strings and action.nargs != 0:
            yield name, parser, action


ALL = [*options(command_line()), *options(app_command_line())]


@pytest.mark.parametrize(("command", "parser", "action"), ALL)
def test_a_value_is_refused_or_is_finite(command: str, parser: Any, action: Any) -> None:
    for text in WILD:
        try:
            value = parser._get_value(action, text)
        except argparse.ArgumentError:
            continue
        numbers = value if isinstance(value, tuple) else (value,)
        for number in numbers:
            if isinstance(number, int | float):
                assert math.isfinite(number), (command, action.option_strings, text)


def test_numbers_that_count_something_are_not_below_zero() -> None:
    """Where −1 means something, the help says so."""
    for command, parser, action in ALL:
        try:
            value = parser._get_value(action, "-1")
        except argparse.ArgumentError:
            continue
        if isinstance(value, int | float):
            assert "−1" in action.help or action.dest == "no_sign_bias", (command, action.dest)


@pytest.fixture(scope="module")
def csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_csv(tmp_path_factory.mktemp("ranges") / "letters.csv", printed_letters(2))


NUMBERS = [
    action.option_strings[0]
    for command, parser, action in ALL
    if command == "train" and action.type not in (None, Path, str)
]


@pytest.mark.parametrize("flag", NUMBERS)
def test_no_value_ends_a_training_in_a_traceback(csv: Path, tmp_path: Path, flag: str) -> None:
    small = ["--hidden", "4", "--epochs", "1", "--epoch-images", "40", "--no-record"]
    for text in ("nan", "inf", "-1", "0", "1", "1e39", "65536", "1e-300"):
        if flag in ("--epochs", "--epoch-images") and text == "65536":
            # It would take long, rightly.
            continue
        out = tmp_path / "w.safetensors"
        words = ["train", "--train", str(csv), "--out", str(out), *small, f"{flag}={text}"]
        try:
            code = main(words)
        except SystemExit as end:
            code = int(end.code or 0)
        assert code in (0, 1, 2)


@pytest.mark.parametrize(
    "words",
    [
        ["--hidden", "65536,65536"],
        ["--convolutions", "4096k31 4096k31"],
        ["--convolutions", "9999", "--size", "256"],
        ["--convolutions", "0"],
    ],
)
def test_a_network_that_is_too_large_is_refused_before_data_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    out = tmp_path / "w.safetensors"
    assert main(["train", "--train", "none.csv", "--out", str(out), *words]) == 1
    said = capsys.readouterr().err
    assert "none.csv" not in said
    assert said.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("place", ["pipe", "loop", "none/w", "", "x" * 300, "y/" * 3000 + "z"])
def test_a_place_for_the_result_is_tried_before_data_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for words in (
        ["train", "--train", "none.csv"],
        ["finetune", "--data", "none.csv"],
        ["finder", "--frames", "none"],
        ["render", "--images", "100000"],
    ):
        assert main([*words, "--out", str(tmp_path / place)]) == 1
        said = capsys.readouterr().err
        assert "cannot be written" in said or "does not exist. Create it" in said
        assert said.count("\n") == 1


def test_a_place_beside_the_result_is_tried_before_data_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "report.html").mkdir()
    out = ["--out", str(tmp_path / "w.npz")]
    for words in (
        ["train", "--train", "none.csv", *out, "--checkpoint", str(tmp_path / "none" / "c")],
        ["train", "--train", "none.csv", *out, "--checkpoint", str(tmp_path / "report.html")],
        ["evaluate", "--data", "none.csv", "--report", str(tmp_path)],
    ):
        assert main(words) == 1
        said = capsys.readouterr().err
        assert "cannot be written" in said or "does not exist. Create it" in said


def test_what_is_learned_from_is_not_written_over(
    csv: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = csv.read_bytes()
    for words in (["train", "--train"], ["finetune", "--data"]):
        assert main([*words, str(csv), "--out", str(csv)]) == 1
        assert "nothing is written over it" in capsys.readouterr().err
    assert csv.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["train", "--train", "none.csv"],
        ["finetune", "--data", "none.csv"],
        ["finder", "--frames", "none"],
        ["render", "--images", "100000"],
        ["unroll", "--weights", "none.npz"],
        ["import", "none"],
        ["import", "none", "--no-sign", "2"],
        ["search", "--train", "none.csv"],
        ["reproduce", "sign_mnist", "--train", "none.csv"],
        ["reproduce", "seeds", "--train", "none.csv"],
    ],
)
def test_a_result_does_not_bear_the_name_of_another_kind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main([*words, "--out", str(tmp_path / "photograph.jpg")]) == 1
    assert "the name must end in ." in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]


def test_an_import_does_not_replace_its_index(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_frames(tmp_path, "AB")
    index = tmp_path / "index.csv"
    index.write_text("file,letter\nA3.jpg,A\nB3.jpg,B\n")
    words = ["import", str(tmp_path), "--find-hands", "never", "--out"]
    assert main([*words, str(index)]) == 1
    assert "lists the files of a data set" in capsys.readouterr().err
    assert index.read_text().startswith("file,letter")
    # What an import made is made again.
    for name in ("pixels.csv", "pixels.csv", "PIXELS.CSV", "CROPS.NPZ"):
        assert main([*words, str(tmp_path / name)]) == 0
    assert (tmp_path / "PIXELS.CSV").read_bytes() == (tmp_path / "pixels.csv").read_bytes()
    assert (tmp_path / "CROPS.NPZ").read_bytes().startswith(b"PK")


def test_a_table_needs_no_import(
    csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(csv), "--out", str(tmp_path / "crops.npz")]) == 1
    assert "a table of images already" in capsys.readouterr().err


def test_weights_and_checkpoint_need_two_places(
    csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The checkpoint is deleted when a run is complete: the weights would go with it."""
    out = str(tmp_path / "w.safetensors")
    assert main(["train", "--train", str(csv), "--out", out, "--checkpoint", out]) == 1
    assert "nothing is written over it" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_names_that_no_system_allows_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    out = str(tmp_path / "w.npz")
    for name in ("x" * 300, "loop", "loop/a.csv"):
        path = str(tmp_path / name)
        for words in (
            ["read", path],
            ["info", path],
            ["evaluate", "--data", path],
            ["import", path, "--out", out],
            ["train", "--train", path, "--out", out],
        ):
            assert main(words) == 1, words
            assert capsys.readouterr().err.count("\n") == 1, words


@pytest.mark.parametrize("reason", ["Unable to allocate 16.0 TiB", ""])
def test_memory_that_cannot_be_had_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reason: str
) -> None:
    def greedy(words: object) -> None:
        raise MemoryError(reason)

    monkeypatch.setattr(cli, "_run", greedy)
    assert main(["train"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("trainer: There is not enough memory")
    assert (reason or "(out of memory)") in said
    assert said.count("\n") == 1
