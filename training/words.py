"""Cuts a text into words and wordpieces and gives each word its type: what the reader sees of a text."""
import bisect
import unicodedata

SHAPES = ["other", "lower", "title", "upper", "letter", "mixed", "number", "alnum"]
STARTS = ["inside", "sentence", "paragraph"]
QUOTES = ["outside", "inside", "opening", "closing"]
TYPES = len(SHAPES) * len(STARTS) * len(QUOTES)

OPENING, CLOSING, STRAIGHT = "“„‟«", "”»", '"'
CLOSERS = "\"”»’')]}"
ENDS = ".?!…"
ABBREVIATIONS = frozenset(
    "mr mrs ms dr sen rep gov gen lt col sgt capt rev hon prof st jr sr vs no inc corp ltd co dept "
    "jan feb mar apr jun jul aug sept sep oct nov dec".split())


def is_space(c):
    return c in " \t\n\r" or unicodedata.category(c) in ("Zs", "Zl", "Zp")


def is_dropped(c):
    return c not in "\t\n\r" and (c in "\x00\ufffd" or unicodedata.category(c) in ("Cc", "Cf", "Cn", "Co", "Cs"))


def is_punctuation(c):
    n = ord(c)
    return 33 <= n <= 47 or 58 <= n <= 64 or 91 <= n <= 96 or 123 <= n <= 126 or unicodedata.category(c)[0] == "P"


def is_ideograph(c):
    n = ord(c)
    return (0x4E00 <= n <= 0x9FFF or 0x3400 <= n <= 0x4DBF or 0x20000 <= n <= 0x2A6DF or 0x2A700 <= n <= 0x2B73F
            or 0x2B740 <= n <= 0x2B81F or 0x2B820 <= n <= 0x2CEAF or 0xF900 <= n <= 0xFAFF or 0x2F800 <= n <= 0x2FA1F)


def words(text):
    """Spans (start, end) in characters: maximal runs of word characters; a punctuation mark or ideograph stands alone."""
    out, start, end = [], None, None
    for i, c in enumerate(text):
        if c.isascii() and c.isalnum():
            alone = split = False
        elif is_space(c):
            alone, split = False, True
        elif is_dropped(c):
            continue
        else:
            alone = is_punctuation(c) or is_ideograph(c)
            split = alone
        if split and start is not None:
            out.append((start, end))
            start = None
        if alone:
            out.append((i, i + 1))
        elif not split:
            start, end = (i if start is None else start), i + 1
    if start is not None:
        out.append((start, end))
    return out


def normal(word):
    """Lower case, without accents and dropped characters: the form looked up in the vocabulary."""
    if word.isascii():
        return word.lower()
    kept = "".join(c for c in word if not is_dropped(c))
    return "".join(c for c in unicodedata.normalize("NFD", kept) if unicodedata.category(c) != "Mn").lower()


class Vocabulary:
    """The wordpieces of vocab.txt, one per line, numbered from 0."""

    def __init__(self, path):
        self.pieces = [line.rstrip("\n") for line in open(path, encoding="utf-8")]
        self.number = {piece: i for i, piece in enumerate(self.pieces)}
        self.unknown = self.number["[UNK]"]
        self.seen = {}

    def cut(self, word):
        """Greedy longest match from the left; [UNK] where no cut exists or the form has over 100 characters."""
        if word not in self.seen:
            self.seen[word] = self._cut(normal(word))
        return self.seen[word]

    def _cut(self, form):
        if not form or len(form) > 100:
            return [self.unknown]
        out, at = [], 0
        while at < len(form):
            end = len(form)
            while end > at and (("##" if at else "") + form[at:end]) not in self.number:
                end -= 1
            if end == at:
                return [self.unknown]
            out.append(self.number[("##" if at else "") + form[at:end]])
            at = end
        return out


