from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import pytest

from trainer.data.labels import LabelError, map_labels
from trainer.letters import ALPHABET, LETTERS, NO_SIGN, Convention
from trainer.support.errors import UserError

SPELLINGS: list[Callable[[str], str]] = [
    str.upper,
    str.lower,
    "letter_{}".format,
    "Letter {}".format,
    "letter{}".format,
    "{}_test".format,
    "sign-{}".format,
    "letra_{}".format,
    "Letra {}".format,
    " {} ".format,
    lambda letter: f"{letter}{ALPHABET.index(letter)}",
    lambda letter: f"{ALPHABET.index(letter)}_{letter}",
]


def read(labels: Iterable[object], convention: Convention | None = None, **how: bool) -> str:
    """The letters that labels stand for; "." for no still letter, "0" for no sign."""
    texts = [str(label) for label in labels]
    classes = map_labels(texts, "data", convention, **how).classes
    shown = dict(enumerate(LETTERS)) | {None: ".", NO_SIGN: "0"}
    return "".join(shown[classes[text]] for text in texts)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_letter_is_read_however_it_is_written(spelling: Callable[[str], str]) -> None:
    assert read(map(spelling, ALPHABET)) == "ABCDEFGHI.KLMNOPQRSTUVWXY."


def test_the_29_classes_of_asl_alphabet() -> None:
    names = [*ALPHABET, "del", "nothing", "space"]
    assert read(names) == "ABCDEFGHI.KLMNOPQRSTUVWXY..0."
    assert read(f"{name}_test" for name in names) == "ABCDEFGHI.KLMNOPQRSTUVWXY..0."
    # Copies differ in the order of the last three, so that none of them is used.
    assert read(range(29)) == "ABCDEFGHI.KLMNOPQRSTUVWXY...."


@pytest.mark.parametrize("name", ["no_sign", "No Sign", "NOTHING", "background", "no-hand", "none"])
def test_images_without_a_sign_are_told_from_other_signs(name: str) -> None:
    assert read(["A", name, "space", "Del"]) == "A0.."


@pytest.mark.parametrize("number", ["{}", "{:02}", "{}.0", "{}.", "class_{}", "Label {}"])
def test_a_number_is_read_however_it_is_written(number: str) -> None:
    labels = [number.format(i) for i in range(26)]
    assert read(labels) == "ABCDEFGHI.KLMNOPQRSTUVWXY."


def test_numberings_that_the_labels_decide() -> None:
    assert read([0, 10, 24]) == "AKY"
    assert read([0, 9, 10, 24]) == "A.KY"
    assert read([9, 10, 25]) == ".K."
    assert read(range(9)) == "ABCDEFGHI"
    assert read(range(1, 27)) == "ABCDEFGHI.KLMNOPQRSTUVWXY."
    assert read([0, 9, 23], without_j=True) == "AKY"
    assert read(range(24), without_j=True) == LETTERS


@pytest.mark.parametrize("labels", [[0, 10, 23], [0, 9, 10], [*range(24)], [0, 9]])
def test_labels_that_fit_both_are_refused_with_the_two_ways_out(labels: list[int]) -> None:
    with pytest.raises(UserError, match=r"data: .*--labels gap.*--labels no-gap"):
        read(labels)
    gap = read(labels, Convention.GAP)
    assert gap == "".join(ALPHABET[i] for i in labels).replace("J", ".")
    assert read(labels, Convention.NO_GAP) == "".join(LETTERS[i] for i in labels)


@pytest.mark.parametrize(
    "labels", [range(1, 25), range(1, 26), [*range(1, 10), *range(11, 26)], [1, 26]]
)
def test_numbers_that_may_count_from_1_are_refused(labels: Iterable[int]) -> None:
    with pytest.raises(UserError, match=r"count from 1.*Write letters.*--labels gap"):
        read(labels)


@pytest.mark.parametrize(
    ("labels", "convention", "wrong"), [([0, 29], None, "29"), ([0, 24], Convention.NO_GAP, "24")]
)
def test_a_number_that_fits_no_numbering_is_named(
    labels: list[int], convention: Convention | None, wrong: str
) -> None:
    with pytest.raises(LabelError, match=f"data: the label {wrong}") as caught:
        read(labels, convention)
    assert caught.value.label == wrong


def test_digits_beside_letters_are_other_signs() -> None:
    labels = [*"0123456789", *ALPHABET]
    assert read(labels) == "." * 10 + "ABCDEFGHI.KLMNOPQRSTUVWXY."


@pytest.mark.parametrize(
    "strange", ["", "hello", "12", "é", "ſ", "ı", "AB", "-1", "1.5", "³", "thank you"]
)
def test_a_label_that_no_rule_understands_is_unknown_and_not_guessed(strange: str) -> None:
    found = map_labels(["A", "B", strange], "data")
    assert found.unknown == {strange}
    assert found.classes[strange] is None


def test_a_letter_among_numbers_is_unknown() -> None:
    found = map_labels(["0", "24", "A", "nothing"], "data")
    assert found.unknown == {"A"}
    assert found.classes == {"0": 0, "24": 23, "A": None, "nothing": NO_SIGN}


def test_labels_of_which_none_is_understood_are_refused() -> None:
    with pytest.raises(UserError, match=r"data: none of the labels .*cat and dog.* is a letter"):
        read(["cat", "dog"])


def test_what_is_left_out_is_counted_by_name() -> None:
    counts = Counter({str(number): 2 for number in range(26)})
    found = map_labels(counts, "data")
    assert "0–25 in the order of the alphabet (10 is K); decided" in found.note
    assert found.left_out(counts, "rows") == "4 rows of J and Z were left out."
    counts = Counter(["A", "nothing", "hello", "J", "Y"])
    found = map_labels(counts, "data")
    assert found.left_out(counts, "images") == "2 images of J and 'hello' were left out."
    with_nothing = "3 images of J, nothing and 'hello' were left out."
    assert found.left_out(counts, "images", no_sign=True) == with_nothing
    assert found.left_out({"A": 5, "Y": 1}, "rows", no_sign=True) == ""
    assert found.left_out({"J": 1}, "rows") == "1 row of J was left out."


def test_what_was_assumed_is_said() -> None:
    assert (
        map_labels(["0", "24"], "data").note
        == f"{Convention.GAP.meaning}; decided from the labels that occur"
    )
    assert map_labels(["0", "9"], "data", Convention.NO_GAP).note.endswith("; as you said")
    assert map_labels("AB", "data").note == "labels are letters"
