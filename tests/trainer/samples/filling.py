"""Adds samples to a store without end, and prints the number of each when it is kept.

python -m tests.trainer.samples.filling FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from trainer.images.box import Box
from trainer.letters import LETTERS
from trainer.samples.store import SampleStore


def main() -> None:
    store = SampleStore(Path(sys.argv[1]))
    rng = np.random.default_rng(0)
    while True:
        frame = rng.integers(0, 256, (240, 320, 3), np.uint8)
        letter = LETTERS[len(store.samples) % len(LETTERS)]
        sample = store.add(letter, frame, Box(80, 40, 140, 140))
        print(sample.number, flush=True)


if __name__ == "__main__":
    main()
