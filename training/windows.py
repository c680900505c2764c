"""Turns documents into training windows: label arrays a word, links between spans, and variations of the text."""
import random
import re

import numpy as np

from data import CONTENT, CUE, DESCRIPTION, NAME, SOURCE, STATEMENT
from model import gap_bucket
from words import QUOTES, SHAPES, STARTS, Words

SIZE = 256
HIDDEN_GOLD = -1


class Encoded:
    """One document as arrays. `cues` holds, per cue, its span, its source spans and its content spans, in words."""

    def __init__(self, document, vocabulary):
        w = Words(document.text, vocabulary)
        n = len(w.spans)
        self.ids, self.types, self.first = np.array(w.ids), np.array(w.types), np.array(w.first)
        self.ends, self.paragraphs = np.array(w.ends, bool), np.array(w.paragraphs, bool)
        self.statement, self.cues, self.sources = np.full(n, HIDDEN_GOLD), [], []
        if document.statements is not None:
            self.statement, self.cues, self.sources = statement_gold(document, w)
        self.name = spans_gold(document.names, document.unsure, NAME, w)
        self.description = spans_gold(document.descriptions, document.bare, DESCRIPTION, w)


def runs(indices):
    """Contiguous runs (first, end) of a set of word indices."""
    out = []
    for i in sorted(indices):
        if out and out[-1][1] == i:
            out[-1][1] = i + 1
        else:
            out.append([i, i + 1])
    return [tuple(r) for r in out]


def statement_gold(document, w):
    """BIO labels, and each cue with the spans of its source and content. A source may serve several cues."""
    label = np.zeros(len(w.spans), int)
    cues, sources = [], set()
    for statement in document.statements:
        of = {role: runs({i for a, b in statement[role] for i in w.covering(a, b)}) for role in (SOURCE, CUE, CONTENT)}
        for role in (CUE, SOURCE, CONTENT):
            begin = STATEMENT.index("B-" + role)
            for a, b in of[role]:
                if not label[a:b].any() or role == CUE:
                    label[a:b] = begin + 1
                    label[a] = begin
        sources |= set(of[SOURCE])
        if of[CUE]:
            cues.append((of[CUE][0], of[SOURCE], of[CONTENT]))
    for i, tag in enumerate(label):                        # an I whose B was taken by another span becomes a B
        if tag and tag % 2 == 0 and (i == 0 or label[i - 1] not in (tag, tag - 1)):
            label[i] = tag - 1
    return label, cues, sorted(sources)


def spans_gold(spans, without, labels, w):
    """BIO labels of flat spans; HIDDEN_GOLD everywhere if the layer is absent, and on the words of `without`."""
    if spans is None:
        return np.full(len(w.spans), HIDDEN_GOLD)
    out = np.zeros(len(w.spans), int)
    for a, b in without:
        out[list(w.covering(a, b))] = HIDDEN_GOLD
    for a, b, kind in spans:
        where = list(w.covering(a, b))
        if where:
            out[where] = labels.index("I-" + kind)
            out[where[0]] = labels.index("B-" + kind)
    return out


def together(documents):
    """One Encoded out of several, for texts shorter than a window."""
    out = documents[0]
    for d in documents[1:]:
        n, pieces = len(out.first), len(out.ids)
        move = lambda s: (s[0] + n, s[1] + n)
        out.cues = out.cues + [(move(c), [move(s) for s in ss], [move(s) for s in cs]) for c, ss, cs in d.cues]
        out.sources = out.sources + [move(s) for s in d.sources]
        out.first = np.concatenate([out.first, d.first + pieces])
        for layer in ("ids", "types", "ends", "paragraphs", "statement", "name", "description"):
            setattr(out, layer, np.concatenate([getattr(out, layer), getattr(d, layer)]))
    return out


def cover(documents, rng):
    """(document, start) of windows that cover every document once, cut at random places."""
    out, short = [], []
    for d in documents:
        if len(d.ids) < SIZE:
            short.append(d)
            if sum(len(s.ids) for s in short) < SIZE:
                continue
            d, short = together(short), []
        n = len(d.ids)
        count = int(np.ceil(n / SIZE + (0.5 * rng.random() if n > SIZE else 0)))
        slack = count * SIZE - n
        cuts = sorted(rng.randint(0, slack) for _ in range(count - 1))
        out += [(d, max(0, min(n - SIZE, i * SIZE - back))) for i, back in enumerate([0] + cuts)]
    return out


class Window:
    """The part of a document that one training example shows."""

    def __init__(self, document, start):
        d = document
        self.ids, self.types = d.ids[start:start + SIZE], d.types[start:start + SIZE]
        a, b = np.searchsorted(d.first, [start, start + SIZE])
        self.first = d.first[a:b] - start
        self.statement, self.name, self.description = d.statement[a:b], d.name[a:b], d.description[a:b]
        self.ends = np.concatenate([[0], np.cumsum(d.ends[a:b])])
        self.paragraphs = np.concatenate([[0], np.cumsum(d.paragraphs[a:b])])
        inside = lambda s: a <= s[0] and s[1] <= b
        move = lambda s: (s[0] - a, s[1] - a)
        cues = [c for c in d.cues if inside(c[0])]
        self.cues = [move(c[0]) for c in cues]
        self.sources = [move(s) for s in d.sources if inside(s)]
        self.contents, self.content_cue = [], []
        for i, c in enumerate(cues):
            for s in c[2]:
                if inside(s):
                    self.contents.append(move(s))
                    self.content_cue.append(i)
        where = {s: i for i, s in enumerate(self.sources)}
        self.cue_source = []                               # index of the source, len(sources) for none, -1 if unseen
        for c in cues:
            seen = [where[move(s)] for s in c[1] if inside(s)]
            near = min(seen, key=lambda i: abs(self.sources[i][0] - move(c[0])[0])) if seen else -1
            self.cue_source.append(near if c[1] else len(self.sources))

    def between(self, spans, others):
        """Side and table indices for each pair: what stands between a span and the other span."""
        return between(spans, others, self.cues, self.ends, self.paragraphs)


