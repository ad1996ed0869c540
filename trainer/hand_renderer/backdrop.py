"""Random backgrounds: gradients, shapes, noise, blurred blobs, now and then a face-like one."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.mesh import FloatArray


def _colour(rng: np.random.Generator) -> FloatArray:
    """A random BGR colour (3,), mostly dull as rooms are."""
    grey = rng.uniform(0.03, 0.97)
    tint = rng.normal(0, rng.choice([0.02, 0.04, 0.08, 0.16], p=[0.35, 0.35, 0.2, 0.1]), 3)
    return np.clip(grey + tint, 0, 1).astype(np.float32)


def _ramp(rng: np.random.Generator, size: int) -> FloatArray:
    """A straight blend between two colours, (size, size, 3)."""
    angle = rng.uniform(0, 2 * np.pi)
    line = np.linspace(-0.5, 0.5, size, dtype=np.float32)
    t = np.clip(0.5 + line[None] * np.cos(angle) + line[:, None] * np.sin(angle), 0, 1)[..., None]
    first = _colour(rng)
    second = _colour(rng) if rng.random() < 0.4 else np.clip(first + rng.normal(0, 0.1, 3), 0, 1)
    return np.asarray(first * (1 - t) + second * t, np.float32)


def _patches(rng: np.random.Generator, size: int) -> FloatArray:
    """Random noise of one grain, enlarged to the image, (size, size, 3) around 0."""
    cells = int(rng.choice([2, 4, 8, 16, 32, 64]))
    channels = 3 if rng.random() < 0.15 else 1
    coarse = rng.standard_normal((cells, cells, channels)).astype(np.float32)
    large = cv2.resize(coarse, (size, size), interpolation=cv2.INTER_CUBIC).reshape(size, size, -1)
    return np.asarray(np.broadcast_to(large, (size, size, 3)), np.float32)


def _draw_shape(rng: np.random.Generator, canvas: FloatArray) -> None:
    """Adds one filled polygon, bar, ellipse or line in place."""
    size = canvas.shape[0]
    colour = tuple(float(c) for c in _colour(rng))
    kind = rng.integers(4)
    at = rng.uniform(-0.1, 1.1, (4, 2)) * size
    if kind == 0:
        cv2.fillPoly(canvas, [at[: rng.integers(3, 5)].astype(np.int32)], colour, cv2.LINE_AA)
    elif kind == 1:
        cv2.rectangle(canvas, at[0].astype(int).tolist(), at[1].astype(int).tolist(), colour, -1)
    elif kind == 2:
        axes = (rng.uniform(0.05, 0.4, 2) * size).astype(int).tolist()
        turn = float(rng.uniform(0, 180))
        cv2.ellipse(canvas, at[0].astype(int).tolist(), axes, turn, 0, 360, colour, -1, cv2.LINE_AA)
    else:
        width = int(rng.integers(1, max(2, size // 10)))
        ends = at[:2].astype(int).tolist()
        cv2.line(canvas, ends[0], ends[1], colour, width, cv2.LINE_AA)


def _draw_person(rng: np.random.Generator, canvas: FloatArray, skin: FloatArray) -> None:
    """A head with hair, eyes and shoulders, in place: what often stands behind a hand."""
    size = canvas.shape[0]
    scale = rng.uniform(0.3, 0.75) * size
    x, y = rng.uniform(-0.05, 1.05) * size, rng.uniform(0.0, 0.75) * size
    hair = np.clip(rng.uniform(0.02, 0.3) * np.array([0.8, 0.9, 1.1]), 0, 1)
    cloth = _colour(rng) * rng.choice([0.35, 1.0])
    face = np.clip(skin * rng.uniform(0.8, 1.6), 0, 0.95)

    def oval(
        right: float, down: float, wide: float, high: float, colour: npt.NDArray[np.floating]
    ) -> None:
        centre = (round(x + right * scale), round(y + down * scale))
        axes = (max(1, round(wide * scale)), max(1, round(high * scale)))
        paint = tuple(float(c) for c in colour)
        cv2.ellipse(canvas, centre, axes, 0, 0, 360, paint, -1, cv2.LINE_AA)

    oval(0, 1.35, 0.95, 0.75, cloth)
    oval(0, 0.5, 0.18, 0.3, face * 0.8)
    oval(0, rng.uniform(-0.15, -0.05), 0.4, rng.uniform(0.4, 0.55), hair)
    oval(0, 0.05, 0.33, 0.44, face)
    oval(rng.choice([-0.14, 0.14]), 0.08, 0.17, 0.34, face * rng.uniform(0.85, 1.1))
    if rng.random() < 0.3:
        oval(0, 0.36, 0.2, 0.13, hair * 0.5 + face * 0.3)  # a beard
    glasses = rng.random() < 0.3
    for way in (-0.14, 0.14):
        if glasses:
            oval(way, -0.02, 0.11, 0.075, face * 0.35)
            oval(way, -0.02, 0.085, 0.055, face * 0.9)
        oval(way, -0.02, 0.055, 0.025, face * 0.3)
        oval(way, -0.12, 0.09, 0.018, hair)
    oval(0, 0.14, 0.05, 0.09, face * 0.88)
    oval(0, 0.28, 0.12, 0.03, face * np.array([0.6, 0.6, 0.8]))


def random_backdrop(rng: np.random.Generator, size: int, skin: FloatArray) -> FloatArray:
    """One background (size, size, 3) float32 BGR 0..1; `skin` (3,) colours a face in it."""
    canvas = np.ascontiguousarray(_ramp(rng, size))
    for _ in range(int(rng.integers(0, 3))):
        canvas += _patches(rng, size) * np.float32(rng.uniform(0.01, 0.12) ** 1.3)
    if rng.random() < 0.65:
        for _ in range(int(rng.integers(1, 9))):
            _draw_shape(rng, canvas)
    if rng.random() < 0.4:
        _draw_person(rng, canvas, skin)
    if rng.random() < 0.65:
        canvas = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.5, 0.06 * size)).astype(np.float32)
    if rng.random() < 0.4:
        canvas += _patches(rng, size) * np.float32(rng.uniform(0.0, 0.03))
    return np.clip(canvas, 0, 1).astype(np.float32)
