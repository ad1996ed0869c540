"""Sentences of `trainer` in the user's language."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from asl_desktop.main_window import MainWindow
from asl_desktop.sentences import SENTENCES, in_users_language

ROOT = Path(__file__).resolve().parents[2]


def written(path: Path) -> Iterator[str]:
    """All texts of a module, with {} for what is filled in."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                part.value if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.sub(r"\{\w+\}", "{}", node.value)


def test_every_sentence_is_one_that_the_program_writes() -> None:
    own = ROOT / "asl_desktop/sentences.py"
    paths = [*(ROOT / "trainer").rglob("*.py"), *(ROOT / "asl_desktop").rglob("*.py")]
    texts = {text for path in paths if path != own for text in written(path)}
    unknown = [text for text in SENTENCES if re.sub(r"\{\d\}", "{}", text) not in texts]
    assert not unknown


@pytest.mark.usefixtures("spanish")
def test_a_sentence_within_a_sentence_is_translated_too() -> None:
    text = "Webcam {1} is in use by another program. Close that program; the command `fuser "
    assert in_users_language(text + "/dev/video0` finds it.") == (
        "Webcam {1} está en uso por otro programa. Cierre ese programa; el comando "
        "`fuser /dev/video0` lo encuentra."
    )
    assert in_users_language("What nobody wrote.") == "What nobody wrote."


@pytest.mark.usefixtures("spanish")
def test_the_first_messages_are_spanish(
    qtbot: QtBot, make_window: Callable[[], MainWindow]
) -> None:
    window = make_window()
    window.start()
    qtbot.waitUntil(lambda: window.live.page.isVisible())
    assert window.live.page.message.startswith("No se encontró ninguna cámara.")
    window.user_actions.demo.trigger()
    qtbot.waitUntil(lambda: window.live.preview.frame is not None)
    assert window.live._bar.button.toolTip() == "Demostración"


def test_in_english_they_stay_as_they_are() -> None:
    for sentence in SENTENCES:
        assert in_users_language(sentence) == sentence
