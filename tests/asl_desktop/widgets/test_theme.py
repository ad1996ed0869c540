from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QStyleFactory

from asl_desktop.widgets.theme import DARK, LIGHT, STYLE, Colours


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
