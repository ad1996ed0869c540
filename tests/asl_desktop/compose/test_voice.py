"""Reading aloud, with and without what it takes."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject

from asl_desktop.compose import system_voice, voice
from asl_desktop.main_window import MainWindow


class FakeSpeech(QObject):
    """Stands in for Qt's class, which is not in PySide6-Essentials."""

    State = SimpleNamespace(Error="error", Ready="ready")
    engines = ("mock", "broken", "good")
    said: tuple[str, ...] = ()

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        assert name != "mock"
        self._name = name

    @classmethod
    def availableEngines(cls) -> tuple[str, ...]:
        return cls.engines

    def state(self) -> str:
        return self.State.Error if self._name == "broken" else self.State.Ready

    def say(self, text: str) -> None:
        FakeSpeech.said += (text,)

    def stop(self) -> None:
        FakeSpeech.said += ("",)


@pytest.fixture
def fake_speech(monkeypatch: pytest.MonkeyPatch) -> type[FakeSpeech]:
    monkeypatch.setattr(voice, "find_spec", lambda _: object())
    module = SimpleNamespace(QTextToSpeech=FakeSpeech)
    monkeypatch.setattr(voice, "import_module", lambda _: module)
    monkeypatch.setattr(FakeSpeech, "said", ())
    return FakeSpeech


@pytest.fixture(autouse=True)
def _no_system_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is installed here: test_system_voice.py has voices of its own."""
    monkeypatch.setattr(system_voice, "installed", list)


def test_without_module_and_program_speaking_is_greyed_out_and_says_why(
    make_window: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice, "find_spec", lambda _: None)
    window = make_window()
    window.composer.field.type("A")
    speak = window.user_actions.text.speak
    assert not speak.isEnabled()
    assert "espeak-ng" in speak.toolTip()
    assert "PySide6-Addons" in speak.toolTip()


def test_the_text_is_spoken_as_words(
    make_window: Callable[[], MainWindow], fake_speech: type[FakeSpeech]
) -> None:
    window = make_window()
    speak = window.user_actions.text.speak
    assert not speak.isEnabled(), "there is nothing to speak yet"
    for letter in "HI":
        window.composer.field.type(letter)
    assert speak.isEnabled()
    speak.trigger()
    assert fake_speech.said == ("", "hi")
    window.close()
    assert fake_speech.said[-1] == "", "silent at the end"


def test_a_system_without_a_voice_is_told(
    make_window: Callable[[], MainWindow],
    fake_speech: type[FakeSpeech],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fake_speech, "engines", ("mock", "broken"))
    window = make_window()
    window.composer.field.type("A")
    speak = window.user_actions.text.speak
    speak.trigger()
    assert "no voice" in window.banner.text
    assert not speak.isEnabled()
    assert "no voice" in speak.toolTip()


def test_a_module_that_does_not_load_is_told(
    make_window: Callable[[], MainWindow],
    fake_speech: type[FakeSpeech],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def import_module(name: str) -> None:
        raise ImportError("libpulse.so.0: no such file")

    monkeypatch.setattr(voice, "import_module", import_module)
    window = make_window()
    window.composer.field.type("A")
    window.user_actions.text.speak.trigger()
    assert "libpulse.so.0" in window.banner.text
    assert not window.user_actions.text.speak.isEnabled()
