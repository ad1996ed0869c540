"""The user's language for sentences of `trainer`, which knows no Qt and writes English.

What the command line says, too, cannot be `tr()`: the sentences that someone may meet first are
listed here, and recognised by their words.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QCoreApplication

from asl_desktop.language import QT_TRANSLATE_NOOP

CONTEXT = "Sentences"

SENTENCES = (
    QT_TRANSLATE_NOOP("Sentences", "Demo clip"),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "No camera was found. Plug one in, or open a video, images or a stream instead.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{0} is not there: no camera that is plugged in has this name or number, and there is no "
        "such file, folder or stream address. Cameras that are there: {1}.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "{0} is not there: it was unplugged or switched off. Plug it in."
    ),
    QT_TRANSLATE_NOOP("Sentences", "{0} is in use by another program. {1}"),
    QT_TRANSLATE_NOOP("Sentences", "Close that program; the command `fuser {0}` finds it."),
    QT_TRANSLATE_NOOP(
        "Sentences", "Close that program: a video call, the Camera app, or a browser tab."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Quit that program: FaceTime, Photo Booth, a video call, or a browser tab.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{0} may not be used by this program. To allow it, {1}."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{0} gives no image: another program has it, access is denied, or it was unplugged. Close "
        "the other program, plug it in again, or {1}.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "let your user read {0}: run `sudo usermod -aG video $USER`, then log out and in again",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "open Settings ▸ Privacy & security ▸ Camera and let desktop apps access the camera",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "open System Settings ▸ Privacy & Security ▸ Camera, switch on ASL Desktop (or the "
        "terminal that started it), and start it again",
    ),
    QT_TRANSLATE_NOOP("Sentences", "Reconnecting to {0}: {1}"),
    QT_TRANSLATE_NOOP("Sentences", "{0}: there is no such file."),
    QT_TRANSLATE_NOOP("Sentences", "{0}: cannot be played as a video. Choose another file."),
    QT_TRANSLATE_NOOP("Sentences", "{0}: no images ({1}) in there."),
    QT_TRANSLATE_NOOP("Sentences", "{0}: cannot be read ({1})."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "ASL Desktop is already open, and that window saves {0}; what changes here is not saved. "
        "Close this window, or close both and start again.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{0} The file is now called {1}."),
    QT_TRANSLATE_NOOP("Sentences", "{0}: the text is damaged."),
    QT_TRANSLATE_NOOP("Sentences", "{0}: {1} is damaged ({2})."),
    QT_TRANSLATE_NOOP("Sentences", "the text"),
    QT_TRANSLATE_NOOP("Sentences", "the practice progress"),
)
"""With {0}, {1} … for what is filled in; the narrower sentence first."""


def in_users_language(text: str) -> str:
    """A sentence in the user's language, if it is known; else as it is."""
    for sentence, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found is None:
            continue
        result = QCoreApplication.translate(CONTEXT, sentence)
        # What is filled in may hold braces of its own.
        parts = re.split(r"(\{\d\})", result)
        filled = {
            f"{{{index}}}": in_users_language(part) for index, part in enumerate(found.groups())
        }
        return "".join(filled.get(part, part) for part in parts)
    return text


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (sentence, re.compile(re.sub(r"\\\{\d\\\}", "(.+?)", re.escape(sentence)), re.DOTALL))
        for sentence in SENTENCES
    ]
