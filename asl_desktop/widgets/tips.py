"""How to sign each letter, and how similar letters differ."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

CONTEXT = "Tips"

_TIPS: dict[str, Any] = {
    "A": QT_TRANSLATE_NOOP("Tips", "A fist with the thumb upright along its side."),
    "B": QT_TRANSLATE_NOOP("Tips", "Four fingers up and together, the thumb folded over the palm."),
    "C": QT_TRANSLATE_NOOP(
        "Tips", "Fingers and thumb curved like the letter; turn it to the side."
    ),
    "D": QT_TRANSLATE_NOOP(
        "Tips", "The index finger points up; the others meet the thumb in a ring."
    ),
    "E": QT_TRANSLATE_NOOP(
        "Tips", "Curl all fingers until their tips come down to the thumb, which lies below them."
    ),
    "F": QT_TRANSLATE_NOOP(
        "Tips", "Thumb and index finger make a ring; the other three stand up, spread."
    ),
    "G": QT_TRANSLATE_NOOP(
        "Tips", "Index finger and thumb point sideways, one above the other, a little apart."
    ),
    "H": QT_TRANSLATE_NOOP(
        "Tips", "Index and middle finger point sideways, together; the back of the hand faces out."
    ),
    "I": QT_TRANSLATE_NOOP("Tips", "A fist with only the little finger up, the thumb in front."),
    "J": QT_TRANSLATE_NOOP(
        "Tips", "Hold an I and draw a J with the little finger: down, then round towards yourself."
    ),
    "K": QT_TRANSLATE_NOOP(
        "Tips", "Index and middle finger up in a V, the thumb between them on the middle finger."
    ),
    "L": QT_TRANSLATE_NOOP("Tips", "Index finger up and thumb out to the side, at a right angle."),
    "M": QT_TRANSLATE_NOOP("Tips", "The thumb lies under three fingers, which hang over it."),
    "N": QT_TRANSLATE_NOOP("Tips", "The thumb lies under two fingers, which hang over it."),
    "O": QT_TRANSLATE_NOOP(
        "Tips", "All fingertips meet the thumb in a round O; turn it to the side."
    ),
    "P": QT_TRANSLATE_NOOP(
        "Tips", "A K tipped over: the index finger points ahead, the middle finger down."
    ),
    "Q": QT_TRANSLATE_NOOP("Tips", "A G tipped over: index finger and thumb point down."),
    "R": QT_TRANSLATE_NOOP("Tips", "Cross the middle finger behind the index finger, both up."),
    "S": QT_TRANSLATE_NOOP("Tips", "A fist with the thumb across the front of the fingers."),
    "T": QT_TRANSLATE_NOOP(
        "Tips", "A fist with the thumb tucked between index and middle finger, its tip showing."
    ),
    "U": QT_TRANSLATE_NOOP("Tips", "Index and middle finger straight up, side by side."),
    "V": QT_TRANSLATE_NOOP("Tips", "Index and middle finger up and spread."),
    "W": QT_TRANSLATE_NOOP(
        "Tips", "Three fingers up and spread; the thumb holds the little finger down."
    ),
    "X": QT_TRANSLATE_NOOP("Tips", "A fist with the index finger raised and bent to a hook."),
    "Y": QT_TRANSLATE_NOOP("Tips", "Thumb and little finger out, the middle three folded."),
    "Z": QT_TRANSLATE_NOOP(
        "Tips", "Draw a Z with the index finger, as you would see it yourself on a wall."
    ),
}

_APART: dict[str, Any] = {
    "AE": QT_TRANSLATE_NOOP("Tips", "A: thumb upright at the side. E: thumb lies under the tips."),
    "AS": QT_TRANSLATE_NOOP("Tips", "A: thumb at the side. S: thumb across the front."),
    "AT": QT_TRANSLATE_NOOP("Tips", "A: thumb at the side. T: thumb tip between two fingers."),
    "BF": QT_TRANSLATE_NOOP("Tips", "B: all four fingers up. F: the index finger meets the thumb."),
    "BE": QT_TRANSLATE_NOOP("Tips", "B: fingers straight up. E: fingers curled down to the thumb."),
    "CO": QT_TRANSLATE_NOOP("Tips", "C: leave a gap. O: the fingertips touch the thumb."),
    "DF": QT_TRANSLATE_NOOP("Tips", "D: one finger up. F: three fingers up."),
    "DL": QT_TRANSLATE_NOOP("Tips", "D: the thumb meets the middle finger. L: it points away."),
    "DX": QT_TRANSLATE_NOOP("Tips", "D: index finger straight. X: index finger hooked."),
    "DR": QT_TRANSLATE_NOOP("Tips", "D: one finger up. R: two fingers up and crossed."),
    "DI": QT_TRANSLATE_NOOP("Tips", "D: the index finger is up. I: the little finger is up."),
    "EM": QT_TRANSLATE_NOOP("Tips", "E: tips above the thumb. M: three fingers hang over it."),
    "EO": QT_TRANSLATE_NOOP("Tips", "E: fingers pressed flat, no hole. O: a round hole."),
    "ES": QT_TRANSLATE_NOOP("Tips", "E: thumb below the fingertips. S: thumb across the fingers."),
    "GH": QT_TRANSLATE_NOOP("Tips", "G: one finger and the thumb point. H: two fingers point."),
    "GQ": QT_TRANSLATE_NOOP("Tips", "G points to the side. Q points down."),
    "GL": QT_TRANSLATE_NOOP("Tips", "G points to the side. L stands upright."),
    "HP": QT_TRANSLATE_NOOP("Tips", "H: both fingers level. P: the middle finger points down."),
    "HU": QT_TRANSLATE_NOOP("Tips", "H points to the side. U points up."),
    "IY": QT_TRANSLATE_NOOP("Tips", "I: the thumb is in front. Y: the thumb points away."),
    "KP": QT_TRANSLATE_NOOP("Tips", "K stands upright. P is tipped over, pointing down."),
    "KU": QT_TRANSLATE_NOOP("Tips", "K: thumb between spread fingers. U: fingers together."),
    "KV": QT_TRANSLATE_NOOP("Tips", "K: the thumb is between the fingers. V: it is folded away."),
    "KR": QT_TRANSLATE_NOOP("Tips", "K: fingers apart, thumb between. R: fingers crossed."),
    "LY": QT_TRANSLATE_NOOP("Tips", "L: thumb and index finger. Y: thumb and little finger."),
    "MN": QT_TRANSLATE_NOOP("Tips", "M: three fingers over the thumb. N: two fingers over it."),
    "MS": QT_TRANSLATE_NOOP("Tips", "M: thumb under the fingers. S: thumb over the fingers."),
    "MT": QT_TRANSLATE_NOOP("Tips", "M: three fingers over the thumb. T: only the index finger."),
    "NS": QT_TRANSLATE_NOOP("Tips", "N: thumb under two fingers. S: thumb over the fingers."),
    "NT": QT_TRANSLATE_NOOP("Tips", "N: two fingers over the thumb. T: only the index finger."),
    "PQ": QT_TRANSLATE_NOOP("Tips", "P: two fingers point apart. Q: one finger and the thumb."),
    "RU": QT_TRANSLATE_NOOP("Tips", "R: the fingers cross. U: they lie side by side."),
    "RV": QT_TRANSLATE_NOOP("Tips", "R: the fingers cross. V: they spread."),
    "ST": QT_TRANSLATE_NOOP("Tips", "S: thumb over all fingers. T: its tip between two of them."),
    "SX": QT_TRANSLATE_NOOP("Tips", "S: a closed fist. X: the index finger is raised and hooked."),
    "TX": QT_TRANSLATE_NOOP("Tips", "T: index finger over the thumb. X: index finger raised."),
    "UV": QT_TRANSLATE_NOOP("Tips", "U: the fingers touch. V: they spread."),
    "VW": QT_TRANSLATE_NOOP("Tips", "V: two fingers. W: three fingers."),
    "FW": QT_TRANSLATE_NOOP("Tips", "F: the thumb meets the index finger. W: the little finger."),
}

_VOWELS = "AEFHILMNORSX"
"""Letters whose English names begin with a vowel."""


def tip(letter: str) -> str:
    """One sentence on how a letter of A to Z is held."""
    return QCoreApplication.translate(CONTEXT, _TIPS[letter])


def apart(one: str, other: str) -> str:
    """How two similar letters differ; "" for others."""
    text = _APART.get(min(one, other) + max(one, other), "")
    return QCoreApplication.translate(CONTEXT, text) if text else ""


def with_article(letter: str, a: str, an: str) -> str:
    """One of two texts, by the sound with which the letter's English name begins."""
    return (an if letter in _VOWELS else a).replace("{0}", letter)
