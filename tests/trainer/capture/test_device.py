"""One routine opens every camera: any backend, slow to start, configured once."""

from __future__ import annotations

import sys
import time

import cv2
import numpy as np
import pytest

from tests.trainer.capture.simulated import Driver, sized
from trainer.capture import device, faults
from trainer.capture.camera_list import Camera
from trainer.capture.device import open_camera
from trainer.capture.faults import CameraError, Cause

CAMERA = Camera(0, cv2.CAP_V4L2, "Desk")
MJPG = cv2.VideoWriter.fourcc(*"MJPG")


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Driver:
    monkeypatch.setattr(sys, "platform", "linux")
    return Driver().install(monkeypatch)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WARM_UP_SECONDS", "_ANOTHER_TRY_SECONDS", "_HICCUP_SECONDS"):
        monkeypatch.setattr(device, name, 0.05)


@pytest.mark.parametrize("failed", [1, 5, 20])
def test_first_reads_may_fail(driver: Driver, failed: int) -> None:
    driver.failed_reads = failed
    source = open_camera(CAMERA)
    for _ in range(3):
        frame = source.read()
        assert frame is not None
        assert (frame.name, frame.image.shape) == ("Desk", (720, 1280, 3))
    assert len(driver.opened) == 1


def test_only_after_the_warm_up_is_it_said_to_give_no_image(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "find_cause", lambda *_: Cause.UNKNOWN)
    driver.failed_reads = 10_000
    start = time.monotonic()
    with pytest.raises(CameraError, match="Desk gives no image"):
        open_camera(CAMERA)
    assert time.monotonic() - start >= 2
    assert driver.held == 0


