"""Words, pieces and types of invented texts."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))

from words import QUOTES, SHAPES, STARTS, Vocabulary, Words, words


def cut(text):
    return [text[s:e] for s, e in words(text)]


def vocabulary(tmp_path):
    path = tmp_path / "vocab.txt"
    path.write_text("\n".join(["[UNK]", "var", "##ga", "said", '"', ".", "we", "mr", "no"]) + "\n", encoding="utf-8")
    return Vocabulary(path)


def kinds(text, tmp_path):
    w = Words(text, vocabulary(tmp_path))
    types = [w.types[f] for f in w.first]
    return [(text[s:e], SHAPES[t % 8], STARTS[t // 8 % 3], QUOTES[t // 24]) for (s, e), t in zip(w.spans, types)]


def test_punctuation_stands_alone_and_dropped_characters_do_not_split():
    assert cut("Don't pay $5.2m!") == ["Don", "'", "t", "pay", "$", "5", ".", "2m", "!"]
    assert cut("Har\u00adbour\u00a0board") == ["Har\u00adbour", "board"]
    assert cut("  \n") == []


def test_pieces_are_greedy_and_accents_fall(tmp_path):
    v = vocabulary(tmp_path)
    assert v.cut("Várga") == [1, 2]
    assert v.cut("Okello") == [0]


def test_every_piece_has_its_words_type(tmp_path):
    w = Words("Varga said.", vocabulary(tmp_path))
    assert w.ids == [1, 2, 3, 5] and w.first == [0, 2, 3]
    assert w.types[0] == w.types[1]


def test_shapes(tmp_path):
    shapes = [k[1] for k in kinds("said Varga USA I NorWind 12 5th %", tmp_path)]
    assert shapes == ["lower", "title", "upper", "letter", "mixed", "number", "alnum", "other"]


def test_starts(tmp_path):
    starts = [k[2] for k in kinds('We paid up. "We said." Mr. Varga said\nno', tmp_path)]
    p, s, i = "paragraph", "sentence", "inside"
    assert starts == [p, i, i, i, i, s, i, i, i, s, i, i, i, p]


def test_a_quotation_that_never_closes_ends_with_its_paragraph(tmp_path):
    quotes = [k[3] for k in kinds('Varga said "no.\n\nWe "said" no', tmp_path)]
    assert quotes == ["outside", "outside", "opening", "inside", "inside", "outside", "opening", "inside", "closing", "outside"]


def test_curly_and_straight_marks_give_the_same_types(tmp_path):
    curly, straight = "“No,” said Varga, “we said no.”", '"No," said Varga, "we said no."'
    assert [k[1:] for k in kinds(curly, tmp_path)] == [k[1:] for k in kinds(straight, tmp_path)]
