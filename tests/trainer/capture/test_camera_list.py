"""Cameras are listed in one order, colours first, and told apart for good."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import cv2
import cv2_enumerate_cameras
import pytest

from tests.trainer.capture.simulated import Driver
from trainer.capture import camera_list, v4l2
from trainer.capture.camera_list import Camera, camera_name, cameras, find_camera, find_wanted
from trainer.capture.opening import is_live, open_first_camera, open_source


class Info(NamedTuple):
    """What cv2-enumerate-cameras tells."""

    index: int
    name: str | None
    path: str | None = None


Lists = Callable[..., None]


@pytest.fixture
def there_are(monkeypatch: pytest.MonkeyPatch) -> Lists:
    """Lists these cameras in V4L2, or others by backend."""
    monkeypatch.setattr(sys, "platform", "linux")

    def set_list(*infos: Info, **by_backend: list[Info]) -> None:
        def enumerate_cameras(backend: int) -> list[Info]:
            if not by_backend:
                return list(infos)
            return by_backend.get({cv2.CAP_MSMF: "msmf", cv2.CAP_DSHOW: "dshow"}[backend], [])

        monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", enumerate_cameras)

    return set_list


def names() -> list[str]:
    return [camera.name for camera in cameras()]


def test_cameras_come_in_the_order_of_their_numbers(there_are: Lists) -> None:
    there_are(Info(10, "B"), Info(2, "A"))
    assert [camera.index for camera in cameras()] == [2, 10]


@pytest.mark.parametrize(
    "name",
    [
        *("Integrated IR Camera", "HP IR Camera", "USB2.0 IR UVC HD", "IR_Camera"),
        *("Windows Hello Face", "Infrared camera", "RealSense Depth Camera 435"),
        "Depth Camera 435 with RGB Module Depth",
    ],
)
def test_cameras_without_colours_come_last(there_are: Lists, name: str) -> None:
    there_are(Info(0, name), Info(2, "Integrated Camera"))
    assert names() == ["Integrated Camera", name]


@pytest.mark.parametrize(
    "name", ["Mirror Cam", "FIRE HD", "Depth Camera 435 with RGB Module RGB", "Iris"]
)
def test_names_that_only_look_like_it_stay(there_are: Lists, name: str) -> None:
    there_are(Info(0, name), Info(2, "Integrated Camera"))
    assert names()[0] == name


def test_linux_tells_infrared_and_metadata_nodes_by_their_formats(
    there_are: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both names are cut off after 31 characters: "Integrated Camera: Integrated I(R)"."""
    offered = {
        "/dev/video0": [b"GREY"],
        "/dev/video1": [],
        "/dev/video2": [b"MJPG", b"YUYV"],
        "/dev/video3": [b"GREY", b"YUYV"],
    }
    monkeypatch.setattr(v4l2, "formats", offered.__getitem__)
    monkeypatch.setattr(v4l2.os, "stat", lambda _: os.stat_result([0] * 10))
    monkeypatch.setattr(v4l2, "_known", {})
    there_are(*(Info(n, f"Integrated Camera {n}") for n in range(4)))
    assert [camera.index for camera in cameras()] == [2, 3, 0, 1]
    monkeypatch.setattr(v4l2, "formats", lambda _: pytest.fail("asked again"))
    cameras()


def test_a_device_that_may_not_be_asked_counts_as_one_with_colours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def denied(node: str) -> list[bytes]:
        raise OSError(errno.EACCES, "denied")

    monkeypatch.setattr(v4l2, "formats", denied)
    node = tmp_path / "video0"
    node.touch()
    assert not v4l2.gives_no_colours(str(node))
    assert not v4l2.gives_no_colours(str(tmp_path / "video1"))


def test_what_is_no_camera_offers_no_formats() -> None:
    assert v4l2.formats(os.devnull) == []


