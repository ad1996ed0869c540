from __future__ import annotations

import math

import pytest

from tests.trainer.training.odd_recipe import ODD
from trainer.support.hyper_parameter import Factors, HyperParameter, Widths, renamed
from trainer.training.recipe import PARAMETERS, Recipe

BY_FLAG = {parameter.flag: parameter for _, parameter in PARAMETERS}


def value_in(recipe: Recipe, part: str, parameter: HyperParameter) -> object:
    return getattr(getattr(recipe, part) if part else recipe, parameter.key)


@pytest.mark.parametrize(("part", "parameter"), PARAMETERS, ids=list(BY_FLAG))
def test_a_text_is_read_as_the_value_that_it_was_made_of(
    part: str, parameter: HyperParameter
) -> None:
    for recipe in (Recipe(), ODD):
        value = value_in(recipe, part, parameter)
        assert parameter.parse(parameter.text(value)) == value


@pytest.mark.parametrize("parameter", BY_FLAG.values(), ids=list(BY_FLAG))
def test_what_is_out_of_range_is_refused(parameter: HyperParameter) -> None:
    wrong = ["nan", "inf", "-inf", "1e400", "x", "9" * 5000, "", " "]
    if parameter.kind in (int, float):
        low, high = parameter.low, parameter.high
        beyond = 1 if parameter.kind is int else 1e-6
        wrong += [str(low - beyond) if not parameter.open_low else f"{low}"]
        if math.isfinite(high):
            wrong.append(str(high + beyond) if not parameter.open_high else f"{high}")
        if parameter.kind is int:
            wrong.append("1.5")
            assert math.isfinite(high)
    elif parameter.kind == Widths:
        wrong = ["x", "1,,2", "1.5", "0", "-1", "1,inf"]
    elif parameter.kind == Factors:
        wrong = ["x", "x:", ":1", "x:y", "x:0", "x:-1", "x:nan", "x:inf", "x:1;y:1 z"]
    elif not parameter.choices and parameter.kind is not bool:
        return
    for text in wrong:
        with pytest.raises(ValueError, match=f"^{parameter.key} must be"):
            parameter.parse(text)


def test_off_may_be_outside_of_the_range() -> None:
    size = BY_FLAG["--initial-size"]
    assert size.parse("0") == 0
    with pytest.raises(ValueError, match="0, or from 8 to 256"):
        size.parse("7")


def test_sources_may_have_odd_names() -> None:
    weights = BY_FLAG["--source-weights"]
    assert weights.parse("a:1, b c:0.5 d,e:2") == (("a", 1.0), ("b c", 0.5), ("d,e", 2.0))
    assert weights.parse(" ") == ()


def test_names_are_renamed_at_every_depth() -> None:
    assert renamed({"taught": 1, "parts": {"deviation": 2, "normalise": "fixed"}}) == {
        "distillation_weight": 1,
        "parts": {"standard_deviation": 2, "normalise": "dataset"},
    }
