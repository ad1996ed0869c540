from __future__ import annotations

import json
from pathlib import Path

from trainer.experiments.corrections import HANDS, JITTER, measure

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_documents_have_the_numbers_of_the_results() -> None:
    results = json.loads((DOCS / "results" / "corrections.json").read_text())
    assert (results["hands"], results["jitter"]) == (HANDS, JITTER)
    text = " ".join((DOCS / "architecture.md").read_text().split())
    for name in (
        "named finger is the wrong one",
        "a finger is named",
        "named finger is the wrong one, where one is named",
        "a finger is named in a correct hand",
    ):
        assert f"{results[name]:.3f}" in text, name
    assert results["named finger is the wrong one"] >= 0.9


def test_a_few_hands_are_measured() -> None:
    results = measure(count=6, seed=3)
    assert results["hands"] == 6
    assert results["named finger is the wrong one"] >= 0.5
    assert sum(results["by finger"].values()) > 0
