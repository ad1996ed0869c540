"""An ONNX graph under construction. Needs the extra `onnx`."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.support.errors import UserError


class Graph:
    """Nodes and constants of a graph; every value is known by its name.

    Raises:
        UserError: The package onnx is missing.
    """

    def __init__(self) -> None:
        try:
            importlib.import_module("onnx")
        except ImportError:
            raise UserError(
                "ONNX files need the package onnx, which is not installed. Install the extra: "
                "pip install 'asl-desktop[onnx]'."
            ) from None
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._count = 0

    def add(self, kind: str, *inputs: str, name: str = "", **settings: Any) -> str:
        """Adds a node, and returns the name of its output."""
        from onnx import helper

        name = name or self._new_name(kind)
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **settings))
        return name

    def constant(self, values: Any, dtype: type[np.generic] = np.float32) -> str:
        """Adds an array, and returns its name."""
        from onnx import numpy_helper

        array: NDArray[Any] = np.array(values, dtype, order="C")
        self.constants.append(numpy_helper.from_array(array, self._new_name("constant")))
        return str(self.constants[-1].name)

    def cast(self, x: str, dtype: type[np.generic]) -> str:
        """Adds a conversion of x."""
        from onnx import helper

        return self.add("Cast", x, to=helper.np_dtype_to_tensor_dtype(np.dtype(dtype)))

    def either(self, condition: str, yes: Callable[[], str], no: Callable[[], str]) -> str:
        """Adds two ways to one value; only the one that the condition chooses is run."""
        return self.add(
            "If", condition, then_branch=self._branch(yes), else_branch=self._branch(no)
        )

    def _branch(self, build: Callable[[], str]) -> Any:
        from onnx import ValueInfoProto, helper

        outside, self.nodes = self.nodes, []
        out = build()
        branch = helper.make_graph(self.nodes, out, [], [ValueInfoProto(name=out)])
        self.nodes = outside
        return branch

    def _new_name(self, kind: str) -> str:
        self._count += 1
        return f"{kind.lower()}_{self._count}"
