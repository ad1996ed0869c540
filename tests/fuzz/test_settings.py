"""Settings files that were edited by hand, cut off, or are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from asl_desktop.hand_box import HandBox
from asl_desktop.settings import APPLICATION, ORGANISATION, Settings, Theme
from tests.fuzz.door import count_case, damaged, fuzzed

GOOD = b"""[General]
theme=dark
box=0.50000 0.50000 0.60000
camera=Front
weights=/nowhere/w.safetensors
geometry=@ByteArray(\\x1\\xd9\\xd0\\xcb\\0\\x3\\0\\0)
[mirror]
cameras=true
[folder]
video=/tmp
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("settings")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    path = folder / ORGANISATION / f"{APPLICATION}.ini"
    path.parent.mkdir()
    return path


@fuzzed()
@given(content=damaged(GOOD) | st.binary(max_size=200))
def test_whatever_the_file_holds_the_settings_are_usable(
    qapp: QApplication, file: Path, content: bytes
) -> None:
    count_case()
    for aside in file.parent.glob("*.unreadable-*"):
        aside.unlink()
    file.write_bytes(content)
    kept = Settings()
    assert kept.theme in list(Theme)
    box = kept.box
    assert isinstance(box, HandBox)
    box.pixels(640, 480)
    for camera in (True, False):
        assert kept.mirrored(camera) in (True, False)
    assert isinstance(kept.camera, str)
    assert kept.weights is None or isinstance(kept.weights, Path)
    assert isinstance(kept.folder("video"), str)
    assert kept.geometry is not None


@fuzzed()
@given(
    text=st.text(max_size=40)
    | st.lists(st.floats(), max_size=4).map(lambda n: " ".join(map(str, n)))
)
def test_whatever_the_box_says_it_is_a_box(qapp: QApplication, file: Path, text: str) -> None:
    count_case()
    escaped = text.encode("unicode_escape").decode().replace('"', "")
    file.write_text(f'[General]\nbox="{escaped}"\n')
    box = Settings().box
    x, y, width, height = box.pixels(640, 480)
    assert width > 0
    assert height > 0
    assert 0 <= x + width / 2 <= 640
    assert 0 <= y + height / 2 <= 480
