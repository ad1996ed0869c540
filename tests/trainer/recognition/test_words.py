from __future__ import annotations

from pathlib import Path

import pytest

from trainer.recognition.words import ENGLISH, NAMES, SPANISH, in_case_of, word_list
from trainer.support.errors import UserError
from trainer.support.paths import asset


@pytest.mark.parametrize(
    ("letters", "word", "written"),
    [
        ("hel", "hello", "hello"),
        ("HEL", "hello", "HELLO"),
        ("Hel", "hello", "Hello"),
        ("H", "hello", "HELLO"),
        ("mar", "Maria", "Maria"),
        ("MAR", "Maria", "MARIA"),
        ("DO", "don't", "DON'T"),
    ],
)
def test_a_word_takes_the_case_of_its_letters(letters: str, word: str, written: str) -> None:
    assert in_case_of(letters, word) == written


@pytest.mark.parametrize("name", [ENGLISH, SPANISH, NAMES])
def test_the_lists_are_large_and_have_no_word_twice(name: str) -> None:
    words = word_list(asset(name))
    assert len(words) >= 5000
    assert len(set(words)) == len(words)


def test_a_list_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="none"):
        word_list(tmp_path / "none")
    (tmp_path / "bad").write_bytes(b"\xff\xfe")
    with pytest.raises(UserError, match="bad"):
        word_list(tmp_path / "bad")
