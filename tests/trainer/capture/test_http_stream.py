"""What network cameras answer, well or badly, and what is said of it."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
import threading
import time
from pathlib import Path

import pytest

from tests.patience import PATIENCE_SECONDS, PROGRAM_SECONDS
from tests.peak import forget_peak, peak
from tests.trainer.capture.clips import write_video
from tests.trainer.capture.http_camera import MULTIPART, Answer, jpeg, multipart, reply, serve
from tests.trainer.capture.test_video import SMALL
from trainer.capture import connection, http_stream, mjpeg
from trainer.capture.faults import StreamError
from trainer.capture.ffmpeg_stream import FfmpegStream
from trainer.capture.http_stream import SnapshotSource
from trainer.capture.mjpeg import MjpegSource
from trainer.capture.opening import open_source
from trainer.capture.source import Frame


def level(frame: Frame | None) -> float:
    assert frame is not None
    return float(frame.image.mean())


def refusal(answer: Answer, path: str = "/x", login: str = "") -> StreamError:
    """What is raised for an address that answers so."""
    with serve(answer) as address, pytest.raises(StreamError) as raised:
        open_source(address.replace("://", f"://{login}") + path).read()
    return raised.value


@pytest.mark.parametrize(
    ("length_off", "late"), [(0, False), (-100, False), (100, False), (0, True), (-100, True)]
)
def test_images_come_one_by_one_whatever_their_length_is_said_to_be(
    length_off: int, late: bool
) -> None:
    levels: list[float] = []
    seen = threading.Semaphore()

    def image(number: int) -> bytes:
        # Only when the one before was read: of those that wait together, the newest is shown.
        seen.acquire(timeout=PATIENCE_SECONDS)
        return jpeg(10 * number)

    with serve(multipart(image, length_off=length_off, late=late)) as address:
        source = open_source(address + "/video")
        assert isinstance(source, MjpegSource)
        assert source.live
        for _ in range(10):
            levels.append(level(source.read()))
            seen.release()
        source.close()
    assert levels == pytest.approx([10 * n for n in range(10)], abs=4)


def test_a_stream_goes_on_on_one_connection_at_its_own_pace() -> None:
    """Wrong lengths used to end it after each image, and it was opened anew twice a second."""
    connections = []

    def answer(client: socket.socket, request: bytes) -> None:
        connections.append(request)
        multipart(jpeg, length_off=-100)(client, request)

    with serve(answer) as address:
        source = open_source(address)
        for _ in range(20):
            source.read()
        source.close()
    assert len(connections) == 1


def test_of_images_that_wait_the_newest_is_shown() -> None:
    def answer(client: socket.socket, _: bytes) -> None:
        client.sendall(MULTIPART + b"".join(jpeg(10 * n) for n in range(20)))
        client.recv(1)

    with serve(answer) as address:
        source = open_source(address)
        shown = [level(source.read())]
        while shown[-1] < 185:
            shown.append(level(source.read()))
        source.close()
    assert len(shown) <= 3


def test_a_damaged_image_is_skipped() -> None:
    damaged = jpeg(1)[:2] + b"\xff\xdb\x00\x04\x00\x00" + b"\xff\xd9"

    def answer(client: socket.socket, _: bytes) -> None:
        client.sendall(MULTIPART + damaged)
        client.sendall(jpeg(70))
        client.recv(1)

    with serve(answer) as address:
        source = open_source(address)
        assert level(source.read()) == pytest.approx(70, abs=3)
        source.close()


def test_a_stream_of_images_without_any_boundary_plays() -> None:
    def answer(client: socket.socket, _: bytes) -> None:
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n")
        for n in range(50):
            client.sendall(jpeg(n * 5))
            time.sleep(0.02)

    with serve(answer) as address:
        source = open_source(address)
        assert isinstance(source, MjpegSource)
        source.read()
        source.close()


def test_chunks_are_no_part_of_the_images() -> None:
    def answer(client: socket.socket, _: bytes) -> None:
        head = MULTIPART.replace(b"Connection: close", b"Transfer-Encoding: chunked")
        client.sendall(head)
        for n in range(50):
            image = jpeg(n * 5)
            for part in (image[:99], image[99:]):
                client.sendall(b"%x\r\n%b\r\n" % (len(part), part))
            time.sleep(0.02)

    with serve(answer) as address:
        source = open_source(address)
        levels = [level(source.read()) for _ in range(3)]
        source.close()
    assert levels == sorted(levels)


def test_the_answers_of_cameras_are_told_apart() -> None:
    needs_login = reply("401 Unauthorized", "text/plain", b"", 'WWW-Authenticate: Basic realm="x"')
    told = {
        "auth": refusal(needs_login),
        "wrong": refusal(needs_login, login="admin:secret@"),
        "missing": refusal(reply("404 Not Found")),
        "forbidden": refusal(reply("403 Forbidden")),
        "page": refusal(reply("200 OK", "text/html", b"<html><img src='/stream'></html>")),
        "text": refusal(reply("200 OK", "text/plain", b"busy")),
        "unmarked": refusal(reply("200 OK", "application/x-odd", b"\n<!DOCTYPE html><html>")),
        "broken": refusal(reply("503 Service Unavailable")),
        "no image": refusal(reply("200 OK", "image/jpeg", b"no image")),
    }
    assert "asks for a user name and a password: http://NAME:PASSWORD@…" in str(told["auth"])
    assert "refuses this user name or password" in str(told["wrong"])
    assert "secret" not in str(told["wrong"])
    assert "not found" in str(told["missing"])
    assert "forbids" in str(told["forbidden"])
    assert "a web page, not a stream" in str(told["page"])
    assert "a web page, not a stream" in str(told["text"])
    assert "a web page, not a stream" in str(told["unmarked"])
    assert "503 (Service Unavailable)" in str(told["broken"])
    assert "not an image" in str(told["no image"])
    final = {name for name, error in told.items() if error.final}
    assert final == {"auth", "wrong", "missing", "forbidden", "page", "text", "unmarked"}


def test_a_snapshot_is_fetched_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_stream, "_SNAPSHOT_SECONDS", 0.01)
    asked = []

    def answer(client: socket.socket, request: bytes) -> None:
        asked.append(request)
        reply("200 OK", "image/jpeg", jpeg(40 * len(asked)))(client, request)

    with serve(answer) as address:
        source = open_source(address + "/snapshot.jpg")
        assert isinstance(source, SnapshotSource)
        assert source.live
        levels = [level(source.read()) for _ in range(4)]
        source.close()
    assert levels == pytest.approx([40, 80, 120, 160], abs=4)


def test_a_video_over_http_plays(tmp_path: Path) -> None:
    video = write_video(tmp_path / "v.mp4", SMALL).read_bytes()
    with serve(reply("200 OK", "video/mp4", video)) as address:
        source = open_source(address + "/v.mp4")
        assert isinstance(source, FfmpegStream)
        assert source.read() is not None
        source.close()


def basic(client: socket.socket, request: bytes) -> None:
    given = b"Authorization: Basic " + base64.b64encode(b"admin:p@ss/w:rd")
    if given in request:
        reply("200 OK", "image/jpeg", jpeg(99))(client, request)
    else:
        asks = 'WWW-Authenticate: Basic realm="camera"'
        reply("401 Unauthorized", "text/plain", b"", asks)(client, request)


def digest(client: socket.socket, request: bytes) -> None:
    text = request.decode()
    if "Authorization: Digest" not in text:
        asks = 'WWW-Authenticate: Digest realm="camera", nonce="n", qop="auth"'
        return reply("401 Unauthorized", "text/plain", b"", asks)(client, request)
    given = dict(re.findall(r'(\w+)="?([^",\s]+)"?', text.split("Digest ")[1].splitlines()[0]))

    def md5(content: str) -> str:
        return hashlib.md5(content.encode()).hexdigest()  # noqa: S324 - what the protocol asks for

    secret = md5("admin:camera:p@ss/w:rd")
    shown = md5(f"GET:{given['uri']}")
    middle = f"n:{given['nc']}:{given['cnonce']}:auth"
    assert given["response"] == md5(f"{secret}:{middle}:{shown}")
    return reply("200 OK", "image/jpeg", jpeg(99))(client, request)


@pytest.mark.parametrize("asks", [basic, digest])
@pytest.mark.parametrize("login", ["admin:p@ss/w:rd@", "admin:p%40ss%2Fw%3Ard@"])
def test_a_login_in_the_address_is_used_and_shown_nowhere(asks: Answer, login: str) -> None:
    with serve(asks) as address:
        source = open_source(address.replace("://", f"://{login}") + "/x")
        frame = source.read()
        assert level(frame) == pytest.approx(99, abs=3)
        assert frame is not None
        assert frame.name == source.name == address.replace("://", "://admin:…@") + "/x"


def test_a_redirect_is_followed_on_the_same_host_only() -> None:
    def answer(client: socket.socket, request: bytes) -> None:
        if b"GET /moved" in request:
            return reply("302 Found", "text/plain", b"", "Location: /here")(client, request)
        return reply("200 OK", "image/jpeg", jpeg(60))(client, request)

    asked: list[bytes] = []

    def other(client: socket.socket, request: bytes) -> None:
        asked.append(request)

    with serve(answer) as address:
        assert level(open_source(address + "/moved").read()) == pytest.approx(60, abs=3)
    with serve(other) as elsewhere:
        there = elsewhere.replace("://", "://u:secret@")
        for place in (there, elsewhere.replace("127.0.0.1", "localhost"), "file:///etc/passwd"):
            moved = reply("302 Found", "text/plain", b"", f"Location: {place}/x")
            error = refusal(moved)
            assert "secret" not in str(error)
            assert error.final
    assert not asked
    assert "leads to another address" in str(
        refusal(reply("301 Moved", "", b"", "Location: http://[::1]:9/"))
    )


def test_ffmpeg_follows_no_redirect_either(tmp_path: Path) -> None:
    """A server may answer the second request, which FFmpeg makes, in another way."""
    video = write_video(tmp_path / "v.mp4", SMALL).read_bytes()
    asked: list[bytes] = []

    def other(client: socket.socket, request: bytes) -> None:
        asked.append(request)
        reply("200 OK", "video/mp4", video)(client, request)

    with serve(other) as elsewhere:
        answers = [
            reply("200 OK", "video/mp4", video),
            *[reply("302 Found", "text/plain", b"", f"Location: {elsewhere}/v.mp4")] * 9,
        ]
        error = refusal(lambda client, request: answers.pop(0)(client, request))
    assert "cannot be played as a video" in str(error)
    assert not asked


def test_who_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, monkeypatch.context() as hasty:
        hasty.setattr(connection, "TIMEOUT_SECONDS", 0.3)
        address = f"http://admin:secret@127.0.0.1:{silent.getsockname()[1]}/x"
        with pytest.raises(StreamError, match="nothing answers within") as raised:
            open_source(address)
    assert "secret" not in str(raised.value)
    with pytest.raises(StreamError, match="nothing answers there"):
        open_source(address)
    assert "no web server" in str(refusal(lambda client, _: client.sendall(b"SSH-2.0-x\r\n")))
    for odd in ("http://", "http://127.0.0.1:99999999/", "http://a b/", "http://[::1/", "https://"):
        with pytest.raises(StreamError):
            open_source(odd)


def test_a_stream_that_ends_or_falls_silent_is_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    # It counts for the first image, too.
    monkeypatch.setattr(connection, "TIMEOUT_SECONDS", 3.0)

    def ends(client: socket.socket, _: bytes) -> None:
        client.sendall(MULTIPART + jpeg(1))

    def falls_silent(client: socket.socket, _: bytes) -> None:
        client.sendall(MULTIPART + jpeg(1))
        client.recv(1)

    for answer, said in ((ends, "the connection was lost"), (falls_silent, "sent nothing for")):
        with serve(answer) as address:
            source = open_source(address)
            assert source.read() is not None
            with pytest.raises(StreamError, match=said) as raised:
                source.read()
        assert raised.value.reconnecting.startswith(f"Reconnecting to {address}: ")


def flood(head: bytes) -> Answer:
    def answer(client: socket.socket, _: bytes) -> None:
        client.sendall(head)
        for _ in range(1000):
            client.sendall(bytes(1 << 20))

    return answer


def play_on(address: str) -> None:
    source = open_source(address)
    while True:
        source.read()


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        ("multipart/x-mixed-replace; boundary=x", b"--x\r\n\r\n\xff\xd8\xff\xe0"),
        ("multipart/x-mixed-replace; boundary=x", b""),
        ("image/jpeg", b"\xff\xd8\xff\xe0"),
        ("application/octet-stream", b"\xff\xd8\xff\xda\x00\x02"),
        ("video/mp4", b""),
        ("video/x-odd", b"GIF89a\xff\x0f\xff\x0f\0\0\0"),
        ("video/x-odd", b"qoif\0\0\x0f\xff\0\0\x0f\xff\x03\0"),
    ],
)
def test_an_endless_answer_takes_bounded_memory(
    kind: str, start: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1 GB, as fast as this machine sends it; it is given up long before its end."""
    # Not because a slow machine sends it slowly.
    monkeypatch.setattr(mjpeg, "_MOST_SECONDS_WITHOUT_IMAGE", PROGRAM_SECONDS)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode()
    before = forget_peak()
    with serve(flood(head + start)) as address, pytest.raises(StreamError):
        play_on(address)
    most = peak()
    print(f"{kind}: {most - before >> 20} MB more")
    assert most - before < 150 << 20
