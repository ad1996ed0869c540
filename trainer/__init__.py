"""Everything in ASL Desktop that is machine learning: no Qt, usable alone from the command line."""

from __future__ import annotations

import os

MAX_IMAGE_PIXELS = 1 << 26
"""Decoding holds six bytes of each, 400 MB; a few kilobytes can claim to be much more."""

# OpenCV looks at this when it is imported, which happens below this package only.
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MAX_IMAGE_PIXELS))
