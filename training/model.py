"""The reader: a six-layer MiniLM encoder with heads for statements, names, descriptions and links."""
import os

import torch
from torch import nn
from torch.nn import functional as F

from words import QUOTES, SHAPES, STARTS

HIDDEN, HEADS, LAYERS, INNER = 384, 12, 6, 1536
LINK = 64
GAPS = [1, 2, 3, 5, 9, 17, 33, 65]          # lower bounds of gap buckets 1..8; bucket 0 is no word between
TABLES = {"gap": 9, "cues": 4, "ends": 4, "paragraphs": 3}
NEVER = -1e4


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, dropout):
        super().__init__()
        self.qkv, self.out = nn.Linear(HIDDEN, 3 * HIDDEN), nn.Linear(HIDDEN, HIDDEN)
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.norm1, self.norm2 = nn.LayerNorm(HIDDEN, 1e-12), nn.LayerNorm(HIDDEN, 1e-12)
        self.dropout = dropout

    def forward(self, x):
        b, w, _ = x.shape
        qkv = self.qkv(x).view(b, w, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2])
        mixed = self.out(mixed.permute(0, 2, 1, 3).reshape(b, w, HIDDEN))
        x = self.norm1(x + drop(mixed, self.dropout, self.training))
        return self.norm2(x + drop(self.down(F.gelu(self.up(x))), self.dropout, self.training))


def drop(x, p, training):
    """Dropout with one mask for all positions of a window: cheap, and as good here."""
    if not training or not p:
        return x
    keep = torch.empty(x.shape[0], 1, x.shape[2]).bernoulli_(1 - p).div_(1 - p)
    return x * keep


class Reader(nn.Module):
    """Wordpiece and type ids of a batch of windows in, scores of every head out."""

    def __init__(self, pieces=30522, dropout=0.1):
        super().__init__()
        self.pieces = nn.Embedding(pieces, HIDDEN)
        self.positions = nn.Parameter(torch.zeros(512, HIDDEN))
        self.shapes, self.starts, self.quotes = (nn.Embedding(len(n), HIDDEN) for n in (SHAPES, STARTS, QUOTES))
        self.norm = nn.LayerNorm(HIDDEN, 1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.statement, self.name, self.description = nn.Linear(HIDDEN, 7), nn.Linear(HIDDEN, 9), nn.Linear(HIDDEN, 7)
        self.link = nn.Linear(HIDDEN, 4 * LINK)
        self.crf = Chain(7)
        self.content_cue, self.cue_source = Pairs(), Pairs(none=True)
        self.dropout = dropout
        for table in (self.shapes, self.starts, self.quotes):
            nn.init.normal_(table.weight, std=0.01)

    def forward(self, ids, types):
        shape = types % len(SHAPES)
        start = types // len(SHAPES) % len(STARTS)
        quote = types // (len(SHAPES) * len(STARTS))
        extra = self.shapes(shape) + self.starts(start) + self.quotes(quote)
        x = self.pieces(ids) + self.positions[:ids.shape[1]] + extra
        x = drop(self.norm(x), self.dropout, self.training)
        for layer in self.layers:
            x = layer(x)
        x = drop(x, self.dropout, self.training)
        return self.statement(x), self.name(x), self.description(x), self.link(x)

    def load_base(self, folder):
        """Takes the weights of the published encoder; the heads stay as initialised."""
        from safetensors.torch import load_file
        base = load_file(os.path.join(folder, "model.safetensors"))
        base = {k.removeprefix("bert."): v.float() for k, v in base.items()}
        emb = "embeddings."
        own = {"pieces.weight": base[emb + "word_embeddings.weight"],
               "positions": base[emb + "position_embeddings.weight"] + base[emb + "token_type_embeddings.weight"][0],
               "norm.weight": base[emb + "LayerNorm.weight"], "norm.bias": base[emb + "LayerNorm.bias"]}
        for i in range(LAYERS):
            was, now = f"encoder.layer.{i}.", f"layers.{i}."
            for end in ("weight", "bias"):
                own[now + "qkv." + end] = torch.cat([base[was + f"attention.self.{n}.{end}"] for n in ("query", "key", "value")])
                for a, b in (("attention.output.dense", "out"), ("intermediate.dense", "up"), ("output.dense", "down"),
                             ("attention.output.LayerNorm", "norm1"), ("output.LayerNorm", "norm2")):
                    own[now + f"{b}.{end}"] = base[was + f"{a}.{end}"]
        missing, unknown = self.load_state_dict(own, strict=False)
        assert not unknown and all(not m.startswith(("layers", "pieces", "norm")) for m in missing)


class Chain(nn.Module):
    """A linear-chain CRF over the words of a window; tag sequences that break BIO are impossible."""

    def __init__(self, tags):
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(tags, tags))
        barred = torch.zeros(tags, tags)
        for to in range(2, tags, 2):                       # I-x only after B-x or I-x
            barred[:, to] = NEVER
            barred[to - 1, to] = barred[to, to] = 0
        self.register_buffer("barred", barred, persistent=False)

    def scores(self):
        return self.transitions + self.barred

    def loss(self, emissions, gold, mask):
        """Summed negative log-likelihood. emissions [B,N,T], gold [B,N], mask [B,N] with true words first."""
        steps = self.scores()
        path = emissions.gather(2, gold[..., None])[..., 0].masked_fill(~mask, 0).sum()
        path = path + steps[gold[:, :-1], gold[:, 1:]].masked_fill(~mask[:, 1:], 0).sum()
        none = torch.full_like(steps, NEVER).fill_diagonal_(0)
        chain = torch.where(mask[:, 1:, None, None], steps + emissions[:, 1:, None, :], none)
        while chain.shape[1] > 1:                          # a product of matrices in log space, halved each round
            if chain.shape[1] % 2:
                chain = torch.cat([chain, none.expand(chain.shape[0], 1, *none.shape)], 1)
            chain = torch.logsumexp(chain[:, 0::2, :, :, None] + chain[:, 1::2, None, :, :], 3)
        total = torch.logsumexp(emissions[:, 0, :, None] + chain[:, 0], (1, 2))
        return total.sum() - path


