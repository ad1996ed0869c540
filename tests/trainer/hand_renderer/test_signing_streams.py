from __future__ import annotations

import numpy as np

from trainer.hand_renderer.signing_streams import HELD_OUT, LEARNED, signing


def test_the_same_number_gives_the_same_stream_and_another_one_another() -> None:
    first, again, other = (signing(LEARNED, number, 4) for number in (7, 7, 8))
    assert np.array_equal(first.joints, again.joints, equal_nan=True)
    assert first.drawn == again.drawn
    assert first.joints.shape[1:] == (21, 2)
    assert len(first.seconds) == len(first.joints)
    assert (np.diff(first.seconds) > 0).all()
    assert first.joints.shape != other.joints.shape or not np.array_equal(
        first.joints, other.joints, equal_nan=True
    )


def test_streams_without_movements_have_no_j_and_no_z() -> None:
    assert not signing(LEARNED, 1, 8, movements=False).drawn


def test_what_is_held_out_is_drawn_at_other_speeds() -> None:
    def shared(a: tuple[float, float], b: tuple[float, float]) -> bool:
        return max(a[0], b[0]) < min(a[1], b[1])

    assert not any(shared(a, b) for a in LEARNED.seconds for b in HELD_OUT.seconds)
    assert LEARNED.seed != HELD_OUT.seed
