"""The rigged hand mesh and its skinning.

Hand space: metres, origin at the wrist, +x to the thumb side, +y to the fingertips, +z out
of the palm (see assets/hand/make_hand.py, which writes the file).
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainer.support.paths import asset

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int32]

DEFAULT_MESH = asset("hand/right_hand.npz")

# Array name: (number of dimensions, last dimension or None).
_LAYOUT: dict[str, tuple[int, int | None]] = {
    "vertices": (2, 3),
    "faces": (2, 3),
    "joint_names": (1, None),
    "joint_parents": (1, None),
    "inverse_bind": (3, 4),
    "weight_joint": (2, 4),
    "weight_value": (2, 4),
}


@dataclass(frozen=True, eq=False)
class HandMesh:
    """A skinned triangle mesh at rest (compared by identity, so usable as a cache key).

    Arrays: vertices (n, 3) float32 metres; faces (m, 3) int32, seen from outside their
    corners run anticlockwise; inverse_bind (j, 4, 4) float32, hand space to bone space;
    joint_parents (j,) int32, -1 for the wrist; weights (n, j) float32, rows sum to 1.
    """

    vertices: FloatArray
    faces: IntArray
    joint_names: tuple[str, ...]
    joint_parents: IntArray
    inverse_bind: FloatArray
    weights: FloatArray

    @property
    def bind(self) -> FloatArray:
        """Bone frames at rest (j, 4, 4) float32, bone space to hand space."""
        return np.linalg.inv(self.inverse_bind).astype(np.float32)

    def joint(self, name: str) -> int:
        """Index of the joint called `name`."""
        return self.joint_names.index(name)


def load_mesh(path: Path = DEFAULT_MESH) -> HandMesh:
    """Reads a hand file.

    Raises:
        ValueError: It is none; one sentence says why.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"The hand mesh {path} cannot be read: {error}.") from error
    missing = sorted(set(_LAYOUT) - set(arrays))
    if missing:
        raise ValueError(f"The hand mesh {path} lacks {', '.join(missing)}.")
    for name, (dimensions, last) in _LAYOUT.items():
        shape = arrays[name].shape
        if len(shape) != dimensions or (last is not None and shape[-1] != last):
            raise ValueError(f"The hand mesh {path} has an unexpected shape {shape} for {name}.")
    count, joints = len(arrays["vertices"]), len(arrays["joint_names"])
    if arrays["faces"].max() >= count or arrays["weight_joint"].max() >= joints:
        raise ValueError(f"The hand mesh {path} refers to vertices or joints that do not exist.")
    if len(arrays["weight_joint"]) != count or len(arrays["inverse_bind"]) != joints:
        raise ValueError(f"The hand mesh {path} has arrays of different lengths.")
    weights = np.zeros((count, joints), np.float32)
    rows = np.arange(count)
    for column in range(4):
        np.add.at(
            weights,
            (rows, arrays["weight_joint"][:, column].astype(np.int64)),
            arrays["weight_value"][:, column],
        )
    return HandMesh(
        vertices=arrays["vertices"].astype(np.float32),
        faces=arrays["faces"].astype(np.int32),
        joint_names=tuple(str(name) for name in arrays["joint_names"]),
        joint_parents=arrays["joint_parents"].astype(np.int32),
        inverse_bind=arrays["inverse_bind"].astype(np.float32),
        weights=weights,
    )


@lru_cache(maxsize=1)
def default_mesh() -> HandMesh:
    """The bundled right hand, read once."""
    return load_mesh()


def skin(mesh: HandMesh, vertices: FloatArray, frames: FloatArray) -> FloatArray:
    """Linear blend skinning.

    `vertices` (n, 3) at rest (hand space, metres), `frames` (j, 4, 4) the posed bone frames
    (bone space to hand space; may carry scale); returns the posed vertices (n, 3) float32.
    """
    change = frames @ mesh.inverse_bind
    blended = (mesh.weights @ change[:, :3].reshape(len(change), 12)).reshape(-1, 3, 4)
    moved = np.einsum("nij,nj->ni", blended[:, :, :3], vertices) + blended[:, :, 3]
    return np.asarray(moved, np.float32)


def vertex_normals(vertices: FloatArray, faces: IntArray) -> FloatArray:
    """Unit outward normals (n, 3) float32, averaged over the faces by area."""
    corners = vertices[faces]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    index = faces.T.ravel()
    total = np.stack(
        [np.bincount(index, np.tile(normal[:, k], 3), len(vertices)) for k in range(3)], axis=1
    )
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return np.asarray(total / (length + 1e-20), np.float32)


_EDGE_ENDS, _EDGE_SIDES = 3 / 8, 1 / 8


class Subdivision:
    """How the corners of a closed mesh turn into those of a finer one.

    Args:
        faces: (m, 3) corner indices.
        count: Number of corners.
    """

    def __init__(self, faces: IntArray, count: int) -> None:
        sides = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
        across = np.concatenate([faces[:, 2], faces[:, 0], faces[:, 1]])
        self._edges, edge_of = np.unique(np.sort(sides, axis=1), axis=0, return_inverse=True)
        edge_of = edge_of.ravel()
        order = np.argsort(edge_of, kind="stable")
        met = np.bincount(edge_of)
        if not (met == 2).all():
            raise ValueError("only a closed mesh can be subdivided")
        self._opposite = across[order].reshape(-1, 2)
        self._valence = np.bincount(self._edges.ravel(), minlength=count)
        new = count + edge_of.reshape(3, -1)
        a, b, c = faces.T
        ab, bc, ca = new
        self.faces: IntArray = np.concatenate(
            [np.stack(f, axis=1) for f in ((a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca))]
        ).astype(np.int32)

    def __call__(self, values: FloatArray) -> FloatArray:
        """Values (n, k) of the corners as values of the finer mesh's corners, old ones first."""
        first, second = self._edges.T
        total = np.zeros_like(values)
        np.add.at(total, first, values[second])
        np.add.at(total, second, values[first])
        # Warren's weights, which are simpler than Loop's and as smooth.
        share = np.where(self._valence == 3, 3 / 16, 3 / (8 * np.maximum(self._valence, 1)))
        share = share.astype(values.dtype)[:, None]
        old = values * (1 - share * self._valence[:, None].astype(values.dtype)) + share * total
        new = _EDGE_ENDS * (values[first] + values[second])
        new += _EDGE_SIDES * values[self._opposite].sum(axis=1)
        return np.concatenate([old, new]).astype(values.dtype)


@lru_cache(maxsize=1)
def fine_mesh() -> tuple[Subdivision, HandMesh]:
    """The way from the bundled hand to a finer one, and that one, at rest."""
    mesh = default_mesh()
    step = Subdivision(mesh.faces, len(mesh.vertices))
    fine = replace(mesh, vertices=step(mesh.vertices), faces=step.faces, weights=step(mesh.weights))
    return step, fine
