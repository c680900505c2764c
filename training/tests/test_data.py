"""Gold read from invented annotations, and the windows made of it."""
import os
import random
import sys

import pytest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))

import data
from data import STATEMENT, Document
from words import Vocabulary

TEXT = "Varga said no, adding that we pay."
ANN = ("T1\tSource 0 5\tVarga\nT2\tCue 6 10\tsaid\nT3\tContent 11 13\tno\nT4\tAttribution 6 10\tsaid\n"
       "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"
       "T5\tCue 15 21\tadding\nT6\tContent 22 33\tthat we pay\nT7\tAttribution 15 21\tadding\n"
       "E2\tAttribution:T7 Source:T1 Cue:T5 Content:T6\n")

GUM = "\n".join(
    "\t".join(row) for row in [
        ("1", "Harbour", "_", "PROPN", "NNP", "_", "2", "compound", "_", "Entity=(1-person-new-x(2-organization-new-x)"),
        ("2", "Director", "_", "PROPN", "NNP", "_", "3", "nmod:desc", "_", "_"),
        ("3", "Ilse", "_", "PROPN", "NNP", "_", "5", "nsubj", "_", "_"),
        ("4", "Varga", "_", "PROPN", "NNP", "_", "3", "flat", "_", "Entity=1)"),
        ("5", "told", "_", "VERB", "VBD", "_", "0", "root", "_", "_"),
        ("6", "two", "_", "NUM", "CD", "_", "7", "nummod", "_", "Entity=(3-person-new-x"),
        ("7", "engineers", "_", "NOUN", "NNS", "_", "5", "obj", "_", "Entity=3)"),
        ("8", "she", "_", "PRON", "PRP", "_", "9", "nsubj", "_", "Entity=(1-person-giv-x)"),
        ("9", "agreed", "_", "VERB", "VBD", "_", "5", "ccomp", "_", "SpaceAfter=No"),
        ("10", ".", "_", "PUNCT", ".", "_", "5", "punct", "_", "_")]) + "\n\n"


def vocabulary(tmp_path):
    path = tmp_path / "vocab.txt"
    path.write_text("[UNK]\n", encoding="utf-8")
    return Vocabulary(path)


def test_one_source_may_serve_two_statements():
    first, second = data.standoff(ANN)
    assert first["source"] == second["source"] == [(0, 5)]
    assert second["cue"] == [(15, 21)]


def test_gum_names_leave_titles_out():
    d = data.gum_document("x", GUM)
    spots = lambda spans: [(d.text[a:b], kind) for a, b, kind in spans]
    assert d.text == "Harbour Director Ilse Varga told two engineers she agreed. "
    assert spots(d.names) == [("Harbour", "ORG"), ("Ilse Varga", "PER")]
    assert spots(d.descriptions) == [("two engineers", "PERSON"), ("she", "PRONOUN")]


def test_tokenized_sentences_become_text():
    d = data.joined("x", [[("Norwind", "I-ORG"), ("Ltd", "I-ORG"), (",", "O"), ("of", "O"), ("Quay", "I-LOC"), (".", "O")]])
    assert d.text == "Norwind Ltd, of Quay. "
    assert [(d.text[a:b], k) for a, b, k in d.names] == [("Norwind Ltd", "ORG"), ("Quay", "LOC")]


def test_labels_and_links(tmp_path):
    windows = pytest.importorskip("windows", reason="needs torch")
    e = windows.Encoded(Document("x", TEXT, statements=data.standoff(ANN)), vocabulary(tmp_path))
    assert [STATEMENT[i] for i in e.statement] == [
        "B-source", "B-cue", "B-content", "O", "B-cue", "B-content", "I-content", "I-content", "O"]
    w = windows.Window(e, 0)
    assert w.cues == [(1, 2), (4, 5)] and w.sources == [(0, 1)]
    assert w.content_cue == [0, 1] and w.cue_source == [0, 0]
    side, table = w.between(w.cues, w.sources)
    assert side.tolist() == [[0], [0]] and table["gap"].tolist() == [[0], [3]] and table["cues"].tolist() == [[0], [1]]


def test_requoting_keeps_the_length(tmp_path):
    windows = pytest.importorskip("windows", reason="needs torch")
    text = '"No," said Varga, "we don’t." She said “yes”.'
    for seed in range(40):
        assert len(windows.requote(text, random.Random(seed))) == len(text)


def test_windows_cover_every_piece(tmp_path):
    windows = pytest.importorskip("windows", reason="needs torch")
    e = windows.Encoded(Document("x", "no " * 1000, statements=[]), vocabulary(tmp_path))
    for seed in range(20):
        seen = set()
        for _, start in windows.cover([e], random.Random(seed)):
            seen |= set(range(start, start + windows.SIZE))
        assert seen == set(range(1000))
