"""Scores names and descriptions of an exported reader on the GUM news documents kept out of training."""
import argparse
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import data
from decode import Model, read


def f1(gold, ours):
    hit = len(gold & ours)
    p, r = hit / max(1, len(ours)), hit / max(1, len(gold))
    return f"P {100 * p:5.1f}  R {100 * r:5.1f}  F1 {200 * p * r / max(1e-9, p + r):5.1f}  (gold {len(gold)})"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--shared", required=True)
    parser.add_argument("--genres", default="news", help="comma-separated genres of GUM")
    parser.add_argument("--show", action="store_true", help="list the differences")
    args = parser.parse_args()
    folder = os.path.join(args.shared, "data", "gum")
    split = data.gum_split(folder)
    held = split["dev"] | split["test"] | split["test2"]
    model, gold, ours = Model(args.model), {"name": set(), "description": set()}, {"name": set(), "description": set()}
    for d in data.gum(folder):
        if d.id in held and d.id.split("_")[1] in args.genres.split(","):
            words, _, names, descriptions = read(model, d.text)
            place = lambda s: (d.id, words.spans[s[0]][0], words.spans[s[1] - 1][1], s[2])
            for layer, spans, found in (("name", d.names, names), ("description", d.descriptions, descriptions)):
                gold[layer] |= {(d.id, *s) for s in spans}
                ours[layer] |= set(map(place, found))
            if args.show:
                for sign, left in (("-", gold["name"] - ours["name"]), ("+", ours["name"] - gold["name"])):
                    for _, a, b, kind in sorted(x for x in left if x[0] == d.id):
                        print(sign, kind, repr(d.text[a:b]), "...", repr(d.text[max(0, a - 30):b + 20]))
    for layer in gold:
        print(f"{layer:12} typed     ", f1(gold[layer], ours[layer]))
        bare = lambda s: {x[:3] for x in s}
        print(f"{layer:12} untyped   ", f1(bare(gold[layer]), bare(ours[layer])))
        for kind in sorted({x[3] for x in gold[layer]}):
            only = lambda s: {x for x in s if x[3] == kind}
            print(f"{layer:12} {kind:10}", f1(only(gold[layer]), only(ours[layer])))


if __name__ == "__main__":
    main()
