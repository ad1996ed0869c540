from __future__ import annotations

import numpy as np
import pytest

from asl_desktop.practice.course import Kind, Step
from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.round_words import summary
from asl_desktop.practice.rounds import Round


@pytest.mark.parametrize(
    ("missed", "said"),
    [("AB", "Still hard: A (seen as S), B (seen as S). Next"), ("ABCDE", "D (seen as S) … Next")],
)
def test_what_is_still_hard_ends_in_one_sign(missed: str, said: str) -> None:
    done = Round(missed, np.random.default_rng(0))
    for letter in missed:
        done.note(letter, hit=False, seen="S")
    assert said in summary(done, Skill.SIGNING, Step(Kind.WORDS, ""))
