"""Reads the annotated corpora into documents: a text with statements, or a text with names and descriptions."""
import glob
import json
import os
import re
from collections import defaultdict
from dataclasses import dataclass, field

SOURCE, CUE, CONTENT = "source", "cue", "content"
STATEMENT = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]
NAME = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC"]
DESCRIPTION = ["O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-PRONOUN", "I-PRONOUN"]


@dataclass
class Document:
    """A text and its gold, all spans in characters. A layer that is None has no gold here."""
    id: str
    text: str
    statements: list = None    # of {"source": [(start, end)], "cue": [...], "content": [...]}
    names: list = None         # of (start, end, "PER")
    descriptions: list = None  # of (start, end, "PERSON")
    unsure: list = field(default_factory=list)  # spans whose words carry no name gold
    bare: list = field(default_factory=list)    # spans whose words carry no description gold


def polnear(folder):
    """The articles of a PolNeAR split; the first annotator by id is the gold."""
    out = []
    for path in sorted(glob.glob(os.path.join(folder, "text", "*.txt"))):
        name = os.path.basename(path)[:-4]
        found = sorted(glob.glob(os.path.join(folder, "attributions", glob.escape(name) + "_*.ann")))
        if found:
            text = open(path, encoding="utf-8", newline="").read()
            out.append(Document(name, text, statements=standoff(open(found[0], encoding="utf-8").read())))
    return out


def standoff(lines):
    """Attributions of one .ann file. Several may name the same source span."""
    spans, events = {}, []
    for line in lines.split("\n"):
        parts = line.split("\t")
        if parts[0].startswith("T") and len(parts) > 1:
            where = parts[1].partition(" ")[2]
            spans[parts[0]] = [tuple(map(int, p.split()[:2])) for p in where.split(";")]
        elif parts[0].startswith("E") and len(parts) > 1:
            events.append([p.split(":", 1) for p in parts[1].split()])
    out = []
    for roles in events:
        statement = {SOURCE: [], CUE: [], CONTENT: []}
        for role, ref in roles[1:]:
            role = re.sub(r"\d+$", "", role).lower()
            if role in statement:
                statement[role] += spans.get(ref, [])
        if statement[CUE] or statement[CONTENT]:
            out.append(statement)
    return out


# GUM ------------------------------------------------------------------------------------------------------------

GUM_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC", "animal": "MISC", "object": "MISC",
             "event": "MISC", "abstract": "MISC", "plant": "MISC", "substance": "MISC"}
WITHIN_NAMES = {"of", "the", "for", "and", "&", "'s", "’s", "-", "–", "/", "de", "la", "on", "in", "del", "du", "des", "'", "’"}
PERSONAL = {"i", "we", "you", "they", "he", "she", "it", "my", "our", "your", "their", "his", "her", "its", "himself",
            "herself", "themselves", "itself", "myself", "ourselves", "yourself", "yourselves", "me", "us", "them",
            "him", "mine", "ours", "yours", "theirs", "hers"}
TITLES = {"mr.", "mrs.", "ms.", "dr.", "mr", "mrs", "ms", "dr", "sir", "lady", "lord", "sen.", "rep.", "gov.", "gen.",
          "president", "minister", "secretary", "senator", "professor", "prof.", "ceo", "chairman", "director",
          "general", "prime", "vice", "chief", "executive", "officer", "spokesman", "spokeswoman", "governor", "king",
          "spokesperson", "queen", "prince", "princess", "saint", "pope", "captain", "judge", "justice", "congressman", "congresswoman", "chancellor", "administrator", "mp", "ambassador",
          "commissioner", "attorney", "premier", "mayor", "leader", "head", "founder", "editor", "commander", "colonel",
          "lieutenant", "sergeant", "detective", "sheriff", "speaker", "treasurer", "coach", "doctor", "professor"}
MEMBERS = {"republican", "democrat", "liberal", "conservative", "american", "muslim", "christian", "jew", "catholic"}


