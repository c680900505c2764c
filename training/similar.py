"""Teaches a linear head over the reader's hidden states to mimic the sentence embeddings of the published encoder."""
import argparse
import csv
import os
import random
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import numpy as np
import torch

from model import HIDDEN, Reader
from train import base_folder
from words import Vocabulary, Words

LAYERS = (0, 3, 6)                     # 0: the embeddings; words themselves, their surroundings, and what the reader made of them
SIZE = 128                             # directions kept of the teacher's 384; 192 and 384 score the same (training/README.md)
WINDOW = 256
RIDGE = 30.0                           # over some 10,000 spans; 3 and 300 differ by less than .002 in cosine
SPREAD = 32.0                          # standard deviation of a value, so that a signed byte holds four of them
LONGEST = 254


def embedded(model, ids, types):
    """The input of the first layer."""
    extra = model.shapes(types % 8) + model.starts(types // 8 % 3) + model.quotes(types // 24)
    return model.norm(model.pieces(ids) + model.positions[:ids.shape[1]] + extra)


@torch.no_grad()
def hidden(model, ids, types, layers=LAYERS):
    """Hidden states of `layers`, side by side: [batch, window, 384 · len(layers)]."""
    x = embedded(model, ids, types)
    kept = [x] if 0 in layers else []
    for at, layer in enumerate(model.layers):
        x = layer(x)
        if at + 1 in layers:
            kept.append(x)
    return torch.cat(kept, 2)


def teacher():
    """The published encoder without types."""
    model = Reader()
    model.load_base(base_folder())
    for table in (model.shapes, model.starts, model.quotes):
        table.weight.data.zero_()
    return model.eval()


def taught(model, spans, vocabulary):
    """Its embeddings of rows of pieces, each of length 1: the mean over [CLS], the pieces and [SEP]."""
    first, last = vocabulary.number["[CLS]"], vocabulary.number["[SEP]"]
    rows = [[first, *span[:LONGEST], last] for span in spans]
    out = np.zeros((len(rows), HIDDEN), np.float32)
    order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
    while order:
        length = len(rows[order[0]])
        batch = [at for at in order[:32] if len(rows[at]) == length]
        ids = torch.tensor([rows[at] for at in batch])
        out[batch] = hidden(model, ids, torch.zeros_like(ids), (6,)).mean(1).numpy()
        order = order[len(batch):]
    return out / np.linalg.norm(out, axis=1, keepdims=True)


def texts(shared):
    """Plain news: Wikinews and the articles of FNC-1, in an order of their own."""
    csv.field_size_limit(10 ** 9)
    rows = lambda *path: csv.DictReader(open(os.path.join(shared, "data", *path), encoding="utf-8"))
    out = [row["title"] + "\n\n" + row["text"] for year in (2019, 2020) for row in rows("wikinews", "data", f"wikinews_{year}.csv")]
    out += [row["articleBody"] for row in rows("fnc1", "train_bodies.csv")]
    random.Random(1).shuffle(out)
    return out


def stretches(words, rng):
    """Every sentence of 4 to 80 words, and a stretch of 4 to 25 words out of each that has more than 10."""
    count, start = len(words.spans), 0
    for at in range(count):
        if not (words.ends[at] or at + 1 == count or words.paragraphs[at + 1]):
            continue
        length = at + 1 - start
        if 4 <= length <= 80:
            yield start, at + 1
        if 10 < length <= 80:
            part = rng.randint(4, min(25, length))
            begin = rng.randint(start, at + 1 - part)
            yield begin, begin + part
        start = at + 1


def by_word(states, words, offset):
    """The mean over the pieces of each word wholly inside the window that starts at piece `offset`; NaN elsewhere."""
    out = np.full((len(words.first), states.shape[1]), np.nan, np.float32)
    ends = [*words.first[1:], len(words.ids)]
    for at, (a, b) in enumerate(zip(words.first, ends)):
        if a >= offset and b <= offset + len(states):
            out[at] = states[a - offset:b - offset].mean(0)
    return out


def examples(model, shared, pieces):
    """Mean hidden states of stretches as the reader sees them within their text, and the pieces of each."""
    vocabulary = Vocabulary(os.path.join(base_folder(), "vocab.txt"))
    rng, seen, inputs, spans = random.Random(1), 0, [], []
    for text in texts(shared):
        words = Words(text[:6000], vocabulary)
        for offset in range(0, len(words.ids), WINDOW):
            ids, types = (torch.tensor(row[offset:offset + WINDOW])[None] for row in (words.ids, words.types))
            states = by_word(hidden(model, ids, types)[0].numpy(), words, offset)
            for a, b in stretches(words, rng):
                mean = states[a:b].mean(0)
                if not np.isnan(mean).any():
                    inputs.append(mean)
                    spans.append(words.ids[words.first[a]:words.first[b] if b < len(words.first) else None])
        seen += len(words.ids)
        if seen >= pieces:
            break
    return np.array(inputs, np.float64), spans, vocabulary


def fit(x, y):
    """Weight [in, SIZE] and bias: ridge regression on the teacher's first SIZE principal directions, scaled to SPREAD."""
    mean, deviation = x.mean(0), x.std(0) + 1e-6
    directions = np.linalg.svd(y - y.mean(0), full_matrices=False)[2][:SIZE].T
    z, target = (x - mean) / deviation, (y - y.mean(0)) @ directions
    weight = np.linalg.solve(z.T @ z + RIDGE * np.eye(z.shape[1]), z.T @ target) / deviation[:, None]
    scale = SPREAD / (x @ weight).std()
    return weight * scale, -(mean @ weight) * scale


def agreement(x, y, weight, bias):
    """How well cosines of pairs of spans follow the teacher's: their correlation over neighbouring rows."""
    ours, theirs = x @ weight + bias, y - y.mean(0)
    cosine = lambda m: (m[:-1] * m[1:]).sum(1) / np.linalg.norm(m[:-1], axis=1) / np.linalg.norm(m[1:], axis=1)
    return np.corrcoef(cosine(ours), cosine(theirs))[0, 1]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", help="a weight file of train.py")
    parser.add_argument("--shared", required=True)
    parser.add_argument("--out", required=True, help="the head, for export.py --similar")
    parser.add_argument("--pieces", type=int, default=160_000, help="how much text to read")
    args = parser.parse_args()
    torch.set_num_threads(1)
    start = time.time()
    reader = Reader()
    reader.load_state_dict({k: v.float() for k, v in torch.load(args.weights, map_location="cpu").items()})
    x, spans, vocabulary = examples(reader.eval(), args.shared, args.pieces)
    print(f"{len(spans)} spans read, {time.time() - start:.0f} s", flush=True)
    y = taught(teacher(), spans, vocabulary)
    held = len(x) // 10
    print(f"agreement on a tenth kept back: {agreement(x[-held:], y[-held:], *fit(x[:-held], y[:-held])):.3f}, {time.time() - start:.0f} s")
    weight, bias = fit(x, y)
    torch.save({"weight": torch.tensor(weight, dtype=torch.float32), "bias": torch.tensor(bias, dtype=torch.float32)}, args.out)


if __name__ == "__main__":
    main()
