"""All actions of the app: menus, buttons and the list of shortcuts are made from them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from asl_desktop.language import Language
from asl_desktop.settings import Theme

SUGGESTIONS = 3

Keys = str | QKeySequence.StandardKey


class Actions(QObject):
    """The app's actions with names and shortcuts; the parts that perform them connect to them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.open_weights = self._make(
            self.tr("Open &weights…"), "Ctrl+L", self.tr("Read with another network")
        )
        self.shipped_weights = self._make(
            self.tr("Use the &shipped weights"),
            "Ctrl+Shift+L",
            self.tr("Read with the network that comes with the program"),
        )
        self.sign_mnist_weights = self._make(
            self.tr("Use the Sign Language &MNIST network"),
            "Ctrl+Alt+L",
            self.tr("Read with the fully-connected network for Sign Language MNIST"),
        )
        self.weights_info = self._make(
            self.tr("Weights &info"), "Ctrl+I", self.tr("What the network is and how it was made")
        )
        self.preferences = self._make(
            self.tr("Pr&eferences…"), "Ctrl+,", self.tr("How the program looks and works")
        )
        self.preferences.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.quit = self._make(self.tr("&Quit"), "Ctrl+Q", self.tr("Close the program"))
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

        self.first_camera = self._make(
            self.tr("Use the &camera"), "Ctrl+K", self.tr("The camera used last, or the first one")
        )
        self.open_file = self._make(
            self.tr("&Open a file…"),
            "Ctrl+O",
            self.tr("A video, an image, a data set, or the weights of a network"),
        )
        self.open_folder = self._make(
            self.tr("Open &folder…"), "Ctrl+D", self.tr("Read a folder, one image per second")
        )
        self.open_stream = self._make(
            self.tr("Open &stream…"), "Ctrl+U", self.tr("Play the stream of a network camera")
        )
        self.demo = self._make(
            self.tr("Play the &demo clip"),
            "Ctrl+E",
            self.tr("A drawn hand that spells, for a first look without a camera"),
        )

        self.mirror = self._make(
            self.tr("&Mirror"),
            "Ctrl+M",
            self.tr("Show the image as a mirror does; the network always reads it unmirrored"),
            checkable=True,
        )
        self.freeze = self._make(
            self.tr("&Freeze"),
            "Ctrl+F",
            self.tr("Freeze the image; other programs can use the camera meanwhile"),
            checkable=True,
        )
        self.follow = self._make(
            self.tr("Follo&w"),
            "Ctrl+H",
            self.tr("Keep the box on the hand; moving the box yourself ends it"),
            checkable=True,
        )
        self.reset_box = self._make(self.tr("&Reset box"), "Ctrl+0", self.tr("Centre the hand box"))
        self.focus_box = self._make(
            self.tr("Move the hand &box"),
            "Ctrl+B",
            self.tr("Go to the hand box, then use the arrow keys"),
        )
        self.skeleton = self._make(
            self.tr("S&keleton"),
            "Ctrl+G",
            self.tr("Draw the joints of the hand over the image, where the network finds them"),
            checkable=True,
        )
        self.large_letters = self._make(
            self.tr("L&arge letters"),
            "F11",
            self.tr("Letter, text and image on the whole screen, for a class or a counter"),
        )
        self.full_screen = self._make(
            self.tr("F&ull screen"), "Shift+F11", self.tr("Use the whole screen"), checkable=True
        )
        self.reduce_motion = self._make(
            self.tr("Reduce m&otion"),
            "",
            self.tr("Show steps instead of motion"),
            checkable=True,
        )
        group = QActionGroup(self)
        self.themes = {
            Theme.SYSTEM: self._make(self.tr("&System"), "", "", checkable=True),
            Theme.LIGHT: self._make(self.tr("&Light"), "", "", checkable=True),
            Theme.DARK: self._make(self.tr("&Dark"), "", "", checkable=True),
        }
        for action in self.themes.values():
            group.addAction(action)

        languages = QActionGroup(self)
        # Each language under its own name, for users who cannot read the current one.
        self.languages = {
            Language.SYSTEM: self._make(self.tr("S&ystem"), "", "", checkable=True),
            Language.ENGLISH: self._make("&English", "", "", checkable=True),
            Language.SPANISH: self._make("E&spañol", "", "", checkable=True),
        }
        for action in self.languages.values():
            languages.addAction(action)

        self.text = TextActions(self._make, self)
        self.edit = EditActions(self._make, self)

        self.first_steps = self._make(
            self.tr("&First steps"), "", self.tr("Camera, hand and a first letter, step by step")
        )
        self.guide = self._make(self.tr("&User guide"), "F1", self.tr("How to use the program"))
        self.shortcuts = self._make(
            self.tr("&Keyboard shortcuts"), "Ctrl+F1", self.tr("All keyboard shortcuts")
        )
        self.report = self._make(
            self.tr("&Report a problem…"),
            "",
            self.tr("Versions and log, to copy into a message; nothing is sent"),
        )
        self.log_folder = self._make(
            self.tr("Open the &log folder"), "", self.tr("Where the program writes its log")
        )
        self.about = self._make(self.tr("&About ASL Desktop"), "", "")
        self.about.setMenuRole(QAction.MenuRole.AboutRole)

    @property
    def sources(self) -> list[QAction]:
        """The kinds of sources, without the individual cameras."""
        return [
            self.first_camera,
            self.open_file,
            self.open_folder,
            self.open_stream,
            self.demo,
        ]

    @property
    def for_text(self) -> list[QAction]:
        """What is done with text."""
        return [*self.text.all, *self.edit.all]

    @property
    def with_shortcuts(self) -> list[QAction]:
        """The actions in the list of shortcuts."""
        return [
            *self.sources,
            self.freeze,
            self.mirror,
            self.focus_box,
            self.follow,
            self.reset_box,
            self.skeleton,
            self.large_letters,
            self.full_screen,
            *(action for action in self.text.all if keys(action)),
            *self.edit.all,
            self.open_weights,
            self.shipped_weights,
            self.sign_mnist_weights,
            self.weights_info,
            self.preferences,
            self.guide,
            self.shortcuts,
            self.quit,
        ]

    def _make(self, text: str, keys: Keys, hint: str, *, checkable: bool = False) -> QAction:
        # A text among its arguments would make PySide name all icons, in case it is one.
        action = QAction(self)
        action.setText(text)
        action.setCheckable(checkable)
        shortcut = QKeySequence(keys)
        action.setShortcut(shortcut)
        shown = shortcut.toString(QKeySequence.SequenceFormat.NativeText)
        if hint:
            action.setToolTip(f"{hint} ({shown})" if shown else hint)
            action.setStatusTip(hint)
        return action


