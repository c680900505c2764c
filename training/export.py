"""Writes a checkpoint as reader.onnx (int8 or float) with vocab.txt and reader.json beside it."""
import argparse
import json
import os
import shutil
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

import data
import similar
from model import GAPS, HEADS, HIDDEN, LAYERS, LINK, NEVER, TABLES, Reader
from words import QUOTES, SHAPES, STARTS

LONGEST = 256                               # pieces the graph takes at most, as long as the windows of training
WINDOW, SHARED, REACH = 128, 32, 200        # pieces a window, pieces neighbours share (README.md tells why); tokens a link may span
STEEP = 60.0                                # attention scores beyond ±STEEP are held there: e^60 · LONGEST fits a float32
OUTPUTS = [("statement", 7), ("name", 9), ("description", 7), ("link", 4 * LINK)]


class Graph:
    """Collects nodes and weights; each method adds one step and returns the name of its result."""

    def __init__(self, bits):
        self.nodes, self.weights, self.bits, self.count = [], [], bits, 0

    def constant(self, value, kind=np.float32):
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.array(value, kind, order="C"), name))
        return name

    def add(self, op, *inputs, outputs=1, **attributes):
        names = [f"t{self.count + i}" for i in range(outputs)]
        self.count += outputs
        self.nodes.append(helper.make_node(op, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def shape(self, *dims):
        return self.constant(dims, np.int64)

    def embed(self, ids, table):
        """Rows of a table; as int8 with one scale a row when quantised."""
        if not self.bits:
            return self.add("Gather", self.constant(table), ids)
        scale = np.maximum(np.abs(table).max(1, keepdims=True) / 127, 1e-12)
        rows = self.add("Gather", self.constant(np.rint(table / scale), np.int8), ids)
        scales = self.add("Gather", self.constant(scale), ids)
        return self.add("Mul", self.add("Cast", rows, to=TensorProto.FLOAT), scales)

    def linear(self, x, weight, bias):
        """x · weight + bias, weight [in, out]; int8 with one scale an output column when quantised."""
        if not self.bits:
            return self.add("Add", self.add("MatMul", x, self.constant(weight)), self.constant(bias))
        top = 2 ** (self.bits - 1) - 1
        scale = np.maximum(np.abs(weight).max(0) / top, 1e-12)
        x = self.add("DynamicQuantizeLinear", x, outputs=3)
        product = self.add("MatMulInteger", x[0], self.constant(np.rint(weight / scale), np.int8), x[2])
        scales = self.add("Mul", x[1], self.constant(scale))
        return self.add("Add", self.add("Mul", self.add("Cast", product, to=TensorProto.FLOAT), scales), self.constant(bias))

    def normal(self, x, weight, bias):
        return self.add("LayerNormalization", x, self.constant(weight), self.constant(bias), axis=-1, epsilon=1e-12)

    def gelu(self, x):
        erf = self.add("Erf", self.add("Div", x, self.constant(np.sqrt(2))))
        return self.add("Mul", self.add("Mul", x, self.add("Add", erf, self.constant(1))), self.constant(0.5))


def type_table(w):
    """The sum of the shape, start and quotation embeddings for each type id."""
    return np.stack([w["shapes.weight"][i % len(SHAPES)] + w["starts.weight"][i // len(SHAPES) % len(STARTS)]
                     + w["quotes.weight"][i // (len(SHAPES) * len(STARTS))] for i in range(len(SHAPES) * len(STARTS) * len(QUOTES))])


def softmax_mix(g, scores, values):
    """softmax(scores) · values with the division after the product: 32 columns to divide instead of a whole window, and two
    passes over the scores fewer. No maximum is subtracted; scores beyond ±STEEP, never seen, would be held there."""
    powers = g.add("Exp", g.add("Clip", scores, g.constant(-STEEP), g.constant(STEEP)))
    return g.add("Div", g.add("MatMul", powers, values), g.add("ReduceSum", powers, g.shape(-1), keepdims=1))


def attention(g, x, w, p):
    """Multi-head attention over the window, query scale folded into the weights."""
    weight, bias = w[p + "qkv.weight"].T.copy(), w[p + "qkv.bias"].copy()
    size = HIDDEN // HEADS
    weight[:, :HIDDEN] *= size ** -0.5
    bias[:HIDDEN] *= size ** -0.5
    parts = g.add("Split", g.linear(x, weight, bias), g.shape(HIDDEN, HIDDEN, HIDDEN), outputs=3, axis=-1)
    split = [g.add("Reshape", part, g.shape(0, 0, HEADS, size)) for part in parts]
    q = g.add("Transpose", split[0], perm=[0, 2, 1, 3])
    k = g.add("Transpose", split[1], perm=[0, 2, 3, 1])
    v = g.add("Transpose", split[2], perm=[0, 2, 1, 3])
    mixed = g.add("Reshape", g.add("Transpose", softmax_mix(g, g.add("MatMul", q, k), v), perm=[0, 2, 1, 3]), g.shape(0, 0, HIDDEN))
    return g.linear(mixed, w[p + "out.weight"].T, w[p + "out.bias"])


def meaning(g, states, head):
    """The output `meaning`: a linear map of the hidden states of some layers, each layer's part summed in turn."""
    weight, bias = head["weight"].numpy(), head["bias"].numpy()
    total = g.constant(bias)
    for at, layer in enumerate(similar.LAYERS):
        part = g.add("MatMul", states[layer], g.constant(weight[at * HIDDEN:(at + 1) * HIDDEN]))
        total = g.add("Add", part, total)
    g.nodes[-1].output[0] = "meaning"
    return "meaning", weight.shape[1]


def build(weights, bits=0, head=None):
    """The whole graph; bits 0 keeps floats, 7 or 8 quantises the weights. `head` is that of similar.py, if any."""
    w = {k: v.float().numpy() for k, v in weights.items()}
    g = Graph(bits)
    length = g.add("Shape", "ids", start=1, end=2)
    positions = g.add("Slice", g.constant(w["positions"][:LONGEST]), g.shape(0), length, g.shape(0))
    types = g.add("Gather", g.constant(type_table(w)), "types")
    x = g.add("Add", g.add("Add", g.embed("ids", w["pieces.weight"]), types), positions)
    x = g.normal(x, w["norm.weight"], w["norm.bias"])
    states = [x]
    for i in range(LAYERS):
        p = f"layers.{i}."
        x = g.normal(g.add("Add", x, attention(g, x, w, p)), w[p + "norm1.weight"], w[p + "norm1.bias"])
        inner = g.gelu(g.linear(x, w[p + "up.weight"].T, w[p + "up.bias"]))
        x = g.normal(g.add("Add", x, g.linear(inner, w[p + "down.weight"].T, w[p + "down.bias"])),
                     w[p + "norm2.weight"], w[p + "norm2.bias"])
        states.append(x)
    outputs = list(OUTPUTS)
    if head is not None:
        outputs.append(meaning(g, states, head))
    for name, _ in OUTPUTS:                                # the heads stay in floats: small, and links need it
        product = g.add("MatMul", x, g.constant(w[name + ".weight"].T))
        g.nodes.append(helper.make_node("Add", [product, g.constant(w[name + ".bias"])], [name]))
    dims = ["batch", "window"]
    graph = helper.make_graph(
        g.nodes, "reader",
        [helper.make_tensor_value_info(n, TensorProto.INT32, dims) for n in ("ids", "types")],
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, dims + [k]) for n, k in outputs], g.weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="onrecord")
    onnx.checker.check_model(model)
    return model


def chain(labels, transitions=None):
    """Start scores and step scores of a BIO layer, with impossible steps barred."""
    n = len(labels)
    steps = np.zeros((n, n)) if transitions is None else transitions.astype(float).copy()
    start = np.zeros(n)
    for to in range(2, n, 2):
        start[to] = NEVER
        for at in range(n):
            if at not in (to, to - 1):
                steps[at, to] = NEVER
    return {"labels": labels, "start": start.tolist(), "transitions": np.round(steps, 5).tolist()}


def sidecar(weights, version):
    """reader.json: labels, transitions and link tables."""
    number = lambda key: np.round(weights[key].float().numpy().astype(float), 5).tolist()
    pairs = lambda name: {t: number(f"{name}.tables.{t}") for t in TABLES}
    return {
        "format": "onrecord.reader/1", "version": version, "window": WINDOW, "shared": SHARED,
        "statement": chain(data.STATEMENT, weights["crf.transitions"].float().numpy()),
        "name": chain(data.NAME), "description": chain(data.DESCRIPTION),
        "link": {"size": LINK, "scale": LINK ** -0.5, "reach": REACH, "gaps": GAPS,
                 "content_cue": pairs("content_cue"),
                 "cue_source": {**pairs("cue_source"), "none_key": number("cue_source.none_key"),
                                "none_bias": number("cue_source.none_bias")[0]}}}


def write(weights, out, bits, version, vocabulary, head=None):
    os.makedirs(out, exist_ok=True)
    onnx.save(build(weights, bits, head), os.path.join(out, "reader.onnx"))
    with open(os.path.join(out, "reader.json"), "w", encoding="utf-8") as f:
        json.dump(sidecar(weights, version), f, indent=None, separators=(",", ":"))
        f.write("\n")
    shutil.copyfile(vocabulary, os.path.join(out, "vocab.txt"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", nargs="+", help="weight files of train.py; several are averaged")
    parser.add_argument("--out", required=True)
    parser.add_argument("--bits", type=int, default=7, help="7 (safe on every processor), 8, or 0 for floats")
    parser.add_argument("--lean", type=float, default=0.5, help="taken off the score of B-content, so that contents break less; chosen on dev")
    parser.add_argument("--similar", help="the head of similar.py, which gives the output `meaning`; the engine needs it")
    parser.add_argument("--version", default="reader-en-2")
    args = parser.parse_args()
    from train import base_folder
    every = [torch.load(path, map_location="cpu") for path in args.weights]
    mean = {k: sum(w[k].float() for w in every) / len(every) for k in every[0]}
    Reader().load_state_dict(mean)
    mean["statement.bias"][data.STATEMENT.index("B-content")] -= args.lean
    write(mean, args.out, args.bits, args.version, os.path.join(base_folder(), "vocab.txt"),
          torch.load(args.similar, map_location="cpu") if args.similar else None)


if __name__ == "__main__":
    main()
