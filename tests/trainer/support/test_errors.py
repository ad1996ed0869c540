from __future__ import annotations

from trainer.support.errors import UserError


def test_what_cannot_be_shown_is_written_as_an_escape() -> None:
    said = str(UserError("a\x07b\nc\U000a0d80.csv: there is no such file."))
    assert said == "a\\x07b\\nc\\U000a0d80.csv: there is no such file."
    assert str(UserError("Ñandú…: “so”")) == "Ñandú…: “so”"


def test_of_a_very_long_sentence_the_middle_is_left_out() -> None:
    column = "\0" * 500
    said = str(UserError(f"a.csv: the column {column} is not known. Delete it."))
    assert said.startswith("a.csv: the column \\x00")
    assert said.endswith("is not known. Delete it.")
    assert len(said) < 1000