class TextActions(QObject):
    """Actions of the Text menu and of the text strip.

    Args:
        make: Makes an action of text, shortcut and hint; `checkable` is its one keyword.
        parent: Qt's parent.
    """

    def __init__(self, make: Callable[..., QAction], parent: QObject) -> None:
        super().__init__(parent)
        self.type_by_signing = make(
            self.tr("&Type by signing"),
            "Ctrl+T",
            self.tr("Add a letter to the text when its sign is held"),
            checkable=True,
        )
        self.show_strip = make(
            self.tr("Show the te&xt"),
            "Ctrl+Shift+T",
            self.tr("Show the text below the image"),
            checkable=True,
        )
        self.continuous = make(
            self.tr("Spell &without holding"),
            "",
            self.tr("Find the letters in the movement; the word is typed when the hand is away"),
            checkable=True,
        )
        self.correct = make(
            self.tr("Correct wo&rds"),
            "",
            self.tr("Replace a signed word by the one that it probably is, at its space"),
            checkable=True,
        )
        self.accept_by_holding = make(
            self.tr("Accept by &holding"),
            "",
            self.tr("Accept suggestion 1 by holding the last letter for longer"),
            checkable=True,
        )
        self.edit = make(
            self.tr("&Go to the text"), "Ctrl+J", self.tr("Edit the text with the keyboard")
        )
        self.suggestions = [
            make(
                self.tr("Accept suggestion &{0}").replace("{0}", str(number)),
                f"Alt+{number}",
                self.tr("Use this word in place of the letters"),
            )
            for number in range(1, SUGGESTIONS + 1)
        ]
        self.space = make(self.tr("&Space"), "Shift+Space", self.tr("Add a space to the text"))
        self.delete = make(
            self.tr("&Delete"), "Shift+Backspace", self.tr("Delete the letter before the cursor")
        )
        self.clear = make(
            self.tr("&Clear"),
            "Ctrl+Shift+Backspace",
            self.tr("Delete the whole text; can be undone"),
        )
        self.speak = make(self.tr("S&peak"), "Ctrl+Shift+S", self.tr("Read the text aloud"))
        self.copy = make(
            self.tr("C&opy all"), "Ctrl+Shift+C", self.tr("Copy the whole text for other programs")
        )
        self.save = make(self.tr("S&ave…"), "Ctrl+S", self.tr("Save the text as a file"))

    @property
    def groups(self) -> list[list[QAction]]:
        """The actions by section of the menu."""
        return [
            [self.type_by_signing, self.continuous, self.show_strip, self.edit],
            [*self.suggestions, self.correct, self.accept_by_holding],
            [self.space, self.delete, self.clear],
            [self.speak, self.copy, self.save],
        ]

    @property
    def switches(self) -> list[QAction]:
        """The actions that are on or off."""
        return [action for action in self.all if action.isCheckable()]

    @property
    def all(self) -> list[QAction]:
        """All text actions."""
        return [action for group in self.groups for action in group]


class EditActions(QObject):
    """Actions of the Edit menu, for the field that has the keyboard focus.

    Args:
        make: As of `TextActions`.
        parent: Qt's parent.
    """

    def __init__(self, make: Callable[..., QAction], parent: QObject) -> None:
        super().__init__(parent)
        key = QKeySequence.StandardKey
        self.undo = make(self.tr("&Undo"), key.Undo, self.tr("Undo the last change"))
        self.redo = make(self.tr("&Redo"), key.Redo, self.tr("Make the last change again"))
        self.cut = make(self.tr("Cu&t"), key.Cut, self.tr("Move what is selected elsewhere"))
        self.copy = make(self.tr("&Copy"), key.Copy, self.tr("Copy what is selected"))
        self.paste = make(self.tr("&Paste"), key.Paste, self.tr("Insert what was copied"))
        self.select_all = make(
            self.tr("Select &all"), key.SelectAll, self.tr("Select the whole text")
        )

    @property
    def all(self) -> list[QAction]:
        """All edit actions."""
        return [self.undo, self.redo, self.cut, self.copy, self.paste, self.select_all]


def plain_name(action: QAction) -> str:
    """An action's text without mnemonic and ellipsis."""
    return action.text().replace("&", "").rstrip("…")


def keys(action: QAction) -> str:
    """An action's shortcut in the notation of this system."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