@dataclass
class Token:
    form: str
    upos: str
    head: int
    relation: str
    entity: str
    space: bool
    plural: bool
    start: int = 0
    end: int = 0


def gum(folder):
    """The documents of GUM with names, descriptions and personal pronouns."""
    out = []
    for path in sorted(glob.glob(os.path.join(folder, "conllu", "*.conllu"))):
        out.append(gum_document(os.path.basename(path)[:-7], open(path, encoding="utf-8").read()))
    return out


def gum_document(name, conllu):
    text, tokens, base, paragraph = "", [], 0, False
    glued = {}
    for line in conllu.split("\n"):
        f = line.split("\t")
        if line.startswith("# newpar") and "_block" not in line:
            paragraph = True
        elif not line:
            base = len(tokens)
        elif len(f) == 10 and "-" in f[0]:
            a, b = map(int, f[0].split("-"))
            for i in range(a, b):
                glued[base + i] = True
            glued[base + b] = "SpaceAfter=No" in f[9]
        elif len(f) == 10 and f[0].isdigit():
            if paragraph and text:
                text = text.rstrip() + "\n\n"
            paragraph = False
            misc = dict(p.partition("=")[::2] for p in f[9].split("|"))
            i = base + int(f[0])
            space = not glued.get(i, "SpaceAfter=No" in f[9])
            head = base + int(f[6]) - 1 if f[6] != "0" else -1
            tokens.append(Token(f[1], f[3], head, f[7], misc.get("Entity", ""), space, f[4] == "NNPS", len(text), len(text) + len(f[1])))
            text += f[1] + (" " if space else "")
    names, descriptions = gum_layers(tokens, gum_mentions(tokens))
    spots = lambda spans: [(tokens[a].start, tokens[b - 1].end, kind) for a, b, kind in spans]
    return Document(name, text, names=spots(names), descriptions=spots(descriptions))


def gum_mentions(tokens):
    """(first token, end, entity type) of every mention, from the bracket notation of the Entity field."""
    out, open_ = [], defaultdict(list)
    for i, token in enumerate(tokens):
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", token.entity):
            body = part.strip("()")
            fields = body.split("-")
            number = fields[0].split("[")[0]
            if part.startswith("("):
                open_[number].append((i, fields[1] if len(fields) > 1 else ""))
            if part.endswith(")") and open_[number]:
                start, kind = open_[number].pop()
                out.append((start, i + 1, kind))
    return out


def head_of(tokens, start, end):
    """The one token of the span that hangs on a word outside it."""
    for i in range(start, end):
        if not start <= tokens[i].head < end:
            return i
    return start


def name_core(tokens, start, end, head, kind):
    """The proper name within a mention: no title, article or apposition."""
    if kind == "PER":
        first = last = head
        while first - 1 >= start and tokens[first - 1].upos == "PROPN" and tokens[first - 1].head == head \
                and tokens[first - 1].relation in ("compound", "flat") and tokens[first - 1].form.lower() not in TITLES:
            first -= 1
        while last + 1 < end and tokens[last + 1].relation in ("flat", "goeswith") and first <= tokens[last + 1].head <= last + 1:
            last += 1
        return first, last + 1
    last = head + 1
    while last < end:
        ahead = last
        while ahead < end and tokens[ahead].form.lower() in WITHIN_NAMES and ahead - last < 2:
            ahead += 1
        known = ahead < end and (tokens[ahead].upos == "PROPN" or (tokens[ahead].upos == "NUM" and ahead == last))
        joined_by = {t.form.lower() for t in tokens[last:ahead]}
        two = joined_by & {"and", "&"} and tokens[ahead if known else head].head == head
        if not known or two or (kind == "LOC" and not joined_by <= {"of", "the", "-"}):
            break
        last = ahead + 1
    first = head
    while first > start:
        back = first - 1
        while back > start and tokens[back].form.lower() in WITHIN_NAMES and first - back < 3:
            back -= 1
        token = tokens[back]
        if not (token.upos == "PROPN" or (token.form[:1].isupper() and token.upos in ("ADJ", "NOUN", "VERB") and back == first - 1)):
            break
        first = back
    return first, last


