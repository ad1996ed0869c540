from __future__ import annotations

import numpy as np
import pytest

from trainer.model.tensors import pack, unpack


def test_arrays_and_text_survive_whatever_their_layout() -> None:
    array = np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3))
    arrays, text = unpack(pack({"a": array, "b": array.T[:, :1]}, "key", "é"), "key")
    np.testing.assert_array_equal(arrays["a"], array)
    np.testing.assert_array_equal(arrays["b"], array.T[:, :1])
    assert text == "é"


def test_a_file_without_the_text_is_told_from_a_damaged_one() -> None:
    content = pack({"a": np.zeros(2, np.float32)}, "key", "text")
    with pytest.raises(KeyError):
        unpack(content, "other")
    with pytest.raises(Exception, match=r".+") as caught:
        unpack(content[:-3], "key")
    assert not isinstance(caught.value, KeyError | TypeError)
