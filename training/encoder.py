"""Trains the accurate tagger: ``python -m training.encoder TRAIN --encoder DIR --work DIR``.

A small transformer encoder, the case of each word, and a bidirectional LSTM give every word the probabilities of its
BILUO tag, and whether it names something that the paper introduces. Words of border cases carry no loss. AdamW, a
linear warm-up and decay, exponentially averaged weights (Polyak and Juditsky, 1992). Goes on where it was stopped; runs
on a GPU where there is one.
"""

import json
import math
import random
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoModel

from kg.extract.encoder import TAGS
from kg.extract.entities import best_tags, to_spans, transitions
from kg.extract.pieces import SHAPES, Pieces
from kg.extract.tokenizer import blank
from training.corpus import held_out, is_random, read_annotations, targets

SMOOTHING, ROLES = 0.02, 0.3  # of the tags; what *proposed* counts beside them
AVERAGED = 5  # steps between updates of the averaged weights
Item = dict[str, Any]


class Tagger(nn.Module):
    """Word pieces -> a row of tag scores for each word, the last column for *proposed*."""

    def __init__(
        self, encoder: nn.Module, width: int, hidden: int = 192, shapes: int = 24, dropout: float = 0.15
    ) -> None:
        super().__init__()
        self.encoder = encoder
        self.shapes = nn.Embedding(SHAPES, shapes)
        self.lstm = nn.LSTM(width + shapes, hidden, bidirectional=True, batch_first=True)
        self.drop = nn.Dropout(dropout)
        self.out = nn.Linear(2 * hidden, len(TAGS) + 1)

    def forward(self, ids: Tensor, mask: Tensor, starts: Tensor, shapes: Tensor) -> Tensor:
        """All ``(batch, pieces)`` or ``(batch, words)``; returns ``(batch, words, tags + 1)``."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        words = torch.gather(hidden, 1, starts[..., None].expand(-1, -1, hidden.shape[-1]))
        states, _ = self.lstm(self.drop(torch.cat([words, self.shapes(shapes)], -1)))
        return self.out(self.drop(states))  # type: ignore[no-any-return]


def trained(backbone: Any, weights: Path) -> Tagger:
    """The tagger of some weights around an encoder, whose matrices get the sizes that they have there."""
    state = torch.load(weights, map_location="cpu")
    for name, part in [*backbone.named_modules()]:
        if isinstance(part, nn.Linear):
            outputs, inputs = state[f"encoder.{name}.weight"].shape
            owner, _, own = name.rpartition(".")
            setattr(backbone.get_submodule(owner), own, nn.Linear(inputs, outputs))
    model = Tagger(backbone, backbone.config.hidden_size)
    model.load_state_dict(state)
    return model


def to_items(path: Path, pieces: Pieces) -> list[Item]:
    """One item a paper: its stretch, tags (-1: unknown), the probability of *proposed* (-1: unknown) and weight."""
    nlp, items = blank(), []
    for record in read_annotations(path):
        doc = nlp.make_doc(f"{record['title']}\n{record['abstract']}")
        proposed = np.full(len(doc), -1.0)
        for entity in record["entities"]:
            for start, end in entity["mentions"]:
                span = doc.char_span(start, end, alignment_mode="expand")
                proposed[span.start : span.end] = -1 if entity["optional"] else entity.get("proposed", -1)
        ids, starts, shapes = pieces.cut(doc)[0]
        weight = 1.0 if is_random(record) else 0.6
        n = len(starts)
        items.append({"ids": ids, "starts": starts, "shapes": shapes, "tags": targets(doc, record)[:n],
                      "proposed": proposed[:n], "weight": weight, "random": weight == 1.0})  # fmt: skip
    return items


def batches(items: list[Item], size: int, rng: random.Random) -> list[list[Item]]:
    """Batches of papers of like length, in random order."""
    order = sorted(items, key=lambda item: len(item["ids"]) + rng.uniform(-12, 12))
    chunks = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(chunks)
    return chunks


def padded(batch: list[Item], name: str, fill: int, device: str) -> Tensor:
    rows = [torch.as_tensor(item[name]) for item in batch]
    return nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=fill).to(device)


def inputs(batch: list[Item], device: str) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    ids = padded(batch, "ids", 0, device)
    sizes = torch.tensor([[len(item["ids"])] for item in batch], device=device)
    mask = (torch.arange(ids.shape[1], device=device)[None] < sizes).long()
    return ids, mask, padded(batch, "starts", 0, device), padded(batch, "shapes", 0, device)


def loss_of(model: Tagger, batch: list[Item], device: str) -> Tensor:
    with torch.autocast(device, dtype=torch.bfloat16):
        scores = model(*inputs(batch, device))
    scores = scores.float()
    tags, proposed = padded(batch, "tags", 0, device).float(), padded(batch, "proposed", -1, device)
    weights = torch.tensor([item["weight"] for item in batch], device=device)[:, None]
    known = tags.sum(-1)
    smooth = (1 - SMOOTHING) * tags + SMOOTHING / len(TAGS) * known[..., None]
    each = -(smooth * torch.log_softmax(scores[..., :-1], -1)).sum(-1)
    role = nn.functional.binary_cross_entropy_with_logits(scores[..., -1], proposed.clamp(0).float(), reduction="none")
    total = (each * weights).sum() + ROLES * (role * (proposed >= 0) * weights).sum()
    return total / (known * weights).sum()


@torch.no_grad()
def measure(model: Tagger, items: list[Item], device: str) -> dict[str, float]:
    """Exact span precision, recall and F1; spans that touch an unknown word count for nothing."""
    model.eval()
    right = wrong = total = 0
    allowed = transitions(TAGS)
    for batch in batches(items, 16, random.Random(0)):
        scores = torch.log_softmax(model(*inputs(batch, device))[..., :-1].float(), -1).cpu().numpy()
        for item, rows in zip(batch, scores, strict=True):
            gold_row = np.where(item["tags"].any(1), item["tags"].argmax(1), -1)
            found = set(to_spans([TAGS[t] for t in best_tags(rows[: len(gold_row)], allowed)]))
            gold = set(to_spans([TAGS[t] if t >= 0 else "" for t in gold_row]))
            right, total = right + len(found & gold), total + len(gold)
            wrong += sum(bool((gold_row[a:b] >= 0).all()) for a, b, _ in found - gold)
    p, r = right / max(1, right + wrong), right / max(1, total)
    return {"p": round(p, 4), "r": round(r, 4), "f": round(2 * p * r / max(1e-9, p + r), 4)}


def groups(model: Tagger, rate: float, head_rate: float) -> list[dict[str, Any]]:
    parts: dict[bool, list[nn.Parameter]] = {True: [], False: []}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            parts[name.startswith("encoder.")].append(parameter)
    return [
        {"params": parts[True], "lr": rate, "top": rate},
        {"params": parts[False], "lr": head_rate, "top": head_rate},
    ]


def schedule(step: int, steps: int) -> float:
    return min(1.0, (step + 1) / (0.06 * steps)) * max(0.01, 1 - step / steps)


def steps_of(train: list[Item], size: int, epochs: int, seed: int) -> Iterator[tuple[int, list[Item]]]:
    """Every batch of the run with the epoch it belongs to; the same in every run."""
    for epoch in range(epochs):
        yield from (
            (epoch, batch) for batch in batches(train, size, random.Random(f"{seed} {epoch}" if seed else epoch))
        )


@click.command()
@click.argument("train", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--encoder", type=click.Path(path_type=Path, exists=True), required=True, help="Folder of a BERT-like encoder."
)
@click.option("--work", type=click.Path(path_type=Path), required=True, help="Checkpoints and the trained weights.")
@click.option("--epochs", default=3.0, show_default=True)
@click.option("--batch", "size", default=8, show_default=True)
@click.option("--rate", default=1.2e-4, show_default=True, help="Learning rate of the encoder.")
@click.option("--head-rate", default=1.5e-3, show_default=True)
@click.option(
    "--start", type=click.Path(path_type=Path, exists=True), help="Go on from these weights, with --seed anew."
)
@click.option("--silver", type=click.Path(path_type=Path, exists=True), help="More abstracts, labelled by a pipeline.")
@click.option("--seed", default=0, show_default=True)
@click.option("--limit", type=int, help="Train on so many papers only.")
@click.option("--max-steps", type=int, help="Stop early (to measure speed).")
def main(train: Path, encoder: Path, work: Path, epochs: float, size: int, rate: float, head_rate: float,
         silver: Path | None, start: Path | None, seed: int, limit: int | None,
         max_steps: int | None) -> None:  # fmt: skip
    torch.manual_seed(seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    pieces = Pieces.from_file(encoder / "tokenizer.json")
    papers = to_items(train, pieces)[:limit]
    unseen = held_out([item["random"] for item in papers])
    items = [item for index, item in enumerate(papers) if index not in unseen]
    items += to_items(silver, pieces) if silver else []
    held = [papers[index] for index in sorted(unseen)]
    # Without dropout of attention, whose random numbers take half of the time on a CPU.
    backbone = AutoModel.from_pretrained(encoder, add_pooling_layer=False, attention_probs_dropout_prob=0.0)
    backbone.embeddings.requires_grad_(False)  # words that train holds too seldom to move
    model = (trained(backbone, start) if start else Tagger(backbone, backbone.config.hidden_size)).to(device)
    optimizer = torch.optim.AdamW(groups(model, rate, head_rate), weight_decay=0.01, fused=True)
    average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.99))
    steps, done = round(epochs * math.ceil(len(items) / size)), 0
    work.mkdir(parents=True, exist_ok=True)
    saved = work / "state.pt"
    if saved.exists():
        state = torch.load(saved, map_location=device)
        model.load_state_dict(state["model"]), optimizer.load_state_dict(state["optimizer"])
        average.load_state_dict(state["average"])
        done = state["step"]
        click.echo(f"going on at step {done}")
    began, losses, seen = time.perf_counter(), [], 0
    epoch_before = None
    for step, (epoch, batch) in enumerate(islice(steps_of(items, size, math.ceil(epochs), seed), steps)):
        if step < done:
            epoch_before = epoch
            continue
        if epoch_before is not None and epoch != epoch_before:
            report(average, held, device, work, epoch)
        epoch_before = epoch
        model.train()
        for group in optimizer.param_groups:
            group["lr"] = group["top"] * schedule(step, steps)
        loss = loss_of(model, batch, device)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if step % AVERAGED == 0:
            average.update_parameters(model)
        losses.append(loss.item())
        seen += len(batch)
        if step % 50 == 49:
            pace = seen / (time.perf_counter() - began) * 60
            click.echo(f"step {step + 1}/{steps} loss {np.mean(losses[-50:]):.4f} {pace:.0f} papers/min")
        if step % 250 == 249:
            part = saved.with_suffix(".part")
            torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(),
                        "average": average.state_dict(), "step": step + 1}, part)  # fmt: skip
            part.replace(saved)
        if max_steps and step + 1 >= max_steps:
            return
    report(average, held, device, work, math.ceil(epochs))


def report(average: Any, held: list[Item], device: str, work: Path, epoch: int) -> None:
    """Scores of the averaged weights on a part of the papers held out, and the weights on disk."""
    click.echo(f"epoch {epoch}: held out {json.dumps(measure(average.module, held[:300], device))}")
    torch.save(average.module.state_dict(), work / "tagger.pt")


if __name__ == "__main__":
    main()