def between(spans, others, cues, ends, paragraphs):
    """side[i, j] is 1 where others[j] comes after spans[i]; ends and paragraphs are running sums over words."""
    side = np.array([[int(o[0] > s[0]) for o in others] for s in spans]).reshape(len(spans), len(others))
    table = {n: np.zeros_like(side) for n in ("gap", "cues", "ends", "paragraphs")}
    starts = np.array(sorted(c[0] for c in cues) or [-1])
    for i, s in enumerate(spans):
        for j, o in enumerate(others):
            a, b = (s, o) if s[0] < o[0] else (o, s)
            left, right = a[1], max(a[1], b[0])
            table["gap"][i, j] = gap_bucket(right - left)
            table["cues"][i, j] = min(3, np.searchsorted(starts, right) - np.searchsorted(starts, left))
            table["ends"][i, j] = min(3, ends[right] - ends[left])
            table["paragraphs"][i, j] = min(2, paragraphs[min(right + 1, len(paragraphs) - 1)] - paragraphs[left])
    return side, table


# Variations: every epoch shows the same gold in other clothes ----------------------------------------------------------

def requote(text, rng):
    """The same text with its quotation marks straight, curly or single; the length stays the same."""
    style = rng.choices(["as is", "straight", "curly", "single"], [40, 25, 25, 10])[0]
    if style == "as is":
        return text
    text = text.replace("’", "'").replace("‘", "'") if style == "straight" or rng.random() < 0.3 else text
    if style == "straight":
        return text.replace("“", '"').replace("”", '"')
    curled = re.sub(r'(^|[\s(\[—–-])"(?=\S)', r"\1“", text).replace('"', "”")
    curled = re.sub(r"(?<=\w)'", "’", curled) if style == "curly" else curled
    return curled.replace("“", "‘").replace("”", "’") if style == "single" else curled


def blur(encoded, rng):
    """Now and then hides the case shapes, the quotation state or the paragraph starts of a document."""
    shape = encoded.types % len(SHAPES)
    start = encoded.types // len(SHAPES) % len(STARTS)
    quote = encoded.types // (len(SHAPES) * len(STARTS))
    if rng.random() < 0.04:
        shape = np.where(shape == 2, 1, shape)
    if rng.random() < 0.06:
        quote = np.zeros_like(quote)
    if rng.random() < 0.08:
        start = np.zeros_like(start)
    encoded.types = shape + len(SHAPES) * (start + len(STARTS) * quote)
    assert encoded.types.max(initial=0) < len(SHAPES) * len(STARTS) * len(QUOTES)
    return encoded


class Renamer:
    """Gives the surnames of a text other surnames, so that the reader learns no one by name."""

    def __init__(self, census, documents, rng):
        rows = [line.split() for line in open(census, encoding="utf-8")][:8000]
        self.pool, self.weights = [r[0].title() for r in rows], [float(r[1]) ** 0.5 for r in rows]
        known = set(self.pool)
        titled, lower = {}, set()
        for d in documents:
            for word in re.findall(r"[A-Za-z]+", d.text):
                if word[0].isupper() and word[1:].islower():
                    titled[word] = titled.get(word, 0) + 1
                else:
                    lower.add(word.lower())
        self.names = {w for w, n in titled.items() if n >= 3 and w in known and w.lower() not in lower}
        self.rng = rng

    def rename(self, document):
        """A copy of a statement document with its surnames replaced, spans moved along."""
        found = [m for m in re.finditer(r"[A-Za-z]+", document.text) if m.group() in self.names]
        fresh = dict(zip(sorted({m.group() for m in found}), self.rng.choices(self.pool, self.weights, k=len(found) or 1)))
        if not found:
            return document
        text, at, edges = [], 0, [(0, 0)]
        for m in found:
            text += [document.text[at:m.start()], fresh[m.group()]]
            at = m.end()
            edges.append((at, edges[-1][1] + len(fresh[m.group()]) - len(m.group())))
        moved = np.array([e[1] for e in edges])
        stops = np.array([e[0] for e in edges])
        move = lambda i: int(i + moved[np.searchsorted(stops, i, "right") - 1])
        statements = [{r: [(move(a), move(b)) for a, b in spans] for r, spans in s.items()} for s in document.statements]
        return type(document)(document.id, "".join(text) + document.text[at:], statements=statements)


def vary(document, rng, renamer):
    """A document of the same length of gold, with other names and other quotation marks."""
    if document.statements is not None and renamer and rng.random() < 0.35:
        document = renamer.rename(document)
    return type(document)(**{**document.__dict__, "text": requote(document.text, rng)})


def mention_windows(mentions, vocabulary, seed):
    """An endless stream of windows from weighted mention documents."""
    rng = random.Random(seed)
    while True:
        chosen = [d for d, weight in mentions for _ in range(int(weight + rng.random()))]
        rng.shuffle(chosen)
        windows = cover([blur(Encoded(vary(d, rng, None), vocabulary), rng) for d in chosen], rng)
        rng.shuffle(windows)
        yield from (Window(d, s) for d, s in windows)
