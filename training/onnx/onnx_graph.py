"""A small builder of ONNX graphs, node by node."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from index.encoders.onnx_session import NARROW

OPSET: Final = 20
IR_VERSION: Final = 9
MICROSOFT: Final = "com.microsoft"


@dataclass(slots=True)
class Graph:
    """Nodes and constants in the order they were added; the same calls give the same bytes.

    In a `narrow` one no int8 weight of a product is above 64 (`training.onnx.quantise.NARROW`).
    """

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)
    narrow: bool = False

    def constant(self, name: str, values: NDArray[Any]) -> str:
        """Store `values` and return its name."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def integers(self, *values: int) -> str:
        """Store an int64 vector, as the shape-like inputs of operators want it."""
        name = f"integers_{len(self.constants)}"
        return self.constant(name, np.array(values, dtype=np.int64))

    def add(self, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """Add a node with one output and return the name of the output."""
        return self.add_many(operator, inputs, 1, domain=domain, **attributes)[0]

    def add_many(
        self,
        operator: str,
        inputs: Sequence[str],
        outputs: int,
        *,
        domain: str = "",
        **attributes: Any,
    ) -> list[str]:
        """Add a node with several outputs and return their names."""
        name = f"{operator}_{len(self.nodes)}"
        names = [f"{name}_{index}" for index in range(outputs)]
        node = helper.make_node(operator, inputs, names, name=name, domain=domain, **attributes)
        self.nodes.append(node)
        return names

    def model(self, name: str, dimensions: dict[str, tuple[int | str, ...]]) -> onnx.ModelProto:
        """Close the graph: token ids in, one float32 array a text out.

        Args:
            name: Name of the graph.
            dimensions: Shape of each output without its first axis, the texts, by the name of
                the value that becomes the output.

        Returns:
            A model with the input `input_ids`, int64, (texts, tokens).
        """
        ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])
        outputs = [
            helper.make_tensor_value_info(output, TensorProto.FLOAT, ["texts", *shape])
            for output, shape in dimensions.items()
        ]
        graph = helper.make_graph(self.nodes, name, [ids], outputs, self.constants)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(
            graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="baogao"
        )
        if self.narrow:
            helper.set_model_props(model, {NARROW: "yes"})
        return model

    def rename(self, value: str, name: str) -> str:
        """Give `value` a name that users of the model may rely on."""
        self.nodes.append(helper.make_node("Identity", [value], [name], name=name))
        return name
