"""A z-buffer triangle rasteriser, vectorised over all candidate pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.mesh import FloatArray, IntArray


@dataclass(frozen=True)
class Fragments:
    """The nearest surface point under each covered pixel (p of them).

    pixel (p,) int64 flat index into the (height, width) image; face (p,) int64;
    weight (p, 3) float32 barycentric weights of the face's corners; depth (p,) float32.
    """

    pixel: npt.NDArray[np.int64]
    face: npt.NDArray[np.int64]
    weight: FloatArray
    depth: FloatArray
    shape: tuple[int, int]

    def image(self, values: FloatArray, empty: float) -> FloatArray:
        """Values (p,) put in their places, (height, width) float32, `empty` elsewhere."""
        flat = np.full(self.shape[0] * self.shape[1], empty, np.float32)
        flat[self.pixel] = values
        return flat.reshape(self.shape)

    def interpolate(self, faces: IntArray, values: FloatArray) -> FloatArray:
        """Corner values (n, k) float32 at each fragment, (p, k) float32."""
        corner = values[faces[self.face]]
        return np.asarray(np.einsum("pc,pck->pk", self.weight, corner), np.float32)


def _span(
    a: FloatArray, b: FloatArray, c: FloatArray, limit: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """First pixel and number of pixels whose centres may lie between three coordinates."""
    low = np.ceil(np.minimum(np.minimum(a, b), c) - 0.5)
    high = np.floor(np.maximum(np.maximum(a, b), c) - 0.5)
    first = np.clip(low, 0, limit).astype(np.int64)
    return first, np.maximum(np.clip(high + 1, 0, limit).astype(np.int64) - first, 0)


def rasterise(
    points: FloatArray, depth: FloatArray, faces: IntArray, shape: tuple[int, int]
) -> Fragments:
    """Fills triangles; `points` (n, 2) float pixels (x right, y down), smaller `depth` wins.

    Faces whose corners run clockwise on screen (y down) are taken as facing away.
    Pixel centres lie at whole numbers plus one half.
    """
    height, width = shape
    corner = points[faces].astype(np.float32)
    (x0, y0), (x1, y1), (x2, y2) = (corner[:, k].T for k in range(3))
    area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
    kept = np.nonzero(area < -1e-6)[0]
    x0, y0, x1, y1, x2, y2, area = (v[kept] for v in (x0, y0, x1, y1, x2, y2, area))
    left, columns = _span(x0, x1, x2, width)
    top, rows = _span(y0, y1, y2, height)
    count = columns * rows
    which = np.repeat(np.arange(len(kept)), count)
    place = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    across = columns[which]
    down = place // across
    column = left[which] + place - down * across
    row = top[which] + down
    px, py = column.astype(np.float32) + 0.5, row.astype(np.float32) + 0.5
    inverse = 1.0 / area
    # Barycentric weights are linear in the pixel's place: a * x + b * y + c per face.
    a0, b0 = (y1 - y2) * inverse, (x2 - x1) * inverse
    a1, b1 = (y2 - y0) * inverse, (x0 - x2) * inverse
    c0, c1 = -a0 * x2 - b0 * y2, -a1 * x2 - b1 * y2
    w0 = a0[which] * px + b0[which] * py + c0[which]
    w1 = a1[which] * px + b1[which] * py + c1[which]
    w2 = 1 - w0 - w1
    inside = np.nonzero((w0 >= 0) & (w1 >= 0) & (w2 >= 0))[0]
    which, w0, w1, w2 = which[inside], w0[inside], w1[inside], w2[inside]
    pixel = row[inside] * width + column[inside]
    z = depth[faces[kept]].astype(np.float32)[which]
    z_here = w0 * z[:, 0] + w1 * z[:, 1] + w2 * z[:, 2]

    nearest = np.full(height * width, np.inf, np.float32)
    np.minimum.at(nearest, pixel, z_here)
    winner = np.full(height * width, -1, np.int64)
    front = np.nonzero(z_here <= nearest[pixel])[0]
    winner[pixel[front]] = front
    covered = np.nonzero(winner >= 0)[0]
    chosen = winner[covered]
    return Fragments(
        pixel=covered,
        face=kept[which[chosen]],
        weight=np.stack([w0[chosen], w1[chosen], w2[chosen]], axis=1),
        depth=z_here[chosen],
        shape=shape,
    )
