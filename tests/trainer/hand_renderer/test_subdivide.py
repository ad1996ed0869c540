from __future__ import annotations

import numpy as np
import pytest

from trainer.hand_renderer.mesh import Subdivision, default_mesh, fine_mesh, volume

TETRAHEDRON = np.array([[0, 2, 1], [0, 1, 3], [1, 2, 3], [0, 3, 2]], np.int32)
CORNERS = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32)


def test_every_triangle_becomes_four_that_look_the_same_way() -> None:
    step = Subdivision(TETRAHEDRON, 4)
    assert len(step.faces) == 4 * len(TETRAHEDRON)
    finer = step(CORNERS)
    assert len(finer) == 4 + 6
    assert 0 < volume(finer, step.faces) < volume(CORNERS, TETRAHEDRON)


def test_an_edge_gets_its_point_between_its_ends_and_sides() -> None:
    finer = Subdivision(TETRAHEDRON, 4)(CORNERS)
    expected = 3 / 8 * (CORNERS[0] + CORNERS[1]) + 1 / 8 * (CORNERS[2] + CORNERS[3])
    assert np.abs(finer[4:] - expected).sum(axis=1).min() < 1e-6


def test_what_is_the_same_everywhere_stays_so() -> None:
    finer = Subdivision(TETRAHEDRON, 4)(np.full((4, 2), 7.0, np.float32))
    np.testing.assert_allclose(finer, 7.0, rtol=1e-6)


def test_an_open_mesh_is_refused() -> None:
    with pytest.raises(ValueError, match="closed"):
        Subdivision(TETRAHEDRON[:3], 4)


def test_the_finer_hand_is_the_same_hand() -> None:
    coarse, (_, fine) = default_mesh(), fine_mesh()
    assert len(fine.faces) == 4 * len(coarse.faces)
    np.testing.assert_allclose(fine.weights.sum(axis=1), 1, atol=1e-5)
    kept = volume(fine.vertices, fine.faces) / volume(coarse.vertices, coarse.faces)
    assert 0.94 < kept < 1
    hand = coarse.vertices[:, 1] > 0
    moved = np.abs(fine.vertices[: len(coarse.vertices)] - coarse.vertices)[hand]
    assert moved.max() < 0.004