class Pairs(nn.Module):
    """Scores which span another belongs to: a dot product plus small tables of what stands between."""

    def __init__(self, none=False):
        super().__init__()
        self.tables = nn.ParameterDict({n: nn.Parameter(torch.zeros(2, k)) for n, k in TABLES.items()})
        self.none_key = nn.Parameter(torch.zeros(LINK)) if none else None
        self.none_bias = nn.Parameter(torch.zeros(1)) if none else None

    def forward(self, queries, keys, side, between):
        """[from, to] scores, with a last column for none where this link may be absent."""
        scores = queries @ keys.T * LINK ** -0.5
        for name, index in between.items():
            scores = scores + self.tables[name][side, index]
        if self.none_key is None:
            return scores
        none = queries @ self.none_key[:, None] * LINK ** -0.5 + self.none_bias
        return torch.cat([scores, none], 1)


def gap_bucket(words):
    return sum(words >= g for g in GAPS)


def parameter_groups(model, rate, decay=0.9):
    """Lower layers learn slower; heads and tables faster; the piece embeddings stay as they were."""
    model.pieces.weight.requires_grad_(False)
    groups = {}
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        if name.startswith("layers."):
            lr = rate * decay ** (LAYERS - 1 - int(name.split(".")[1]))
        elif name.startswith(("positions", "norm")):
            lr = rate * decay ** LAYERS
        elif ".tables." in name or "none_bias" in name or "crf" in name:
            lr = 2e-2
        else:
            lr = 1e-3
        plain = p.ndim < 2 or lr == 2e-2
        groups.setdefault((lr, plain), []).append(p)
    return [{"params": ps, "lr": lr, "base": lr, "weight_decay": 0.0 if plain else 0.01}
            for (lr, plain), ps in groups.items()]