def test_the_first_camera_with_colours_is_opened_at_the_start(
    there_are: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    Driver().install(monkeypatch)
    there_are(Info(0, "Integrated IR Camera"), Info(2, "Integrated Camera"))
    assert open_first_camera().name == "Integrated Camera"
    assert open_first_camera("Integrated IR Camera").name == "Integrated IR Camera"
    assert open_first_camera("Another").name == "Integrated Camera"
    there_are(Info(0, "Integrated IR Camera"))
    assert open_first_camera().name == "Integrated IR Camera", "better than none"


def test_windows_lists_virtual_cameras_too_and_no_camera_twice(
    there_are: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    usb = r"\\?\usb#vid_046d&pid_0825&mi_00#7&1#"
    there_are(
        msmf=[Info(0, "HD Webcam", usb + r"{e5323777-f976}\global")],
        dshow=[
            Info(0, "OBS Virtual Camera"),
            Info(1, "HD Webcam", usb.upper() + r"{65E8773D-8F56}\GLOBAL"),
        ],
    )
    webcam, virtual = cameras()
    assert (webcam.name, webcam.index, webcam.backend) == ("HD Webcam", 0, cv2.CAP_MSMF)
    assert webcam.others == ((cv2.CAP_DSHOW, 1),)
    assert (virtual.name, virtual.index, virtual.backend) == (
        *("OBS Virtual Camera", 0, cv2.CAP_DSHOW),
    )


def test_a_backend_that_cannot_list_hides_no_camera_of_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def enumerate_cameras(backend: int) -> list[Info]:
        if backend == cv2.CAP_MSMF:
            raise RuntimeError("no Media Foundation")
        return [Info(0, "Webcam")]

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", enumerate_cameras)
    assert names() == ["Webcam"]


def test_two_cameras_of_one_name_stay_told_apart_after_a_restart(
    there_are: Lists, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The system numbers them anew; their place on the bus stays."""
    left, right = tmp_path / "usb-1-video", tmp_path / "usb-2-video"
    monkeypatch.setattr(camera_list, "_LINKS", (tmp_path,))

    def plugged(left_node: int, right_node: int) -> None:
        for link, node in ((left, left_node), (right, right_node)):
            link.unlink(missing_ok=True)
            link.symlink_to(f"/dev/video{node}")
        there_are(*(Info(n, "C920", f"/dev/video{n}") for n in sorted((left_node, right_node))))

    plugged(0, 2)
    before = {camera.path: camera for camera in cameras()}
    assert {camera.name for camera in before.values()} == {"C920", "C920 #2"}
    remembered = before[str(right)].key
    plugged(2, 0)
    found = cameras()
    again = find_wanted(remembered, found)
    assert again is not None
    assert (again.index, again.path) == (0, str(right))
    assert {camera.path: camera.name for camera in found} == {
        path: camera.name for path, camera in before.items()
    }
    assert find_camera(remembered, found) == again
    assert camera_name(remembered) == before[str(right)].name


def test_a_camera_in_another_port_is_known_by_its_name(there_are: Lists) -> None:
    there_are(Info(0, "Front", "port 1"), Info(2, "Desk", "port 3"))
    wanted = find_wanted("Desk @ port 2", cameras())
    assert wanted is not None
    assert wanted.name == "Desk"
    assert find_camera("Desk @ port 2", cameras()) is None, "another one is not asked for"


def test_names_hold_nothing_that_cannot_be_shown(there_are: Lists) -> None:
    there_are(Info(0, "Cam\u202egpj\n\x1b[2J" + "x" * 300), Info(1, None))
    assert all(name.isprintable() and len(name) <= 100 for name in names())
    assert names()[1] == "Camera 1"


@pytest.mark.parametrize("text", ["/dev/video2", "/dev/v4l/by-id/usb-C920-index0", "/dev/null"])
def test_a_device_file_is_a_live_camera(
    there_are: Lists, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    driver = Driver().install(monkeypatch)
    there_are()
    assert is_live(text)
    source = open_source(text)
    assert source.live
    assert source.name == text
    assert driver.opened[0][:2] == (2 if text == "/dev/video2" else text, cv2.CAP_V4L2)


def test_a_listed_device_file_has_the_name_of_its_camera(
    there_are: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = Driver().install(monkeypatch)
    links = {"/dev/v4l/by-id/usb-C920-index0": "/dev/video2"}
    monkeypatch.setattr(os.path, "realpath", lambda path, **_: links.get(str(path), str(path)))
    there_are(Info(0, "Front", "/dev/video0"), Info(2, "C920", "/dev/video2"))
    for text in ("/dev/video2", "/dev/v4l/by-id/usb-C920-index0", "C920", "2"):
        assert open_source(text).name == "C920"
    assert {target for target, _, _ in driver.opened} == {2}


def test_cameras_that_are_equal_are_equal() -> None:
    """The menu compares lists."""
    assert Camera(0, 200, "Front") == Camera(0, 200, "Front")
