from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from asl_desktop.widgets.parts import PageBar, Titled, set_progress, switch


class Bar(QProgressBar):
    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1


def test_a_bar_that_moves_is_painted_once_with_all_else(qtbot: QtBot) -> None:
    bar = Bar()
    qtbot.addWidget(bar)
    bar.setRange(0, 1000)
    with qtbot.waitExposed(bar):
        bar.show()
    qtbot.waitUntil(lambda: bar.painted > 0)
    before = bar.painted
    for value in (100, 500, 900):
        set_progress(bar, value)
    assert bar.painted == before
    qtbot.waitUntil(lambda: bar.painted == before + 1)
    assert bar.value() == 900


def test_a_page_is_asked_for_by_its_button_and_shown_by_the_owner(qtbot: QtBot) -> None:
    first, second, last = QLabel("1"), QLabel("2"), switch("at the end")
    bar = PageBar([Titled(first, "One", ""), Titled(second, "Two", "the other")], last)
    owner = QWidget()
    layout = QVBoxLayout(owner)
    layout.addWidget(bar)
    layout.addWidget(bar.stack)
    qtbot.addWidget(owner)
    one, two, *_ = buttons = bar.findChildren(QToolButton)
    assert bar.page is first
    assert one.isChecked()
    with qtbot.waitSignal(bar.chosen) as chosen:
        qtbot.mouseClick(two, Qt.MouseButton.LeftButton)
    assert chosen.args == [second]
    assert bar.page is first
    bar.show_page(second)
    assert bar.page is second
    assert [button.isChecked() for button in buttons] == [False, True, False]
    assert two.toolTip() == "the other"


def test_tab_goes_from_page_to_page_and_then_to_the_end_of_the_row(qtbot: QtBot) -> None:
    last = switch("at the end")
    bar = PageBar([Titled(QLabel(), name, "") for name in ("One", "Two")], last)
    qtbot.addWidget(bar)
    chain = [bar.nextInFocusChain()]
    while len(chain) < 3:
        chain.append(chain[-1].nextInFocusChain())
    assert [w.text() for w in chain if isinstance(w, QToolButton)] == ["One", "Two", "at the end"]
