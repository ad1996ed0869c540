"""A network camera on this machine whose answers, faults included, a test decides."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import cv2
import numpy as np

Answer = Callable[[socket.socket, bytes], None]
"""Answers one request; the connection is closed afterwards."""

EDGE = b"----edge"
MULTIPART = (
    b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary="
    + EDGE
    + b"\r\nConnection: close\r\n\r\n"
)


@contextmanager
def serve(answer: Answer) -> Iterator[str]:
    """The address, without a path, of a server that answers each request so."""
    server = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []
    clients: list[socket.socket] = []

    def talk(client: socket.socket) -> None:
        with client, suppress(OSError):
            answer(client, client.recv(8192))

    def accept() -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            clients.append(client)
            threads.append(threading.Thread(target=talk, args=(client,)))
            threads[-1].start()

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        for client in clients:
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
        accepting.join()
        for thread in threads:
            thread.join()


def reply(status: str, kind: str = "text/plain", body: bytes = b"", *headers: str) -> Answer:
    """The same answer to every request."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    head = "\r\n".join([*lines, "Connection: close", *headers]).encode() + b"\r\n\r\n"
    return lambda client, _: client.sendall(head + body)


def multipart(
    jpegs: Callable[[int], bytes], *, length_off: int = 0, late: bool = False, rate: float = 15
) -> Answer:
    """Motion JPEG, with lengths that are off by so much, or the boundary behind each image only."""

    def answer(client: socket.socket, _: bytes) -> None:
        client.sendall(MULTIPART)
        for number in range(100_000):
            jpeg = jpegs(number)
            head = f"Content-Type: image/jpeg\r\nContent-Length: {len(jpeg) + length_off}\r\n\r\n"
            part, edge = head.encode() + jpeg, b"\r\n--" + EDGE + b"\r\n"
            client.sendall(part + edge if late else edge + part)
            time.sleep(1 / rate)

    return answer


def jpeg(level: int, size: tuple[int, int] = (48, 64)) -> bytes:
    """An image of one gray level."""
    return cv2.imencode(".jpg", np.full((*size, 3), level % 256, np.uint8))[1].tobytes()
