"""No two things that are seen together share an Alt key: in menus, pages, dialogs and languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QMainWindow,
    QMenu,
    QMenuBar,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from asl_desktop.language import Language
from asl_desktop.main_window import MainWindow
from asl_desktop.widgets.parts import PageBar


@pytest.fixture(params=[Language.ENGLISH, Language.SPANISH])
def spoken(request: pytest.FixtureRequest, speaking: Callable[[Language], None]) -> Language:
    language: Language = request.param
    speaking(language)
    return language


@pytest.fixture
def window(spoken: Language, make_window: Callable[[], MainWindow]) -> MainWindow:
    return make_window()


def key(text: str) -> str:
    """The letter after the first "&" that is not doubled; "" without one."""
    found = re.search(r"&(.)", text.replace("&&", ""))
    return found[1].lower() if found else ""


def twice(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of texts with the same key."""
    seen: dict[str, str] = {}
    result = []
    for text in texts:
        letter = key(text)
        if letter and letter in seen:
            result.append((seen[letter], text))
        seen[letter] = text
    return result


def texts_of(top: QWidget) -> Iterator[str]:
    """All texts with a key that can be seen in a window."""
    for widget in top.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not top:
            continue
        if isinstance(widget, QMenuBar):
            yield from (action.text() for action in widget.actions())
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(index) for index in range(widget.count()))
        elif isinstance(widget, QAbstractButton) or (
            isinstance(widget, QLabel) and widget.buddy() is not None
        ):
            yield widget.text()


def menus_of(window: QMainWindow) -> Iterator[QMenu]:
    waiting = [action.menu() for action in window.menuBar().actions()]
    waiting += [button.menu() for button in window.findChildren(QToolButton)]
    while waiting:
        menu = waiting.pop()
        if isinstance(menu, QMenu):
            menu.aboutToShow.emit()
            yield menu
            waiting += [action.menu() for action in menu.actions()]


def show_tab(qtbot: QtBot, window: MainWindow, index: int) -> None:
    """Shows a tab and waits until it is made."""
    window.tabs.setCurrentIndex(index)
    made = ("live", "practice", "my_hand", "training")[index]
    qtbot.waitUntil(lambda: getattr(window, made) is not None and getattr(window, made).isVisible())


def pages_of(qtbot: QtBot, window: MainWindow) -> Iterator[str]:
    """Shows one page after the other."""
    for index in range(window.tabs.count()):
        show_tab(qtbot, window, index)
        yield window.tabs.tabText(index)
        shown = window.tabs.currentWidget()
        for bar in shown.findChildren(PageBar):
            for page in bar._pages:
                bar.chosen.emit(page)
                QApplication.processEvents()
                yield type(page).__name__
        for tabs in shown.findChildren(QTabWidget):
            for place in range(tabs.count()):
                tabs.setCurrentIndex(place)
                QApplication.processEvents()
                yield tabs.tabText(place)


def test_of_pages(qtbot: QtBot, window: MainWindow) -> None:
    faults = {page: twice(texts_of(window)) for page in pages_of(qtbot, window)}
    assert len(faults) >= 17
    assert not {page: found for page, found in faults.items() if found}


def test_while_exercises_and_first_steps_go_on(qtbot: QtBot, window: MainWindow) -> None:
    window.user_actions.first_steps.trigger()
    faults = [twice(texts_of(window))]
    show_tab(qtbot, window, 1)
    practice = window.practice
    assert practice is not None
    for page in (practice.drill, practice.spell):
        practice.show_page(page)
        page.begin.click()
        faults.append(twice(texts_of(window)))
    assert not [found for found in faults if found]


def test_of_menus(window: MainWindow) -> None:
    menus = list(menus_of(window))
    assert len(menus) >= 10
    for menu in menus:
        assert not twice(action.text() for action in menu.actions()), menu.title()


def test_of_dialogs(window: MainWindow) -> None:
    actions = window.user_actions
    for action in (
        actions.open_stream,
        actions.preferences,
        actions.shortcuts,
        actions.guide,
        actions.report,
        actions.about,
    ):
        action.trigger()
        QApplication.processEvents()
        dialogs = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
        assert dialogs, action.text()
        for dialog in dialogs:
            assert not twice(texts_of(dialog)), action.text()
            dialog.close()
        QApplication.processEvents()


def test_start_and_the_training_pages_have_keys(qtbot: QtBot, window: MainWindow) -> None:
    show_tab(qtbot, window, 3)
    training = window.training
    assert training is not None
    tabs = training._tabs
    assert all(key(tabs.tabText(index)) for index in range(tabs.count()))
    assert key(training.bar.start_button.text())


def test_all_tabs_and_training_pages_by_keyboard_alone(qtbot: QtBot, window: MainWindow) -> None:
    """Each by its own key, wherever the focus was before."""

    def press(letter: str) -> None:
        pressed = getattr(Qt.Key, f"Key_{letter.upper()}")
        QTest.keyClick(
            QApplication.focusWidget() or window, pressed, Qt.KeyboardModifier.AltModifier
        )

    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for index in (1, 2, 3, 0, 3):
        press(key(window.tabs.tabText(index)))
        assert window.tabs.currentIndex() == index
        show_tab(qtbot, window, index)
    training = window.training
    assert training is not None
    for index in (5, 4, 3, 2, 1, 0):
        press(key(training._tabs.tabText(index)))
        assert training._tabs.currentIndex() == index
