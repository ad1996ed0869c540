from pathlib import Path

import numpy as np
import pytest

from trainer.hand_renderer.mesh import (
    DEFAULT_MESH,
    Subdivision,
    default_mesh,
    fine_mesh,
    load_mesh,
    skin,
    vertex_normals,
)


def volume(vertices: np.ndarray, faces: np.ndarray) -> float:
    """What a closed mesh encloses, in the cube of its unit."""
    a, b, c = (vertices[faces[:, k]].astype(np.float64) for k in range(3))
    return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6)


def test_skinning_at_rest_changes_nothing() -> None:
    mesh = default_mesh()
    np.testing.assert_allclose(skin(mesh, mesh.vertices, mesh.bind), mesh.vertices, atol=1e-6)


def test_weights_share_out_each_vertex_once() -> None:
    np.testing.assert_allclose(default_mesh().weights.sum(axis=1), 1.0, atol=1e-5)


def test_surface_is_closed_and_faces_outwards() -> None:
    mesh = default_mesh()
    edges = np.concatenate([mesh.faces[:, [0, 1]], mesh.faces[:, [1, 2]], mesh.faces[:, [2, 0]]])
    forward = {(int(a), int(b)) for a, b in edges}
    assert len(forward) == len(edges)
    assert all((b, a) in forward for a, b in forward)
    assert volume(mesh.vertices, mesh.faces) > 0
    lengths = np.linalg.norm(vertex_normals(mesh.vertices, mesh.faces), axis=1)
    np.testing.assert_allclose(lengths, 1.0, atol=1e-3)


def test_file_loads_without_pickle_and_is_small() -> None:
    with np.load(DEFAULT_MESH, allow_pickle=False) as stored:
        assert stored["vertices"].dtype == np.float32
    assert DEFAULT_MESH.stat().st_size < 300_000


def test_missing_file_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"cannot be read"):
        load_mesh(tmp_path / "none.npz")


def test_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "bad.npz"
    bad.write_bytes(b"not a hand")
    with pytest.raises(ValueError, match=r"cannot be read"):
        load_mesh(bad)


@pytest.mark.parametrize("name", ["vertices", "faces", "inverse_bind", "weight_value"])
def test_file_without_an_array_is_refused(tmp_path: Path, name: str) -> None:
    with np.load(DEFAULT_MESH, allow_pickle=False) as stored:
        arrays = {key: stored[key] for key in stored.files if key != name}
    np.savez(tmp_path / "part.npz", **arrays)
    with pytest.raises(ValueError, match=rf"lacks {name}\.$"):
        load_mesh(tmp_path / "part.npz")


def test_file_with_faces_out_of_range_is_refused(tmp_path: Path) -> None:
    with np.load(DEFAULT_MESH, allow_pickle=False) as stored:
        arrays = {key: stored[key] for key in stored.files}
    arrays["faces"] = arrays["faces"] + np.uint16(60000)
    np.savez(tmp_path / "far.npz", **arrays)
    with pytest.raises(ValueError, match=r"do not exist"):
        load_mesh(tmp_path / "far.npz")


def test_file_with_a_wrong_shape_is_refused(tmp_path: Path) -> None:
    with np.load(DEFAULT_MESH, allow_pickle=False) as stored:
        arrays = {key: stored[key] for key in stored.files}
    arrays["vertices"] = arrays["vertices"][:, :2]
    np.savez(tmp_path / "flat.npz", **arrays)
    with pytest.raises(ValueError, match=r"unexpected shape"):
        load_mesh(tmp_path / "flat.npz")


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
