"""Averages checkpoints of one run and fits the heads for names and descriptions to the averaged encoder."""
import argparse
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import numpy as np
import torch
from torch.nn import functional as F

import data
import windows as win
from model import Reader
from train import SEED, base_folder
from words import Vocabulary

WINDOWS = 900           # mention windows the heads are fitted on: about one pass over the corpora
STEPS, RATE = 400, 2e-3
KEEP = 1e-3             # how strongly the heads are held where the average left them


def averaged(paths):
    """The mean of the weights; they must be of one run, or they are not near each other."""
    states = [torch.load(path, map_location="cpu") for path in paths]
    return {key: sum(state[key].float() for state in states) / len(states) for key in states[0]}


@torch.no_grad()
def hidden(model, stream):
    """What the encoder gives for every labelled word, with its labels: [n, 384], [n], [n]."""
    seen = {}
    model.description.register_forward_pre_hook(lambda _, inputs: seen.update(x=inputs[0]))
    rows, names, descriptions = [], [], []
    for _ in range(WINDOWS):
        w = next(stream)
        model(torch.from_numpy(np.stack([w.ids])).long(), torch.from_numpy(np.stack([w.types])).long())
        rows.append(seen["x"][0, torch.as_tensor(np.asarray(w.first)).long()])
        names.append(torch.as_tensor(np.asarray(w.name)).long())
        descriptions.append(torch.as_tensor(np.asarray(w.description)).long())
    return torch.cat(rows), torch.cat(names), torch.cat(descriptions)


def fit(head, x, gold):
    """Refits one linear head on frozen rows, held near where it was."""
    known = gold != win.HIDDEN_GOLD
    x, gold = x[known], gold[known]
    was = [p.detach().clone() for p in head.parameters()]
    optimizer = torch.optim.Adam(head.parameters(), lr=RATE)
    for _ in range(STEPS):
        at = torch.randint(len(gold), (4096,))
        loss = F.cross_entropy(head(x[at]), gold[at]) + KEEP * sum(((p - q) ** 2).sum() for p, q in zip(head.parameters(), was))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return float(loss)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", nargs="+")
    parser.add_argument("--shared", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    model = Reader()
    model.load_state_dict(averaged(args.checkpoints))
    model.eval()
    vocabulary = Vocabulary(os.path.join(base_folder(), "vocab.txt"))
    _, mentions = data.everything(args.shared)
    x, names, descriptions = hidden(model, win.mention_windows(mentions, vocabulary, SEED))
    print(f"{len(x)} words; loss of names {fit(model.name, x, names):.4f}, of descriptions {fit(model.description, x, descriptions):.4f}")
    torch.save(model.state_dict(), args.out)


if __name__ == "__main__":
    main()
