"""Why an RTSP stream does not open; no RTSP server that plays is here."""

from __future__ import annotations

import socket

import pytest

from tests.trainer.capture.http_camera import Answer, serve
from trainer.capture.faults import StreamError
from trainer.capture.opening import is_live, open_source


def rtsp(status: str) -> Answer:
    """Answers every question so, on one connection."""

    def answer(client: socket.socket, question: bytes) -> None:
        number = 0
        while question:
            number += 1
            client.sendall(f"RTSP/1.0 {status}\r\nCSeq: {number}\r\n\r\n".encode())
            question = client.recv(4096)

    return answer


@pytest.mark.parametrize(
    ("status", "login", "said", "final"),
    [
        ("401 Unauthorized", "", "asks for a user name and a password: rtsp://NAME:", True),
        ("401 Unauthorized", "admin:secret@", "refuses this user name or password", True),
        ("404 Not Found", "", "not found (404)", False),
        ("503 Busy", "", "the camera answers 503 (Busy)", False),
        ("200 OK", "", "cannot be played as a video", False),
    ],
)
def test_the_answers_of_cameras_are_told_apart(
    status: str, login: str, said: str, final: bool
) -> None:
    with serve(rtsp(status)) as address:
        text = address.replace("http://", f"rtsp://{login}") + "/live"
        assert is_live(text)
        with pytest.raises(StreamError) as raised:
            open_source(text)
    assert said in str(raised.value)
    assert "secret" not in str(raised.value)
    assert raised.value.final == final


def test_who_does_not_answer_is_named() -> None:
    with pytest.raises(StreamError, match="nothing answers there"):
        open_source("rtsp://127.0.0.1:9/x")
    with pytest.raises(StreamError, match="not an address"):
        open_source("rtsp://127.0.0.1:99999999/x")
