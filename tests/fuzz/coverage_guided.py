"""Fuzzing that sees which branches of the readers its inputs reach, and goes on from those.

uv run --group fuzz python -m tests.fuzz.coverage_guided DOOR [-runs=10000] [-seed=1]

The other fuzz tests injure good files at places of chance; atheris (libFuzzer) keeps every input
that ran code which none before it ran. It starts from good files. A sentence to the user is a good
answer; any other exception ends the process with 77 and leaves the input as `crash-…`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["trainer"]):
    from tests.fuzz.door import knock
    from tests.fuzz.test_binary_files import DOORS as BINARY
    from tests.fuzz.test_csv import PACKINGS, numbers
    from trainer.data import csv_cache
    from trainer.data.csv import read_csv
    from trainer.support.errors import UserError

Door = tuple[str, Callable[[Path], object], Callable[[Path], object]]


def _write_csv(path: Path) -> None:
    text = "\n".join(",".join(row) for row in numbers(gap=True)[:3]).encode()
    packed = {".gz": PACKINGS["gzip"], ".zip": PACKINGS["zip"]}.get(path.suffix)
    path.write_bytes(packed(text) if packed else text)


DOORS: dict[str, Door] = {
    door[0]: door
    for door in (
        *BINARY,
        ("rows.csv", _write_csv, read_csv),
        ("rows.csv.gz", _write_csv, read_csv),
        ("rows.zip", _write_csv, read_csv),
    )
}


def main() -> None:
    name, write, read = DOORS[sys.argv[1]]
    # Of memory, since each case is written anew.
    shared = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        csv_cache._folder = lambda: Path(folder) / "cache"
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        write(corpus / name)
        path = Path(folder) / name
        read(corpus / name)
        # What is imported only for odd files is imported now, which is not to be timed.
        path.write_bytes(b"odd")
        with suppress(UserError):
            read(path)

        def one(content: bytes) -> None:
            path.write_bytes(content)
            knock(lambda: read(path), path.name)

        most = 4 * len((corpus / name).read_bytes())
        options = [f"-max_len={most}", "-timeout=30", *sys.argv[2:]]
        atheris.Setup([sys.argv[0], *options, str(corpus)], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