def shape(word):
    """Index into SHAPES from the letters and digits of the word as written."""
    letters = [c for c in word if c.isalpha()]
    digits = any(c.isnumeric() for c in word)
    if not letters:
        return 6 if digits else 0
    if digits:
        return 7
    upper = [c.isupper() for c in letters]
    if not any(upper):
        return 1
    if all(upper):
        return 4 if len(letters) == 1 else 3
    return 2 if upper[0] and not any(upper[1:]) else 5


def paragraph_starts(text, spans):
    """True for the first word and for each word with a line break between it and the word before."""
    return [i == 0 or "\n" in text[spans[i - 1][1]:s] or "\r" in text[spans[i - 1][1]:s] for i, (s, _) in enumerate(spans)]


def sentence_ends(text, spans):
    """True for each . ? ! … that closes a sentence (see FORMAT.md)."""
    out = [False] * len(spans)
    for i, (s, e) in enumerate(spans):
        if text[s] not in ENDS or e - s != 1:
            continue
        j = e
        while j < len(text) and text[j] in CLOSERS:
            j += 1
        if j < len(text) and not is_space(text[j]):
            continue
        if text[s] == "." and i and spans[i - 1][1] == s:
            before = text[spans[i - 1][0]:s]
            if before.lower() in ABBREVIATIONS or (len(before) == 1 and before.isalpha()):
                nxt = text[j:].lstrip()[:1] if "\n" not in text[j:j + 2] else ""
                if nxt:
                    continue
        while j < len(text) and is_space(text[j]) and text[j] not in "\n\r":
            j += 1
        out[i] = j >= len(text) or text[j] in "\n\r" or not text[j].islower()
    return out


def starts(text, spans, paragraphs, ends):
    """Index into STARTS: the first word of a paragraph, of a sentence, or neither."""
    out, open_ = [], False
    for i, (s, e) in enumerate(spans):
        if paragraphs[i]:
            out.append(2)
            open_ = False
        elif open_ and text[s] not in CLOSERS:
            out.append(1)
            open_ = False
        else:
            out.append(0)
        open_ = open_ or ends[i]
    return out


def quotes(text, spans, paragraphs):
    """Index into QUOTES; only double marks count, and every paragraph begins outside."""
    out, inside = [], False
    for i, (s, e) in enumerate(spans):
        if paragraphs[i]:
            inside = False
        c = text[s]
        if e - s == 1 and (c in OPENING or c in CLOSING or c in STRAIGHT):
            if c in STRAIGHT:
                left = s == 0 or is_space(text[s - 1])
                right = e == len(text) or is_space(text[e])
                opening = (not inside) if left == right else left
            else:
                opening = c in OPENING
            out.append(2 if opening else 3)
            inside = opening
        else:
            out.append(1 if inside else 0)
    return out


def type_id(shape_, start, quote):
    return shape_ + len(SHAPES) * (start + len(STARTS) * quote)


class Words:
    """One text as the reader sees it: spans, wordpieces, types, sentence ends and paragraph starts."""

    def __init__(self, text, vocabulary):
        self.text, self.spans = text, words(text)
        strings = [text[s:e] for s, e in self.spans]
        self.paragraphs = paragraph_starts(text, self.spans)
        self.ends = sentence_ends(text, self.spans)
        kinds = [type_id(shape(w), a, q) for w, a, q in zip(
            strings, starts(text, self.spans, self.paragraphs, self.ends), quotes(text, self.spans, self.paragraphs))]
        self.ids, self.types, self.first = [], [], []
        for word, kind in zip(strings, kinds):
            pieces = vocabulary.cut(word)
            self.first.append(len(self.ids))
            self.ids += pieces
            self.types += [kind] * len(pieces)

    def covering(self, start, end):
        """Indices of the words that share a character with start..end."""
        a = bisect.bisect_right(self._ends(), start)
        b = bisect.bisect_left(self._starts(), end)
        return range(a, max(a, b))

    def _ends(self):
        if not hasattr(self, "_e"):
            self._e = [e for _, e in self.spans]
        return self._e

    def _starts(self):
        if not hasattr(self, "_s"):
            self._s = [s for s, _ in self.spans]
        return self._s
