"""How each letter is turned towards the viewer.

Viewer space: +x right, +y up, +z towards the viewer, who faces the signer.  All views are of
a right hand; a left hand is the mirror image.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.poses import Vector
from trainer.letters import LETTERS


@dataclass(frozen=True)
class View:
    """Where the straight fingers point, where the palm looks and where the elbow lies.

    `sway` widens the random turning of this view; `weight` is how often it is chosen;
    `shape` names the handshape where it is not simply the letter's own.
    """

    fingers: Vector
    palm: Vector
    elbow: Vector = (-0.15, -1.0, -0.15)
    weight: float = 1.0
    sway: float = 1.0
    shape: str = ""

    def rotation(self) -> npt.NDArray[np.float64]:
        """Matrix (3, 3) from hand space to viewer space."""
        along = np.array(self.fingers, np.float64)
        along /= np.linalg.norm(along)
        out = np.array(self.palm, np.float64)
        out -= (out @ along) * along
        out /= np.linalg.norm(out)
        return np.stack([np.cross(along, out), along, out], axis=1)


_FRONT = (View((0, 1, 0), (0, 0, 1)),)
# C, O: the opening to one side, seen from the little finger's side, between, or the thumb's.
_CURVED = (
    View((0.3, 1, 0), (1, -0.2, 0.3), (-0.6, -1, -0.1), weight=0.45, sway=1.2),
    View((0.2, 1, 0), (0.75, -0.1, 0.7), (-0.3, -1, -0.1), weight=0.25),
    View((0, 1, 0), (0.15, 0, 1), weight=0.1),
    View((-0.2, 1, 0), (-1, -0.15, 0.2), (0.5, -1, -0.1), weight=0.2, sway=1.2),
)
# H: pointing to the signer's other side with the back of the hand in view, or outwards with
# the palm or the thumb side in view; seldom half upright, or at the viewer.
_POINTING = (
    View((1, 0.05, 0), (0, -0.5, -1), (-0.8, -0.6, 0.0), weight=0.4, sway=1.3),
    View((-1, 0.05, 0), (0, -0.25, 1), (0.7, -0.7, -0.1), weight=0.4, sway=1.3),
    View((-1, 0.05, 0), (0, -1, 0.15), (0.6, -0.7, -0.1), weight=0.2, sway=1.3),
    View((-0.75, 0.66, 0), (-0.1, -0.2, 1), (0.3, -0.9, -0.1), weight=0.15, sway=0.6),
    View((-0.2, 0.05, 1), (0.8, -0.6, 0.2), (0.1, -0.5, -1), weight=0.1, sway=1.3),
    View((-1, 0.05, 0), (0, -0.9, 0.4), (0.7, -0.7, -0.1), 0.15, 1.3, "H thumb"),
    View((1, 0.05, 0), (0, -0.5, -1), (-0.8, -0.6, 0.0), 0.1, 1.3, "H thumb"),
    View((-1, 0.05, 0), (0, -0.25, 1), (0.7, -0.7, -0.1), 0.2, 1.3, "H tucked"),
)
# G: the same, but the bent index finger (not the palm) lies level where "flat" is not said; the
# last one points at the viewer.
_PINCHING = (
    View((1, 0.05, 0), (0, -0.5, -1), (-0.8, -0.6, 0.0), 0.3, 1.3, "G flat"),
    View((-0.67, 0.74, 0), (-0.74, -0.67, 0), (0.6, -0.7, -0.1), 0.35, 1.3),
    View((-1, 0.05, 0), (0, -0.35, 1), (0.7, -0.7, -0.1), 0.2, 1.3, "G flat"),
    View((0.67, 0.74, 0), (0.74, -0.67, 0), (-0.6, -0.7, -0.1), 0.15, 1.3),
    View((0.6, 0.8, 0.1), (0.7, -0.5, 0.5), (-0.7, -0.6, -0.1), 0.2, 1.3),
    View((-0.2, 0.05, 1), (0.95, -0.2, 0.2), (0.1, -0.5, -1), 0.1, 1.3, "G flat"),
)
# A fist that leans towards the viewer.
_LEANING = View((0, 0.9, 0.45), (0, -0.45, 0.9), (-0.2, -1.0, -0.4), weight=0.2)
# Fingers that hang down over the thumb from a raised wrist, their backs in view.
_HANGING = (
    View((0.1, 0.3, 0.95), (0, -0.95, 0.3), (-0.5, -0.6, -0.6), weight=0.2, sway=1.2),
    View((-0.5, 0.5, 0.7), (-0.2, -0.8, 0.4), (0.3, -0.9, -0.4), weight=0.1),
)

VIEWS: dict[str, tuple[View, ...]] = {
    **dict.fromkeys(LETTERS, _FRONT),
    "A": (
        *_FRONT,
        _LEANING,
    ),
    "I": (
        *_FRONT,
        View((0, 1, 0), (0, 0, 1), weight=0.3, shape="I side"),
    ),
    "M": (
        *_FRONT,
        _LEANING,
        View((0, 1, 0), (0, 0, 1), weight=0.3, shape="M flat"),
        *(replace(view, shape="M hanging") for view in _HANGING),
    ),
    "N": (
        *_FRONT,
        _LEANING,
        View((0, 1, 0), (0, 0, 1), weight=0.3, shape="N flat"),
        *(replace(view, shape="N hanging") for view in _HANGING),
    ),
    "S": (
        *_FRONT,
        _LEANING,
    ),
    "T": (
        *_FRONT,
        _LEANING,
        View((0, 1, 0), (0, 0, 1), weight=0.2, shape="T high"),
    ),
    "C": _CURVED,
    "D": (
        View((0, 1, 0), (0.05, 0, 1), weight=0.65),
        View((0.1, 1, 0), (0.6, 0, 0.8), weight=0.35, shape="D ring"),
        View((0.1, 1, 0), (-0.7, 0, 0.7), weight=0.15, shape="D ring"),
        View((0.2, 1, 0), (0.95, 0, 0.2), weight=0.15, shape="D ring"),
        View((0, 1, 0), (0, 0, 1), weight=0.25, sway=1.2, shape="D fist"),
    ),
    "E": (
        View((0, 1, 0), (0, 0, 1), weight=0.75),
        View((0, 1, 0), (0.1, 0, 1), weight=0.25, shape="E open"),
        _LEANING,
    ),
    "K": (
        View((0, 1, 0), (0, 0, 1), weight=0.65, sway=1.35),
        View((0, 1, 0), (-0.5, 0, 0.85), weight=0.25, sway=1.2),
        View((0.85, 0.5, 0.1), (0.2, -0.6, -0.5), (-0.7, -0.7, 0.0), weight=0.1),
        View((0, 1, 0), (0, 0, 1), weight=0.3, sway=1.2, shape="K low"),
    ),
    "R": (
        View((0, 1, 0), (0, 0, 1), weight=0.65),
        View((0, 1, 0), (0, 0, 1), weight=0.35, shape="R over"),
        View((0, 1, 0), (0, 0, 1), weight=0.2, sway=1.4, shape="R close"),
        View((0, 1, 0), (0.65, 0, 0.75), weight=0.15),
        View((0, 1, 0), (-0.65, 0, 0.75), weight=0.15),
    ),
    "O": _CURVED,
    "F": (
        View((0, 1, 0), (0, 0, 1), weight=0.35),
        View((0, 1, 0), (0, 0, 1), weight=0.25, shape="F closed"),
        View((0.1, 1, 0), (0.5, 0, 0.85), weight=0.15),
        View((0.1, 1, 0), (0.5, 0, 0.85), weight=0.25, shape="F closed"),
        View((0.1, 1, 0), (-0.6, 0, 0.8), weight=0.15, shape="F closed"),
    ),
    "G": _PINCHING,
    "H": _POINTING,
    "P": (
        View((1, -0.15, 0.1), (0, -1, -0.4), (-0.8, -0.5, 0.0), weight=0.4, sway=1.3),
        View((-1, -0.1, 0.1), (-0.1, -1, 0.3), (0.7, -0.6, 0.0), weight=0.25, sway=1.3),
        View((-0.8, 0.5, 0.1), (-0.4, -0.8, 0.4), (0.6, -0.8, 0.0), weight=0.2, sway=1.3),
        View((0.4, -0.7, 0.5), (-0.1, -0.6, -0.8), (-0.4, 0.1, -0.7), weight=0.15, sway=1.3),
        View(
            (-1, 0.1, 0.1),
            (-0.05, -1, 0.1),
            (0.6, -0.8, 0.0),
            weight=0.25,
            sway=1.3,
            shape="P down",
        ),
        View(
            (-0.75, -0.2, 0.6),
            (-0.3, -0.7, -0.6),
            (0.5, -0.8, -0.3),
            weight=0.15,
            sway=1.2,
            shape="P down",
        ),
        View((0.1, -1, 0.25), (0, -0.25, -1), (-0.6, 0.3, -0.5), weight=0.15, sway=1.2, shape="K"),
    ),
    "Q": (
        View((-0.93, -0.37, 0), (0.37, -0.93, 0), (0.8, 0.3, -0.2), weight=0.25, sway=1.6),
        View((-0.93, -0.1, 0.1), (0.2, -0.93, 0.1), (0.6, -0.8, -0.2), weight=0.15, sway=1.5),
        View((0, -0.75, 0.65), (0, -0.65, -0.75), (0.2, 0.2, -0.9), weight=0.15, sway=1.4),
        View((0.93, -0.37, 0), (-0.37, -0.93, 0), (-0.8, 0.0, -0.2), weight=0.25, sway=1.6),
        View((-0.6, -0.5, 0.6), (0.35, -0.85, -0.3), (0.5, 0.1, -0.8), weight=0.2, sway=1.5),
    ),
    "X": (
        View((0.1, 1, 0), (0.8, 0, 0.65), (-0.3, -1, -0.1), weight=0.45, sway=1.3),
        View((0, 1, 0), (0.1, 0, 1), weight=0.3),
        View((-0.1, 1, 0), (-0.8, 0, 0.6), (0.3, -1, -0.1), weight=0.15, sway=1.4),
        View((-1, 0.3, 0), (-0.2, -1, 0.3), (0.7, -0.6, -0.1), weight=0.1, sway=1.4),
        View(
            (0.1, 1, 0), (0.7, 0, 0.75), (-0.3, -1, -0.1), weight=0.25, sway=1.3, shape="X slight"
        ),
        View((0, 1, 0), (-0.5, 0, 0.85), weight=0.1, sway=1.3, shape="X slight"),
        View((0.1, 1, 0), (0.7, 0, 0.75), (-0.3, -1, -0.1), weight=0.15, sway=1.3, shape="X thumb"),
    ),
}


def random_view(letter: str, rng: np.random.Generator) -> View:
    """One of a letter's views, by their weights."""
    views = VIEWS[letter]
    weights = np.array([view.weight for view in views])
    return views[int(rng.choice(len(views), p=weights / weights.sum()))]
