from __future__ import annotations

import ast
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asl_desktop import language
from asl_desktop.language import Language
from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings
from asl_desktop.widgets.theme import ThemeSwitch
from trainer.support.paths import asset

ROOT = Path(__file__).resolve().parents[2]
SPANISH = asset("translations/es.ts")


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(f"pyside6-{name}"))


def messages(path: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    for message in ElementTree.parse(path).getroot().iter("message"):  # noqa: S314 - our own file
        source, translation = message.find("source"), message.find("translation")
        assert source is not None
        assert translation is not None
        yield source.text or "", translation


def test_every_text_of_the_app_is_translated(tmp_path: Path) -> None:
    updated = tmp_path / "es.ts"
    updated.write_bytes(SPANISH.read_bytes())
    files = [str(path) for path in sorted((ROOT / "asl_desktop").rglob("*.py"))]
    options = ["-no-obsolete", "-locations", "none"]
    subprocess.run(
        [tool("lupdate"), *options, *files, "-ts", str(updated)], check=True, capture_output=True
    )
    found = list(messages(updated))
    assert len(found) > 400
    missing = [source for source, text in found if text.get("type") or not text.text]
    assert not missing


def test_texts_stand_where_they_are_found() -> None:
    """pyside6-lupdate passes over calls inside of f-strings."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in sorted((ROOT / "asl_desktop").rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Attribute) and call.attr in ("tr", "translate")
    ]
    assert not hidden


def test_the_compiled_file_is_that_of_the_texts(tmp_path: Path) -> None:
    compiled = tmp_path / "es.qm"
    command = [tool("lrelease"), str(SPANISH), "-qm", str(compiled)]
    subprocess.run(command, check=True, capture_output=True)
    assert compiled.read_bytes() == SPANISH.with_suffix(".qm").read_bytes()


def test_translations_keep_what_is_filled_in_and_the_shortcuts() -> None:
    for source, text in messages(SPANISH):
        translation = text.text or ""
        fields = re.findall(r"\{\d\}", source)
        assert sorted(fields) == sorted(re.findall(r"\{\d\}", translation)), source
        if re.search(r"&\w", source):
            assert re.search(r"&\w", translation), source


@pytest.mark.usefixtures("spanish")
def test_the_window_speaks_spanish(qtbot: QtBot, qapp: QApplication) -> None:
    settings = Settings()
    window = MainWindow(settings, ThemeSwitch(qapp, settings.theme))
    qtbot.addWidget(window)
    assert window.tabs.tabText(0) == "E&n vivo"
    assert window.user_actions.freeze.text() == "&Congelar"
    # Qt's own texts, too.
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancelar"
    window.close()


def test_the_choice_is_kept_for_the_next_start(qtbot: QtBot, qapp: QApplication) -> None:
    settings = Settings()
    assert settings.language is Language.SYSTEM
    window = MainWindow(settings, ThemeSwitch(qapp, settings.theme))
    qtbot.addWidget(window)
    window.user_actions.languages[Language.SPANISH].trigger()
    assert Settings().language is Language.SPANISH
    window.close()


def be_on(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the app find another system's language."""

    class Locale(QLocale):
        @staticmethod
        def system() -> QLocale:
            return QLocale(system)

    monkeypatch.setattr(language, "QLocale", Locale)


@pytest.mark.parametrize(("system", "code"), [("es_MX", "es"), ("en_GB", "en"), ("de_DE", "en")])
def test_the_systems_language_is_taken_where_it_is_spoken(
    monkeypatch: pytest.MonkeyPatch, system: str, code: str
) -> None:
    be_on(system, monkeypatch)
    assert Language.SYSTEM.code == code


@pytest.mark.parametrize(
    ("system", "chosen", "date"),
    [
        ("C", Language.SPANISH, "domingo, 29 de noviembre de 2026"),
        ("en_GB", Language.SPANISH, "domingo, 29 de noviembre de 2026"),
        ("es_ES", Language.ENGLISH, "Sunday, November 29, 2026"),
        ("de_DE", Language.SYSTEM, "Sunday, November 29, 2026"),
        # In the window's language already, and as the country writes them.
        ("en_GB", Language.ENGLISH, "Sunday, 29 November 2026"),
    ],
)
def test_dates_are_in_the_language_of_the_window(
    speaking: Callable[[Language], None],
    monkeypatch: pytest.MonkeyPatch,
    system: str,
    chosen: Language,
    date: str,
) -> None:
    be_on(system, monkeypatch)
    QLocale.setDefault(QLocale(system))
    speaking(chosen)
    assert QLocale().toString(QDate(2026, 11, 29), QLocale.FormatType.LongFormat) == date
