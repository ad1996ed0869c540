"""The program `asl-desktop` of the one-folder build."""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import walk_packages

import asl_desktop
from asl_desktop.main import main

TRY_MODULES = "--try-modules"
"""Import all there is and end: tabs are made late, and what they lack is not seen at the start."""


def import_all() -> int:
    """Imports every module of the app; returns how many there are."""
    names = [found.name for found in walk_packages(asl_desktop.__path__, "asl_desktop.")]
    for name in names:
        import_module(name)
    return len(names)


if __name__ == "__main__":
    if sys.argv[1:] == [TRY_MODULES]:
        print(import_all(), "modules")
        sys.exit(0)
    sys.exit(main())
