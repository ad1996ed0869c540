from __future__ import annotations

from pathlib import Path

import pytest

from trainer.experiments.results import Results, load
from trainer.support.errors import UserError


def test_cells_are_kept_while_the_settings_stay(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    Results(path, {"epochs": 2, "hidden": (1, 2)}).add("a", {"accuracy": 0.5})
    again = Results(path, {"epochs": 2, "hidden": (1, 2)})
    assert again.cells == {"a": {"accuracy": 0.5}}
    again.add("b", [1, None])
    assert load(path)["cells"] == {"a": {"accuracy": 0.5}, "b": [1, None]}


def test_results_of_other_settings_are_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    Results(path, {"epochs": 2}).add("a", {"accuracy": 0.5})
    with pytest.raises(UserError, match=r"r\.json: holds results of other data or settings"):
        Results(path, {"epochs": 3})
    assert load(path)["cells"] == {"a": {"accuracy": 0.5}}


def test_nothing_is_kept_without_a_file() -> None:
    results = Results(None, {})
    results.add("a", 1)
    assert results.cells == {"a": 1}


@pytest.mark.parametrize("content", ["", "[]", '{"settings": 1, "cells": {}}', '{"cells": {}}'])
def test_another_file_is_not_overwritten(tmp_path: Path, content: str) -> None:
    path = tmp_path / "r.json"
    path.write_text(content)
    with pytest.raises(UserError, match=r"r\.json"):
        Results(path, {})
    assert path.read_text() == content
    with pytest.raises(UserError, match="folder"):
        Results(tmp_path / "none" / "r.json", {})


def test_two_runs_keep_each_others_cells(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    one, other = Results(path, {}), Results(path, {})
    one.add("a", 1)
    other.add("b", 2)
    one.add("c", 3)
    assert load(path)["cells"] == {"a": 1, "b": 2, "c": 3}
