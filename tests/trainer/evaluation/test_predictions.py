from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters
from trainer.data.dataset import Dataset
from trainer.evaluation import predictions
from trainer.evaluation.predictions import HeldOut, Outcomes
from trainer.images.preprocessing import Preprocessing
from trainer.letters import NO_SIGN
from trainer.support.errors import UserError

ROWS = (np.zeros(9, np.int64), ("a.csv",), np.zeros(9, np.int64), np.arange(9))


def test_held_out_images_know_where_they_stand(tmp_path: Path) -> None:
    letters = printed_letters(2)
    other = Dataset(letters.images[:3], np.array([4, NO_SIGN, 5]), np.full(3, "other"))
    parts = [
        (tmp_path / "a.csv", letters, np.array([7, 3])),
        (tmp_path / "b.csv", other, np.arange(3)),
    ]
    held_out = HeldOut.of(parts, Preprocessing())
    held_out.save(tmp_path / "h.npz")
    read = HeldOut.load(tmp_path / "h.npz")
    assert read.files == (str(tmp_path / "a.csv"), str(tmp_path / "b.csv"))
    assert read.file.tolist() == [0, 0, 1, 1]
    # The image without a sign is no image of a letter.
    assert read.row.tolist() == [7, 3, 0, 2]
    assert read.labels.tolist() == [7, 3, 4, 5]
    np.testing.assert_array_equal(read.images[1], letters.images[3])
    inputs = held_out.dataset({}).inputs(Preprocessing())
    np.testing.assert_array_equal(inputs[:2], letters.inputs(Preprocessing())[[7, 3]])
    with pytest.raises(UserError, match="no image of a letter"):
        HeldOut.of([(tmp_path / "b.csv", other, np.array([1]))], Preprocessing())


def test_outcomes_count_what_was_read(tmp_path: Path) -> None:
    p = np.full((3, 24), 0.01, np.float32)
    p[0, 2], p[1, 2], p[2, 5] = 0.9, 0.8, 0.7
    labels = np.array([2, 5, 5])
    outcomes = Outcomes.of(p, labels, 3)
    outcomes.save(tmp_path / "o.npz")
    read = Outcomes.load(tmp_path / "o.npz")
    assert (read.epoch, read.read.tolist()) == (3, [2, 2, 5])
    assert read.confidence == pytest.approx([0.9, 0.8, 0.7])
    assert read.true == pytest.approx([0.9, 0.01, 0.7])
    counts = read.confusion(labels)
    assert (counts[2, 2], counts[5, 2], counts[5, 5], counts.sum()) == (1, 1, 1, 3)


@pytest.mark.parametrize("content", [b"", b"PK no archive", b"\x93NUMPY"])
def test_damaged_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.npz"
    path.write_bytes(content)
    with pytest.raises(UserError, match="damaged"):
        Outcomes.load(path)
    with pytest.raises(UserError, match="cannot be read"):
        HeldOut.load(tmp_path / "none.npz")


def test_what_would_unpack_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "h.npz"
    HeldOut(np.zeros((9, 28, 28), np.uint8), *ROWS).save(path)
    assert len(HeldOut.load(path)) == 9
    monkeypatch.setattr(predictions, "_MOST_BYTES", 5000)
    with pytest.raises(UserError, match="unpacks to more than"):
        HeldOut.load(path)


def test_an_entry_that_is_no_array_is_told(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "kept.npz"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("epoch", "read", "confidence", "true"):
            archive.writestr(f"{name}.npy", b"no array")
    with pytest.raises(UserError, match=r"kept\.npz: damaged"):
        Outcomes.load(path)
