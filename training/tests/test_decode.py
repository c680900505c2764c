"""Viterbi, windows and links on invented scores."""
import os
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))

from data import STATEMENT
from decode import plan, spans, statements, viterbi


def layer():
    steps = np.zeros((7, 7))
    start = np.zeros(7)
    for to in (2, 4, 6):
        start[to] = -1e4
        steps[[i for i in range(7) if i not in (to, to - 1)], to] = -1e4
    return {"labels": STATEMENT, "start": start, "transitions": steps}


def test_an_inside_label_never_follows_another_kind():
    scores = np.full((3, 7), -5.0)
    scores[0, 2] = 3                                       # I-source cannot begin a text
    scores[0, 1] = 2
    scores[1, 6] = 3                                       # I-content cannot follow source
    scores[1, 5] = 2
    scores[2, 6] = 1
    assert viterbi(scores, layer()) == [1, 5, 6]


def test_spans_are_cut_at_every_begin():
    assert spans([0, 1, 2, 1, 0, 5], STATEMENT) == [(1, 3, "source"), (3, 4, "source"), (5, 6, "content")]


def test_windows_are_few_and_equal_and_share():
    assert [x.tolist() if i == 0 else x for i, x in enumerate(plan(100, 256, 32))] == [[0], 100]
    starts, length = plan(500, 256, 32)
    assert (starts.tolist(), length) == ([0, 156, 312], 188)
    starts, length = plan(480, 256, 32)
    assert (starts.tolist(), length) == ([0, 224], 256)


class Flat:
    def __init__(self, n):
        self.ends, self.paragraphs = [False] * n, [i == 0 for i in range(n)]


def test_two_cues_share_a_source_and_a_bare_cue_is_dropped():
    tables = {"gap": [[-g for g in range(9)]] * 2, "cues": [[0, -1, -2, -3]] * 2, "ends": [[0] * 4] * 2, "paragraphs": [[0] * 3] * 2}
    settings = {"size": 64, "scale": 0.125, "reach": 200, "gaps": [1, 2, 3, 5, 9, 17, 33, 65], "content_cue": tables,
                "cue_source": {**tables, "none_key": [0.0] * 64, "none_bias": -20.0}}
    found = [(0, 1, "source"), (1, 2, "cue"), (2, 5, "content"), (6, 7, "cue"), (7, 12, "content"), (90, 91, "cue")]
    got = statements(found, Flat(100), np.zeros((100, 256)), settings)
    assert got == [{"source": (0, 1), "cue": (1, 2), "content": [(2, 5)]}, {"source": (0, 1), "cue": (6, 7), "content": [(7, 12)]}]
    settings["cue_source"]["none_bias"] = 5.0
    assert [s["source"] for s in statements(found, Flat(100), np.zeros((100, 256)), settings)] == [None, None]
