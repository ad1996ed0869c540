"""Puts the numbers of the result files into the documents; `--check` only compares.

    uv run python -m trainer.experiments.documents [--check]

In a document, `0.9972<!--seeds:summary/accuracy_mean|.4f-->` is the number at that path in
docs/results/seeds.json in that format, and everything between `<!--table:NAME-->` and `<!--end-->`
is made by the function of that name below. docs/hyper-parameters.md is made as a whole.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from trainer.experiments import seed_grid
from trainer.experiments.results import load
from trainer.experiments.unseen import THRESHOLDS, mean
from trainer.model.inference import NO_SIGN_FROM
from trainer.support.errors import UserError
from trainer.training.augment import PRESETS
from trainer.training.recipe import PARAMETERS

ROOT = Path(__file__).resolve().parents[2]
CARD = ROOT / "docs" / "model-card.md"
UNSEEN = ROOT / "docs" / "unseen-hands.md"
HYPER_PARAMETERS = ROOT / "docs" / "hyper-parameters.md"
RESULTS = ROOT / "docs" / "results"

NUMBER = re.compile(r"(?P<shown>[^\s|(]*?)<!--(?P<file>\w+):(?P<path>[^|>]+)\|(?P<format>[^>]+)-->")
TABLE = re.compile(r"<!--table:(?P<name>\w+)-->\n.*?<!--end-->", re.DOTALL)

Cells = dict[str, dict[str, Any]]


def grid(cells: Cells) -> list[list[str]]:
    """The project's first search, reproduced beside published."""
    rows = [["width", *(f"rate {rate:g}" for rate in seed_grid.RATES)]]
    for width in seed_grid.WIDTHS:
        row = [str(width)]
        for rate in seed_grid.RATES:
            here = cells["seed_grid"][seed_grid.cell_name(width, rate)]["accuracy"]
            published = seed_grid.PUBLISHED.get((width, rate))
            row.append(f"{here:.4f} ({published:.4f})" if published else f"{here:.4f} (–)")
        rows.append(row)
    return rows


def seeds(cells: Cells) -> list[list[str]]:
    """The shipped network, seed by seed."""
    return _by_seed(cells["seeds"])


def fresh(cells: Cells) -> list[list[str]]:
    """A fully-connected network from fresh weights, seed by seed."""
    return _by_seed(cells["fresh"])


def _by_seed(cells: dict[str, Any]) -> list[list[str]]:
    rows = [["seed", "accuracy", "macro-F1", "in top 3", "rows wrong", "photographs with any"]]
    for name, cell in cells.items():
        if name.startswith("seed"):
            row = [f"{cell[key]:.4f}" for key in ("accuracy", "macro_f1", "top3")]
            wrong = cell["wrong"].values()
            rows.append([name.removeprefix("seed "), *row, str(sum(wrong)), str(len(wrong))])
    return rows


def protocols(cells: Cells) -> list[list[str]]:
    """The same recipe by every validation protocol."""
    rows = [["held out", "accuracy"]]
    rows += [[name, f"{cell['accuracy']:.4f}"] for name, cell in cells["protocols"].items()]
    return rows


def sizes(cells: Cells) -> list[list[str]]:
    """Small networks on the official test file."""
    rows = [["convolutions · hidden layer", "parameters", "accuracy"]]
    for name, cell in sorted(cells["sizes"].items(), key=lambda item: item[1]["parameters"]):
        rows.append([name, f"{cell['parameters']:,}", f"{cell['accuracy']:.4f}"])
    return rows


def ablation(cells: Cells) -> list[list[str]]:
    """One thing changed at a time."""
    rows = [["", "accuracy", "difference", "cross-entropy"]]
    base = cells["ablation"]["the recipe"]["accuracy"]
    for name, cell in sorted(cells["ablation"].items(), key=lambda item: -item[1]["accuracy"]):
        loss = "–" if cell["loss"] is None else f"{cell['loss']:.3f}"
        difference = f"{cell['accuracy'] - base:+.4f}".replace("-", "−")
        rows.append([name, f"{cell['accuracy']:.4f}", difference, loss])
    return rows


def letters(cells: Cells) -> list[list[str]]:
    """Recall by letter with the photographs behind it, over the seeds."""
    runs = [cell for name, cell in cells["seeds"].items() if name.startswith("seed")]
    photographs = cells["seeds"]["summary"]["photographs_by_letter"]
    rows = [["letter", "photographs", "recall, mean", "lowest"]]
    for letter, count in photographs.items():
        recalls = [run["recall"][letter] for run in runs]
        mean = sum(recalls) / len(recalls)
        rows.append([letter, str(count), f"{mean:.4f}", f"{min(recalls):.4f}"])
    return rows


