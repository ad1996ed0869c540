"""How exactly the joints of hands are found."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.data.dataset import Dataset
from trainer.images.box import Box
from trainer.images.joint_places import in_frame
from trainer.images.preprocessing import Preprocessing
from trainer.joints import JOINTS


@dataclass(frozen=True)
class JointScores:
    """Distances of found joints from the known ones, over all joints of n hands.

    Attributes:
        n: Hands whose joints are known.
        error: Mean distance, in longer sides of the hand box.
        pck_1: Percentage of correct keypoints at 0.1, as a share: those at most 0.1 away.
        pck_2: Likewise at 0.2.
    """

    n: int
    error: float
    pck_1: float
    pck_2: float

    def to_json(self) -> dict[str, float]:
        """The scores as JSON values."""
        return {name: round(value, 4) for name, value in asdict(self).items()}


def joint_scores(
    found: NDArray[np.float32], held: Dataset, preprocessing: Preprocessing
) -> JointScores | None:
    """Scores joints (n, 21, 2) that a model gave for a data set's images; None: none are known."""
    if held.joints is None or held.boxes is None:
        return None
    known = np.flatnonzero(np.isfinite(held.joints).all(axis=(1, 2)) & held.boxed)
    if not len(known):
        return None
    distances = np.empty((len(known), JOINTS))
    for row, index in enumerate(known.tolist()):
        box = Box(*map(float, held.boxes[index]))
        seen = in_frame(found[index], preprocessing.square(held.images[index], box))
        away = np.linalg.norm(seen - held.joints[index], axis=1)
        distances[row] = away / max(box.w, box.h)
    return JointScores(
        len(known),
        float(distances.mean()),
        float((distances <= 0.1).mean()),
        float((distances <= 0.2).mean()),
    )
