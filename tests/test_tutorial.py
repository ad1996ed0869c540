"""The code of docs/tutorial.md runs, in order, as a reader would type it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.test_docs import ROOT
from tests.trainer.conftest import letter_image, write_csv
from trainer.data.dataset import Dataset
from trainer.letters import CLASSES, LETTERS

PAGE = ROOT / "docs/tutorial.md"
CODE = "\n".join(re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL))


def photographs(each: int, seed: int) -> Dataset:
    """So many photographs of each printed letter, every one on a ground of its own."""
    rng = np.random.default_rng(seed)
    labels = np.tile(np.arange(CLASSES), each)
    grounds = [cv2.resize(rng.uniform(-60, 60, (5, 5)), (28, 28)) for _ in labels]
    letters = [letter_image(LETTERS[label], rng) for label in labels]
    images = np.clip(np.add(letters, grounds), 0, 255).astype(np.uint8)
    return Dataset(images, labels, np.full(len(labels), "printed"))


@pytest.mark.slow
def test_the_code_of_the_tutorial_learns_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_csv(tmp_path / "sign_mnist_train.csv", photographs(12, seed=0))
    write_csv(tmp_path / "sign_mnist_test.csv", photographs(2, seed=1))
    names: dict[str, Any] = {}
    with np.errstate(all="ignore"):  # the highest rate may be too high for so few images
        exec(compile(CODE, str(PAGE), "exec"), names)  # noqa: S102
    assert names["loss_after"] < names["loss"]
    assert len(names["scores"]) == 9
    assert max(names["scores"].values()) > 0.9
    assert re.search(r"predicted [A-Y] \(\d+%\), real [A-Y]\n$", capsys.readouterr().out)


def test_the_tutorial_stays_short() -> None:
    assert sum(1 for line in CODE.splitlines() if line.strip()) <= 100
