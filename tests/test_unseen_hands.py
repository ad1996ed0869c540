"""The tables on unseen hands are what the result files say."""

from __future__ import annotations

import json

import pytest

from benchmarks.model_card import TABLE, UNSEEN, filled, load_all
from benchmarks.wild import RECIPE, mean
from trainer import weights
from trainer.experiments.results import load
from trainer.recipe import Recipe
from trainer.resources import asset


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


def test_the_shipped_network_is_of_the_measured_recipe() -> None:
    model = weights.load(asset("weights/default.safetensors"))
    # What the file does not name yet was as it is by default.
    made, measured = Recipe().to_json() | model.about["recipe"], RECIPE.to_json()
    longer = {"epochs", "small_epochs"}
    same = set(measured) - longer
    assert {key: made[key] for key in same} == {key: measured[key] for key in same}
    # The shipped network learned for longer, but as large a part of the time at the small size.
    small = [recipe["small_epochs"] / recipe["epochs"] for recipe in (made, measured)]
    assert small[0] == pytest.approx(small[1], abs=0.01)


def test_the_results_are_of_the_recipe() -> None:
    recorded = load(UNSEEN.parent / "results" / "wild.json")["settings"]["recipe"]
    assert recorded == json.loads(json.dumps(RECIPE.to_json()))
