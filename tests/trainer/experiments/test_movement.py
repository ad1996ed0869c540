from __future__ import annotations

import numpy as np

from trainer.experiments.movement import NEITHER, MovementRecipe, learn, spans_of
from trainer.hand_renderer.signing_streams import LEARNED, signing
from trainer.recognition.movement import check_network

TINY = MovementRecipe(streams=3, widths=(8,), rounds=2, steps=15, batch_size=32)


def test_a_small_network_learns_the_same_again() -> None:
    reports: list[str] = []
    network = learn(TINY, report=reports.append)
    check_network(network)
    assert len(reports) == 2
    assert np.array_equal(network.theta, learn(TINY).theta)


def test_spans_that_fit_a_movement_are_labelled_with_it() -> None:
    stream = signing(LEARNED, 0, 14)
    spans = spans_of(stream)
    counts = np.bincount(spans.labels, minlength=3)
    letters = [one.letter for one in stream.drawn]
    assert (counts[0] > 0, counts[1] > 0) == ("J" in letters, "Z" in letters)
    assert counts[NEITHER] > 20 * counts[:NEITHER].max()
    chosen = spans.only(spans.labels != NEITHER)
    assert len(chosen.inputs) == counts[:NEITHER].sum()
