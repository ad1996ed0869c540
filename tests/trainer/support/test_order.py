from __future__ import annotations

from pathlib import Path

from trainer.support.order import natural, natural_name


def test_numbers_are_compared_by_value() -> None:
    names = ["img10.png", "img9.png", "img1.png", "a.png", "10.png", "9.png", "007.png", "٣.png"]
    ordered = sorted(map(Path, names), key=natural)
    assert [p.name for p in ordered] == [
        *("٣.png", "007.png", "9.png", "10.png", "a.png", "img1.png", "img9.png", "img10.png")
    ]


def test_folders_are_compared_one_by_one() -> None:
    paths = [Path("a10/1"), Path("a2/3"), Path("a2/20"), Path("a")]
    assert sorted(paths, key=natural) == [paths[3], paths[1], paths[2], paths[0]]


def test_names_that_start_with_a_digit_and_a_letter_can_be_compared() -> None:
    assert sorted(map(Path, ["²", "b", "2", "²2"]), key=natural)


def test_digits_without_end_are_a_number_too() -> None:
    names = ["9" * 5000, "1" + "0" * 5000, "8"]
    assert sorted(names, key=natural_name) == ["8", *names[:2]]
