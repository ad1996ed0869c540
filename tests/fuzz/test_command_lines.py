"""Command lines made of right and wrong words: exit codes 0, 1 or 2, and no traceback."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asl_desktop.main import command_line
from tests.fuzz.door import count_case, fuzzed
from trainer.cli import main

COMMANDS = [
    *("train", "finetune", "evaluate", "read", "import", "search", "reproduce"),
    *("info", "export", "unroll", "finder"),
]
"""All that neither draws for minutes nor asks the network."""


OPTIONS = [
    *("--train", "--out", "--weights", "--test", "--labels", "--json", "--epochs", "--seed"),
    *("--layers", "--learning-rate", "--batch", "--hidden", "--validate", "--validation"),
    *("--leave-out", "--checkpoint", "--record", "--no-record", "--start-from", "--box"),
    *("--fine-tune", "--initial-weights", "--replay"),
    *("--source", "--jobs", "--no-sign", "--data", "--frames", "--crops", "--onnx", "--npz"),
]
VALUES = [
    *("0", "-1", "1", "nan", "inf", "1e400", "9" * 30, "", " ", "a\nb", "\x00", "--", "-", "é"),
    *("gap", "no-gap", "random", "adam", "A", "train:", "train:J", ":", "0,0,0,0", "1,2,nan,4"),
    *("/dev/null", "none.csv", "none.npz", "none.safetensors"),
    *("damaged.csv", "damaged.safetensors", "damaged.png"),
]
APP = command_line()
words = st.sampled_from(OPTIONS) | st.sampled_from(VALUES)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands")
    for name in ("damaged.csv", "damaged.safetensors", "damaged.png"):
        (folder / name).write_bytes(b"no such thing")
    return folder


@fuzzed()
@given(command=st.sampled_from(COMMANDS), rest=st.lists(words, max_size=8))
def test_any_words(place: Path, command: str, rest: list[str]) -> None:
    count_case()
    said = io.StringIO()
    with (
        contextlib.chdir(place),
        contextlib.redirect_stderr(said),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        try:
            code = main([command, *rest])
        except SystemExit as end:
            code = end.code
    assert code in (0, 1, 2)
    assert "Traceback" not in said.getvalue()
    assert code == 0 or said.getvalue().strip()


@fuzzed()
@given(arguments=st.lists(words, max_size=6))
def test_any_words_for_the_app(arguments: list[str]) -> None:
    count_case()
    code: object = None
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        try:
            chosen = APP.parse_args(arguments)
        except SystemExit as end:
            code = end.code
    assert code in (0, 2) if code is not None else chosen.box is None or len(chosen.box) == 4
