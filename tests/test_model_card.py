"""Every number of the model card is the one that a command wrote."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.figures import FIGURES
from benchmarks.model_card import CARD, NUMBER, RESULTS, TABLE, filled, load_all
from trainer.experiments import record, seed_grid
from trainer.experiments.results import load
from trainer.model import weights
from trainer.support.paths import asset
from trainer.training.recipe import Recipe


@pytest.fixture(scope="module")
def card() -> str:
    return CARD.read_text(encoding="utf-8")


def test_the_card_says_what_the_results_say(card: str) -> None:
    assert filled(card, load_all()) == card


def test_a_changed_result_would_show(card: str) -> None:
    cells = load_all()
    cells["record"]["summary"]["accuracy_mean"] -= 0.001
    assert filled(card, cells) != card


def test_no_measured_number_stands_without_its_source(card: str) -> None:
    rest = TABLE.sub("", NUMBER.sub("", card))
    assert re.findall(r"\d\.\d{4,}", rest) == []


def test_the_published_grid_is_complete() -> None:
    assert set(seed_grid.PUBLISHED) < {(w, r) for w in seed_grid.WIDTHS for r in seed_grid.RATES}


def among(settings: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """Those of the settings whose names are known."""
    return {
        name: among(settings[name], value) if isinstance(value, dict) else settings[name]
        for name, value in known.items()
    }


def test_the_shipped_record_is_the_first_seed_of_its_recipe() -> None:
    model = weights.load(asset("weights/record.safetensors"))
    recorded = load_all()["record"]["seed 0"]
    assert {layer.kind for layer in model.network.layers} == {"linear", "maxout", "relu", "dropout"}
    # What the file does not name yet was as it is by default.
    default = Recipe().to_json()
    assert default | model.about["begun_as"] == record.SHAPED.to_json()
    assert default | model.about["recipe"] == record.FREED.to_json()
    assert model.network.theta.size == recorded["parameters"]


def test_the_network_from_fresh_weights_is_the_default_recipe() -> None:
    settings = load(RESULTS / "fresh.json")["settings"]
    # Settings that were added since are switched off in the default recipe.
    assert among(Recipe().to_json(), settings["recipe"]) == settings["recipe"]


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_can_be_drawn_and_is_shown(name: str, card: str, tmp_path: Path) -> None:
    cells = load_all()
    FIGURES[name](cells).savefig(tmp_path / "figure.svg")
    assert f"](figures/{name}.svg)" in card
    assert (CARD.parent / "figures" / f"{name}.svg").is_file()
