from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from asl_desktop.training.training_tab import TrainingTab
from tests.asl_desktop.training.conftest import PATIENCE
from tests.trainer.conftest import printed_letters, write_csv


def test_what_is_in_the_files_is_shown_at_once(
    tab: TrainingTab, qtbot: QtBot, csv: Path, tmp_path: Path
) -> None:
    page = tab.data
    with qtbot.waitSignal(page.summarised, timeout=PATIENCE):
        tab.recipe.add_files([csv])
    assert page.shape.text() == "letters.csv: 192 images of 28 × 28"
    assert page.samples.count() == 72
    assert page.samples.item(3).text() == "B"
    assert page.few.text() == "Every letter has enough images."
    assert tab.page is page

    dataset = printed_letters(8)
    few = dataset.subset((dataset.labels != 0) & ((dataset.labels != 3) | (np.arange(192) < 72)))
    with qtbot.waitSignal(page.summarised, timeout=PATIENCE):
        tab.recipe.files.set_paths([write_csv(tmp_path / "few.csv", few)])
    assert "Few images: D" in page.few.text()
    assert "No image: A" in page.few.text()
    assert page.counts.marked == "DA"


def test_files_to_measure_on_are_counted_apart(
    tab: TrainingTab, qtbot: QtBot, csv: Path, tmp_path: Path
) -> None:
    tab.recipe.add_files([csv])
    tab.recipe.validation.setCurrentIndex(tab.recipe.validation.findData("files"))
    more = write_csv(tmp_path / "more.csv", printed_letters(3))
    with qtbot.waitSignal(tab.data.summarised, timeout=PATIENCE):
        tab.recipe.validation_files.add([more])
    assert "For validation: more.csv: 72 images" in tab.data.shape.text()


def test_the_bad_row_is_named_and_forgotten_with_its_file(
    tab: TrainingTab, qtbot: QtBot, csv: Path
) -> None:
    lines = csv.read_text().splitlines()
    lines[5] = lines[5].rsplit(",", 1)[0] + ",999"
    csv.write_text("\n".join(lines))
    with qtbot.waitSignal(tab.data.summarised, timeout=PATIENCE):
        tab.recipe.add_files([csv])
    assert "row 5 (line 6), column pixel784" in tab.data.notes.text()
    assert not tab.data.samples.isVisible()
    tab.recipe.files.list.setCurrentRow(0)
    tab.recipe.files.remove_button.click()
    assert tab.data.shape.text() == "No images yet"


def test_the_leak_is_stated(tab: TrainingTab) -> None:
    choice = tab.recipe.validation
    choice.setCurrentIndex(choice.findData("random"))
    assert "Leaks" in tab.recipe.validation_hint.text()
    choice.setCurrentIndex(choice.findData("photograph"))
    assert "Leaks" not in tab.recipe.validation_hint.text()
