"""Every number of the model card is the one that a command wrote."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trainer.experiments import documents, seed_grid
from trainer.experiments.documents import CARD, NUMBER, RESULTS, TABLE, filled, load_all
from trainer.experiments.figures import FIGURES
from trainer.experiments.results import load
from trainer.model import weights
from trainer.support.paths import SIGN_MNIST_WEIGHTS, asset
from trainer.training import recipes
from trainer.training.recipe import Recipe


@pytest.fixture(scope="module")
def card() -> str:
    return CARD.read_text(encoding="utf-8")


def test_the_card_says_what_the_results_say(card: str) -> None:
    assert filled(card, load_all()) == card


def test_a_changed_result_would_show(card: str) -> None:
    cells = load_all()
    cells["seeds"]["summary"]["accuracy_mean"] -= 0.001
    assert filled(card, cells) != card


def test_no_measured_number_stands_without_its_source(card: str) -> None:
    rest = TABLE.sub("", NUMBER.sub("", card))
    assert re.findall(r"\d\.\d{4,}", rest) == []


def test_the_published_grid_is_complete() -> None:
    assert set(seed_grid.PUBLISHED) < {(w, r) for w in seed_grid.WIDTHS for r in seed_grid.RATES}


def test_the_shipped_network_is_the_first_seed_of_its_recipe() -> None:
    model = weights.load(asset(SIGN_MNIST_WEIGHTS))
    recorded = load_all()["seeds"]["seed 0"]
    assert {layer.kind for layer in model.network.layers} == {"linear", "maxout", "relu", "dropout"}
    assert Recipe.from_json(model.about["begun_as"]) == recipes.CONV_STAGE
    assert Recipe.from_json(model.about["recipe"]) == recipes.DENSE_STAGE
    assert model.network.theta.size == recorded["parameters"]


def test_the_results_are_of_the_recipes() -> None:
    settings = {name: load(RESULTS / f"{name}.json")["settings"] for name in ("seeds", "fresh")}
    assert Recipe.from_json(settings["seeds"]["recipe"]) == recipes.CONV_STAGE
    assert Recipe.from_json(settings["seeds"]["freed"]) == recipes.DENSE_STAGE
    assert Recipe.from_json(settings["fresh"]["recipe"]) == recipes.FULLY_CONNECTED


def test_the_page_of_hyper_parameters_is_that_of_the_declarations() -> None:
    page = documents.HYPER_PARAMETERS.read_text(encoding="utf-8")
    assert documents.hyper_parameters() == page


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_can_be_drawn_and_is_shown(name: str, card: str, tmp_path: Path) -> None:
    cells = load_all()
    FIGURES[name](cells).savefig(tmp_path / "figure.svg")
    assert f"](figures/{name}.svg)" in card
    assert (CARD.parent / "figures" / f"{name}.svg").is_file()
