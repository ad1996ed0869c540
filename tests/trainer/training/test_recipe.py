from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.trainer.training.odd_recipe import ODD, unlike_default
from trainer.training import recipes
from trainer.training.recipe import PARAMETERS, Recipe


def test_the_odd_recipe_is_odd_throughout() -> None:
    assert {p.flag for _, p in PARAMETERS} - unlike_default() == {"--distillation-weight"}


@pytest.mark.parametrize("recipe", [Recipe(), ODD, recipes.DEFAULT, recipes.course_network()])
def test_json_keeps_every_setting(recipe: Recipe) -> None:
    assert Recipe.from_json(json.loads(json.dumps(recipe.to_json()))) == recipe


def test_earlier_names_are_understood() -> None:
    settings = ODD.to_json()
    old = {
        "ema": "average",
        "source_weights": "emphasis",
        "epoch_images": "epoch_pictures",
        "inference_margin": "reading_margin",
        "initial_epochs": "small_epochs",
        "initial_size": "small_size",
        "distillation_weight": "taught",
    }
    earlier = {old.get(key, key): value for key, value in settings.items()}
    shown = earlier["preprocessing"]
    shown["deviation"] = shown.pop("standard_deviation")
    shown["normalise"] = "fixed"
    earlier["small_margin"] = 0.0
    assert Recipe.from_json(earlier) == ODD
    with pytest.raises(ValueError, match="low-resolution member"):
        Recipe.from_json(earlier | {"small_margin": 1.05})


@pytest.mark.parametrize("change", [{"colour": 1}, {"hidden": 3}, {"inference": {"colour": 1}}])
def test_what_is_no_recipe_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"colour|iterable"):
        Recipe.from_json(ODD.to_json() | change)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source_weights": (("a", 1.0), ("a", 2.0))}, "each source once"),
        ({"without_relu": (3,)}, "without_relu"),
        ({"distillation_weight": 0.5}, "distillation_weight needs"),
        ({"hidden": (0,)}, "hidden"),
        ({"epochs": True}, "epochs"),
        ({"epochs": 2.0}, "epochs"),
        ({"learning_rate": float("inf")}, "learning_rate"),
        ({"ema": float("nan")}, "ema"),
        ({"batch_size": 2, "no_sign": 0.8}, "leave a letter"),
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        replace(ODD, **change)  # type: ignore[arg-type]
