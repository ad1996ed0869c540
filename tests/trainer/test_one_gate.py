"""Files that a user brings are read through the gates that bound their size, or in these places."""

from __future__ import annotations

import re
from pathlib import Path

TRAINER = Path(__file__).resolve().parents[2] / "trainer"

READS = re.compile(
    r"\.read_bytes\(|\.read_text\(|cv2\.im(?:read|decode)\w*\(|np\.(?:load|fromfile)\(|json\.load\("
    r"|pd\.read_\w+\(|ZipFile\("
)

PLACES = {
    "support/files.py": "the gate of whole files: a size is named",
    "support/zips.py": "the gate of archives: members and unpacked bytes are bounded",
    "images/files.py": "the gate of images, behind that of files",
    "capture/animation.py": "frames of what the gate of files has read",
    "capture/mjpeg.py": "frames of a stream, whose size is bounded there",
    "model/card.py": "travels with the program",
    "model/weights.py": "bytes that the gate of files has read; unpacked bytes are bounded",
    "data/crops.py": "unpacked bytes are bounded before",
    "data/unpack.py": "tables, read a part at a time",
    "data/table.py": "tables, read a part at a time",
    "data/csv_cache.py": "the program's own cache",
    "data/groups.py": "travels with the program",
    "evaluation/predictions.py": "the program's own files in a run's folder",
    "recognition/words.py": "travels with the program",
    "samples/tables.py": "the program's own files in the folder of samples",
    "samples/store.py": "the program's own files in the folder of samples",
    "hand_renderer/mesh.py": "travels with the program",
    "hand_renderer/synth.py": "an image that was just encoded",
    "hand_renderer/clip.py": "a file that was just written",
}
"""Modules that read files themselves, and why they may."""


def test_files_are_read_through_the_gates() -> None:
    found = {
        path.relative_to(TRAINER).as_posix()
        for path in TRAINER.rglob("*.py")
        if "experiments" not in path.parts and READS.search(path.read_text(encoding="utf-8"))
    }
    assert found == PLACES.keys()
