"""The program `asl-desktop` of the one-folder build."""

from __future__ import annotations

import sys

from asl_desktop.main import main

if __name__ == "__main__":
    sys.exit(main())
