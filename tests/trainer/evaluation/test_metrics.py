from __future__ import annotations

import numpy as np
import pytest

from trainer.evaluation.metrics import score
from trainer.letters import CLASSES


def test_scores_of_a_small_case_worked_by_hand() -> None:
    # Truth A A B C; read A B B D, with C second best for the last.
    p = np.full((4, CLASSES), 0.001, np.float32)
    p[[0, 1, 2, 3], [0, 1, 1, 3]] = 0.6
    p[3, 2] = 0.3
    p[1, [5, 6, 7]] = 0.1
    scores = score(p, np.array([0, 0, 1, 2]))
    assert scores.n == 4
    assert scores.accuracy == 0.5
    assert scores.top3 == 0.75
    assert scores.recall == {"A": 0.5, "B": 1.0, "C": 0.0}
    # F1: A 2·1/(2+1), B 2·1/(1+2), C 0.
    assert scores.macro_f1 == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)
    assert scores.confusion[0, 1] == scores.confusion[2, 3] == 1


def test_json_holds_what_other_programs_need() -> None:
    result = score(np.eye(CLASSES, dtype=np.float32), np.arange(CLASSES)).to_json()
    assert (result["accuracy"], result["macro_f1"], result["top3"], result["n"]) == (1, 1, 1, 24)
    assert np.array(result["confusion"]["counts"]).shape == (24, 24)


def test_nothing_cannot_be_scored() -> None:
    with pytest.raises(ValueError, match="nothing"):
        score(np.zeros((0, CLASSES), np.float32), np.zeros(0, np.int64))
