"""The tables on unseen hands are what the result files say."""

from __future__ import annotations

import json
from typing import Any, cast

from benchmarks.model_card import TABLE, UNSEEN, filled, load_all
from benchmarks.wild import RECIPE, TEACHER, mean
from trainer.experiments.results import load
from trainer.hand_finder.file import load_finder
from trainer.hand_finder.training import CloserRecipe, FinderRecipe
from trainer.model import weights
from trainer.support.paths import asset
from trainer.training.recipe import Recipe


def test_the_page_says_what_the_results_say() -> None:
    page = UNSEEN.read_text(encoding="utf-8")
    assert len(TABLE.findall(page)) == 3
    assert filled(page, load_all()) == page


def test_a_changed_result_would_show() -> None:
    page, cells = UNSEEN.read_text(encoding="utf-8"), load_all()
    cells["wild"]["meyyappan"]["accuracy"] += 0.01
    assert filled(page, cells) != page


def test_the_parts_of_one_source_count_once() -> None:
    cells = {
        "keptsecret_train": {"accuracy": 0.5, "n": 30},
        "keptsecret_test": {"accuracy": 0.9, "n": 10},
        "other": {"accuracy": 1.0, "n": 1},
    }
    assert mean(cells, "accuracy") == (0.6 + 1.0) / 2


def complete(recipe: dict[str, Any]) -> dict[str, Any]:
    """The recipe as JSON values; what it does not name yet was as it is by default."""
    return cast(dict[str, Any], json.loads(json.dumps(Recipe().to_json() | recipe)))


def test_the_shipped_network_is_of_the_measured_recipe() -> None:
    about = weights.load(asset("weights/default.safetensors")).about
    made, measured = complete(about["recipe"]), complete(RECIPE.to_json())
    taught_by, teacher = complete(about["teacher"]["recipe"]), complete(TEACHER.to_json())
    longer = taught_by["epochs"] / teacher["epochs"]
    assert longer > 1
    # Both learned for longer, by the same factor, and as large a part of it at the small size.
    assert made["epochs"] == round(longer * measured["epochs"])
    assert taught_by["small_epochs"] == round(longer * teacher["small_epochs"])
    for one, other in ((made, measured), (taught_by, teacher)):
        same = set(other) - {"epochs", "small_epochs"}
        assert {key: one[key] for key in same} == {key: other[key] for key in same}


def test_the_results_are_of_the_recipe() -> None:
    results = UNSEEN.parent / "results"
    recorded = load(results / "wild.json")["settings"]
    assert complete(recorded["recipe"]) == complete(RECIPE.to_json())
    assert complete(recorded["teacher"]) == complete(TEACHER.to_json())
    of_teacher = load(results / "wild_teacher.json")["settings"]
    assert complete(of_teacher["recipe"]) == complete(TEACHER.to_json())


def test_the_shipped_finder_is_of_the_measured_recipe() -> None:
    recipe = {"first": FinderRecipe().to_json(), "closer": CloserRecipe().to_json()}
    about = load_finder(asset("weights/finder.safetensors")).about
    assert {"first": about["recipe"], "closer": about["closer"]} == recipe
    assert load(UNSEEN.parent / "results" / "finder.json")["settings"]["recipe"] == recipe
