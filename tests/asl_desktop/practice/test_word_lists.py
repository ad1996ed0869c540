from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path

import pytest

from asl_desktop.practice.learner_progress import Progress, Skill
from asl_desktop.practice.results_csv import COLUMNS, Noted, table
from asl_desktop.practice.word_lists import (
    LONGEST,
    MOST_WORDS,
    NAMES,
    PLACES,
    own_words,
    read_words,
)
from trainer.letters import ALPHABET
from trainer.support.errors import UserError
from trainer.support.spreadsheet import cell


def test_the_lists_are_words_of_the_alphabet_once_each() -> None:
    for words in (NAMES, PLACES):
        assert len(set(words)) == len(words) > 60
        assert all(set(word) <= set(ALPHABET) and len(word) <= LONGEST for word in words)


def test_words_are_found_in_what_a_teacher_pastes() -> None:
    found = own_words('Anna\n"José", Zoë;  Jean-Luc\tO\'Neil\nanna\n\n李\nx2\nStraße')
    assert found.words == ("ANNA", "JOSE", "ZOE", "JEAN LUC", "ONEIL", "STRASSE")
    assert found.left_out == ("李", "x2")
    assert (
        len(
            own_words(
                "\n".join(f"{a}{b}{c}" for a in ALPHABET for b in ALPHABET for c in "AB")
            ).words
        )
        == MOST_WORDS
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_files_in_usual_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "names.txt"
    path.write_bytes("Zoë\r\nRené\r\n".encode(encoding))
    assert read_words(path).words == ("ZOE", "RENE")


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        read_words(tmp_path / "none.txt")
    with pytest.raises(UserError):
        read_words(tmp_path)
    large = tmp_path / "large.txt"
    large.write_bytes(b"A\n" * (1 << 20))
    with pytest.raises(UserError, match="larger"):
        read_words(large)
    for content in (b"\xff\xd8\xff\xe0\x00\x10JFIF", b'@\x02\0\0\0\0\0\0{"A":', b"PK\x03\x04-"):
        (tmp_path / "hand.txt").write_bytes(content)
        with pytest.raises(UserError, match="no text"):
            read_words(tmp_path / "hand.txt")


def test_the_table_for_a_teacher_has_totals_and_tries() -> None:
    progress = Progress()
    progress.note(Skill.READING, "S", hit=False, seconds=2.0, instead="T")
    progress.note(Skill.READING, "S", hit=True, seconds=1.5)
    noted = Noted(datetime(2026, 11, 2, 9, 30), Skill.READING, "S", False, 2.0, "T")
    rows = list(csv.reader(io.StringIO(table(progress, [noted]))))
    assert tuple(rows[0]) == COLUMNS
    assert rows[1] == ["in all", "reading", "S", "2", "1", "1.5", "T×1"]
    assert rows[2] == ["2026-11-02 09:30:00", "reading", "S", "1", "0", "", "T"]


def test_no_cell_becomes_a_formula() -> None:
    for text in ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1"):
        assert cell(text) == f"'{text}"
    assert cell("Ana") == "Ana"
    assert cell("") == ""
