from __future__ import annotations

import argparse

import pytest

from tests.trainer.training.odd_recipe import ODD
from trainer.cli import main
from trainer.commands.recipe_arguments import (
    PARAMETERS,
    add_recipe,
    arguments_of,
    recipe_from,
    texts_of,
)
from trainer.support.errors import UserError
from trainer.training import recipes
from trainer.training.augment import Augmentation
from trainer.training.recipe import Recipe


@pytest.fixture
def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser()
    add_recipe(made)
    return made


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(),
        ODD,
        recipes.DEFAULT,
        recipes.TEACHER,
        recipes.course_network(),
        recipes.FINE_TUNING,
    ],
)
def test_arguments_make_the_recipe_again(parser: argparse.ArgumentParser, recipe: Recipe) -> None:
    arguments = arguments_of(texts_of(recipe))
    assert recipe_from(parser.parse_args(arguments)) == recipe


def test_the_default_needs_no_arguments() -> None:
    assert arguments_of(texts_of(Recipe())) == []
    room = Recipe(augmentation=Augmentation.room())
    assert arguments_of(texts_of(room)) == ["--augmentation=room"]


def test_earlier_flags_work_and_say_so(
    parser: argparse.ArgumentParser, capsys: pytest.CaptureFixture[str]
) -> None:
    old = "--small-size 20 --small-epochs 2 --average 0.5 --reading-margin 1.1 --mirror-reading "
    old += "--emphasis one:2 two:0.5 --epoch-pictures 9 --normalise fixed"
    recipe = recipe_from(parser.parse_args(old.split()))
    assert (recipe.initial_size, recipe.initial_epochs, recipe.ema) == (20, 2, 0.5)
    assert (recipe.inference_margin, recipe.inference.mirror) == (1.1, True)
    assert recipe.source_weights == (("one", 2.0), ("two", 0.5))
    assert (recipe.epoch_images, recipe.preprocessing.normalise) == (9, "dataset")
    said = capsys.readouterr().err
    assert "--emphasis is called --source-weights now." in said
    assert said.count("is called") == 7
    assert "--emphasis" not in parser.format_help()
    taught = ["--taught=0.5", "--label-smoothing", "0"]
    assert recipe_from(parser.parse_args(taught)).distillation_weight == 0.5


@pytest.mark.parametrize("flag", [p.flag for _, p in PARAMETERS if p.kind in (int, float)])
@pytest.mark.parametrize("text", ["nan", "inf", "-1e9", "x", "1e999"])
def test_a_number_out_of_range_is_refused_by_the_command_line(
    parser: argparse.ArgumentParser, flag: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parser.parse_args([f"{flag}={text}"])
    assert f"argument {flag}: " in capsys.readouterr().err


def test_what_does_not_go_together_is_one_sentence(parser: argparse.ArgumentParser) -> None:
    with pytest.raises(UserError, match="need each other"):
        recipe_from(parser.parse_args(["--initial-size", "20"]))


@pytest.mark.parametrize(
    "command",
    [
        "render --out r.npz --images 0",
        "render --out r.npz --images 1e3",
        "render --out r.npz --seed -1",
        "render --out r.npz --jobs 0",
        "draw --alphabet a --jobs many",
        "reproduce seeds --out r.json --epochs 0",
        "reproduce nothing --out r.json",
        "search --train x.csv --epochs 0",
        "search --train x.csv --seed nan",
        "search --train x.csv --widths 300,-1",
        "search --train x.csv --rates inf",
    ],
)
def test_options_of_other_commands_are_checked_at_once(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(command.split())
    assert left.value.code == 2
    assert "error: argument" in capsys.readouterr().err


def test_widths_that_no_network_has_are_refused_before_the_data_are_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["search", "--train", "none.csv", "--widths", "100000"]) == 1
    assert "hidden must be whole numbers from 1 to 65536" in capsys.readouterr().err
