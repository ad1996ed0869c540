from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from asl_desktop.hand_box import HandBox
from asl_desktop.settings import APPLICATION, ORGANISATION, Settings, Theme
from trainer.recognition.steady import Pace


def store(key: str, value: object) -> None:
    settings = QSettings(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, ORGANISATION, APPLICATION
    )
    settings.setValue(key, value)
    settings.sync()


def test_what_is_set_is_read_by_the_next_start(tmp_path: Path) -> None:
    settings = Settings()
    settings.theme = Theme.DARK
    settings.box = HandBox(0.25, 0.75, 0.5)
    settings.camera = "Webcam, front"
    settings.weights = tmp_path / "ä b,c.safetensors"
    settings.set_mirrored(True, False)
    settings.set_folder("video", tmp_path)
    again = Settings()
    assert again.theme is Theme.DARK
    assert again.box == HandBox(0.25, 0.75, 0.5)
    assert again.camera == "Webcam, front"
    assert again.weights == tmp_path / "ä b,c.safetensors"
    assert not again.mirrored(True)
    assert again.folder("video") == str(tmp_path)


def test_a_first_start_has_defaults() -> None:
    settings = Settings()
    assert settings.theme is Theme.SYSTEM
    assert settings.box == HandBox()
    assert settings.camera == ""
    assert settings.weights is None
    assert settings.mirrored(camera=True)
    assert not settings.mirrored(camera=False)
    assert settings.folder("video") == ""
    assert settings.geometry.isEmpty()


@pytest.mark.parametrize("value", ["", "1 2", "nan nan nan", "5 5 5", "a b c", "0.5 0.5 0", 7])
def test_a_damaged_box_is_the_default_one(value: object) -> None:
    store("box", value)
    assert Settings().box == HandBox()


@pytest.mark.parametrize("value", ["pink", "", 3, ["light", "dark"]])
def test_an_unknown_theme_is_the_systems(value: object) -> None:
    store("theme", value)
    assert Settings().theme is Theme.SYSTEM


@pytest.mark.parametrize("value", ["hasty", "", 3])
def test_an_unknown_pace_is_the_normal_one(value: object) -> None:
    store("text/pace", value)
    assert Settings().pace is Pace.NORMAL


@pytest.mark.parametrize("value", ["perhaps", 7])
def test_damaged_settings_of_the_text_are_the_defaults(value: object) -> None:
    for key in ("corrections", "accept-by-holding", "continuous"):
        store(f"text/{key}", value)
    settings = Settings()
    chosen = (settings.corrections, settings.accept_by_holding, settings.continuous)
    assert chosen == (True, False, False)


def test_a_damaged_mirror_setting_is_the_default() -> None:
    store("mirror/cameras", "perhaps")
    assert Settings().mirrored(camera=True)


@pytest.mark.parametrize("value", ["many", "", "-3", "9" * 5000])
def test_a_damaged_goal_is_the_default(value: str) -> None:
    store("practice/daily-goal", value)
    assert Settings().daily_goal == 20


def test_a_folder_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    store("folder/video", str(tmp_path / "gone"))
    assert Settings().folder("video") == ""


def test_names_that_no_system_allows_are_passed_over() -> None:
    store("recent-weights", "x" * 300)
    store("recent-sources", "x" * 300)
    store("folder/video", "x" * 300)
    settings = Settings()
    assert settings.recent_weights == []
    assert settings.recent_sources == []
    assert settings.folder("video") == ""


def test_a_damaged_geometry_is_ignored() -> None:
    store("geometry", "far left")
    assert Settings().geometry.isEmpty()


@pytest.fixture
def ini(tmp_path: Path) -> Path:
    path = tmp_path / "settings" / ORGANISATION / f"{APPLICATION}.ini"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def test_a_damaged_file_is_put_aside_before_it_is_written(ini: Path) -> None:
    damaged = b"[General\ntheme=dark\n\xff\xfe garbage ]]\n[[["
    ini.write_bytes(damaged)
    settings = Settings()
    assert settings.theme is Theme.DARK
    settings.camera = "Front"
    del settings
    assert ini.with_name(f"{APPLICATION}.unreadable-1.ini").read_bytes() == damaged
    assert Settings().camera == "Front"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_pipe_in_place_of_the_file_holds_up_nothing(ini: Path) -> None:
    os.mkfifo(ini)
    Settings().camera = "Front"
    assert Settings().camera == "Front"
    assert ini.is_file()
