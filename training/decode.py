"""Reads texts with an exported reader: windows, Viterbi, links, and readings for the scorer. The reference for Rust."""
import argparse
import glob
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import numpy as np

from words import Vocabulary, Words


class Model:
    """An exported reader: the graph, the vocabulary and the tables."""

    def __init__(self, folder):
        import onnxruntime
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(os.path.join(folder, "reader.onnx"), options, ["CPUExecutionProvider"])
        self.vocabulary = Vocabulary(os.path.join(folder, "vocab.txt"))
        self.settings = json.load(open(os.path.join(folder, "reader.json"), encoding="utf-8"))

    def scores(self, words):
        """Per head an array [words, width]: every word from its most central window."""
        starts, length = plan(len(words.ids), self.settings["window"], self.settings["shared"])
        first, out = np.array(words.first), {}
        choice = np.argmin(np.where(
            (first[:, None] >= starts) & (first[:, None] < starts + length),
            np.abs(2 * first[:, None] - (2 * starts + length - 1)), 10 ** 9), 1)
        for i, start in enumerate(starts):
            feed = {n: np.array([v[start:start + length]], np.int32) for n, v in (("ids", words.ids), ("types", words.types))}
            got = dict(zip((o.name for o in self.session.get_outputs()), self.session.run(None, feed)))
            mine = choice == i
            for name, values in got.items():
                out.setdefault(name, np.zeros((len(first), values.shape[2]), np.float32))[mine] = values[0][first[mine] - start]
        return out


def plan(n, window, shared):
    """Where the windows of a text of n pieces begin, and how long they all are: as few as hold it, sharing `shared` or more."""
    count = max(1, -(-max(0, n - shared) // (window - shared)))
    length = -(-(n + (count - 1) * shared) // count)
    return np.array([i * (n - length) // max(1, count - 1) for i in range(count)]), length


def viterbi(scores, layer):
    """The best label sequence under the layer's start and step scores."""
    steps = np.array(layer["transitions"], np.float32)
    best, back = scores[0] + np.array(layer["start"], np.float32), []
    for row in scores[1:]:
        table = best[:, None] + steps
        back.append(table.argmax(0))
        best = table.max(0) + row
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def spans(path, labels):
    """(first word, end, kind) of every B-x and the I-x that follow."""
    out = []
    for i, tag in enumerate(path):
        if labels[tag].startswith("B-"):
            out.append([i, i + 1, labels[tag][2:]])
        elif labels[tag].startswith("I-"):
            out[-1][1] = i + 1
    return [tuple(s) for s in out]


class Links:
    """Scores which span belongs to which."""

    def __init__(self, words, cues, vectors, settings):
        self.cues = np.array([c[0] for c in cues])
        self.ends = np.concatenate([[0], np.cumsum(words.ends)])
        self.paragraphs = np.concatenate([[0], np.cumsum(words.paragraphs)])
        self.vectors, self.settings = vectors, settings

    def score(self, a, b, part_a, part_b, tables):
        """The score of span a choosing span b, or None where b is out of reach."""
        early, late = (b, a) if b[0] < a[0] else (a, b)
        left, right = early[1], max(early[1], late[0])
        if right - left > self.settings["reach"]:
            return None
        side, size = int(b[0] > a[0]), self.settings["size"]
        gap = sum(right - left >= g for g in self.settings["gaps"])
        cues = min(3, int(((self.cues >= left) & (self.cues < right)).sum()))
        ends = min(3, int(self.ends[right] - self.ends[left]))
        paragraphs = min(2, int(self.paragraphs[min(right + 1, len(self.paragraphs) - 1)] - self.paragraphs[left]))
        dot = self.vectors[a[0], part_a * size:][:size] @ self.vectors[b[0], part_b * size:][:size]
        return (dot * self.settings["scale"] + tables["gap"][side][gap] + tables["cues"][side][cues]
                + tables["ends"][side][ends] + tables["paragraphs"][side][paragraphs])

    def best(self, a, targets, part_a, part_b, tables, floor=None):
        """The index of the best target, or None."""
        top, chosen = floor, None
        for i, b in enumerate(targets):
            s = self.score(a, b, part_a, part_b, tables)
            if s is not None and (top is None or s > top):
                top, chosen = s, i
        return chosen

    def none_score(self, cue):
        size, table = self.settings["size"], self.settings["cue_source"]
        return self.vectors[cue[0], 2 * size:3 * size] @ np.array(table["none_key"]) * self.settings["scale"] + table["none_bias"]


def statements(found, words, vectors, settings):
    """Statements as {"source": span or None, "cue": span, "content": [spans]}, spans in words."""
    of = {kind: [s[:2] for s in found if s[2] == kind] for kind in ("source", "cue", "content")}
    links = Links(words, of["cue"], vectors, settings)
    contents = {}
    for content in of["content"]:
        cue = links.best(content, of["cue"], 0, 1, settings["content_cue"])
        if cue is not None:
            contents.setdefault(cue, []).append(content)
    out = []
    for i, cue in enumerate(of["cue"]):
        if i in contents:
            source = links.best(cue, of["source"], 2, 3, settings["cue_source"], links.none_score(cue))
            out.append({"source": None if source is None else of["source"][source], "cue": cue, "content": contents[i]})
    return out


def read(model, text):
    """Statements, names and descriptions of a text, spans in words, with the words."""
    words = Words(text, model.vocabulary)
    if not words.spans:
        return words, [], [], []
    scores = model.scores(words)
    layer = lambda n: spans(viterbi(scores[n], model.settings[n]), model.settings[n]["labels"])
    return words, statements(layer("statement"), words, scores["link"], model.settings["link"]), layer("name"), layer("description")


def reading(path, text, model):
    """A minimal onrecord.reading/1 object: statements, names and descriptions with byte spans."""
    words, found, names, descriptions = read(model, text)
    at = [0]
    for c in text:
        at.append(at[-1] + len(c.encode("utf-8")))
    place = lambda s: {"start": at[words.spans[s[0]][0]], "end": at[words.spans[s[1] - 1][1]]}
    return {"format": "onrecord.reading/1", "document": {"path": path},
            "statements": [{"source": place(s["source"]) if s["source"] else None, "cue": place(s["cue"]),
                            "content": [place(c) for c in s["content"]]} for s in found],
            "names": [{**place(s), "type": s[2]} for s in names],
            "descriptions": [{**place(s), "type": s[2]} for s in descriptions]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", help="folder with reader.onnx, vocab.txt, reader.json")
    parser.add_argument("texts", help="a text file or a folder of .txt files")
    parser.add_argument("--out", default="-", help="readings, one JSON object a line")
    args = parser.parse_args()
    model = Model(args.model)
    out = sys.stdout if args.out == "-" else open(args.out, "w", encoding="utf-8")
    for path in sorted(glob.glob(os.path.join(args.texts, "*.txt"))) if os.path.isdir(args.texts) else [args.texts]:
        text = open(path, encoding="utf-8", newline="").read()
        print(json.dumps(reading(path, text, model), ensure_ascii=False), file=out)


if __name__ == "__main__":
    main()
