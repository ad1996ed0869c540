"""What the app remembers between starts. The only user of QSettings."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from asl_desktop.hand_box import HandBox
from asl_desktop.language import Language
from trainer.recognition.steady import Pace
from trainer.support import atomic
from trainer.support.paths import SIGN_MNIST_WEIGHTS, asset

ORGANISATION = "ASL Desktop"
APPLICATION = "asl-desktop"

_RECENT = 5
"""Weight files, and sources, that are remembered."""

TEXT_SIZES = (80, 90, 100, 115, 130, 150)
"""In percent of the system's."""

_DAILY_GOAL = 20
"""Letters a day, before the learner chooses."""


class Theme(StrEnum):
    """Which colours the app uses."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Settings:
    """Typed settings; missing, damaged or invalid values give the default."""

    def __init__(self) -> None:
        self._store = _open()

    @property
    def theme(self) -> Theme:
        """Follows the system unless the user chose."""
        text = self._text("theme")
        return Theme(text) if text in {theme.value for theme in Theme} else Theme.SYSTEM

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._store.setValue("theme", theme.value)

    @property
    def language(self) -> Language:
        """The system's, unless the user chose."""
        text = self._text("language")
        known = {language.value for language in Language}
        return Language(text) if text in known else Language.SYSTEM

    @language.setter
    def language(self, language: Language) -> None:
        self._store.setValue("language", language.value)

    def mirrored(self, camera: bool) -> bool:
        """Whether the preview is a mirror: for cameras yes, for all else no, unless chosen."""
        text = self._text(self._mirror_key(camera))
        return text == "true" if text in ("true", "false") else camera

    def set_mirrored(self, camera: bool, mirrored: bool) -> None:
        """Remembers the choice for cameras, or for all other sources."""
        self._store.setValue(self._mirror_key(camera), "true" if mirrored else "false")

    @property
    def box(self) -> HandBox:
        """The hand box where the user left it."""
        try:
            x, y, side = (float(part) for part in self._text("box").split())
            return HandBox(x, y, side)
        except ValueError:
            return HandBox()

    @box.setter
    def box(self, box: HandBox) -> None:
        self._store.setValue("box", f"{box.x:.5f} {box.y:.5f} {box.side:.5f}")

    @property
    def following(self) -> bool:
        """Whether the box follows the hand; it does unless the user chose otherwise."""
        return self._text("following") != "false"

    @following.setter
    def following(self, following: bool) -> None:
        self._store.setValue("following", "true" if following else "false")

    @property
    def first_steps_done(self) -> bool:
        """Whether the user has finished or skipped the first steps."""
        return self._text("first-steps-done") == "true"

    @first_steps_done.setter
    def first_steps_done(self, done: bool) -> None:
        self._store.setValue("first-steps-done", "true" if done else "false")

    @property
    def camera(self) -> str:
        """Key of the camera that was used last, or ""."""
        return self._text("camera")

    @camera.setter
    def camera(self, name: str) -> None:
        self._store.setValue("camera", name)

    @property
    def weights(self) -> Path | None:
        """The weight file that was opened last; None for the one that comes with the program."""
        text = self._text("weights")
        path = Path(text) if text else None
        shipped = asset(SIGN_MNIST_WEIGHTS)
        # Its name in earlier versions.
        return shipped if path == shipped.with_name("record.safetensors") else path

    @weights.setter
    def weights(self, path: Path | None) -> None:
        self._store.setValue("weights", str(path) if path else "")

    @property
    def recent_weights(self) -> list[Path]:
        """The weight files used last, the latest first; those that are gone are left out."""
        paths = (Path(text) for text in self._text("recent-weights").splitlines() if text)
        return [path for path in paths if os.path.isfile(path)]

    def add_recent_weights(self, path: Path) -> None:
        """Puts a weight file first in the list."""
        paths = [path, *(other for other in self.recent_weights if other != path)]
        self._store.setValue("recent-weights", "\n".join(map(str, paths[:_RECENT])))

    @property
    def recent_sources(self) -> list[str]:
        """Files, folders and streams that were played last; those that are gone are left out."""
        return [
            text
            for text in self.remembered("recent-sources")
            if "://" in text or os.path.exists(text)
        ]

    def add_recent_source(self, text: str) -> None:
        """Puts a source first in the list."""
        texts = [text, *(other for other in self.recent_sources if other != text)]
        self.remember("recent-sources", texts[:_RECENT])

    def forget_recent(self) -> None:
        """Empties the lists of sources and weight files."""
        self.remember("recent-sources", [])
        self._store.setValue("recent-weights", "")

    @property
    def text_size(self) -> int:
        """Size of all texts, in percent of the system's; one of `TEXT_SIZES`."""
        text = self._text("text-size")
        return int(text) if text in map(str, TEXT_SIZES) else 100

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._store.setValue("text-size", str(percent))

    @property
    def skeleton(self) -> bool:
        """Whether the joints of the hand are drawn."""
        return self._text("skeleton") == "true"

    @skeleton.setter
    def skeleton(self, shown: bool) -> None:
        self._store.setValue("skeleton", "true" if shown else "false")

    @property
    def default_name(self) -> str:
        """Name of the network that the user set as the default, or ""."""
        return self._text("default-name")

    @default_name.setter
    def default_name(self, name: str) -> None:
        self._store.setValue("default-name", name)

    @property
    def typing(self) -> bool:
        """Whether held signs are typed."""
        return self._text("text/typing") != "false"

    @typing.setter
    def typing(self, on: bool) -> None:
        self._store.setValue("text/typing", "true" if on else "false")

    @property
    def corrections(self) -> bool:
        """Whether signed words are corrected at their space."""
        return self._text("text/corrections") != "false"

    @corrections.setter
    def corrections(self, on: bool) -> None:
        self._store.setValue("text/corrections", "true" if on else "false")

    @property
    def continuous(self) -> bool:
        """Whether letters are found without being held."""
        return self._text("text/continuous") == "true"

    @continuous.setter
    def continuous(self, on: bool) -> None:
        self._store.setValue("text/continuous", "true" if on else "false")

    @property
    def accept_by_holding(self) -> bool:
        """Whether a letter that is held on accepts a word; it could by accident."""
        return self._text("text/accept-by-holding") == "true"

    @accept_by_holding.setter
    def accept_by_holding(self, on: bool) -> None:
        self._store.setValue("text/accept-by-holding", "true" if on else "false")

    @property
    def pace(self) -> Pace:
        """How fast the user spells."""
        text = self._text("text/pace")
        return Pace(text) if text in {pace.value for pace in Pace} else Pace.NORMAL

    @pace.setter
    def pace(self, pace: Pace) -> None:
        self._store.setValue("text/pace", pace.value)

    @property
    def text_shown(self) -> bool:
        """Whether the text strip is open."""
        return self._text("text/shown") != "false"

    @text_shown.setter
    def text_shown(self, shown: bool) -> None:
        self._store.setValue("text/shown", "true" if shown else "false")

    @property
    def reduced_motion(self) -> bool | None:
        """Whether to show steps instead of motion; None before the user's choice."""
        text = self._text("reduced-motion")
        return text == "true" if text in ("true", "false") else None

    @reduced_motion.setter
    def reduced_motion(self, reduced: bool) -> None:
        self._store.setValue("reduced-motion", "true" if reduced else "false")

    @property
    def person(self) -> str:
        """Key of the person whose hand it is, or "" for the first one."""
        return self._text("person")

    @person.setter
    def person(self, key: str) -> None:
        self._store.setValue("person", key)

    @property
    def left_handed(self) -> bool:
        """Whether this person signs with the left hand; drawn hands are left hands then."""
        return self._text(self._hand_key(self.person)) == "true"

    @left_handed.setter
    def left_handed(self, left: bool) -> None:
        self._store.setValue(self._hand_key(self.person), "true" if left else "false")

    @property
    def hand_chosen(self) -> bool:
        """Whether this person has chosen a hand."""
        return self._text(self._hand_key(self.person)) != ""

    def forget_hand(self, person: str) -> None:
        """Forgets with which hand a person signs."""
        self._store.remove(self._hand_key(person))

    @property
    def daily_goal(self) -> int:
        """Letters that the learner wants to practise a day; 0 for no goal."""
        text = self._text("practice/daily-goal")
        known = text.isascii() and text.isdigit() and len(text) < 5
        return int(text) if known else _DAILY_GOAL

    @daily_goal.setter
    def daily_goal(self, letters: int) -> None:
        self._store.setValue("practice/daily-goal", str(letters))

    def folder(self, purpose: str) -> str:
        """The folder used last for videos, images or weights, or ""."""
        text = self._text(f"folder/{purpose}")
        return text if os.path.isdir(text) else ""

    def set_folder(self, purpose: str, folder: Path) -> None:
        """Remembers a folder for the next time."""
        self._store.setValue(f"folder/{purpose}", str(folder))

    def remembered(self, name: str) -> list[str]:
        """A list of texts, such as paths of files; empty before the first `remember`."""
        try:
            texts = json.loads(self._text(name))
        except (ValueError, RecursionError):
            return []
        good = isinstance(texts, list) and all(isinstance(text, str) for text in texts)
        return texts if good else []

    def remember(self, name: str, texts: Sequence[str]) -> None:
        """Keeps a list of texts for the next start."""
        self._store.setValue(name, json.dumps(list(texts)))

    @property
    def geometry(self) -> QByteArray:
        """Position and size of the window; Qt rejects invalid values."""
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("geometry", geometry)

    def _text(self, key: str) -> str:
        value = self._store.value(key)
        return value if isinstance(value, str) else ""

    @staticmethod
    def _hand_key(person: str) -> str:
        # The first person's name of old.
        return f"{person}/left-handed" if "/" in person else "practice/left-handed"

    @staticmethod
    def _mirror_key(camera: bool) -> str:
        return "mirror/cameras" if camera else "mirror/others"


def _open() -> QSettings:
    """The settings' file; one that Qt cannot read in full is renamed before anything is written."""
    # Another name in the same folder: Qt would wait for a pipe in place of the file.
    path = Path(_store("folder").fileName()).with_name(f"{APPLICATION}.ini")
    if path.is_fifo():
        _put_aside(path)
    store = _store(APPLICATION)
    if store.status() is QSettings.Status.FormatError:
        _put_aside(path)
    return store


def _store(application: str) -> QSettings:
    return QSettings(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, ORGANISATION, application
    )


def _put_aside(path: Path) -> None:
    # Settings are no work of the user's: a folder that cannot be written to costs no sentence.
    with suppress(OSError):
        atomic.put_aside(path)
