"""The order in which people expect names: 2 before 10."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

_DIGITS = re.compile(r"(\d+)")


def natural(path: Path) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """A key for `sorted` that compares the numbers in the parts of a path by value."""
    return tuple(map(_part, path.parts))


def natural_name(name: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """Likewise of a path with slashes, for those who have thousands."""
    return tuple(map(_part, name.split("/")))


@lru_cache(10_000)
def _part(name: str) -> tuple[tuple[int, int, str], ...]:
    pieces = _DIGITS.split(name)
    return tuple(
        _number(piece) if number % 2 else (1, 0, piece)
        for number, piece in enumerate(pieces)
        if piece
    )


def _number(digits: str) -> tuple[int, int, str]:
    """A key of digits of any script by their value; `int` refuses more than some thousands."""
    value = "".join(str(int(digit)) for digit in digits).lstrip("0")
    # 01 and 1 differ by their text.
    return 0, len(value), value + digits
