"""The tables on unseen hands are what the result files say."""

from __future__ import annotations

import shlex
from itertools import pairwise
from typing import Any

import pytest

from trainer.cli import command_line
from trainer.commands.recipe_arguments import recipe_from
from trainer.experiments.documents import RESULTS, TABLE, UNSEEN, filled, load_all
from trainer.experiments.results import load
from trainer.experiments.unseen import DEFAULT, FIRST_STAGE, FOLDS, TEACHER, mean
from trainer.hand_finder.file import load_finder
from trainer.model import weights
from trainer.support.paths import DEFAULT_WEIGHTS, FINDER_WEIGHTS, asset
from trainer.training import recipes
from trainer.training.recipe import Recipe


def test_the_page_says_what_the_results_say() -> None:
    page = UNSEEN.read_text(encoding="utf-8")
    assert len(TABLE.findall(page)) == 3
    assert filled(page, load_all()) == page


def test_a_changed_result_would_show() -> None:
    page, cells = UNSEEN.read_text(encoding="utf-8"), load_all()
    cells["unseen"]["minhquyen"]["accuracy"] += 0.01
    assert filled(page, cells) != page


def test_the_parts_of_one_source_count_once() -> None:
    cells = {
        "keptsecret_train": {"accuracy": 0.5, "n": 30},
        "keptsecret_test": {"accuracy": 0.9, "n": 10},
        "other": {"accuracy": 1.0, "n": 1},
    }
    assert mean(cells, "accuracy") == (0.6 + 1.0) / 2


def recipe(settings: dict[str, Any]) -> Recipe:
    """A recorded recipe, without the low-resolution member that teachers had once."""
    return Recipe.from_json({key: settings[key] for key in settings if key != "small_margin"})


def command(about: dict[str, Any]) -> list[str]:
    """The words of the command behind `trainer`."""
    return shlex.split(about["command"])[1:]


def test_the_shipped_network_is_of_its_recipe() -> None:
    about = weights.load(asset(DEFAULT_WEIGHTS)).about
    assert recipe(about["recipe"]) == recipes.DEFAULT
    assert recipe_from(command_line().parse_args(command(about))) == recipes.DEFAULT
    assert ("--leave-out", recipes.DEFAULT_LEFT_OUT) in pairwise(command(about))
    assert ("--initial-weights", "first_stage.safetensors") in pairwise(command(about))


def test_its_first_stage_is_of_its_recipe(capsys: pytest.CaptureFixture[str]) -> None:
    first = weights.load(asset(DEFAULT_WEIGHTS)).about["initialised_from"]
    assert recipe(first["recipe"]) == recipes.FIRST_STAGE
    assert recipe(first["teacher"]["recipe"]) == recipes.TEACHER
    assert first["teacher"]["recipe"]["small_margin"] == 1.05
    # The commands that made it are still understood, but for the pair that was the teacher.
    assert recipe_from(command_line().parse_args(command(first))) == recipes.FIRST_STAGE
    words = command(first["teacher"])
    with pytest.raises(SystemExit):
        command_line().parse_args(words)
    assert "name both by --teacher" in capsys.readouterr().err
    words[words.index("--small-margin") + 1] = "0"
    assert recipe_from(command_line().parse_args(words)) == recipes.TEACHER


def test_the_measured_first_stage_of_earlier_sources_is_a_shorter_one() -> None:
    # Both learned for longer, by the same factor, and as large a part of it at the small size.
    longer = recipes.TEACHER.epochs / TEACHER.epochs
    assert longer > 1
    assert recipes.FIRST_STAGE.epochs == round(longer * FIRST_STAGE.epochs)
    assert recipes.TEACHER.initial_epochs == round(longer * TEACHER.initial_epochs)


def test_the_results_are_of_the_recipe() -> None:
    recorded = load(RESULTS / "unseen.json")["settings"]
    assert recipe(recorded["recipe"]) == DEFAULT
    assert recipe(recorded["first_stage"]) == recipes.FIRST_STAGE


def test_the_fold_that_chose_nothing_holds_none_of_the_earlier_sources() -> None:
    assert set(FOLDS["E"]) | set(FOLDS["F"]) == set(recipes.LATER_SOURCES)
    assert {cell["fold"] for cell in load_all()["unseen"].values()} == {"E"}


def test_the_shipped_finder_is_of_the_measured_recipe() -> None:
    detection, refinement = recipes.FINDER_DETECTION.to_json(), recipes.FINDER_REFINEMENT.to_json()
    about = load_finder(asset(FINDER_WEIGHTS)).about
    assert (about["recipe"], about["refinement"]) == (detection, refinement)
    measured = load(RESULTS / "finder.json")["settings"]["recipe"]
    assert measured == {"first": detection, "closer": refinement}
