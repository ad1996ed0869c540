from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.trainer.conftest import printed_letters, write_csv
from trainer.cli import main
from trainer.model import weights
from trainer.training.event_files import EventFiles

pytest.importorskip("tensorboardX")


def scalars(folder: Path) -> dict[str, dict[int, float]]:
    """Value by epoch, for each tag."""
    from tensorboardX.proto.event_pb2 import Event

    found: dict[str, dict[int, float]] = {}
    for file in sorted(folder.glob("events.out.tfevents.*")):
        content = file.read_bytes()
        at = 0
        while at < len(content):
            # TFRecord: length (8 bytes), its checksum (4), the event, its checksum (4).
            length = int.from_bytes(content[at : at + 8], "little")
            event = Event.FromString(content[at + 12 : at + 12 + length])
            at += length + 16
            for value in event.summary.value:
                found.setdefault(value.tag, {})[event.step] = value.simple_value
    return found


def run(tmp_path: Path, *more: str) -> int:
    data = write_csv(tmp_path / "hands.csv", printed_letters(4))
    quick = ["--hidden", "8", "--epochs", "2", "--validate", "random", "--no-record"]
    out = tmp_path / "w.safetensors"
    return main(["train", "--train", str(data), "--out", str(out), *quick, *more])


def test_every_epoch_has_its_losses_and_accuracies(tmp_path: Path) -> None:
    folder = tmp_path / "events"
    assert run(tmp_path, "--tensorboard", str(folder)) == 0
    found = scalars(folder)
    assert set(found) == {
        *("loss/training", "loss/validation", "accuracy/training", "accuracy/validation"),
        "seconds/epoch",
    }
    assert all(set(values) == {0, 1} for values in found.values())
    about = weights.load(tmp_path / "w.safetensors").about
    assert about["scores"]["validation_accuracy"] == pytest.approx(found["accuracy/validation"][1])
    # The folder decides nothing about the weights, so it is not in their command.
    assert "tensorboard" not in about["command"]


def test_a_resumed_run_goes_on_in_the_same_folder(tmp_path: Path) -> None:
    record = {"loss": 2.0, "accuracy": 0.5, "validation_loss": None, "validation_accuracy": None}
    for epoch in (0, 1):
        with EventFiles(tmp_path, epoch) as files:
            files.add(record | {"epoch": epoch, "seconds": 1.0})
    assert scalars(tmp_path)["loss/training"] == {0: 2.0, 1: 2.0}
    assert "loss/validation" not in scalars(tmp_path)


def test_a_folder_that_cannot_be_made_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert run(tmp_path, "--tensorboard", str(tmp_path / "file/events")) == 1
    assert "--tensorboard" in capsys.readouterr().err


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "tensorboardX", None)
    assert run(tmp_path, "--tensorboard", str(tmp_path / "events")) == 1
    assert "asl-desktop[tensorboard]" in capsys.readouterr().err


class Filling:
    """A file on a disk that is full after its first part."""

    def __init__(self) -> None:
        self._flushes = 0

    def write(self, content: bytes) -> None:
        """Takes anything, into memory."""

    def flush(self) -> None:
        self._flushes += 1
        if self._flushes > 1:
            raise OSError(28, "No space left on device")

    def close(self) -> None:
        self.flush()


def test_a_disk_that_fills_up_stops_no_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tensorboardX.record_writer.open_file", lambda path: Filling())
    assert run(tmp_path, "--tensorboard", str(tmp_path / "events")) == 0
    said = capsys.readouterr().err
    assert said.count("The event file is incomplete: [Errno 28] No space left on device") == 1
    assert weights.load(tmp_path / "w.safetensors").network.theta.size
