from __future__ import annotations

import argparse

import pytest

from trainer.commands.box_argument import box_numbers


def test_four_numbers_are_a_box() -> None:
    assert box_numbers("-20, 10,240.5,1e2") == (-20, 10, 240.5, 100)


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "0,0,0,5", "0,0,5,-1", "nan,0,1,1", "0,0,inf,1"]
)
def test_what_is_no_box_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="left,top,width,height"):
        box_numbers(text)
