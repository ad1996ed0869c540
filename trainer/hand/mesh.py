"""The rigged hand mesh and its skinning.

Hand space: metres, origin at the wrist, +x to the thumb side, +y to the fingertips, +z out
of the palm (see `trainer.hand.convert`, which writes the file).
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainer.resources import asset

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
    """Read a hand file; raises ValueError with one sentence when it is not one."""
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
