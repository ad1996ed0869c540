from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters, write_csv
from trainer.cli import main
from trainer.evaluation.evaluate import Evaluation
from trainer.evaluation.metrics import Scores
from trainer.evaluation.report import tables, write_report
from trainer.letters import CLASSES, LETTERS


@pytest.fixture
def evaluation() -> Evaluation:
    counts = np.diag(np.full(CLASSES, 9))
    counts[LETTERS.index("M"), LETTERS.index("N")] = 3
    counts[LETTERS.index("A"), LETTERS.index("S")] = 1
    scores = Scores(counts.astype(np.int64), 0.99)
    return Evaluation(scores, {"me": scores, "<you>": scores}, ("Read & understood.",))


def test_tables_say_what_the_scores_say(evaluation: Evaluation) -> None:
    made = tables(evaluation)
    assert made["letters"].loc["M", "recall"] == pytest.approx(0.75)
    assert made["letters"].loc["N", "precision"] == pytest.approx(0.75)
    assert made["confusion"].loc["M", "N"] == 3
    assert made["mistakes"].iloc[0][["true", "read", "images"]].tolist() == ["M", "N", 3]
    assert made["sources"].loc["me", "accuracy"] == pytest.approx(evaluation.scores.accuracy)


def test_the_page_is_whole_and_names_everything(evaluation: Evaluation, tmp_path: Path) -> None:
    write_report(evaluation, tmp_path / "deep" / "down", "W <1>")
    page = (tmp_path / "deep" / "down" / "report.html").read_text()
    HTMLParser().feed(page)
    assert "W &lt;1&gt;" in page
    assert "Read &amp; understood." in page
    assert "&lt;you&gt;" in page
    assert "<you>" not in page
    assert page.count("<rect") == CLASSES
    # Nothing is fetched from anywhere.
    assert "http" not in page
    data = json.loads((tmp_path / "deep" / "down" / "report.json").read_text())
    assert data["by_source"]["me"]["n"] == evaluation.scores.n


def test_the_command_writes_it(tmp_path: Path) -> None:
    data = write_csv(tmp_path / "d.csv", printed_letters(1))
    out = tmp_path / "report"
    assert main(["evaluate", "--data", str(data), "--report", str(out), "--json"]) == 0
    assert {path.name for path in out.iterdir()} == {"report.html", "report.json"}


def test_the_command_tries_the_place_before_it_evaluates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write_csv(tmp_path / "d.csv", printed_letters(1))
    given = ["--data", str(tmp_path / "none.csv"), "--report", str(data)]
    assert main(["evaluate", *given]) == 1
    assert "d.csv: cannot be made" in capsys.readouterr().err
