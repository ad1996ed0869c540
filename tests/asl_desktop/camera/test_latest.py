from __future__ import annotations

from asl_desktop.camera.camera_thread import Latest


def test_the_latest_value_wins_and_is_given_once() -> None:
    latest: Latest[int] = Latest()
    assert [latest.put(n) for n in (1, 2, 3)] == [True, False, False]
    assert latest.take() == 3
    assert latest.take() is None


def test_the_other_side_is_told_again_after_it_took() -> None:
    latest: Latest[int] = Latest()
    latest.put(1)
    latest.take()
    assert latest.put(2)
