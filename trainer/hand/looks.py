"""The light and the skin of pictures that are made to be looked at."""

from __future__ import annotations

import numpy as np

from trainer.hand.mesh import FloatArray
from trainer.hand.render import Light, Skin


def _bgr(blue: float, green: float, red: float) -> FloatArray:
    return np.array([blue, green, red], np.float32)


def _unit(x: float, y: float, z: float) -> FloatArray:
    vector = np.array([x, y, z], np.float32)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


SOFT_LIGHT = Light(
    direction=_unit(0.35, 0.5, 0.8),
    colour=_bgr(0.62, 0.65, 0.68),
    sky=_bgr(0.50, 0.49, 0.47),
    floor=_bgr(0.38, 0.38, 0.39),
    shadow=0.35,
    crease=0.7,
)
"""A large lamp above the viewer's shoulder, in a bright room."""

NATURAL_SKIN = Skin(
    back=_bgr(0.46, 0.56, 0.76),
    palm=_bgr(0.55, 0.63, 0.84),
    nail=_bgr(0.66, 0.69, 0.90),
    mottle=0.03,
    gloss=0.06,
    line=0.16,
)

SLEEVE = _bgr(0.32, 0.22, 0.17)
"""Dark blue cloth."""
