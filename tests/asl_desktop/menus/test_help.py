"""User guide, licences, and the report of a problem."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication

from asl_desktop.dialogs import AboutDialog
from asl_desktop.main_window import MainWindow
from asl_desktop.menus import help as help_module
from asl_desktop.menus.documents import DocumentDialog
from asl_desktop.menus.report import ReportDialog
from asl_desktop.widgets import file_dialogs
from trainer.support.paths import document


def test_the_guide_is_read_in_the_window(window: MainWindow) -> None:
    assert window.user_actions.guide.shortcut().toString() == "F1"
    window.user_actions.guide.trigger()
    dialog = window.findChild(DocumentDialog)
    assert dialog is not None
    text = dialog.text.toPlainText()
    assert "Choose a source" in text
    assert "screenshots/" not in dialog.text.toHtml(), "no image that is not there"
    dialog.close()


def test_about_leads_to_the_licences(window: MainWindow) -> None:
    window.user_actions.about.trigger()
    about = window.findChild(AboutDialog)
    assert about is not None
    about.licences_button.click()
    dialog = window.findChild(DocumentDialog)
    assert dialog is not None
    text = dialog.text.toPlainText()
    assert "Permission is hereby granted" in text
    assert "PySide6 and Qt (LGPL-3.0-only)" in text.replace("\n", " ")
    dialog.close()
    about.close()


def test_a_text_that_is_missing_is_said(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        "asl_desktop.menus.documents.document", lambda name: tmp_path / Path(name).name
    )
    window.user_actions.guide.trigger()
    assert "user-guide.md" in window.banner.text


@pytest.mark.parametrize(
    "name", ["docs/user-guide.md", "docs/user-guide.es.md", "LICENSE", "THIRD_PARTY.md"]
)
def test_the_texts_travel_with_the_program(name: str) -> None:
    assert document(name).is_file()
    packaging = Path(__file__).parents[3] / "pyproject.toml"
    assert f'"{name}" = "trainer/_documents/{Path(name).name}"' in packaging.read_text()


def test_a_report_tells_what_a_developer_asks_first(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = tmp_path / "log" / "asl-desktop.log"
    log.parent.mkdir()
    log.write_text("x" * 100_000 + f"\nERROR {Path.home()}/film.mp4 ñ\n", encoding="utf-8")
    monkeypatch.setattr(help_module, "log_file", lambda: log)
    window.user_actions.report.trigger()
    dialog = window.findChild(ReportDialog)
    assert dialog is not None
    text = dialog.text.toPlainText()
    assert "asl-desktop 0." in text
    assert "numpy " in text
    assert "network: default.safetensors" in text
    assert "ERROR ~/film.mp4 ñ" in text
    assert str(Path.home()) not in text
    assert len(text) < 50_000
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == text
    target = tmp_path / "report.txt"
    monkeypatch.setattr(file_dialogs, "ask_where_to_save", lambda *_: target)
    dialog.save_button.click()
    assert target.read_text(encoding="utf-8") == text
    assert str(target) in dialog.said.text()
    dialog.close()


def test_the_log_folder_opens_although_nothing_was_logged(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown: list[QUrl] = []
    monkeypatch.setattr(help_module, "log_file", lambda: tmp_path / "new" / "asl-desktop.log")
    monkeypatch.setattr(QtGui.QDesktopServices, "openUrl", lambda url: (shown.append(url), True)[1])
    window.user_actions.log_folder.trigger()
    assert [Path(url.toLocalFile()) for url in shown] == [tmp_path / "new"]
    assert (tmp_path / "new").is_dir()
