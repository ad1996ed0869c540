"""Packs `sign_mnist_photos.csv` (which photograph each row was made from) into `data/`.

python data/pack_photos.py ../shared/data/sign_mnist_photos.csv data/sign_mnist_photos.npz
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd


def main(listing: Path, packed: Path) -> None:
    """Writes, for each of the two files, every row's photograph as an index into the names."""
    table = pd.read_csv(listing)
    names = np.array(sorted(table["photo"].unique()))
    place = {name: index for index, name in enumerate(names)}
    arrays = {"photographs": names.astype(np.bytes_)}
    for file in ("train", "test"):
        rows = table[table["file"] == file].sort_values("row")
        if rows["row"].tolist() != list(range(1, len(rows) + 1)):
            raise SystemExit(f"{listing}: the rows of {file} are not 1…{len(rows)}")
        arrays[file] = rows["photo"].map(place).to_numpy(np.uint16)
    np.savez_compressed(packed, **arrays)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
