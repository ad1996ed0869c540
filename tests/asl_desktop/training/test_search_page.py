from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from asl_desktop.training.hyper_parameters import parsed
from asl_desktop.training.training_tab import TrainingTab
from tests.asl_desktop.training.conftest import PATIENCE, press
from tests.trainer.conftest import printed_letters, write_csv
from trainer.commands.recipe_arguments import recipe_from
from trainer.training.recipes import course_network


def fill(tab: TrainingTab, csv: Path, epochs: str) -> None:
    tab.recipe.add_files([csv])
    tab.recipe.validation.setCurrentIndex(tab.recipe.validation.findData("random"))
    tab.show_page(tab.search)
    tab.search.widths.setText("8, 16")
    tab.search.rates.setText("1e-3")
    tab.search.epochs.setText(epochs)


def test_a_grid_is_searched_and_its_best_cell_taken(
    tab: TrainingTab, qtbot: QtBot, csv: Path, tmp_path: Path
) -> None:
    page = tab.search
    assert not page.start_button.isEnabled()
    fill(tab, csv, "2")
    page.set_test(write_csv(tmp_path / "test.csv", printed_letters(2, 5)))
    cells: list[dict[str, object]] = []
    page.process.event_received.connect(cells.append)
    with qtbot.waitSignal(page.process.succeeded, timeout=PATIENCE):
        press(qtbot, page.start_button)
        assert page.table.topLevelItemCount() == 2
        assert not page.start_button.isEnabled()
    assert [cell["event"] for cell in cells] == ["cell", "cell", "chosen", "scored"]
    starred = [i for i in range(2) if "★" in page.table.topLevelItem(i).text(2)]
    assert len(starred) == 1
    best = page.table.topLevelItem(starred[0])
    assert f"{best.text(0)} × 0.001" == cells[2]["name"]
    assert "test.csv" in page.status.text()
    assert page.table.currentItem() is best
    press(qtbot, page.take_button)
    width = best.text(0)
    shown = parsed([*tab.recipe.arguments(), "--out", "x"])
    assert shown is not None
    assert recipe_from(shown) == course_network(int(best.text(0)), 1e-3, epochs=2)
    values = tab.recipe.advanced.values()
    assert values["--hidden"] == f"{width},{width},{width}"
    assert values["--learning-rate"] == "0.512"


def test_a_search_is_stopped(tab: TrainingTab, qtbot: QtBot, csv: Path) -> None:
    page = tab.search
    fill(tab, csv, "100000")
    with qtbot.waitSignal(page.process.noted, timeout=PATIENCE):
        press(qtbot, page.start_button)
    with qtbot.waitSignal(page.process.succeeded, timeout=PATIENCE):
        press(qtbot, page.stop_button)
    assert page.status.text() == "Stopped. 0 of 2 networks trained."
    assert page.start_button.isEnabled()


def test_what_is_wrong_with_a_grid_is_said(tab: TrainingTab, qtbot: QtBot, csv: Path) -> None:
    fill(tab, csv, "2")
    tab.search.widths.setText("wide")
    with qtbot.waitSignal(tab.error, timeout=PATIENCE) as trouble:
        press(qtbot, tab.search.start_button)
    assert "no list of positive numbers" in trouble.args[0]
