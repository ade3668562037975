#!/usr/bin/env python3
"""TabNet in PyTorch, in a bare loop on one thread: what bench/tabnet.sh compares Trabecula's fits with.

Written from Arik and Pfister 2021 in the dialect of pytorch-tabnet, without its data loaders, callbacks, metrics and group matrix: the least that
PyTorch can do for this network. Reads lines "rows columns batch virtual n_d n_steps n_independent n_shared epochs" and writes the
processor seconds of each fit.
"""
import math
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)


class GhostNorm(nn.Module):
    def __init__(self, width, virtual):
        super().__init__()
        self.norm, self.virtual = nn.BatchNorm1d(width, momentum=0.02), virtual

    def forward(self, x):
        return torch.cat([self.norm(part) for part in x.chunk(math.ceil(x.shape[0] / self.virtual), 0)], 0)


class Gated(nn.Module):
    def __init__(self, linear, width, virtual):
        super().__init__()
        self.linear, self.norm, self.width = linear, GhostNorm(2 * width, virtual), width

    def forward(self, x):
        u = self.norm(self.linear(x))
        return u[:, :self.width] * torch.sigmoid(u[:, self.width:])


class Transformer(nn.Module):
    def __init__(self, shared, inputs, width, independent, virtual):
        super().__init__()
        linears = list(shared)
        for _ in range(independent):
            linears.append(nn.Linear(width if linears else inputs, 2 * width, bias=False))
        self.layers = nn.ModuleList([Gated(linear, width, virtual) for linear in linears])

    def forward(self, x):
        x = self.layers[0](x)
        for layer in self.layers[1:]:
            x = (x + layer(x)) * math.sqrt(0.5)
        return x


class Sparsemax(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z):
        z = z - z.max(1, keepdim=True).values
        ordered = z.sort(1, descending=True).values
        sums, places = ordered.cumsum(1) - 1, torch.arange(1, z.shape[1] + 1, dtype=z.dtype)
        size = (places * ordered > sums).sum(1, keepdim=True)
        p = torch.clamp(z - sums.gather(1, size - 1) / size, min=0)
        ctx.save_for_backward(size, p)
        return p

    @staticmethod
    def backward(ctx, g):
        size, p = ctx.saved_tensors
        g = g * (p > 0)
        return torch.where(p > 0, g - g.sum(1, keepdim=True) / size, g)


class TabNet(nn.Module):
    def __init__(self, columns, virtual, n_d, n_steps, n_independent, n_shared, gamma=1.3):
        super().__init__()
        width = 2 * n_d
        shared = [nn.Linear(columns if i == 0 else width, 2 * width, bias=False) for i in range(n_shared)]
        make = lambda: Transformer(shared, columns, width, n_independent, virtual)
        self.n_d, self.gamma, self.initial = n_d, gamma, nn.BatchNorm1d(columns, momentum=0.01)
        self.splitter, self.steps = make(), nn.ModuleList([make() for _ in range(n_steps)])
        self.attention = nn.ModuleList([nn.Linear(n_d, columns, bias=False) for _ in range(n_steps)])
        self.norms = nn.ModuleList([GhostNorm(columns, virtual) for _ in range(n_steps)])
        self.final = nn.Linear(n_d, 2, bias=False)

    def forward(self, x):
        x = self.initial(x)
        prior, attention, decision, entropy = torch.ones_like(x), self.splitter(x)[:, self.n_d:], 0, 0
        for transformer, linear, norm in zip(self.steps, self.attention, self.norms):
            mask = Sparsemax.apply(norm(linear(attention)) * prior)
            entropy = entropy - (mask * torch.log(mask + 1e-15)).sum(1).mean()
            prior = prior * (self.gamma - mask)
            out = transformer(mask * x)
            decision, attention = decision + torch.relu(out[:, :self.n_d]), out[:, self.n_d:]
        return self.final(decision), entropy / len(self.steps)


def fit(rows, columns, batch, virtual, n_d, n_steps, n_independent, n_shared, epochs):
    torch.manual_seed(1)
    x = torch.randn(rows, columns)
    y = (x[:, 0] + torch.randn(rows) > 0).long()
    network = TabNet(columns, virtual, n_d, n_steps, n_independent, n_shared)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.02)
    begin = time.process_time()
    for _ in range(epochs):
        order = torch.randperm(rows)
        for first in range(0, rows, batch):
            chosen = order[first:first + batch]
            logits, entropy = network(x[chosen])
            loss = nn.functional.cross_entropy(logits, y[chosen]) + 1e-3 * entropy
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1)
            optimizer.step()
    return time.process_time() - begin


for line in sys.stdin:
    print(f"{fit(*map(int, line.split())):.4f}", flush=True)
