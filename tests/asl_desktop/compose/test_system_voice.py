"""The system's own voice, spoken by programs on PATH that are not what they seem."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from asl_desktop.compose import system_voice, voice
from asl_desktop.compose.system_voice import Program, SystemVoice
from asl_desktop.main_window import MainWindow
from tests.patience import PATIENCE_SECONDS

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the programs are scripts for a Unix shell")

PATIENCE = round(1000 * PATIENCE_SECONDS)

Make = Callable[[], SystemVoice]

NASTY = "hi; touch gone $(touch gone) `touch gone` | tee gone !-! -w gone ñ ✓"


class Programs:
    """Makes programs that write down what they are given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, name: str, *, code: int = 0, wait: bool = False) -> None:
        path = self.folder / name
        script = [
            "#!/bin/sh",
            f'printf "%s\\n" "$@" >> "{self.folder}/{name}.arguments"',
            f'/bin/cat >> "{self.folder}/{name}.input"',
            "exec /bin/sleep 1000" if wait else f"exit {code}",
        ]
        path.write_text("\n".join(script) + "\n")
        path.chmod(0o755)

    def arguments(self, name: str) -> list[str]:
        path = self.folder / f"{name}.arguments"
        return path.read_text().splitlines() if path.exists() else []

    def given(self, name: str) -> str:
        path = self.folder / f"{name}.input"
        return path.read_text() if path.exists() else ""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """The only programs on PATH; a Linux without Qt's speech module."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(voice, "find_spec", lambda _: None)
    return Programs(folder)


@pytest.fixture
def speak(programs: Programs) -> Iterator[Make]:
    """Makes a voice of the programs that are there by then; silent after the test."""
    made: list[SystemVoice] = []

    def make() -> SystemVoice:
        made.append(SystemVoice())
        return made[-1]

    yield make
    for speaker in made:
        speaker.stop()


def test_the_text_goes_to_standard_input_as_it_is(
    qtbot: QtBot, programs: Programs, speak: Make
) -> None:
    programs.add("espeak-ng")
    speaker = speak()
    assert speaker.name == "espeak-ng"
    speaker.say(NASTY)
    qtbot.waitUntil(lambda: programs.given("espeak-ng") == NASTY, timeout=PATIENCE)
    assert programs.arguments("espeak-ng") == ["--stdin"]
    assert not Path("gone").exists()
    assert not (programs.folder / "gone").exists()


def test_a_text_that_looks_like_an_option_is_spoken(
    qtbot: QtBot, programs: Programs, speak: Make
) -> None:
    programs.add("spd-say")
    speaker = speak()
    speaker.say(f"--cancel {NASTY}")
    expected = ["--wait", "--", f"--cancel {NASTY}"]
    qtbot.waitUntil(lambda: programs.arguments("spd-say") == expected, timeout=PATIENCE)


def test_a_program_that_fails_leaves_the_text_to_the_next(
    qtbot: QtBot, programs: Programs, speak: Make
) -> None:
    programs.add("spd-say", code=1)
    programs.add("espeak")
    speaker = speak()
    assert speaker.name == "spd-say"
    speaker.say("hi")
    qtbot.waitUntil(lambda: programs.given("espeak") == "hi", timeout=PATIENCE)
    assert speaker.name == "espeak"


def test_when_all_fail_the_window_says_so(
    qtbot: QtBot, programs: Programs, make_window: Callable[[], MainWindow]
) -> None:
    programs.add("espeak-ng", code=1)
    window = make_window()
    window.composer.field.type("A")
    window.user_actions.text.speak.trigger()
    qtbot.waitUntil(lambda: "no voice" in window.banner.text, timeout=PATIENCE)
    assert not window.user_actions.text.speak.isEnabled()


def test_the_button_names_the_voice_and_speaks_words(
    qtbot: QtBot, programs: Programs, make_window: Callable[[], MainWindow]
) -> None:
    programs.add("espeak-ng")
    window = make_window()
    for letter in "HI":
        window.composer.field.type(letter)
    action = window.user_actions.text.speak
    assert "espeak-ng" in action.toolTip()
    action.trigger()
    qtbot.waitUntil(lambda: programs.given("espeak-ng") == "hi", timeout=PATIENCE)


def test_another_text_and_the_end_stop_the_one_before(
    qtbot: QtBot, programs: Programs, speak: Make
) -> None:
    programs.add("spd-say", wait=True)
    speaker = speak()
    speaker.say("first")
    qtbot.waitUntil(lambda: "first" in programs.arguments("spd-say"), timeout=PATIENCE)
    speaker.say("second")
    qtbot.waitUntil(lambda: "second" in programs.arguments("spd-say"), timeout=PATIENCE)
    speaker.stop()
    # The service that speaks is told, too.
    qtbot.waitUntil(lambda: programs.arguments("spd-say").count("--cancel") == 2, timeout=PATIENCE)


@pytest.mark.parametrize(
    ("platform", "names"),
    [("darwin", ["say"]), ("win32", ["powershell"]), ("linux", ["spd-say", "espeak-ng"])],
)
def test_each_system_has_its_own(
    programs: Programs, monkeypatch: pytest.MonkeyPatch, platform: str, names: list[str]
) -> None:
    for name in ("say", "powershell", "spd-say", "espeak-ng"):
        programs.add(name)
    monkeypatch.setattr(sys, "platform", platform)
    assert [program.name for program in system_voice.installed()] == names


def test_no_text_is_part_of_a_command() -> None:
    for program in (*sum(system_voice._PROGRAMS.values(), ()), *system_voice._OTHERS):
        assert isinstance(program, Program)
        # By standard input, or after the end of the options.
        assert not program.by_argument or program.arguments[-1] == "--"


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_espeak_makes_sound_of_it(tmp_path: Path) -> None:
    (program,) = (p for p in system_voice._OTHERS if p.name == "espeak-ng")
    sound = tmp_path / "sound.wav"
    command = [program.path, *program.arguments, "-w", str(sound)]
    subprocess.run(command, input=b"hello; $(exit)", check=True, timeout=PATIENCE_SECONDS)
    with wave.open(str(sound)) as file:
        assert file.getnframes() / file.getframerate() > 0.5
