"""A network camera on this machine: motion JPEG over HTTP, which can be killed and restarted."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import cv2
from numpy.typing import NDArray

BOUNDARY = "frame"


class MjpegServer:
    """Serves images in turns, 25 a second.

    Args:
        images: (h, w, 3) BGR.
        port: 0 takes a free one; a restarted camera takes the one it had.
    """

    def __init__(self, images: Iterable[NDArray[Any]], port: int = 0) -> None:
        jpegs = [cv2.imencode(".jpg", image)[1].tobytes() for image in images]
        self._stopping = threading.Event()
        self._flowing = threading.Event()
        self._flowing.set()
        stopping, flowing = self._stopping, self._flowing

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
                self.end_headers()
                for jpeg in itertools.cycle(jpegs):
                    flowing.wait()
                    if stopping.is_set():
                        return
                    head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\n"
                    head += f"Content-Length: {len(jpeg)}\r\n\r\n"
                    try:
                        self.wfile.write(head.encode() + jpeg + b"\r\n")
                    except OSError:
                        return
                    time.sleep(0.04)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        # server_close then waits for the connections' threads.
        self._server.daemon_threads = False
        self.port = self._server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}/video"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def stall(self) -> None:
        """Sends nothing more, but keeps all connections, and takes new ones."""
        self._flowing.clear()

    def flow(self) -> None:
        """Sends again."""
        self._flowing.set()

    def kill(self) -> None:
        """Cuts all connections and stops answering."""
        self._stopping.set()
        self._flowing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
