"""The sizes of an encoder from which parts were taken."""

from collections.abc import Mapping

from torch import Tensor, nn


def fit(backbone: nn.Module, state: Mapping[str, Tensor]) -> None:
    """Gives the matrices of an encoder the sizes that they have in the state of a tagger."""
    for name, part in [*backbone.named_modules()]:
        if isinstance(part, nn.Linear):
            outputs, inputs = state[f"encoder.{name}.weight"].shape
            owner, _, own = name.rpartition(".")
            setattr(backbone.get_submodule(owner), own, nn.Linear(inputs, outputs))
