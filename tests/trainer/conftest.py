from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from trainer.data import csv_cache
from trainer.data.csv import COLUMNS
from trainer.data.dataset import Dataset
from trainer.letters import CLASSES, LETTERS, Convention

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real data, which stands beside the project in development and CI."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the real data in {SHARED}")
    return SHARED


@pytest.fixture(autouse=True, scope="session")
def cache_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests neither use nor fill the user's cache."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_cache, "_folder", lambda: folder)
        yield


def letter_image(letter: str, rng: np.random.Generator, side: int = 28) -> np.ndarray:
    """A printed letter on a noisy ground: 24 classes that a small network learns in seconds."""
    big = np.full((112, 112), 60, np.uint8)
    size = cv2.getTextSize(letter, cv2.FONT_HERSHEY_SIMPLEX, 3, 8)[0]
    origin = ((112 - size[0]) // 2, (112 + size[1]) // 2)
    cv2.putText(big, letter, origin, cv2.FONT_HERSHEY_SIMPLEX, 3, 210, 8)
    small = cv2.resize(big, (side, side), interpolation=cv2.INTER_AREA).astype(np.float64)
    return np.clip(small + rng.normal(0, 8, small.shape), 0, 255).astype(np.uint8)


def printed_letters(each: int, seed: int = 0) -> Dataset:
    rng = np.random.default_rng(seed)
    labels = np.tile(np.arange(CLASSES), each)
    images = np.stack([letter_image(LETTERS[label], rng) for label in labels])
    return Dataset(images, labels, np.full(len(labels), "printed"))


def write_csv(path: Path, dataset: Dataset, convention: Convention = Convention.GAP) -> Path:
    rows = [",".join(COLUMNS)]
    for image, label in zip(dataset.images, dataset.labels, strict=True):
        values = [convention.label_of(int(label)), *image.ravel().tolist()]
        rows.append(",".join(map(str, values)))
    path.write_text("\n".join(rows) + "\n")
    return path
