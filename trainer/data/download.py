"""Fetches Sign Language MNIST from a mirror: goes on where it was cut off, and checks every byte.

Nothing else in the program reaches out to the network, but for the streams that a user opens.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.support.errors import UserError

if TYPE_CHECKING:
    import pooch

FILES = {
    "sign_mnist_train.csv": "b7ff39ad5f1210fa765ce11aa5f20c2e97fe467ffc22231aac923c863eef75c4",
    "sign_mnist_test.csv": "178c0dd21c4b0e86d58df12f14ea1e9efa795ad19d146802b3b28094a16d56ae",
}
"""SHA-256 by name, of the files that Kaggle gives."""

DEFAULT_MIRROR = (
    "https://media.githubusercontent.com/media/shivangi-1412/"
    "Detection-of-American-Sign-language-Machine-Learning/"
    "ef539cef5c10d6d8c21f24d66598989cc6dc4b87"
)
"""One commit of a public repository, whose Git LFS pointers name the SHA-256 of `FILES`."""

MIRROR = "ASL_DESKTOP_MIRROR"
"""Environment variable with the address of another folder that the files are in."""

KAGGLE = "https://www.kaggle.com/datasets/datamunge/sign-language-mnist"

SILENCE_SECONDS = 30.0
"""A server that sends nothing for so long is given up."""

Progress = Callable[[int, int], None]
"""Called with the bytes that are here and the bytes of the whole file, 0 where that is not known.

What it raises ends the download; what has arrived stays, and the next one goes on from there.
"""

_TRIES = 3
_PIECE = 1 << 16
_WHOLE, _PART, _BEYOND = 200, 206, 416


def fetch(
    name: str,
    digest: str,
    mirror: str,
    folder: Path,
    progress: Progress = lambda have, whole: None,
) -> Path:
    """A file of the mirror, once it is complete and right; one that is there already is kept.

    Args:
        name: Of the file, at the mirror and here.
        digest: SHA-256 that it must have.
        mirror: Address of the folder, http:// or https://.
        folder: Where to; what has arrived of the file waits there as NAME.part.
        progress: Shows how much has arrived.

    Raises:
        UserError: The mirror does not answer or has another file, or the folder cannot be written
            to, or has a file of this name that is another one, which stays.
    """
    # Imported here: only a download needs them.
    import pooch
    import requests

    if not mirror.lower().startswith(("http://", "https://")):
        raise UserError(f"{mirror!r}: not the address of a mirror: it begins with https://.")
    address = f"{mirror.rstrip('/')}/{name}"
    path, part = folder / name, folder / f"{name}.part"
    pooch.get_logger().setLevel("ERROR")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            if pooch.file_hash(str(path)) == digest:
                return path
            # It may be somebody's corrected copy.
            raise UserError(
                f"{path}: is there already, and is another file than the one that was published. "
                "Rename or delete it, or choose another folder."
            )
        # pooch checks the file where it lies, before it takes the place of another.
        with tempfile.TemporaryDirectory(dir=folder, prefix=f".{name}.") as aside:
            checked = pooch.retrieve(
                address, f"sha256:{digest}", name, aside, downloader=_Resuming(part, progress)
            )
            os.replace(checked, path)
    except requests.HTTPError as error:
        raise UserError(
            f"{address}: cannot be fetched (the server says {error.response.status_code}). Name "
            f"another mirror with --mirror, or sign in at {KAGGLE} and fetch the files there."
        ) from error
    except requests.RequestException as error:
        raise UserError(
            f"{address}: cannot be fetched ({type(error).__name__}). Run the command again: it "
            "goes on where it was cut off."
        ) from error
    except ValueError as error:
        raise UserError(
            f"{address}: is another file than the one that was published (its SHA-256 differs). "
            "It was thrown away; name another mirror with --mirror."
        ) from error
    except OSError as error:
        raise UserError(
            f"{path}: cannot be written ({error.strerror or error}). Choose another folder or make "
            "room."
        ) from error
    return path


class _Resuming:
    """A downloader for pooch that asks only for what has not arrived yet.

    Args:
        part: Where it is collected.
        progress: Called for each piece.
    """

    def __init__(self, part: Path, progress: Progress) -> None:
        self._part = part
        self._progress = progress

    def __call__(self, url: str, output_file: str, pooch: pooch.Pooch | None) -> None:
        import requests

        for left in reversed(range(_TRIES)):
            try:
                self._go_on(url)
                break
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
                if not left:
                    raise
        os.replace(self._part, output_file)

    def _go_on(self, url: str) -> None:
        import requests

        have = self._part.stat().st_size if self._part.exists() else 0
        asked = {"Range": f"bytes={have}-", "Accept-Encoding": "identity"}
        with requests.get(url, headers=asked, stream=True, timeout=SILENCE_SECONDS) as answer:
            if answer.status_code == _BEYOND:
                # All of it is here already, or more than there is: the checksum tells.
                return
            answer.raise_for_status()
            if answer.status_code != _PART:
                have = 0
            left = int(answer.headers.get("Content-Length", 0))
            whole = have + left if left else 0
            with self._part.open("ab" if have else "wb") as file:
                for piece in answer.iter_content(_PIECE):
                    file.write(piece)
                    have += len(piece)
                    self._progress(have, whole)
