from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters, write_csv
from trainer.data.corrections import write_corrected
from trainer.data.csv import read_csv
from trainer.data.summary import summarise
from trainer.support.errors import UserError


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "letters.csv", printed_letters(6))


def test_files_are_summed_up(csv: Path, tmp_path: Path) -> None:
    dataset = printed_letters(6)
    lopsided = dataset.subset(
        (dataset.labels != 5) & ((dataset.labels != 2) | (np.arange(144) < 30))
    )
    more = write_csv(tmp_path / "more.csv", lopsided)
    summary = summarise([more])
    assert (summary.missing, summary.few) == ("F", "C")
    # There are two images of C.
    assert summary.sampled == "AAABBBCC" + "".join(3 * letter for letter in "DEGHIKLMNOPQRSTUVWXY")
    assert summary.samples.shape == (68, 28, 28)
    assert any((dataset.images == summary.samples[0]).all(axis=(1, 2)))
    both = summarise([csv, more])
    assert both.n == 144 + len(lopsided)
    assert both.shapes[0] == "letters.csv: 144 images of 28 × 28"
    assert (both.missing, len(both.notes)) == ("", 2)


def test_the_bad_row_is_named(csv: Path) -> None:
    lines = csv.read_text().splitlines()
    lines[3] = lines[3].replace(",", ",x", 1)
    csv.write_text("\n".join(lines))
    with pytest.raises(UserError, match=r"row 3 \(line 4\), column pixel1"):
        summarise([csv])


def test_a_corrected_copy_is_written(csv: Path, tmp_path: Path) -> None:
    before = csv.read_bytes()
    target = tmp_path / "corrected.csv"
    assert write_corrected(csv, target, {3: "Q", 5: "A"}, {0, 10}) == 142
    original, copy = read_csv(csv), read_csv(target)
    kept = np.delete(np.arange(144), [0, 10])
    np.testing.assert_array_equal(copy.images, original.images[kept])
    expected = original.labels.copy()
    expected[[3, 5]] = 15, 0
    np.testing.assert_array_equal(copy.labels, expected[kept])
    assert csv.read_bytes() == before


def test_the_original_is_never_overwritten(csv: Path, tmp_path: Path) -> None:
    before = csv.read_bytes()
    with pytest.raises(UserError, match="stays as it is"):
        write_corrected(csv, csv.parent / "x" / ".." / csv.name, {}, {1})
    with pytest.raises(UserError, match="fewer rows"):
        write_corrected(csv, tmp_path / "new.csv", {144: "A"}, ())
    with pytest.raises(UserError, match="Nothing would be left"):
        write_corrected(csv, tmp_path / "new.csv", {}, range(144))
    assert csv.read_bytes() == before
    assert not (tmp_path / "new.csv").exists()
