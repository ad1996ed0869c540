"""The 21 joints of a hand, named and ordered as MediaPipe Hands has them."""

from __future__ import annotations

FINGERS = ("thumb", "index", "middle", "ring", "pinky")

NAMES = (
    "wrist",
    *("thumb_cmc", "thumb_mcp", "thumb_ip", "thumb_tip"),
    *(f"{finger}_{part}" for finger in FINGERS[1:] for part in ("mcp", "pip", "dip", "tip")),
)

JOINTS = len(NAMES)


def finger_joints(finger: str) -> slice:
    """Where the four joints of one of `FINGERS` stand, from the palm to the tip."""
    first = 1 + 4 * FINGERS.index(finger)
    return slice(first, first + 4)
