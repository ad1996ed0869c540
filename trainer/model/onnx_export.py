"""A model as an ONNX file, for other programs. Needs the extra `onnx`.

The graph does everything that the app does with the crop of a hand: preprocessing, mirrored and
turned inference, temperature and no-sign bias. It maps `image`, uint8 (h, w, channels) of any size,
gray or BGR, to `probabilities`, float32 (outcomes,). Letters and settings are in its metadata.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from trainer.letters import NO_SIGN
from trainer.model.card import card
from trainer.model.model import Model
from trainer.model.onnx_graph import Graph
from trainer.model.onnx_layers import add_layers
from trainer.model.onnx_preprocessing import add_preprocessing, add_views
from trainer.model.view import views
from trainer.support import atomic

OPSET = 17
IR_VERSION = 8
INPUT, OUTPUT = "image", "probabilities"


def save_onnx(model: Model, path: Path) -> None:
    """Writes a model as an ONNX file.

    Raises:
        UserError: The package onnx is missing, or the file cannot be written.
    """
    atomic.write_bytes(path, onnx_bytes(model))


def onnx_bytes(model: Model) -> bytes:
    """The content of an ONNX file.

    Raises:
        UserError: The package onnx is missing.
    """
    graph = Graph()
    rows = add_preprocessing(graph, INPUT, model.preprocessing)
    rows = add_views(graph, rows, views(model.inference, model.preprocessing.size))
    logits = add_layers(graph, rows, model.network.layers, model.network.input_shape)
    if model.has_joints:
        limits = [graph.constant([n], np.int64) for n in (0, model.outcomes, 1)]
        logits = graph.add("Slice", logits, *limits)
    _add_inference(graph, logits, model)
    channels = ("height", "width", "channels")
    return _packed(graph, (INPUT, np.uint8, channels), (OUTPUT, (model.outcomes,)), model)


def network_bytes(model: Model) -> bytes:
    """The network alone: `rows`, float32 (n, size²) after preprocessing, to `logits`.

    Raises:
        UserError: The package onnx is missing.
    """
    graph = Graph()
    (pixels,) = model.network.input_shape
    logits = add_layers(graph, "rows", model.network.layers, (pixels,))
    graph.add("Identity", logits, name="logits")
    outputs = ("n", model.network.output_shape[0])
    return _packed(graph, ("rows", np.float32, ("n", pixels)), ("logits", outputs), model)


def _add_inference(graph: Graph, logits: str, model: Model) -> None:
    """As `Inference.probabilities`, for the views of one image."""
    inference = model.inference
    bias = np.zeros(model.outcomes)
    bias[NO_SIGN:] = inference.no_sign_bias / inference.temperature
    scaled = graph.add("Div", logits, graph.constant(inference.temperature))
    shifted = graph.add("Add", scaled, graph.constant(bias))
    p = graph.add("Softmax", shifted, axis=1)
    graph.add("ReduceMean", p, name=OUTPUT, axes=[0], keepdims=0)


def _packed(
    graph: Graph,
    given: tuple[str, type[np.generic], Sequence[str | int]],
    result: tuple[str, Sequence[str | int]],
    model: Model,
) -> bytes:
    import onnx
    from onnx import helper

    (given_name, given_type, given_shape), (result_name, result_shape) = given, result
    made = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "letters",
            [_described(given_name, given_type, given_shape)],
            [_described(result_name, np.float32, result_shape)],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        producer_name="asl-desktop",
    )
    made.ir_version = IR_VERSION
    described = {
        "letters": model.letters,
        "preprocessing": json.dumps(model.preprocessing.to_json()),
        "inference": json.dumps(model.inference.to_json()),
        "card": json.dumps(card(model), ensure_ascii=False),
    }
    helper.set_model_props(made, described)
    onnx.checker.check_model(made)
    return bytes(made.SerializeToString())


def _described(name: str, dtype: type[np.generic], shape: Sequence[str | int]) -> Any:
    from onnx import helper

    return helper.make_tensor_value_info(
        name, helper.np_dtype_to_tensor_dtype(np.dtype(dtype)), shape
    )
