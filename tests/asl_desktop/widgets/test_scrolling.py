from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from asl_desktop.language import Language
from asl_desktop.main_window import MainWindow
from asl_desktop.settings import TEXT_SIZES
from asl_desktop.widgets.theme import scaled


@pytest.fixture
def _largest_texts(qapp: QApplication) -> Iterator[None]:
    usual = qapp.font()
    qapp.setFont(scaled(usual, max(TEXT_SIZES) / 100))
    yield
    qapp.setFont(usual)


def shows_the_width_of(page: QWidget) -> bool:
    """Whether an area that scrolls has room for all that its page cannot do without."""
    QApplication.processEvents()
    return page.visibleRegion().boundingRect().width() >= page.minimumSizeHint().width()


@pytest.mark.usefixtures("_largest_texts")
@pytest.mark.parametrize("language", [Language.ENGLISH, Language.SPANISH])
@pytest.mark.parametrize("height", [800, 500])
def test_no_column_is_cut_off_on_the_right_with_the_largest_texts(
    qtbot: QtBot,
    speaking: Callable[[Language], None],
    make_window: Callable[[], MainWindow],
    language: Language,
    height: int,
) -> None:
    speaking(language)
    window = make_window()
    window.resize(1280, height)
    assert shows_the_width_of(window.live.panel)
    window.show_training()
    qtbot.waitUntil(lambda: window.training is not None)
    assert window.training is not None
    assert shows_the_width_of(window.training.recipe)
