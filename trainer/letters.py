"""The 24 letters, and the two ways in which CSV files number them."""

from __future__ import annotations

from enum import StrEnum

LETTERS = "ABCDEFGHIKLMNOPQRSTUVWXY"
"""Class index 0–23 → letter. J and Z are left out: signing them takes a movement."""

CLASSES = len(LETTERS)

NO_SIGN = CLASSES
"""Class index, behind the letters, of images that show none of them. Not every network has it."""

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""All letters, J and Z among them."""


class Convention(StrEnum):
    """How the `label` column of a CSV file numbers the letters."""

    GAP = "gap"
    """0–24 by place in the alphabet, so that 9 (J) never occurs: Kaggle's own files."""

    NO_GAP = "no-gap"
    """0–23 without a hole, so that 9 is K: the class indices that the network uses."""

    def class_of(self, label: int) -> int | None:
        """Class index 0–23 of a label, or None where this convention has no such label."""
        if self is Convention.NO_GAP:
            return label if 0 <= label < CLASSES else None
        if not 0 <= label < len(ALPHABET):
            return None
        index = LETTERS.find(ALPHABET[label])
        return index if index >= 0 else None

    def label_of(self, index: int) -> int:
        """The label that stands for class `index` in a file of this convention."""
        return index if self is Convention.NO_GAP else ALPHABET.index(LETTERS[index])

    @property
    def meaning(self) -> str:
        """One phrase for messages and logs."""
        if self is Convention.GAP:
            return "labels 0–24 without 9 (10 is K)"
        return "labels 0–23 without a gap (9 is K)"