def unseen(cells: Cells) -> list[list[str]]:
    """Sources that were left out of training, and the joints of their hands."""
    rows = [["source left out", "images", "accuracy", "in top 3", "joints: error", "within 0.1"]]
    for name, cell in sorted(cells["unseen"].items(), key=lambda item: -item[1]["accuracy"]):
        exact = cell["joints"] or {}
        joints = [f"{exact[key]:.3f}" if exact else "–" for key in ("error", "pck_1")]
        scores = (f"{cell[key]:.4f}" for key in ("accuracy", "top3"))
        rows.append([name, f"{cell['n']:,}", *scores, *joints])
    scores = (f"{mean(cells['unseen'], key):.4f}" for key in ("accuracy", "top3"))
    known = [c["joints"] for c in cells["unseen"].values() if c["joints"]]
    exact = (f"{sum(c[key] for c in known) / len(known):.3f}" for key in ("error", "pck_1"))
    return [*rows, ["mean", "", *scores, *exact]]


def no_sign(cells: Cells) -> list[list[str]]:
    """What passes for a sign on sources that were left out."""
    rows = [["source left out", "sign recall", "false positives: no hand", "partial hands"]]
    index = THRESHOLDS.index(NO_SIGN_FROM)
    columns: dict[str, list[float]] = {"letters": [], "empty": [], "halves": []}
    for name, cell in sorted(cells["unseen"].items()):
        row = [name]
        for quantity, values in columns.items():
            curve = cell["no_sign"][quantity]
            row.append(f"{curve[index]:.4f}" if curve else "–")
            values += [curve[index]] if curve else []
        rows.append(row)
    means = [f"{sum(values) / len(values):.4f}" for values in columns.values()]
    return [*rows, ["mean", *means]]


def fine_tuned(cells: Cells) -> list[list[str]]:
    """What ten images a letter gain."""
    rows = [["source", "before", "after"]]
    for name, cell in cells["fine_tuning"].items():
        rows.append([name, f"{cell['before']:.4f}", f"{cell['after']:.4f}"])
    return rows


TABLES: dict[str, Callable[[Cells], list[list[str]]]] = {
    f.__name__: f
    for f in (
        grid,
        seeds,
        fresh,
        protocols,
        sizes,
        ablation,
        letters,
        unseen,
        no_sign,
        fine_tuned,
    )
}


def load_all(folder: Path = RESULTS) -> Cells:
    """The cells of every result file, by the file's name; other JSON files are passed over."""
    cells: Cells = {}
    for path in sorted(folder.glob("*.json")):
        with suppress(UserError):
            cells[path.stem] = load(path)["cells"]
    return cells


def filled(card: str, cells: Cells) -> str:
    """The document with all numbers and tables as the cells have them."""

    def number(match: re.Match[str]) -> str:
        value: Any = cells[match["file"]]
        for key in match["path"].split("/"):
            value = value[int(key) if isinstance(value, list) else key]
        return match[0].replace(match["shown"] + "<", format(value, match["format"]) + "<", 1)

    def table(match: re.Match[str]) -> str:
        rows = TABLES[match["name"]](cells)
        return f"<!--table:{match['name']}-->\n{_markdown(rows)}\n<!--end-->"

    return NUMBER.sub(number, TABLE.sub(table, card))


def hyper_parameters() -> str:
    """The page of all hyper-parameters."""
    rows = [["option of `trainer train`", "name in the app", "default", "values", "what it does"]]
    for part, parameter in PARAMETERS:
        usual = parameter.text(parameter.default)
        if part == "augmentation":
            own = {name: getattr(preset, parameter.key) for name, preset in PRESETS.items()}
            usual = ", ".join(f"{name} {value:g}" for name, value in own.items() if name != "none")
        rows.append([f"`{parameter.flag}`", parameter.name, usual, parameter.range, parameter.help])
    return f"{_INTRODUCTION}\n{_markdown(rows)}\n"


_INTRODUCTION = """# Hyper-parameters

Every setting of a training run, as `trainer train` and *Advanced* in the Training tab take it. A
value out of range is refused before any data are read. `--augmentation` sets all changes to the
images at once: `plain` by default, `room`, or `none`, which is 0 throughout. Made by
`python -m trainer.experiments.documents` from the declarations in the code.
"""


def _markdown(rows: list[list[str]]) -> str:
    header, *rest = rows
    lines = [header, ["---"] * len(header), *rest]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> int:
    """Fills or checks the documents."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail if one is stale")
    check: bool = parser.parse_args().check
    stale = False
    pages = {page: filled(page.read_text(encoding="utf-8"), load_all()) for page in (CARD, UNSEEN)}
    for page, text in (pages | {HYPER_PARAMETERS: hyper_parameters()}).items():
        stale |= not page.exists() or page.read_text(encoding="utf-8") != text
        if not check:
            page.write_text(text, encoding="utf-8")
    return int(check and stale)


if __name__ == "__main__":
    sys.exit(main())
