"""One step of Loop subdivision (Loop, "Smooth Subdivision Surfaces Based on Triangles", 1987).

Every triangle becomes four, and corners become round. For pictures that are looked at closely; the
pictures for training are too small for it to matter.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from trainer.hand.mesh import FloatArray, HandMesh, IntArray, default_mesh

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


def volume(vertices: FloatArray, faces: IntArray) -> float:
    """What a closed mesh encloses, in the cube of its unit."""
    a, b, c = (vertices[faces[:, k]].astype(np.float64) for k in range(3))
    return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6)
