"""No module reads a file past `trainer.support.files`, which refuses pipes, devices and giants."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]

READERS = {
    *("read_bytes", "read_text", "open", "fromfile", "load", "memmap", "loadtxt"),
    *(
        "imread",
        "imdecode",
        "imdecodemulti",
        "imdecodeanimation",
        "read_csv",
        "read_table",
        "ZipFile",
    ),
}
"""Functions and methods that may read a file."""

ELSEWHERE = {
    "trainer/support/files.py": "the gate itself",
    "trainer/images/files.py": "the gate of images, behind that of files",
    "trainer/capture/animation.py": "frames of what the gate has read",
    "trainer/capture/mjpeg.py": "frames of a stream, whose size is bounded there",
    "trainer/data/table.py": "tables, read a part at a time",
    "trainer/hand_renderer/synth.py": "an image that was just encoded",
    "trainer/support/atomic.py": "opens what it has just made",
    "trainer/support/lock.py": "locks a file, without reading",
    "trainer/capture/faults.py": "asks a camera's device, without reading",
    "trainer/support/kinds.py": "takes only regular files",
    "trainer/support/zips.py": "opens what `kinds` has taken for a zip archive",
    "trainer/data/file_tree.py": "opens what it has found to be a regular file",
    "trainer/capture/connection.py": "opens an address",
    "trainer/capture/v4l2.py": "asks a camera's device, without reading",
    "trainer/data/crops.py": "checks the file before it opens it",
    "trainer/data/csv_cache.py": "checks the file before it opens it",
    "trainer/data/unpack.py": "checks the file before it opens it",
    "trainer/evaluation/predictions.py": "checks the file before it opens it",
    "trainer/samples/people.py": "writes an archive, and reads one by `zips`",
    "trainer/samples/store.py": "its images were found to be regular files",
    "trainer/samples/tables.py": "appends to tables that it has read through the gate",
    "trainer/data/download.py": "appends to its own part of a download",
    "trainer/data/groups.py": "reads a file of the package",
    "trainer/model/card.py": "reads a file of the package",
    "trainer/hand_renderer/mesh.py": "reads a file of the package",
    "trainer/recognition/words.py": "reads a file of the package",
    "trainer/hand_renderer/clip.py": "reads the video that it has just made",
    "trainer/experiments/documents.py": "a development tool, for the project's own documents",
    "trainer/experiments/finder_folds.py": "a development tool, for the project's own data",
    "trainer/model/weights.py": "reads an archive in memory",
}


def reads(source: str) -> Iterator[str]:
    """Names of what may read a file in Python source."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        if isinstance(function, ast.Name) and function.id == "open":
            yield "open"
        if isinstance(function, ast.Attribute) and function.attr in READERS:
            base = function.value
            name = base.id if isinstance(base, ast.Name) else ""
            # Modules of this program have functions called `load`, windows one called `open`.
            if function.attr == "load" and name not in ("np", "numpy"):
                continue
            if function.attr == "open" and not (node.args or node.keywords):
                continue
            yield function.attr


def test_every_file_is_read_through_the_gate() -> None:
    around = {
        path.relative_to(ROOT).as_posix()
        for folder in ("trainer", "asl_desktop")
        for path in (ROOT / folder).rglob("*.py")
        if any(reads(path.read_text("utf-8")))
    }
    windows = {
        "asl_desktop/live/network_menu.py": "opens a weight file by the gate",
        "asl_desktop/live_weights.py": "opens a weight file by the gate",
        "asl_desktop/main_window.py": "the same",
        "asl_desktop/menus/opening.py": "the same",
        "asl_desktop/menus/recent_menu.py": "the same",
        "asl_desktop/training/curves_page.py": "opens a buffer in memory",
    }
    assert around - ELSEWHERE.keys() - windows.keys() == set()
    # An entry that is no longer needed would hide the next read.
    assert ELSEWHERE.keys() - around == set()


def test_the_search_sees_what_reads() -> None:
    for source in (
        "path.read_bytes()",
        "(a / b).read_text('utf-8')",
        "open(x)",
        "path.open('rb')",
        "np.load(x)",
        "np.fromfile(x)",
        "cv2.imread(x)",
    ):
        assert list(reads(source)), source
    assert not list(reads("files.content(path, 1)"))
