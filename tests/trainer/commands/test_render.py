from __future__ import annotations

from pathlib import Path

import numpy as np

from trainer.cli import main
from trainer.commands.render import render
from trainer.data.crops import read_crops
from trainer.letters import CLASSES


def test_rendered_images_are_training_data(tmp_path: Path) -> None:
    out = tmp_path / "r.npz"
    given = ["--images", "26", "--seed", "3", "--jobs", "1", "--json"]
    assert main(["render", "--out", str(out), *given]) == 0
    read = read_crops(out)
    np.testing.assert_array_equal(read.labels, np.arange(26) % CLASSES)
    assert read.boxes is not None
    assert read.masks is not None
    # The hand box is the crop's middle, 1 / 1.8 of its side.
    np.testing.assert_allclose(read.boxes[:, 2:].max(axis=1), 96 / 1.8, rtol=0.02)
    assert (read.masks.reshape(26, -1) > 0).any(axis=1).all()
    again = render(3, 3)
    np.testing.assert_array_equal(again.images, read.images[:3])


def test_a_missing_folder_is_said() -> None:
    assert main(["render", "--out", "/no/such/folder/r.npz"]) == 1
