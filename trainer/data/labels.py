"""What the labels of a data set mean: one mapper for tables, folders, file names and annotations.

A letter is written as `A`, `a`, `letter_a`, 0 or 0.0. The letters are numbered in two ways (see
`Convention`), with or without J and Z, with or without the classes of ASL Alphabet that are no
letters (del, nothing, space). A number alone says nothing: 10 is K in one numbering and L in the
other, so the mapper sees all labels of a data set at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trainer.letters import ALPHABET, CLASSES, LETTERS, NO_SIGN, Convention
from trainer.support.errors import UserError

_BACKGROUND = re.compile(
    "nothing|none|blank|empty|background|negative|no(sign|gesture|hands?|letter)"
)
"""Class names of images that show no sign."""

_OTHER_SIGN = re.compile("space|del|delete|backspace")
"""Class names of signs that are no letter."""

_AROUND = re.compile(
    "letters?|label|class|category|symbol|character|char|signs?|asl|alphabet|hand|gesture|"
    "train|training|val|valid|validation|test|samples?|images?|img|photos?|"
    "letras?|clases?|signos?|abecedario|alfabeto|mano|gesto|muestras?|fotos?"
)
"""English and Spanish words beside a letter that say nothing about it: `letter_a`, `A_test`."""

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W_]+")
_NUMBER = re.compile(r"(?:(?:class|label|letter|sign)[\s_-]*)?([0-9]{1,9})(?:\.0*)?", re.IGNORECASE)

_LAST = len(ALPHABET) + 2
"""The highest number of the 29 classes of ASL Alphabet: A–Z, then del, nothing and space, whose
order differs from copy to copy."""

_SHOWN = 40
"""Characters of a label, and of a list of labels, that a message repeats."""


class LabelError(UserError):
    """A label does not fit the others, or the convention that the user stated.

    Args:
        where: The file or folder.
        label: The label, as it stands there.
        reason: What is wrong with it, after "`where`: the label `label` ".
    """

    def __init__(self, where: str, label: str, reason: str) -> None:
        super().__init__(f"{where}: the label {label[:_SHOWN]} {reason}")
        self.label = label
        self.reason = reason


@dataclass(frozen=True)
class LabelMap:
    """The meaning of every label of a data set.

    Attributes:
        classes: Label → class index 0–23, `NO_SIGN`, or None for what is no still letter.
        note: What was assumed, as a phrase for the user.
        unknown: Labels that no rule understands. They are None in `classes`, too; whether they are
            left out or refused is for the caller to say.
        number_of_a: The number from which the alphabet is counted; None where letters are labels.
    """

    classes: Mapping[str, int | None]
    note: str
    unknown: frozenset[str] = frozenset()
    number_of_a: int | None = None

    def left_out(self, counts: Mapping[str, int], things: str, *, no_sign: bool = False) -> str:
        """A sentence on what is not used, such as "2 rows of J and Z were left out."; or "".

        Args:
            counts: How many images have each label.
            things: What is counted: "rows", "images".
            no_sign: Whether images without a sign are left out, too.
        """
        none = [None, NO_SIGN] if no_sign else [None]
        out = [label for label, n in counts.items() if n and self.classes[label] in none]
        if not out:
            return ""
        out.sort(key=lambda label: (label in self.unknown, _number(label) or 0, label))
        total = sum(counts[label] for label in out)
        verb = "was" if total == 1 else "were"
        things = things.removesuffix("s") if total == 1 else things
        return f"{total:,} {things} of {_listed(map(self._name, out))} {verb} left out."

    def _name(self, label: str) -> str:
        number = _number(label)
        if number is None or self.number_of_a is None:
            return repr(label[:_SHOWN]) if label in self.unknown else label[:_SHOWN]
        index = number - self.number_of_a
        return ALPHABET[index] if index < len(ALPHABET) else f"class {number}"


def map_labels(
    labels: Iterable[str],
    where: str,
    convention: Convention | None = None,
    *,
    without_j: bool = False,
) -> LabelMap:
    """The meaning of all labels that occur in a data set.

    Letters, lower case and class names speak for themselves. Numbers are 0–25 in the order of the
    alphabet, with J and Z or without them; 0–23 for the 24 still letters; or 0–28 for the classes
    of ASL Alphabet. 24 and more occur only in the order of the alphabet. 1–26 counts from 1.

    Args:
        labels: Every label that occurs; repetitions do no harm.
        where: The file or folder, for messages.
        convention: How numbers stand for letters, as the user said; None: decided by the labels.
        without_j: Whether the data come from Sign Language MNIST, which has no J, so that a 9 means
            K, and the numbers have no gap. Elsewhere a 9 may be J and decides nothing.

    Raises:
        LabelError: A number fits no numbering, or not the one that was stated.
        UserError: The labels fit two numberings and none was stated, or none of them is understood.
    """
    seen = sorted(set(labels))
    numbers = {label: number for label in seen if (number := _number(label)) is not None}
    letters = [label for label in seen if label not in numbers and letter_of(label)]
    names = {label: _class_of_name(label) for label in seen if label not in numbers}
    if len(letters) > len(numbers):
        # Numbers beside letters are the signs of digits.
        digits: dict[str, int | None] = {
            label: None if number <= 9 else _UNKNOWN for label, number in numbers.items()
        }
        return _label_map(names | digits, "labels are letters")
    if numbers:
        found = _by_number(numbers, where, convention, without_j=without_j)
        names |= dict.fromkeys(letters, _UNKNOWN)
        return _label_map(names | dict(found.classes), found.note, found.number_of_a)
    if all(index == _UNKNOWN for index in names.values()):
        raise UserError(
            f"{where}: none of the labels ({_listed(seen)}) is a letter. Expected are A–Y, or "
            "numbers from 0 to 25."
        )
    return _label_map(names, "labels are names")


_UNKNOWN = -1


def _label_map(
    classes: Mapping[str, int | None], note: str, number_of_a: int | None = None
) -> LabelMap:
    unknown = frozenset(label for label, index in classes.items() if index == _UNKNOWN)
    return LabelMap(dict(classes) | dict.fromkeys(unknown), note, unknown, number_of_a)


def _by_number(
    numbers: Mapping[str, int], where: str, convention: Convention | None, *, without_j: bool
) -> LabelMap:
    """Classes of numbers, and what was assumed.

    Raises:
        LabelError: A number fits no numbering, or not the stated one.
        UserError: Two numberings fit.
    """
    values = set(numbers.values())
    highest = _LAST if convention is not Convention.NO_GAP else CLASSES - 1
    for label, number in numbers.items():
        if number > highest:
            raise LabelError(where, label, _unfit(convention))
    how = "as you said" if convention else "decided from the labels that occur"
    number_of_a = 0
    if convention:
        meaning = convention.meaning
    elif values == set(range(1, len(ALPHABET) + 1)):
        convention, number_of_a = Convention.GAP, 1
        meaning = "labels 1–26 in the order of the alphabet (11 is K)"
    elif max(values) < ALPHABET.index("J"):
        convention, meaning = Convention.GAP, f"labels 0–{max(values)} (0 is A)"
    else:
        convention = _decided(values, where, without_j=without_j)
        meaning = convention.meaning
    if number_of_a == 0 and any(convention.class_of(value) is None for value in values):
        meaning = f"labels 0–{max(25, *values)} in the order of the alphabet (10 is K)"
    classes = {label: convention.class_of(n - number_of_a) for label, n in numbers.items()}
    return LabelMap(classes, f"{meaning}; {how}", frozenset(), number_of_a)


def _unfit(convention: Convention | None) -> str:
    if convention is None:
        return (
            f"fits no numbering of the letters: the highest is {_LAST}. Correct it, or write "
            "letters instead."
        )
    return (
        f"does not occur among the {convention.meaning}. Correct it, or choose the other "
        "convention."
    )


def _decided(values: set[int], where: str, *, without_j: bool) -> Convention:
    """The only convention that fits some numbers, of which one is 9 or more.

    Raises:
        UserError: Both do, or the numbers seem to count from 1.
    """
    if 0 not in values and (
        values in _FROM_ONE or (len(ALPHABET) in values and max(values) == len(ALPHABET))
    ):
        raise UserError(
            f"{where}: the labels {min(values)}–{max(values)} lack the letter A (0) or count from "
            "1. Write letters instead, or, if 0 is A, say so by "
            f"--labels {Convention.GAP} ({Convention.GAP.meaning}) or "
            f"--labels {Convention.NO_GAP} ({Convention.NO_GAP.meaning})."
        )
    if max(values) >= CLASSES:
        return Convention.GAP
    if without_j and ALPHABET.index("J") in values:
        return Convention.NO_GAP
    missing = "no label 24 occurs" if 9 in values else "neither label 9 nor label 24 occurs"
    raise UserError(
        f"{where}: {missing}, so the labels fit both "
        "conventions and K could be taken for L. Say which one it is: "
        f"--labels {Convention.GAP} for {Convention.GAP.meaning}, "
        f"--labels {Convention.NO_GAP} for {Convention.NO_GAP.meaning}."
    )


_FROM_ONE = (
    set(range(1, CLASSES + 1)),
    set(range(1, CLASSES + 2)),
    set(range(1, CLASSES + 2)) - {ALPHABET.index("J") + 1},
)
"""What the 24 letters, and A–Y with and without J, would be if they were counted from 1."""


def _number(label: str) -> int | None:
    """The number that a label is, such as 3, 03, 3.0 or class_3."""
    found = _NUMBER.fullmatch(label.strip())
    return int(found[1]) if found else None


def letter_of(label: str) -> str | None:
    """The letter A–Z that a label names, such as A, a, letter_a, A_test or A12."""
    words = [word for word in _core(_words(label)) if not word.isdecimal()]
    if len(words) == 1 and words[0] in _LETTERS:
        return words[0].upper()
    return None


_LETTERS = frozenset(ALPHABET + ALPHABET.lower())


def _words(label: str) -> list[str]:
    """The words of a label, which capitals and signs between them separate."""
    return [str(word) for word in _WORDS.findall(label)]


def _class_of_name(label: str) -> int | None:
    """Class index, `NO_SIGN`, None for another sign that is known, or `_UNKNOWN`."""
    letter = letter_of(label)
    if letter is not None:
        return LETTERS.index(letter) if letter in LETTERS else None
    words = _words(label.lower())
    for name in ("".join(words), "".join(_core(words))):
        if _BACKGROUND.fullmatch(name):
            return NO_SIGN
        if _OTHER_SIGN.fullmatch(name):
            return None
    return _UNKNOWN


def _core(words: list[str]) -> list[str]:
    return [word for word in words if not _AROUND.fullmatch(word.lower())]


def _listed(labels: Iterable[str]) -> str:
    """Names for a sentence, the first few of them."""
    names = list(dict.fromkeys(label[: _SHOWN + 2] for label in labels))
    shown = names[:6]
    if len(names) > len(shown):
        return f"{', '.join(shown)} and {len(names) - len(shown)} others"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
