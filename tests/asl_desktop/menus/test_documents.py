from __future__ import annotations

import html
import re

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from asl_desktop.menus.documents import user_guide
from trainer.support.paths import asset, document

ENGLISH, SPANISH = "docs/user-guide.md", "docs/user-guide.es.md"

_ITALIC = re.compile(r"(?<![*\w])\*([^*]+)\*(?![*\w])")
_ADDED = {"Esto parece una D", "Sin certeza: ¿M o N?", "No se encontró ninguna cámara"}
"""Texts that are shown with a letter in them, or with another sentence behind them."""


def read(name: str) -> str:
    return document(name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Choose a source"), ("es", "Elija una fuente"), ("fr", "Choose")]
)
def test_the_guide_speaks_the_users_language(qtbot: QtBot, language: str, said: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert said in user_guide(language, parent).text.toPlainText()


@pytest.mark.parametrize(
    "part",
    [r"^#+ ", r"^!?\[|^ +!\[", r"^\d\. ", r"^\|", r"\]\(([^)]*)\)", r"Ctrl\+\w+|F\d+|Alt\+\d"],
)
def test_both_guides_have_the_same_parts(part: str) -> None:
    of_english, of_spanish = (re.findall(part, read(name), re.M) for name in (ENGLISH, SPANISH))
    assert of_spanish == of_english


def test_the_spanish_guide_names_what_is_on_the_screen() -> None:
    texts = asset("translations/es.ts").read_text(encoding="utf-8")
    shown = {plain(text) for text in re.findall("<translation>(.*?)</translation>", texts, re.S)}
    named = {
        plain(part) for text in _ITALIC.findall(read(SPANISH)) for part in text.split("▸") if part
    }
    assert "Letras grandes" in named
    assert not {name for name in named - shown - _ADDED if f"{name}: {{0}}" not in shown}


def plain(text: str) -> str:
    """A text without the marks of its key and of a dialog behind it."""
    return " ".join(re.sub(r"&(?!&)|…|\.$|\(con fuga\)$", "", html.unescape(text)).split())
