"""Pure text for the terminal: how a training went."""

from typing import Any

from kg.cli.render_eval import TITLES, table

Facts = dict[str, Any]


def render_training(facts: Facts) -> str:
    """The epochs, and the figures before and after on the papers held out."""
    rounds = [
        [str(each["epoch"]), *map(number, (each["loss"], each["votes"])), f"{each['f']:.3f}", kept(each, facts)]
        for each in facts["epochs"]
    ]
    figures = [
        [TITLES[name], *(f"{old[key]:.3f} -> {facts['after'][name][key]:.3f}" for key in "prf"), f"{old['n']:,}"]
        for name, old in facts["before"].items()
    ]
    return "\n".join(
        [
            f"{facts['papers']:,} papers to learn from, {facts['held_out']:,} held out.",
            "",
            *table(("epoch", "loss", "weight of types", "F1 of mentions", ""), rounds),
            "",
            *table(("held out, before -> after", "precision", "recall", "F1", "gold"), figures),
            "",
            "Epoch 0 is the model as it was, so on the papers held out the result is never worse.",
            "They chose the epoch; papers that took no part tell more: kg eval OTHER --model DIR.",
        ]
    )


def number(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"


def kept(epoch: Facts, facts: Facts) -> str:
    return "kept" if epoch["epoch"] == facts["best"] else ""
