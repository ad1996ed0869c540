"""Why a camera or stream gives no image, as far as the system tells, and what helps."""

from __future__ import annotations

import errno
import os
import struct
import sys
from enum import Enum, auto

from trainer.support.errors import UserError


class Cause(Enum):
    """What stands between the program and the camera."""

    ABSENT = auto()
    BUSY = auto()
    DENIED = auto()
    UNKNOWN = auto()
    """The system does not tell; it is one of the above or a fault of the device."""


class CameraError(UserError):
    """A camera does not open or broke.

    Attributes:
        cause: Why.
    """

    def __init__(self, message: str, cause: Cause) -> None:
        super().__init__(message)
        self.cause = cause


class StreamError(UserError):
    """A network stream does not open or broke.

    Args:
        name: Its address, without the password.
        reason: Why, as a clause that may begin a sentence.
        final: Whether trying again would not help: a login is needed, or it is a web page.
    """

    def __init__(self, name: str, reason: str, *, final: bool = False) -> None:
        super().__init__(f"{name}: {reason}")
        self.final = final
        self.reconnecting = str(UserError(f"Reconnecting to {name}: {reason}"))
        """The same while it is tried again, for a stream that played before."""


def camera_error(name: str, index: int | str, platform: str = sys.platform) -> CameraError:
    """What to raise for a camera that just failed.

    Args:
        name: As the user knows it.
        index: Its number in the system, or its device file.
        platform: As `sys.platform`.
    """
    cause = find_cause(index, platform)
    return CameraError(explain(name, index, cause, platform), cause)


def find_cause(index: int | str, platform: str = sys.platform) -> Cause:
    """Asks the system why a camera that just failed did so."""
    if platform == "linux":
        return _cause_on_linux(node(index))
    if platform == "win32" and _windows_consent() == "Deny":
        return Cause.DENIED
    return Cause.UNKNOWN


def explain(name: str, index: int | str, cause: Cause, platform: str = sys.platform) -> str:
    """What is wrong and what to do about it on this system, for people."""
    if cause is Cause.ABSENT:
        return f"{name} is not there: it was unplugged or switched off. Plug it in."
    if cause is Cause.BUSY:
        return f"{name} is in use by another program. {_FREE.get(platform, _FREE_LINUX)}".replace(
            "{node}", node(index)
        )
    allow = _ALLOW.get(platform, _ALLOW_LINUX).replace("{node}", node(index))
    if cause is Cause.DENIED:
        return f"{name} may not be used by this program. To allow it, {allow}."
    return (
        f"{name} gives no image: another program has it, access is denied, or it was unplugged. "
        f"Close the other program, plug it in again, or {allow}."
    )


def node(index: int | str) -> str:
    """The device file of a camera on Linux."""
    return f"/dev/video{index}" if isinstance(index, int) else index


_FREE_LINUX = "Close that program; the command `fuser {node}` finds it."
_FREE = {
    "win32": "Close that program: a video call, the Camera app, or a browser tab.",
    "darwin": "Quit that program: FaceTime, Photo Booth, a video call, or a browser tab.",
}
_ALLOW_LINUX = (
    "let your user read {node}: run `sudo usermod -aG video $USER`, then log out and in again"
)
_ALLOW = {
    "win32": "open Settings ▸ Privacy & security ▸ Camera and let desktop apps access the camera",
    "darwin": (
        "open System Settings ▸ Privacy & Security ▸ Camera, switch on ASL Desktop (or the "
        "terminal that started it), and start it again"
    ),
}

# VIDIOC_REQBUFS of linux/videodev2.h. To ask for no buffers changes nothing, and is refused as busy
# where another program streams: unlike an open, which V4L2 grants to any number of programs.
_REQUEST_BUFFERS = 0xC0145608
_NO_BUFFERS = struct.pack("=5I", 0, 1, 1, 0, 0)  # count; video capture; memory-mapped; reserved


def _cause_on_linux(path: str) -> Cause:
    causes = {
        errno.ENOENT: Cause.ABSENT,
        errno.ENODEV: Cause.ABSENT,
        errno.ENXIO: Cause.ABSENT,
        errno.EACCES: Cause.DENIED,
        errno.EPERM: Cause.DENIED,
        errno.EBUSY: Cause.BUSY,
    }
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_NONBLOCK", 0))
        try:
            _request_no_buffers(handle)
        finally:
            os.close(handle)
    except OSError as error:
        return causes.get(error.errno or 0, Cause.UNKNOWN)
    return Cause.UNKNOWN


def _request_no_buffers(handle: int) -> None:
    if sys.platform != "win32":
        import fcntl

        fcntl.ioctl(handle, _REQUEST_BUFFERS, _NO_BUFFERS)


def _windows_consent() -> str:
    """`Deny` where the user forbids cameras to desktop programs, else nothing."""
    if sys.platform == "win32":
        import winreg

        store = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"
        for key in (rf"{store}\webcam", rf"{store}\webcam\NonPackaged"):
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    if winreg.QueryValueEx(opened, "Value")[0] == "Deny":
                        return "Deny"
            except OSError:
                continue
    return ""
