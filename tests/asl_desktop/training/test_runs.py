from __future__ import annotations

from pathlib import Path

import pytest

from asl_desktop.training import runs


def test_a_run_is_remembered(tmp_path: Path) -> None:
    folder = runs.make(tmp_path / "runs", ["--train", "ä b.csv"])
    assert runs.arguments_of(folder)[:3] == ["--train", "ä b.csv", "--out"]
    assert str(folder / runs.WEIGHTS) in runs.arguments_of(folder)
    with pytest.raises(ValueError, match="holds no run"):
        runs.arguments_of(tmp_path)


def test_the_newest_run_with_a_checkpoint_goes_on(tmp_path: Path) -> None:
    assert runs.unfinished(tmp_path) is None
    first, second, finished, broken = (runs.make(tmp_path, []) for _ in range(4))
    for folder in (first, second, broken):
        (folder / "checkpoint").touch()
    (broken / "run.json").write_text("no JSON")
    assert runs.unfinished(tmp_path) == second
    assert finished.is_dir()
