"""Trains the demo model within a time budget, on a GPU where there is one, in Lucie's three phases: main (short context),
context extension (longer sequences, higher rotary theta), annealing (mostly dialogues, learning rate down to zero).

usage: train.py DATA_FOLDER MODEL_FOLDER MINUTES
"""

import sys
import time
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from llama import BEGIN, FINAL_THETA, Model, save

PEAK_RATE = 2e-3
WARM_UP_STEPS = 100
WEIGHT_DECAY = 0.1
LARGEST_GRADIENT_NORM = 1.0


@dataclass(frozen=True)
class Phase:
    name: str
    # The share of the time budget at which the phase ends.
    until: float
    # The share of sequences that are dialogues; the rest is prose.
    dialogues: float
    rows: int
    length: int
    theta: float


PHASES = [
    Phase("main", 0.5, 0.35, 12, 256, 10_000.0),
    Phase("extension", 0.78, 0.55, 4, 768, 100_000.0),
    Phase("annealing", 1.0, 0.85, 4, 768, FINAL_THETA),
]


def load_stream(path):
    return torch.from_numpy(np.fromfile(path, np.uint16).astype(np.int64))


def draw_batch(rng, streams, phase):
    """`[rows, length + 1]`; a sequence of dialogues begins at the first token of a conversation."""
    rows = []
    for _ in range(phase.rows):
        name = "dialogues" if rng.random() < phase.dialogues else "prose"
        stream = streams[name]
        last = len(stream) - phase.length - 1
        start = int(rng.integers(0, last))
        if name == "dialogues":
            beginnings = (stream[start : start + 2000] == BEGIN).nonzero()
            if len(beginnings):
                start = min(start + int(beginnings[0]), last)
        rows.append(stream[start : start + phase.length + 1])
    return torch.stack(rows)


@torch.no_grad()
def evaluate(model, stream, theta, device, length=512, rows=12):
    """Nats per token over sequences spread evenly over the stream."""
    losses = []
    for row in range(rows):
        start = row * (len(stream) - length - 1) // rows
        ids = stream[start : start + length + 1][None].to(device)
        losses.append(F.cross_entropy(model(ids[:, :-1], theta)[0], ids[0, 1:]).item())
    return sum(losses) / rows


def make_optimiser(model):
    """Weight decay on matrices only. The rate is set at every step."""
    parameters = list(model.parameters())
    groups = [
        {"params": [p for p in parameters if p.dim() == 2], "weight_decay": WEIGHT_DECAY},
        {"params": [p for p in parameters if p.dim() == 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=1, betas=(0.9, 0.95), eps=1e-8)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    data, folder, minutes = sys.argv[1], sys.argv[2], float(sys.argv[3])
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(0)
    torch.set_num_threads(2)
    rng = np.random.default_rng(0)
    streams = {name: load_stream(f"{data}/{name}.u16") for name in ("prose", "dialogues")}
    held_out = {
        "prose": load_stream(f"{data}/valid.u16"),
        "dialogues": load_stream(f"{data}/dialogues_valid.u16"),
    }
    model = Model().to(device)
    optimiser = make_optimiser(model)
    print(sum(p.numel() for p in model.parameters()), "parameters", flush=True)

    def report(label, theta):
        losses = " ".join(f"{name} {evaluate(model, s, theta, device):.3f}" for name, s in held_out.items())
        print(f"{label}: held-out {losses}", flush=True)

    start, step, tokens, average = time.time(), 0, 0, None
    while (done := (time.time() - start) / 60 / minutes) < 1:
        phase = next(phase for phase in PHASES if done < phase.until)
        rate = PEAK_RATE * min(1, (step + 1) / WARM_UP_STEPS) * max(0.0, 1 - done) ** 0.8
        for group in optimiser.param_groups:
            group["lr"] = rate
        ids = draw_batch(rng, streams, phase).to(device)
        loss = F.cross_entropy(model(ids[:, :-1], phase.theta).flatten(0, 1), ids[:, 1:].flatten())
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), LARGEST_GRADIENT_NORM)
        optimiser.step()
        step, tokens = step + 1, tokens + ids[:, 1:].numel()
        average = loss.item() if average is None else 0.98 * average + 0.02 * loss.item()
        if step % 100 == 0:
            elapsed = (time.time() - start) / 60
            print(f"{phase.name} step {step} tokens {tokens} loss {average:.3f} rate {rate:.5f} {elapsed:.1f} min", flush=True)
        if step % 500 == 0:
            save(model, folder)
            report(f"step {step}", phase.theta)
    save(model, folder)
    report(f"final, {step} steps, {tokens} tokens", FINAL_THETA)


if __name__ == "__main__":
    main()
