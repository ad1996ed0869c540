from __future__ import annotations

from pathlib import Path

import pytest

from trainer.hand_finder.file import is_finder
from trainer.support import files
from trainer.support.errors import UserError


def test_a_name_that_no_file_can_have_is_refused() -> None:
    path = Path("a\0b")
    for read in (files.content, files.head, files.tail):
        with pytest.raises(UserError, match="no file has such a name"):
            read(path, 1)
    assert not is_finder(path)
