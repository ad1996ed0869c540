from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from trainer.nn.layers.linear import Linear
from trainer.nn.sequential import Sequential
from trainer.recognition.movement_features import INPUTS
from trainer.recognition.movement_file import load_movement, save_movement, shipped_movement
from trainer.support.errors import UserError


def network(outputs: int = 3) -> Sequential:
    return Sequential([Linear(INPUTS, outputs, np.random.default_rng(0))], (INPUTS,))


def test_a_network_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "movement.safetensors"
    written = network()
    save_movement(written, {"seed": 0}, path)
    assert np.array_equal(load_movement(path).theta, written.theta)
    before = path.read_bytes()
    save_movement(written, {"seed": 0}, path)
    assert path.read_bytes() == before


def test_what_is_none_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "movement.safetensors"
    with pytest.raises(UserError, match="cannot be read"):
        load_movement(path)
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(UserError, match="damaged"):
        load_movement(path)
    save_movement(network(outputs=2), {}, path)
    with pytest.raises(UserError, match="none for movements"):
        load_movement(path)


def test_the_shipped_network_can_be_read() -> None:
    assert shipped_movement().output_shape == (3,)
