"""Each cause has its own words on each system, and on Linux the cause is found out."""

from __future__ import annotations

import errno
import itertools
import os
from pathlib import Path

import pytest

from trainer.capture import faults
from trainer.capture.faults import CameraError, Cause, camera_error, explain, find_cause

PLATFORMS = ("linux", "darwin", "win32")


def test_the_message_differs_by_cause_and_by_system() -> None:
    denied = {p: explain("Desk", 2, Cause.DENIED, p) for p in PLATFORMS}
    busy = {p: explain("Desk", 2, Cause.BUSY, p) for p in PLATFORMS}
    for messages in (denied, busy):
        assert len(set(messages.values())) == len(PLATFORMS)
    for platform in PLATFORMS:
        causes = [explain("Desk", 2, cause, platform) for cause in Cause]
        assert len(set(causes)) == len(causes)
        assert all("Desk" in message and message.endswith(".") for message in causes)
        assert not any("{" in message for message in causes)
    assert "/dev/video2" in denied["linux"]
    assert "fuser /dev/video2" in busy["linux"]
    assert "Privacy & Security ▸ Camera" in denied["darwin"]
    assert "Settings ▸ Privacy & security ▸ Camera" in denied["win32"]


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        (errno.ENOENT, Cause.ABSENT),
        (errno.ENODEV, Cause.ABSENT),
        (errno.EACCES, Cause.DENIED),
        (errno.EBUSY, Cause.BUSY),
        (errno.EIO, Cause.UNKNOWN),
    ],
)
def test_linux_tells_the_cause_when_the_node_is_opened(
    monkeypatch: pytest.MonkeyPatch, number: int, cause: Cause
) -> None:
    def refuse(path: str, flags: int) -> int:
        assert path == "/dev/video3"
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(faults.os, "open", refuse)
    assert find_cause(3, "linux") is cause
    error = camera_error("Desk", 3, "linux")
    assert isinstance(error, CameraError)
    assert (error.cause, str(error)) == (cause, explain("Desk", 3, cause, "linux"))


def test_a_camera_that_another_program_streams_from_is_busy_though_it_opens(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in = tmp_path / "video0"
    stand_in.touch()
    monkeypatch.setattr(faults, "node", lambda index: str(stand_in))
    assert find_cause(0, "linux") is Cause.UNKNOWN, "an ordinary file refuses the question"

    def busy(handle: int) -> None:
        raise OSError(errno.EBUSY, "busy")

    monkeypatch.setattr(faults, "_request_no_buffers", busy)
    assert find_cause(0, "linux") is Cause.BUSY


def test_windows_tells_of_a_denial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "_windows_consent", lambda: "Deny")
    assert find_cause(0, "win32") is Cause.DENIED
    assert find_cause(0, "darwin") is Cause.UNKNOWN


def test_what_is_not_known_names_all_that_helps() -> None:
    for platform, word in itertools.product(PLATFORMS, ("another program", "denied", "unplugged")):
        assert word in explain("Desk", 0, Cause.UNKNOWN, platform)