def gum_layers(tokens, mentions):
    """Flat names (outermost core first) and flat descriptions and pronouns of people and organizations."""
    cores, nominal = [], []
    for start, end, kind in mentions:
        head = head_of(tokens, start, end)
        upos, form = tokens[head].upos, tokens[head].form.lower()
        if upos == "PROPN" and kind in GUM_TYPES:
            a, b = name_core(tokens, start, end, head, GUM_TYPES[kind])
            if kind == "person" and tokens[b - 1].form.lower() in TITLES:
                nominal.append((start, end, "PERSON"))
            else:
                people = kind == "person" and (tokens[head].plural or form in MEMBERS)
                cores.append((a, b, "MISC" if people else GUM_TYPES[kind]))
        elif kind in ("person", "organization"):
            if upos == "PRON" and end - start == 1:
                if form in PERSONAL:
                    nominal.append((start, end, "PRONOUN"))
            elif upos != "PRON" and not (upos == "DET" and end - start == 1):
                named = [i for i in range(start, end) if tokens[i].upos == "PROPN" and tokens[i].head == head
                         and tokens[i].relation in ("flat", "appos")]
                if kind == "person" and named:
                    cores.append((*name_core(tokens, start, end, named[0], "PER"), "PER"))
                if not (kind == "person" and named and tokens[named[0]].relation == "flat"):
                    nominal.append((start, end, "PERSON" if kind == "person" else "ORG"))
    return flat(cores), flat(nominal)


def flat(spans):
    """The longest spans that do not overlap, in order."""
    taken, out = set(), []
    for a, b, kind in sorted(set(spans), key=lambda s: (s[0] - s[1], s)):
        if not taken & set(range(a, b)):
            taken |= set(range(a, b))
            out.append((a, b, kind))
    return sorted(out)


def gum_split(folder):
    """Names of the documents in each split, from splits.md."""
    out, part = defaultdict(set), None
    for line in open(os.path.join(folder, "splits.md"), encoding="utf-8"):
        if line.startswith("## "):
            part = line[3:].strip()
        elif "* " in line:
            out[part].add(line.split("* ")[1].strip())
    return out


# Sets with names only -----------------------------------------------------------------------------------------------

CONLL_TYPES = {
    "per": "PER", "person": "PER", "politician": "PER", "org": "ORG", "organisation": "ORG", "politicalparty": "ORG",
    "loc": "LOC", "location": "LOC", "country": "LOC", "misc": "MISC", "event": "MISC", "election": "MISC",
    "nationality": "?", "militaryplatform": "?", "weapon": "?", "documentreference": "?", "temporal": None,
    "quantity": None, "money": None}


def conll(path, name, batch):
    """Documents of `batch` sentences each. Types marked ? are left without gold."""
    sentences, current = [], []
    for line in open(path, encoding="utf-8"):
        f = line.split()
        if len(f) >= 2:
            current.append((f[0], f[-1]))
        elif current:
            sentences.append(current)
            current = []
    sentences += [current] if current else []
    return [joined(f"{name}/{i}", sentences[i:i + batch]) for i in range(0, len(sentences), batch)]


