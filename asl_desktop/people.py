"""Whose hand it is: the people of this computer, and which of them signs now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from asl_desktop.settings import Settings
from trainer.samples import people
from trainer.samples.people import Person


class People(QObject):
    """The people, of whom one is chosen.

    Args:
        settings: Remembers the choice and with which hand each one signs.
        data: The user's data.
        parent: Qt's parent.
    """

    chosen = Signal()
    """Another person signs now."""

    changed = Signal()
    """A person came, went, or is called otherwise."""

    leaving = Signal()
    """The one who signs is about to be deleted."""

    def __init__(self, settings: Settings, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._people = people.People(data)
        if self.current.key not in (settings.person, people.FIRST):
            settings.person = self.current.key

    @property
    def listed(self) -> list[Person]:
        """All of them, in the order in which they came."""
        return self._people.listed()

    @property
    def current(self) -> Person:
        """Who signs now."""
        listed, key = self.listed, self._settings.person
        return next((person for person in listed if person.key == key), listed[0])

    def name_of(self, person: Person) -> str:
        """What a person is called; the first one need not have said."""
        if person.name:
            return person.name
        if person.key == self.listed[0].key:
            return self.tr("My hand")
        return self.tr("Person {0}").replace("{0}", person.folder.name)

    def of_network(self, path: Path) -> Person | None:
        """Whose network a weight file is."""
        return next((person for person in self.listed if person.network == path), None)

    def choose(self, person: Person) -> None:
        """From now on this person signs."""
        # Not `current`: a first one without data is gone as soon as another comes.
        if person.key != (self._settings.person or people.FIRST):
            self._settings.person = person.key
            self.chosen.emit()

    def add(self, name: str) -> None:
        """A new person, who signs from now on.

        Raises:
            UserError: The name is none, or there is no place.
        """
        person = self._people.add(name)
        self._settings.forget_hand(person.key)
        self._come(person)

    def rename(self, name: str) -> None:
        """Calls the one who signs by another name.

        Raises:
            UserError: The name is none, or cannot be kept.
        """
        self._people.rename(self.current, name)
        self.changed.emit()

    def save(self, path: Path) -> None:
        """Writes the one who signs as a file.

        Raises:
            UserError: It cannot be written.
        """
        left = self._settings.left_handed if self._settings.hand_chosen else None
        self._people.export(self.current, left, path)

    def add_from(self, path: Path) -> None:
        """Adds the person of a file, who signs from now on.

        Raises:
            UserError: It is no such file, or damaged.
        """
        person, left = self._people.add_from(path)
        self._settings.forget_hand(person.key)
        self._come(person)
        if left is not None:
            self._settings.left_handed = left
            self.chosen.emit()

    def delete(self) -> None:
        """Deletes all of the one who signs, for good; the first of the others signs then.

        Raises:
            UserError: A file cannot be deleted.
        """
        gone = self.current
        self.leaving.emit()
        self._people.delete(gone)
        self._settings.forget_hand(gone.key)
        self._settings.person = self.listed[0].key
        self.chosen.emit()
        self.changed.emit()

    def sweep(self) -> None:
        """Removes what is left of people who are gone."""
        self._people.sweep()

    def _come(self, person: Person) -> None:
        self.choose(person)
        self.changed.emit()
