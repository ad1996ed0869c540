"""The version of the installed program."""

from importlib import metadata


def version() -> str:
    """Such as "0.1.0"."""
    return metadata.version("asl-desktop")
