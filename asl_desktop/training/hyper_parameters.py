"""The hyper-parameters in the Training tab: groups, translated texts, and what arguments say."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import redirect_stderr
from io import StringIO

from PySide6.QtCore import QCoreApplication

from asl_desktop.language import QT_TRANSLATE_NOOP
from trainer.commands import train
from trainer.support.hyper_parameter import HyperParameter
from trainer.training.recipe import PARAMETERS

GROUPS: tuple[tuple[str, list[HyperParameter]], ...] = (
    (
        QT_TRANSLATE_NOOP("HyperParameter", "Training"),
        [p for part, p in PARAMETERS if part != "augmentation" and not p.of_network],
    ),
    (
        QT_TRANSLATE_NOOP("HyperParameter", "Network"),
        [p for _, p in PARAMETERS if p.of_network],
    ),
    (
        QT_TRANSLATE_NOOP("HyperParameter", "Augmentation"),
        [p for part, p in PARAMETERS if part == "augmentation"],
    ),
)

_PARSER = argparse.ArgumentParser()
train.add_parser(_PARSER.add_subparsers())


def parsed(arguments: Sequence[str]) -> argparse.Namespace | None:
    """Arguments of `trainer train` as it understands them, or None where it does not."""
    with redirect_stderr(StringIO()):
        try:
            return _PARSER.parse_args(["train", *arguments])
        except SystemExit:
            return None


def translated(text: str) -> str:
    """A name, help text or title of `GROUPS` in the language of the app."""
    return QCoreApplication.translate("HyperParameter", text)
