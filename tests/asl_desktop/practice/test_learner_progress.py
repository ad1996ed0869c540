from __future__ import annotations

import json
from pathlib import Path

import pytest

from asl_desktop.own_file import OwnFile
from asl_desktop.practice.learner_progress import Progress, Skill, content, load


def test_a_progress_comes_back_as_it_was(tmp_path: Path) -> None:
    progress = Progress()
    progress.note(Skill.SIGNING, "S", hit=False, seconds=9.0, instead="TA")
    progress.note(Skill.SIGNING, "S", hit=True, seconds=1.25)
    progress.note(Skill.READING, "Z", hit=True, seconds=2.0)
    progress.best_pace = 31.5
    file = OwnFile(tmp_path / "new" / "practice.json", "the practice progress")
    file.write(content(progress))
    again = load(file)
    assert file.notice == ""
    tally = again.tally(Skill.SIGNING, "S")
    assert (tally.tries, tally.hits, tally.seconds) == (2, 1, 1.25)
    assert tally.instead == {"T": 1, "A": 1}
    assert tally.share == 0.5
    assert again.tally(Skill.READING, "S").tries == 0
    assert again.tally(Skill.READING, "Z").pace == 2.0
    assert again.best_pace == 31.5


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    file = OwnFile(tmp_path / "practice.json", "the practice progress")
    progress = load(file)
    assert file.notice == ""
    assert progress.tally(Skill.SIGNING, "A").share is None
    assert progress.tally(Skill.SIGNING, "A").pace is None


GOOD = {"tries": 2, "hits": 1, "seconds": 1.0, "instead": {}}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        {"format": 2},
        {"format": 1, "signing": []},
        {"format": 1, "signing": {"1": GOOD}},
        {"format": 1, "signing": {"A": GOOD | {"hits": 3}}},
        {"format": 1, "signing": {"A": GOOD | {"tries": -1}}},
        {"format": 1, "signing": {"A": GOOD | {"tries": True}}},
        {"format": 1, "signing": {"A": GOOD | {"seconds": "1"}}},
        {"format": 1, "signing": {"A": GOOD | {"instead": {"?": 1}}}},
        {"format": 1, "signing": {"A": {"tries": 1}}},
        {"format": 1, "best_pace": -1},
        b'{"format": 1, "best_pace": NaN}',
    ],
    ids=str,
)
def test_a_damaged_file_is_put_aside_with_a_sentence(tmp_path: Path, content: object) -> None:
    path = tmp_path / "practice.json"
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    path.write_bytes(raw)
    file = OwnFile(path, "the practice progress")
    progress = load(file)
    assert "damaged" in file.notice
    assert "practice.unreadable-1.json" in file.notice
    assert progress.tally(Skill.SIGNING, "A").tries == 0
    assert not path.exists()
    assert path.with_name("practice.unreadable-1.json").read_bytes() == raw
