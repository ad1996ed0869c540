from __future__ import annotations

from trainer.support.errors import UserError


def test_what_cannot_be_shown_is_written_as_an_escape() -> None:
    said = str(UserError("a\x07b\nc\U000a0d80.csv: there is no such file."))
    assert said == "a\\x07b\\nc\\U000a0d80.csv: there is no such file."
    assert str(UserError("Ñandú…: “so”")) == "Ñandú…: “so”"
