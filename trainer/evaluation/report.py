"""An evaluation as pandas tables, and as a page for the browser with figures in it."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.evaluation.evaluate import Evaluation
from trainer.letters import LETTERS
from trainer.support import atomic

if TYPE_CHECKING:
    import pandas as pd

PAGE, DATA = "report.html", "report.json"
_MISTAKES = 15
"""Of the pairs that are most often taken for each other."""


def tables(evaluation: Evaluation) -> dict[str, pd.DataFrame]:
    """The evaluation as pandas frames.

    Returns:
        "letters": recall, precision and images by letter; "confusion": counts, the true letters
        as rows; "sources": accuracy, top3 and images by source; "mistakes": the most frequent
        confusions.
    """
    import pandas as pd

    counts = evaluation.scores.confusion
    true, read, right = counts.sum(axis=1), counts.sum(axis=0), counts.diagonal()
    letters = pd.DataFrame(
        {"recall": right / true.clip(1), "precision": right / read.clip(1), "images": true},
        index=pd.Index(list(LETTERS), name="letter"),
    )
    confusion = pd.DataFrame(
        counts,
        index=pd.Index(list(LETTERS), name="true"),
        columns=pd.Index(list(LETTERS), name="read"),
    )
    sources = pd.DataFrame(
        {
            "accuracy": {name: s.accuracy for name, s in evaluation.by_source.items()},
            "top3": {name: s.top3 for name, s in evaluation.by_source.items()},
            "images": {name: s.n for name, s in evaluation.by_source.items()},
        }
    ).rename_axis("source")
    wrong = [
        (LETTERS[i], LETTERS[j], int(counts[i, j]), counts[i, j] / true[i])
        for i in range(len(LETTERS))
        for j in range(len(LETTERS))
        if i != j and counts[i, j]
    ]
    wrong.sort(key=lambda row: (-row[2], row[:2]))
    mistakes = pd.DataFrame(wrong[:_MISTAKES], columns=["true", "read", "images", "share"])
    return {
        "letters": letters[letters["images"] > 0],
        "confusion": confusion,
        "sources": sources,
        "mistakes": mistakes,
    }


def write_report(evaluation: Evaluation, folder: Path, title: str) -> None:
    """Writes `report.html`, which needs nothing beside it, and `report.json` into a folder.

    Raises:
        UserError: The folder cannot be made or written to.
    """
    atomic.make_folder(folder)
    data = json.dumps(evaluation.to_json(by_source=True), indent=2)
    atomic.write_bytes(folder / DATA, f"{data}\n".encode())
    atomic.write_bytes(folder / PAGE, _page(evaluation, title).encode())


def _page(evaluation: Evaluation, title: str) -> str:
    scores = evaluation.scores
    frames = tables(evaluation)
    numbers = {
        "Accuracy": f"{scores.accuracy:.4f}",
        "Macro-F1": f"{scores.macro_f1:.4f}",
        "Among the three best": f"{scores.top3:.4f}",
        "Images": f"{scores.n:,}",
        "Letters taken for a sign": f"{evaluation.letters_kept:.4f}",
    }
    if evaluation.false_letters is not None:
        numbers["Other images taken for a sign"] = f"{evaluation.false_letters:.4f}"
    parts = [
        f"<h1>{html.escape(title)}</h1>",
        *(f"<p>{html.escape(note)}</p>" for note in evaluation.notes),
        "<dl>"
        + "".join(f"<div><dt>{k}</dt><dd>{v}</dd></div>" for k, v in numbers.items())
        + "</dl>",
        "<h2>Recall by letter</h2>",
        _bars(frames["letters"]),
        "<h2>Confusion matrix</h2><p>Rows: the true letter. Columns: what was read.</p>",
        _matrix(frames["confusion"]),
        "<h2>Most frequent mistakes</h2>",
        _table(frames["mistakes"], {"share": "{:.1%}"}, index=False),
    ]
    if len(frames["sources"]) > 1:
        form = {"accuracy": "{:.4f}", "top3": "{:.4f}", "images": "{:,}"}
        parts += ["<h2>By source</h2>", _table(frames["sources"], form, index=True)]
    return _FRAME.replace("{title}", html.escape(title)).replace("{body}", "\n".join(parts))


def _bars(letters: pd.DataFrame) -> str:
    """A bar a letter, as a drawing with the numbers in words for those who cannot see it."""
    step, height = 30, 120
    drawn = []
    for place, (letter, row) in enumerate(letters.iterrows()):
        x, tall = place * step, row["recall"] * height
        drawn.append(
            f'<rect x="{x + 4}" y="{height - tall:.1f}" width="{step - 8}" height="{tall:.1f}">'
            f"<title>{letter}: {row['recall']:.3f} of {int(row['images'])} images</title>"
            f'</rect><text x="{x + step / 2}" y="{height + 16}">{letter}</text>'
            f'<text x="{x + step / 2}" y="{height + 30}" class="small">'
            f"{row['recall'] * 100:.0f}</text>"
        )
    width = max(1, len(letters)) * step
    return (
        f'<svg viewBox="0 0 {width} {height + 34}" role="img" '
        f'aria-label="Recall by letter, in percent">{"".join(drawn)}</svg>'
    )


def _matrix(confusion: pd.DataFrame) -> str:
    head = "".join(f"<th scope=col>{letter}</th>" for letter in confusion.columns)
    rows = []
    for letter, counts in confusion.iterrows():
        total = max(1, int(counts.sum()))
        cells = "".join(
            f'<td style="--share:{count / total * 100:.1f}%">{count or ""}</td>' for count in counts
        )
        rows.append(f"<tr><th scope=row>{letter}</th>{cells}</tr>")
    return f'<table class="matrix"><tr><td></td>{head}</tr>{"".join(rows)}</table>'


def _table(frame: pd.DataFrame, form: dict[str, str], *, index: bool) -> str:
    shown: Any = frame.copy()
    for column, pattern in form.items():
        shown[column] = [pattern.format(value) for value in frame[column]]
    return str(shown.to_html(index=index, border=0, escape=True))


_FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width">
<style>
:root { color-scheme: light dark; --bar: #2f6fd0; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
dl { display: flex; flex-wrap: wrap; gap: 1rem 2rem; }
dt { opacity: .75; font-size: .85rem; } dd { margin: 0; font-size: 1.4rem; }
svg { width: 100%; } rect { fill: var(--bar); }
text { text-anchor: middle; font-size: 13px; fill: currentColor; } .small { font-size: 10px; }
table { border-collapse: collapse; } th, td { padding: .15rem .5rem; text-align: right; }
.matrix { font-size: .75rem; } .matrix td, .matrix th { padding: .1rem .3rem; min-width: 1.2rem; }
.matrix td { background: color-mix(in srgb, var(--bar) var(--share), transparent); }
</style></head><body>
{body}
</body></html>
"""
