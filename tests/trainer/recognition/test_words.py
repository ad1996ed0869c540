from __future__ import annotations

from pathlib import Path

import pytest

from trainer.recognition.words import Words
from trainer.support.errors import UserError

FEW = Words(["the", "that", "don't", "hello", "help", "then", "thé"])


@pytest.mark.parametrize(
    ("start", "found"),
    [
        ("t", ["the", "that", "then"]),
        ("th", ["the", "that", "then"]),
        ("the", ["then"]),
        ("HEL", ["HELLO", "HELP"]),
        ("Hel", ["Hello", "Help"]),
        ("H", ["HELLO", "HELP"]),
        ("dont", ["don't"]),
        ("DON'T", []),
        ("xyz", []),
        ("", []),
        ("'", []),
    ],
)
def test_the_most_frequent_words_come_first_in_the_case_of_the_start(
    start: str, found: list[str]
) -> None:
    assert FEW.starting_with(start, 3) == found


def test_no_more_words_than_wanted() -> None:
    assert FEW.starting_with("t", 1) == ["the"]


def test_the_english_list_is_large_and_sensible() -> None:
    english = Words.read()
    assert len(english) >= 5000
    assert english.starting_with("HEL", 1) == ["HELP"]
    assert "hello" in english.starting_with("hell", 3)
    assert "WEBCAM" in english.starting_with("WEBC", 3)
    for letter in "abcdefghiklmnopqrstuvwy":
        assert len(english.starting_with(letter, 3)) == 3, letter


def test_a_list_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="none"):
        Words.read(tmp_path / "none")
    (tmp_path / "bad").write_bytes(b"\xff\xfe")
    with pytest.raises(UserError, match="bad"):
        Words.read(tmp_path / "bad")
