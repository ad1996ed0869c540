"""The model card of weights: what they are, learned from, and reach; as JSON values and as text.

Weights carry their history in `Model.about`. What cannot be known in training, such as licences and
accuracy on other people, stands for the shipped weights in `assets/weights/cards.json`.
"""

from __future__ import annotations

import hashlib
import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from trainer.model.model import Model
from trainer.nn.layers.layer import Array
from trainer.support.paths import SHIPPED_CARDS, asset

_WIDTH = 100
_INDENT = 14


def card(model: Model) -> dict[str, Any]:
    """The card of a model."""
    size = model.preprocessing.size
    outcomes = "24 letters and “no sign”" if model.knows_no_sign else "24 letters"
    kinds = [layer.kind for layer in model.network.layers]
    sizes = {
        "reads": f"{outcomes}, from {size} × {size} gray pixels",
        "layers": kinds,
        "parameters": int(model.network.theta.size),
        "preprocessing": model.preprocessing.to_json(),
        "inference": model.inference.to_json(),
    }
    return _shipped([model.network.theta]) | sizes | _history(model.about)


def finder_card(parameters: Sequence[Array], about: Mapping[str, Any]) -> dict[str, Any]:
    """The card of a finder, from the parameters of its networks."""
    sizes = {"reads": "a hand box, from a frame", "parameters": sum(p.size for p in parameters)}
    return _shipped(parameters) | sizes | _history(about)


def text(card: Mapping[str, Any]) -> str:
    """The card for people, in lines of at most 100 characters."""
    rows = [("", card.get("title", "Weights that were trained with this program")), ("", "")]
    rows.append(("reads", card["reads"]))
    rows.append(("parameters", f"{card['parameters']:,}"))
    if "layers" in card:
        rows.append(("layers", ", ".join(card["layers"])))
    for entry in card["data"]:
        origin = ", ".join(filter(None, (entry.get("origin"), entry.get("licence"))))
        rows.append(("data", f"{entry['name']} ({origin or 'licence not known'})"))
    for file, digest in card["files"].items():
        rows.append(("file", f"{file}, SHA-256 {digest}"))
    for measured in card["accuracy"]:
        rows.append(("accuracy", f"{measured['accuracy']:.4g} on {measured['on']}"))
    if not card["accuracy"]:
        rows.append(("accuracy", "not measured: `trainer evaluate` does"))
    rows += [("limits", limit) for limit in card.get("limits", ())]
    for name in ("preprocessing", "inference", "recipe"):
        if card.get(name):
            rows.append((name, _settings(card[name])))
    rows += [(name, card[name]) for name in ("command", "made", "document") if card.get(name)]
    return "\n".join(_line(name, value, rows[i - 1][0]) for i, (name, value) in enumerate(rows))


def _shipped(parameters: Sequence[Array]) -> dict[str, Any]:
    """What the program says about its own weights; without files, nothing is known of others."""
    digest = hashlib.sha256(b"".join(p.astype(np.float32).tobytes() for p in parameters))
    cards = json.loads(asset(SHIPPED_CARDS).read_bytes())
    known: dict[str, Any] = cards.get(digest.hexdigest(), {})
    return {"data": [], "accuracy": []} | known


def _history(about: Mapping[str, Any]) -> dict[str, Any]:
    history: dict[str, Any] = {
        "files": _mapping(about.get("data")),
        "recipe": _mapping(about.get("recipe")),
        "command": str(about.get("command", "")),
        "version": str(about.get("version", "")),
    }
    scores = _mapping(about.get("scores"))
    validation = scores.get("validation_accuracy")
    if isinstance(validation, int | float):
        history["accuracy"] = [{"on": _validation(history["command"]), "accuracy": validation}]
    return history


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _validation(command: str) -> str:
    return f"the validation images of `{textwrap.shorten(command, 60, placeholder=' …')}`"


def _settings(settings: Mapping[str, Any]) -> str:
    """Settings of a recipe but for those that are off."""
    parts = []
    for name, value in settings.items():
        if isinstance(value, dict):
            if name not in ("preprocessing", "inference") and value:
                parts.append(f"{name} ({_settings(value)})")
        elif name == "seed" or value not in (0, "", [], None):
            parts.append(f"{name} {value}")
    return ", ".join(parts)


def _line(name: str, value: str, before: str) -> str:
    label = "" if name == before else name
    hanging = " " * _INDENT if name else ""
    return textwrap.fill(
        value,
        _WIDTH,
        initial_indent=label.ljust(len(hanging)),
        subsequent_indent=hanging,
        break_on_hyphens=False,
        break_long_words=False,
    )
