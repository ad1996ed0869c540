from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters, write_csv
from trainer.capture.opening import is_live, open_source
from trainer.capture.source import frames
from trainer.images.box import Box
from trainer.images.preprocessing import Preprocessing
from trainer.support.errors import UserError


def test_rows_are_played_with_their_letters(tmp_path: Path) -> None:
    data = printed_letters(1)
    path = write_csv(tmp_path / "test.csv", data)
    assert not is_live(str(path))
    played = list(frames(open_source(str(path))))
    assert [frame.name for frame in played[:2]] == ["test.csv, 1: A", "test.csv, 2: B"]
    assert len(played) == 24


def test_the_box_in_the_middle_shows_the_row_itself(tmp_path: Path) -> None:
    data = printed_letters(1)
    frame = open_source(str(write_csv(tmp_path / "test.csv", data))).read()
    assert frame is not None
    height, width = frame.image.shape[:2]
    side = 0.6 * height
    box = Box((width - side) / 2, (height - side) / 2, side, side)
    shown = Preprocessing().image(frame.image, box)
    np.testing.assert_allclose(shown.astype(int), data.images[0], atol=12)


def test_it_starts_again_and_says_what_is_wrong(tmp_path: Path) -> None:
    source = open_source(str(write_csv(tmp_path / "test.csv", printed_letters(1))))
    first = source.read()
    assert source.rewind()
    again = source.read()
    assert first is not None
    assert again is not None
    assert first.name == again.name
    (tmp_path / "bad.csv").write_text("label,pixel1\n1,2\n")
    with pytest.raises(UserError, match=r"bad\.csv"):
        open_source(str(tmp_path / "bad.csv"))
