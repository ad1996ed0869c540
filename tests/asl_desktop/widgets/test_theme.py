from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QStyleFactory,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from pytestqt.qtbot import QtBot

from asl_desktop.widgets.theme import DARK, LIGHT, STYLE, Colours, palette, stylesheet


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("text", "window"),
        ("text", "surface"),
        ("text", "soft"),
        ("text", "stage"),
        ("muted", "window"),
        ("muted", "surface"),
        ("muted", "stage"),
        ("accent", "window"),
        ("accent", "surface"),
        ("accent", "soft"),
        ("on_accent", "accent"),
        ("on_warning", "warning"),
        ("on_notice", "notice"),
    ],
)
def test_text_has_enough_contrast(colours: Colours, text: str, ground: str) -> None:
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("line", ["outline", "accent"])
@pytest.mark.parametrize("ground", ["window", "surface"])
def test_controls_stand_out(colours: Colours, line: str, ground: str) -> None:
    assert contrast(getattr(colours, line), getattr(colours, ground)) >= 3


def test_qt_knows_the_style_and_takes_it_from_its_arguments(qapp: QApplication) -> None:
    assert QStyleFactory.create(STYLE[1]) is not None
    assert not set(STYLE) & set(qapp.arguments()), "Qt leaves what it does not understand"


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def dressed(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Colours]:
    """The app in a theme."""
    qapp.setPalette(palette(request.param))
    qapp.setStyleSheet(stylesheet(request.param))
    yield request.param
    qapp.setStyleSheet("")


def colours_of(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    points = ((x, y) for y in range(image.height()) for x in range(image.width()))
    return {image.pixelColor(x, y).name() for x, y in points}


def test_a_box_is_seen_whether_checked_or_not(qtbot: QtBot, dressed: Colours) -> None:
    tree = QTreeWidget()
    item = QTreeWidgetItem([""])
    item.setCheckState(0, Qt.CheckState.Unchecked)
    tree.addTopLevelItem(item)
    box = QCheckBox()
    for widget in (tree, box):
        qtbot.addWidget(widget)
        widget.resize(120, 60)
        widget.show()
    tree.setHeaderHidden(True)
    for seen in (box, tree.viewport()):
        assert dressed.outline in colours_of(seen)
        assert dressed.accent not in colours_of(seen)
    box.setChecked(True)
    item.setCheckState(0, Qt.CheckState.Checked)
    for seen in (box, tree.viewport()):
        assert {dressed.accent, dressed.on_accent} <= colours_of(seen), "the tick, too"


def test_what_the_mouse_is_over_looks_other_than_what_is_chosen(
    qtbot: QtBot, dressed: Colours
) -> None:
    seen = []
    for chosen, hovered in ((False, False), (False, True), (True, False)):
        button = QToolButton()
        button.setText("Follow")
        button.setCheckable(True)
        button.setChecked(chosen)
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, hovered)
        qtbot.addWidget(button)
        button.show()
        seen.append(colours_of(button))
    plain, over, checked = seen
    assert dressed.soft in checked
    assert dressed.soft not in over | plain
    assert over != plain
