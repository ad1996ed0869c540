from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from asl_desktop.startup.window_geometry import USUAL, centred, fitted, restore

FULL_HD = QRect(0, 0, 1920, 1040)
SCREENS = {
    "1280 × 720": QRect(0, 0, 1280, 680),
    "1366 × 768": QRect(0, 0, 1366, 728),
    "1920 × 1080 at 150 %": QRect(0, 0, 1280, 680),
    "1920 × 1080 at 200 %": QRect(0, 0, 960, 500),
    "a screen on the left": QRect(-1366, 200, 1366, 728),
}


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_the_first_window_fits_the_screen(screen: QRect) -> None:
    place = fitted(centred(QRect(0, 0, 1280, 800), screen), [screen])
    assert screen.contains(place)
    assert place.top() >= screen.top() + 40, "its title is on the screen, too"


def test_a_window_that_fits_stays_where_it_is() -> None:
    place = QRect(300, 120, 1280, 800)
    assert fitted(place, [FULL_HD]) == place
    right = QRect(1920, 0, 1920, 1040)
    assert fitted(place.translated(1920, 0), [FULL_HD, right]) == place.translated(1920, 0)


@pytest.mark.parametrize("far", [(2500, 100), (-1300, 0), (100, 3000), (300, -900)])
def test_a_window_of_a_screen_that_is_gone_comes_back(far: tuple[int, int]) -> None:
    place = fitted(QRect(*far, 1280, 800), [FULL_HD])
    assert FULL_HD.contains(place)
    assert place.size() == QSize(1280, 800)


def test_it_goes_to_the_screen_that_shows_most_of_it() -> None:
    right = QRect(1920, 0, 1280, 680)
    place = fitted(QRect(1700, 50, 1280, 800), [FULL_HD, right])
    assert right.contains(place)


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\x01\xd9\xd0\xcb" + bytes(20)])
def test_without_a_remembered_place_it_is_as_usual_or_as_the_screen_allows(
    qtbot: QtBot, damage: bytes
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    restore(window, QByteArray(damage))
    available = QGuiApplication.primaryScreen().availableGeometry()
    assert available.contains(window.geometry())
    assert window.width() <= USUAL.width()


def test_a_place_is_remembered(qtbot: QtBot) -> None:
    first, second = QWidget(), QWidget()
    for window in (first, second):
        qtbot.addWidget(window)
    first.setGeometry(40, 60, 500, 400)
    first.show()
    restore(second, first.saveGeometry())
    assert second.geometry() == first.geometry()
