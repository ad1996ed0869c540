"""The program's version, from its installed metadata."""

from __future__ import annotations


def version() -> str:
    """Such as "0.1.0"."""
    # Imported here: it takes as long as a good part of the window.
    from importlib.metadata import version as of

    return of("asl-desktop")