@pytest.mark.parametrize(
    ("platform", "tried"),
    [
        ("linux", [cv2.CAP_V4L2, cv2.CAP_ANY]),
        ("darwin", [cv2.CAP_AVFOUNDATION, cv2.CAP_ANY]),
        ("win32", [cv2.CAP_MSMF, cv2.CAP_DSHOW, cv2.CAP_ANY]),
    ],
)
def test_backends_that_refuse_are_followed_by_the_others_in_order(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, platform: str, tried: list[int]
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    for number, works in enumerate(tried):
        driver.opened.clear()
        driver.opens = lambda _target, backend, _options, works=works: backend == works
        open_camera(Camera(3, tried[0], "Virtual")).close()
        assert list(dict.fromkeys(b for _, b, _ in driver.opened)) == tried[: number + 1]
        assert {target for target, _, _ in driver.opened} == {3}
    assert driver.held == 0


def test_a_camera_has_its_own_number_in_each_backend(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    driver.opens = lambda _target, backend, _options: backend == cv2.CAP_DSHOW
    open_camera(Camera(0, cv2.CAP_MSMF, "Desk", "usb#1", ((cv2.CAP_DSHOW, 4),)))
    assert driver.opened[-1][:2] == (4, cv2.CAP_DSHOW)


def test_a_backend_that_opens_but_gives_no_frame_is_followed_by_the_next(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    backends = []

    def opens(_target: int | str, backend: int, _options: dict[int, int]) -> bool:
        backends.append(backend)
        return True

    driver.opens = opens
    driver.frame = lambda options: sized(options) if backends[-1] == cv2.CAP_DSHOW else None
    assert open_camera(Camera(0, cv2.CAP_MSMF, "Desk")).read() is not None
    assert driver.held == 1


def test_size_and_format_are_options_of_the_opening_and_nothing_is_set_afterwards(
    driver: Driver,
) -> None:
    driver.set_seconds = 3.7
    open_camera(CAMERA)
    ((_, _, options),) = driver.opened
    assert driver.set_calls == 0
    assert options[cv2.CAP_PROP_FRAME_WIDTH] == 1280
    assert options[cv2.CAP_PROP_FRAME_HEIGHT] == 720
    assert options[cv2.CAP_PROP_FOURCC] == MJPG
    order = list(options)
    assert order.index(cv2.CAP_PROP_FOURCC) < order.index(cv2.CAP_PROP_FRAME_WIDTH)


@pytest.mark.parametrize("backend", [cv2.CAP_MSMF, cv2.CAP_AVFOUNDATION])
def test_backends_that_choose_a_format_themselves_are_asked_for_the_size_only(
    driver: Driver, backend: int
) -> None:
    open_camera(Camera(0, backend, "Desk"))
    assert set(driver.opened[0][2]) == {cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT}


def test_a_camera_that_refuses_the_options_plays_as_it_comes(driver: Driver) -> None:
    driver.opens = lambda _target, _backend, options: not options
    frame = open_camera(CAMERA).read()
    assert frame is not None
    assert frame.image.shape == (480, 640, 3)


def test_a_camera_that_gives_nothing_as_mjpg_plays_raw(driver: Driver, quick: None) -> None:
    driver.frame = lambda options: None if cv2.CAP_PROP_FOURCC in options else sized(options)
    assert open_camera(CAMERA).read() is not None
    assert driver.held == 1


def test_a_camera_without_mjpg_that_is_slow_at_full_size_gets_a_smaller_one(
    driver: Driver,
) -> None:
    yuyv = cv2.VideoWriter.fourcc(*"YUYV")
    driver.fourcc = lambda _: yuyv
    driver.rate = lambda options: 30.0 if options.get(cv2.CAP_PROP_FRAME_WIDTH) == 640 else 8.0
    frame = open_camera(CAMERA).read()
    assert frame is not None
    assert frame.image.shape == (480, 640, 3)
    driver.rate = lambda _: 8.0
    frame = open_camera(CAMERA).read()
    assert frame is not None
    assert frame.image.shape == (720, 1280, 3), "no size is faster"


def test_the_first_frame_comes_as_soon_as_the_driver_gives_it(driver: Driver) -> None:
    """At most 1.5 s over the driver's own time: 0.4 s to open, 5 reads of 0.1 s."""
    driver.open_seconds, driver.read_seconds, driver.set_seconds = 0.4, 0.1, 3.7
    driver.failed_reads = 4
    start = time.monotonic()
    open_camera(CAMERA).read()
    assert time.monotonic() - start < 0.9 + 1.5


def test_a_failed_read_now_and_then_does_not_end_the_camera(driver: Driver) -> None:
    source = open_camera(CAMERA)
    frames = iter([None, sized({}), None, None, sized({})])
    driver.frame = lambda _: next(frames)
    source.read()
    assert source.read() is not None
    assert source.read() is not None
    assert len(driver.opened) == 1


def test_a_lost_camera_is_released_before_the_system_is_asked_why(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    monkeypatch.setattr(
        faults, "find_cause", lambda *_: Cause.BUSY if driver.held else Cause.ABSENT
    )
    source = open_camera(CAMERA)
    source.read()
    driver.frame = lambda _: None
    with pytest.raises(CameraError, match="Desk is not there: it was unplugged") as raised:
        source.read()
    assert raised.value.cause is Cause.ABSENT


def test_a_driver_that_raises_counts_as_a_failed_read(driver: Driver, quick: None) -> None:
    def frame(_: dict[int, int]) -> np.ndarray:
        raise cv2.error("grabbing failed")

    driver.frame = frame
    with pytest.raises(CameraError):
        open_camera(CAMERA)
    assert driver.held == 0


def test_frames_of_16_bit_and_gray_frames_become_colours(driver: Driver) -> None:
    driver.frame = lambda _: np.full((480, 640), 100 << 8, np.uint16)
    frame = open_camera(CAMERA).read()
    assert frame is not None
    assert frame.image.dtype == np.uint8
    assert frame.image.shape == (480, 640, 3)
    assert set(np.unique(frame.image)) == {100}