def joined(name, sentences):
    """One text out of tokenized sentences, spaces restored, every third sentence on a new paragraph."""
    text, names, unsure = "", [], []
    for n, sentence in enumerate(sentences):
        text = text.rstrip() + ("\n\n" if n % 3 == 0 and n else " " if n else "")
        previous, quoted = "O", False
        for form, tag in sentence:
            if text and (form in {".", ",", ";", ":", "?", "!", ")", "%", "'s", "n't", "'", "]"} or (form == '"' and quoted)):
                text = text.rstrip(" ")
            start = len(text)
            text += form + ("" if form in {"(", "$", "["} or (form == '"' and not quoted) else " ")
            quoted ^= form == '"'
            kind = CONLL_TYPES[tag[2:].lower()] if tag != "O" else None
            if kind == "?":
                unsure.append((start, start + len(form)))
            elif kind and tag[2:] == previous[2:] and tag[0] == "I":
                names[-1] = (names[-1][0], start + len(form), kind)
            elif kind:
                names.append((start, start + len(form), kind))
            previous = tag
    peoples = [n for n in names if n[2] == "MISC" and re.fullmatch(r"[A-Z]\w+(an|ish|ese|ch|i|ic)", text[n[0]:n[1]])]
    return Document(name, text, names=[n for n in names if n not in peoples], unsure=unsure + [n[:2] for n in peoples])


def meantime(folder):
    """Names in the first sentences of each MEANTIME article, the part that was annotated in full.

    Capitalised words that carry no mention are left without gold."""
    kinds = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC"}
    mentions = defaultdict(list)
    for m in json.load(open(os.path.join(folder, "en", "entities_mentions.json"), encoding="utf-8")):
        mentions[m["conll_doc_key"], int(m["sent_id"])].append(m)
    articles = defaultdict(lambda: defaultdict(list))
    for line in open(os.path.join(folder, "en", "meantime.conll"), encoding="utf-8"):
        f = line.rstrip("\n").split("\t")
        if len(f) == 5 and int(f[1]) <= 5:
            articles[f[0]][int(f[1])].append(f[3])
    out = []
    for key, sentences in articles.items():
        tagged = []
        for number, forms in sorted(sentences.items()):
            tags = ["I-documentreference" if form[:1].isupper() else "O" for form in forms]
            for m in mentions[key, number]:
                where = [int(t) for t in m["tokens_number"]]
                heads = [t for t in where if t < len(forms) and forms[t] == m["mention_head"]]
                capital = lambda i: i in where and forms[i][:1].isupper() and forms[i].lower() not in TITLES | {"the"}
                if m["mention_head_pos"] != "PROPN" or m["mention_full_type"] not in kinds or not any(map(capital, heads)):
                    continue
                a = b = next(filter(capital, heads))
                while capital(a - 1):
                    a -= 1
                while capital(b + 1):
                    b += 1
                kind = kinds[m["mention_full_type"]]
                tags[a:b + 1] = ["B-" + kind] + ["I-" + kind] * (b - a)
            tagged.append(list(zip(forms, tags)))
        out.append(joined("meantime/" + key, tagged))
    return out


def everything(shared):
    """(statement documents, [(mention document, weight)]) for training; GUM news dev and test are held out."""
    data = os.path.join(shared, "data")
    split = gum_split(os.path.join(data, "gum"))
    held = split["dev"] | split["test"] | split["test2"]
    mentions = [(d, 3.0 if "_news_" in d.id else 2.0) for d in gum(os.path.join(data, "gum"))
                if d.id not in held]
    ner = os.path.join(data, "ner_sets", "data")
    sets = [(os.path.join(ner, "wikigold/CONLL-format/data/wikigold.conll.txt"), "wikigold", 12),
            (os.path.join(ner, "re3d/CONLL-format/data/train/re3d-train.conll"), "re3d", 10),
            (os.path.join(data, "crossner/ner_data/politics/train.txt"), "politics-train", 8),
            (os.path.join(data, "crossner/ner_data/politics/dev.txt"), "politics-dev", 8),
            (os.path.join(data, "crossner/ner_data/politics/test.txt"), "politics-test", 8)]
    for path, name, batch in sets:
        mentions += [(d, 1.0) for d in conll(path, name, batch)]
    mentions += [(d, 1.0) for d in meantime(os.path.join(data, "meantime"))]
    return polnear(os.path.join(data, "polnear", "train")), mentions
