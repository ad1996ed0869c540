"""What to say about a finger that stands wrong: how it stands, and how it should."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from trainer.hand_renderer.postures import Posture, right_posture
from trainer.recognition.correction import Correction

CONTEXT = "Fingers"

_NAMES: dict[str, Any] = {
    "index": QT_TRANSLATE_NOOP("Fingers", "index finger"),
    "middle": QT_TRANSLATE_NOOP("Fingers", "middle finger"),
    "ring": QT_TRANSLATE_NOOP("Fingers", "ring finger"),
    "pinky": QT_TRANSLATE_NOOP("Fingers", "little finger"),
}

_SEEN: dict[Posture, Any] = {
    Posture.STRAIGHT: QT_TRANSLATE_NOOP("Fingers", "Your {0} is stretched."),
    Posture.ROUND: QT_TRANSLATE_NOOP("Fingers", "Your {0} is half bent."),
    Posture.HOOKED: QT_TRANSLATE_NOOP("Fingers", "Your {0} is raised, with its tip bent."),
    Posture.FORWARD: QT_TRANSLATE_NOOP("Fingers", "Your {0} is bent at the knuckle only."),
    Posture.CURLED: QT_TRANSLATE_NOOP("Fingers", "Your {0} is folded into the palm."),
    Posture.APART: QT_TRANSLATE_NOOP("Fingers", "Your {0} stands apart."),
    Posture.TOGETHER: QT_TRANSLATE_NOOP("Fingers", "Your {0} is too near to the next finger."),
    Posture.OUT: QT_TRANSLATE_NOOP("Fingers", "Your thumb points away from the hand."),
    Posture.SIDE: QT_TRANSLATE_NOOP("Fingers", "Your thumb is at the side of the hand."),
    Posture.FRONT: QT_TRANSLATE_NOOP("Fingers", "Your thumb lies across the fingers."),
    Posture.PALM: QT_TRANSLATE_NOOP("Fingers", "Your thumb is folded over the palm."),
    Posture.UNDER_ONE: QT_TRANSLATE_NOOP(
        "Fingers", "Your thumb is between index and middle finger."
    ),
    Posture.UNDER_TWO: QT_TRANSLATE_NOOP("Fingers", "Your thumb is under two fingers."),
    Posture.UNDER_THREE: QT_TRANSLATE_NOOP("Fingers", "Your thumb is under three fingers."),
}

_WANTED: dict[Posture, Any] = {
    Posture.STRAIGHT: QT_TRANSLATE_NOOP("Fingers", "Stretch your {0}."),
    Posture.ROUND: QT_TRANSLATE_NOOP("Fingers", "Bend your {0} round, as if around a glass."),
    Posture.HOOKED: QT_TRANSLATE_NOOP("Fingers", "Raise your {0} and bend its tip to a hook."),
    Posture.FORWARD: QT_TRANSLATE_NOOP("Fingers", "Keep your {0} straight, bent at the knuckle."),
    Posture.CURLED: QT_TRANSLATE_NOOP("Fingers", "Fold your {0} down."),
}

_BESIDE: dict[str, Any] = {
    "R": QT_TRANSLATE_NOOP("Fingers", "Cross index and middle finger."),
    "V": QT_TRANSLATE_NOOP("Fingers", "Spread index and middle finger."),
    "W": QT_TRANSLATE_NOOP("Fingers", "Spread the three fingers."),
}
"""Where fingers do not lie side by side."""

_TOGETHER: Any = QT_TRANSLATE_NOOP("Fingers", "Hold the fingers close together.")

_OVER_RING: Any = QT_TRANSLATE_NOOP("Fingers", "Hold the ring finger down with your thumb.")
_BETWEEN: Any = QT_TRANSLATE_NOOP("Fingers", "Put your thumb on the middle finger, in the gap.")
_THUMB: dict[str, Any] = {
    "A": QT_TRANSLATE_NOOP("Fingers", "Put your thumb upright along the side of the fist."),
    "B": QT_TRANSLATE_NOOP("Fingers", "Fold your thumb over the palm."),
    "C": QT_TRANSLATE_NOOP("Fingers", "Curve your thumb opposite the fingers, with a gap."),
    "D": QT_TRANSLATE_NOOP("Fingers", "Let your thumb meet the middle finger."),
    "E": QT_TRANSLATE_NOOP("Fingers", "Put your thumb below the fingertips."),
    "F": QT_TRANSLATE_NOOP("Fingers", "Let your thumb meet the index finger."),
    "G": QT_TRANSLATE_NOOP("Fingers", "Point your thumb the same way as the index finger."),
    "H": _OVER_RING,
    "I": QT_TRANSLATE_NOOP("Fingers", "Put your thumb in front of the folded fingers."),
    "K": _BETWEEN,
    "L": QT_TRANSLATE_NOOP("Fingers", "Stretch your thumb out to the side."),
    "M": QT_TRANSLATE_NOOP("Fingers", "Put your thumb under three fingers."),
    "N": QT_TRANSLATE_NOOP("Fingers", "Put your thumb under two fingers."),
    "O": QT_TRANSLATE_NOOP("Fingers", "Let your thumb meet the fingertips."),
    "P": _BETWEEN,
    "Q": QT_TRANSLATE_NOOP("Fingers", "Point your thumb down, beside the index finger."),
    "R": _OVER_RING,
    "S": QT_TRANSLATE_NOOP("Fingers", "Put your thumb across the front of the fingers."),
    "T": QT_TRANSLATE_NOOP("Fingers", "Put your thumb between index and middle finger."),
    "U": _OVER_RING,
    "V": _OVER_RING,
    "W": QT_TRANSLATE_NOOP("Fingers", "Hold the little finger down with your thumb."),
    "X": QT_TRANSLATE_NOOP("Fingers", "Put your thumb across the folded fingers."),
    "Y": QT_TRANSLATE_NOOP("Fingers", "Stretch your thumb out to the side."),
}


def finger_name(finger: str) -> str:
    """What a finger other than the thumb is called."""
    return _translated(_NAMES[finger])


def correction_text(correction: Correction) -> str:
    """Two sentences: how the finger stands, and how it should."""
    return f"{_seen(correction)} {_wanted(correction)}"


def _seen(correction: Correction) -> str:
    text = _translated(_SEEN[correction.seen])
    if correction.finger == "thumb":
        return text
    return text.replace("{0}", finger_name(correction.finger))


def _wanted(correction: Correction) -> str:
    if correction.finger == "thumb":
        return _translated(_THUMB[correction.letter])
    if correction.seen in (Posture.APART, Posture.TOGETHER):
        return _translated(_BESIDE.get(correction.letter, _TOGETHER))
    right = right_posture(correction.letter, correction.finger)
    return _translated(_WANTED[right]).replace("{0}", finger_name(correction.finger))


def _translated(text: Any) -> str:
    return QCoreApplication.translate(CONTEXT, text)
