"""Streams that FFmpeg decodes: RTSP, HLS and videos over HTTP."""

from __future__ import annotations

import re

import cv2
import numpy as np

from trainer.capture.address import masked, split_login, with_login
from trainer.capture.connection import (
    TIMEOUT_SECONDS,
    describe_rtsp,
    login_needed,
    lost,
    unreachable,
)
from trainer.capture.faults import StreamError
from trainer.capture.source import Frame, Source
from trainer.capture.video import check_frame_size

_STATUS = re.compile(rb"RTSP/1\.\d (\d{3}) ?([^\r\n]{0,100})")


class FfmpegStream(Source):
    """A network stream behind `cv2.VideoCapture`.

    Args:
        address: Where, with user name and password.
        name: What to call it in titles and messages.

    Raises:
        UserError: It does not open, or its frames are too large.
    """

    live = True

    def __init__(self, address: str, name: str) -> None:
        self.name = name
        milliseconds = round(TIMEOUT_SECONDS * 1000)
        options = [
            *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, milliseconds),
            *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, milliseconds),
        ]
        self._capture = cv2.VideoCapture(address, cv2.CAP_FFMPEG, options)
        if not self._capture.isOpened():
            self._capture.release()
            raise _why_not(address, name)
        check_frame_size(self._capture, name)

    def read(self) -> Frame | None:
        """The next frame.

        Raises:
            StreamError: There are no more.
        """
        good, image = self._capture.read()
        if not good or image is None or not image.size:
            raise lost(self.name)
        return Frame(np.asarray(image, np.uint8), self.name)

    def close(self) -> None:
        """Ends the connection."""
        self._capture.release()


def open_rtsp(address: str) -> Source:
    """Opens an RTSP stream.

    Raises:
        UserError: It does not open.
    """
    bare, login = split_login(address)
    return FfmpegStream(with_login(bare, login), masked(address))


def _why_not(address: str, name: str) -> StreamError:
    """Asks an RTSP server why FFmpeg could not open its stream."""
    bare, login = split_login(address)
    no_video = StreamError(name, "what is there cannot be played as a video. Check the address.")
    if not bare.lower().startswith("rtsp"):
        return no_video
    try:
        answer = describe_rtsp(bare)
    except OSError as error:
        return unreachable(name, error)
    except ValueError:
        return StreamError(name, "not an address. Check the port.", final=True)
    status = _STATUS.match(answer)
    if status is None or status[1] == b"200":
        return no_video
    if status[1] == b"401":
        return StreamError(name, login_needed(login, "rtsp"), final=True)
    if status[1] == b"404":
        return StreamError(
            name, "not found (404): the camera is there, but not this stream. Check the address."
        )
    said = status[2].decode("ascii", "replace")
    return StreamError(name, f"the camera answers {status[1].decode()} ({said}).")
