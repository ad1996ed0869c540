from __future__ import annotations

import pytest

from trainer.capture.address import Login, is_stream, masked, split_login, with_login
from trainer.cli import main


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("rtsp://admin:secret@10.0.0.2/x", "rtsp://admin:…@10.0.0.2/x"),
        ("http://admin:secret@127.0.0.1:9/stream", "http://admin:…@127.0.0.1:9/stream"),
        ("rtsp://admin:12345@10.0.0.2:554/x", "rtsp://admin:…@10.0.0.2:554/x"),
        ("HTTP://admin:p@ss/wo?rd#@host/x", "HTTP://admin:…@host/x"),
        ("rtsp://:secret@host", "rtsp://:…@host"),
        ("http://host/x?user=admin&pwd=secret&res=1", "http://host/x?user=admin&pwd=…&res=1"),
        ("http://host/x?loginuse=a&loginpas=secret", "http://host/x?loginuse=a&loginpas=…"),
        ("http://host/x?PASSWORD=secret", "http://host/x?PASSWORD=…"),
        ("http://host/x?token=secret#part", "http://host/x?token=…#part"),
        ("rtmp://me:secret@host", "rtmp://me:…@host"),
    ],
)
def test_passwords_are_hidden(address: str, shown: str) -> None:
    assert masked(address) == shown
    assert masked(f"Cannot open {address} now") == f"Cannot open {shown} now"


@pytest.mark.parametrize(
    "text",
    [
        *("http://10.0.0.2:8080/video", "rtsp://host/x", "https://host/@name", "http://me@host/"),
        *("http://host:8080/@name/x", "C:\\videos\\a.mp4", "Desk @ /dev/video2", "", "a:b@c"),
        "http://host/keyboard?monkey=1&size=2",
    ],
)
def test_what_holds_no_password_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("address", "bare", "login"),
    [
        ("http://host/x", "http://host/x", None),
        ("http://a:b@host/x", "http://host/x", Login("a", "b")),
        ("rtsp://a%20b:p%40ss@host", "rtsp://host", Login("a b", "p@ss")),
        ("rtsp://admin:p@ss/w@host:554/1", "rtsp://host:554/1", Login("admin", "p@ss/w")),
        ("http://me@host:80/", "http://host:80/", Login("me", "")),
    ],
)
def test_a_login_is_taken_out_and_put_back(address: str, bare: str, login: Login | None) -> None:
    assert split_login(address) == (bare, login)
    assert split_login(with_login(bare, login)) == (bare, login)


def test_what_is_a_stream() -> None:
    assert all(map(is_stream, ("http://x", "HTTPS://x", "rtsp://x", "rtsps://x")))
    assert not any(map(is_stream, ("file:///x", "x.mp4", "http:/x", "rtmp://x", "")))


@pytest.mark.parametrize("scheme", ["http", "rtsp"])
def test_the_command_line_prints_no_password(
    scheme: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", f"{scheme}://admin:secret@127.0.0.1:9/x", "--json"]) == 1
    told = capfd.readouterr()
    assert "secret" not in told.out + told.err
    assert f"{scheme}://admin:…@127.0.0.1:9/x" in told.err
