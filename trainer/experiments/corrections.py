"""How often the correction names the finger that stands wrong, on drawn hands.

    uv run python -m trainer.experiments.corrections --out FILE.json

Every hand is another person's, held as loosely as people hold it, and turned at random. One finger
is moved from its place towards a wrong one, and all joints at random, as a joint network errs.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.hand_renderer.camera_angles import random_view
from trainer.hand_renderer.joints import joint_places
from trainer.hand_renderer.mesh import default_mesh
from trainer.hand_renderer.postures import Mistake, mistaken_angles, mistakes
from trainer.hand_renderer.skeleton import Skeleton, rotation
from trainer.hand_renderer.variation import random_angles, random_proportions
from trainer.joints import JOINTS
from trainer.letters import LETTERS
from trainer.recognition.correction import SURE, explain
from trainer.support import atomic

HANDS = 500
JITTER = 0.04
"""Standard deviation of a joint in x and in y, in hand sizes."""

_SIDE = 160.0
_DISTANCE = 0.6
_LEAST_SHARE = 0.75
"""A finger goes so much of the way to its wrong place, or more."""


class Drawn(NamedTuple):
    """A drawn hand: its letter, what is wrong with it if anything, its joints (21, 2) pixels."""

    letter: str
    mistake: Mistake | None
    joints: NDArray[np.float64]


def draw_hand(rng: np.random.Generator, *, wrong: bool, jitter: float = JITTER) -> Drawn:
    """A random person's hand that signs a random letter, with or without one finger wrong."""
    letter = LETTERS[int(rng.integers(len(LETTERS)))]
    mesh = default_mesh()
    person = Skeleton(mesh, random_proportions(mesh, rng))
    view = random_view(letter, rng)
    shape = view.shape or letter
    angles = random_angles(shape, person, rng)
    mistake = None
    if wrong:
        known = mistakes(shape)
        finger = list(dict.fromkeys(one.finger for one in known))
        chosen = finger[int(rng.integers(len(finger)))]
        ways = [one for one in known if one.finger == chosen]
        mistake = ways[int(rng.integers(len(ways)))]
        moved = mistaken_angles(shape, mistake, person, angles)
        angles = angles + (moved - angles) * rng.uniform(_LEAST_SHARE, 1.0)
    yaw, pitch, roll = np.clip(rng.normal(0, [13, 12, 11], 3), -26, 26) * view.sway
    turn = rotation(2, roll) @ rotation(0, pitch) @ rotation(1, yaw) @ view.rotation()
    places = joint_places(mesh, person.frames(angles)) @ turn.T
    flat = places[:, :2] / (_DISTANCE - places[:, 2:])
    flat = flat * [1 if rng.random() < 0.5 else -1, -1]
    flat = (flat - flat.min(axis=0)) / np.ptp(flat, axis=0).max()
    joints = (flat + rng.normal(0, jitter, (JOINTS, 2))) * _SIDE
    return Drawn(letter, mistake, joints)


def measure(count: int = HANDS, seed: int = 2, jitter: float = JITTER) -> dict[str, Any]:
    """Shares of `count` mistaken hands, and of as many correct ones."""
    rng = np.random.default_rng(seed)
    named = sure = right_sure = 0
    by_finger: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for _ in range(count):
        drawn = draw_hand(rng, wrong=True, jitter=jitter)
        assert drawn.mistake is not None  # noqa: S101 - it was asked for
        best = explain(drawn.letter, drawn.joints)[0]
        right = best.finger == drawn.mistake.finger
        named += right
        by_finger[drawn.mistake.finger] += 1
        if not right:
            missed[drawn.mistake.finger] += 1
        sure += best.probability >= SURE
        right_sure += right and best.probability >= SURE
    alarms = 0
    for _ in range(count):
        drawn = draw_hand(rng, wrong=False, jitter=jitter)
        alarms += explain(drawn.letter, drawn.joints)[0].probability >= SURE
    return {
        "hands": count,
        "jitter": jitter,
        "named finger is the wrong one": named / count,
        "a finger is named": sure / count,
        "named finger is the wrong one, where one is named": right_sure / max(sure, 1),
        "a finger is named in a correct hand": alarms / count,
        "by finger": {f: round(1 - missed[f] / n, 3) for f, n in sorted(by_finger.items())},
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and writes the results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--count", type=int, default=HANDS)
    chosen = parser.parse_args(arguments)
    results = measure(chosen.count)
    text = json.dumps(results, indent=1)
    print(text)
    atomic.write_bytes(chosen.out, (text + "\n").encode())


if __name__ == "__main__":
    main()
