"""The 24 letters, and the two ways in which CSV files number them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from trainer.support.errors import UserError

LETTERS = "ABCDEFGHIKLMNOPQRSTUVWXY"
"""Class index 0–23 → letter. J and Z are left out: signing them takes a movement."""

CLASSES = len(LETTERS)

NO_SIGN = CLASSES
"""Class index, behind the letters, of images that show none of them. Not every network has it."""

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


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


def decide_convention(labels: Iterable[int], where: str) -> Convention:
    """The only convention that fits the labels of one file.

    The rule: 24 occurs only where there is a gap, 9 only where there is none.

    Args:
        labels: The label column.
        where: The file's name, for the message.

    Raises:
        UserError: Both 9 and 24 occur, or neither does. In the second case the file fits both
            conventions, and reading one as the other turns K into L, so the user has to say.
    """
    seen = set(labels)
    if 9 in seen and 24 in seen:
        raise UserError(
            f"{where}: the labels 9 and 24 both occur, which no convention allows: with a gap "
            "there is no 9, without one there is no 24. Correct the label column."
        )
    if 24 in seen:
        return Convention.GAP
    if 9 in seen:
        return Convention.NO_GAP
    raise UserError(
        f"{where}: neither label 9 nor label 24 occurs, so the labels fit both conventions and K "
        "could be taken for L. Say which one it is: "
        f"--labels {Convention.GAP} for {Convention.GAP.meaning}, "
        f"--labels {Convention.NO_GAP} for {Convention.NO_GAP.meaning}."
    )
