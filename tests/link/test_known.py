"""The alias list is well-formed and joins no two versions."""

import re
from collections import Counter

import pytest

from kg.link.guard import guard
from kg.link.known import canonical, homes, known, lines
from kg.names import key

LINES = list(lines())
# The one name whose numbers say the same in two ways, and those that say a size or a year that the field leaves out.
WRITTEN = {"Human3.6M", "ImageNet", "R2", "95% Hausdorff distance"}


def test_every_name_stands_once_in_its_type_group() -> None:
    counts = Counter((group, key(name)) for group, names in LINES for name in names)
    assert [name for name, count in counts.items() if count > 1] == []
    assert {group for group, _ in LINES} == {"system", "dataset", "metric", "task"}


def years(name: str) -> set[str]:
    """The numbers in a name; a year has the same whether it is written 2014 or 14."""
    return {re.sub(r"^(?:20|19)(?=\d\d$)", "", number) for number in re.findall(r"\d+(?:\.\d+)?", name)}


@pytest.mark.parametrize("names", [names for _, names in LINES if names[0] not in WRITTEN], ids=lambda names: names[0])
def test_no_line_joins_two_versions(names: list[str]) -> None:
    for other in names[1:]:
        short, long = sorted((names[0], other), key=lambda name: len(key(name)))
        assert years(short) == years(long) or guard(short, long)


@pytest.mark.parametrize(
    "pair",
    [
        "ResNet / ResNet-50", "GPT / GPT-4", "ImageNet / ImageNet-21K", "ImageNet / ImageNet-C", "SQuAD / SQuAD 2.0",
        "CIFAR-10 / CIFAR-100", "BLEU / BLEU-4", "WMT14 / WMT16", "AIME 2024 / AIME 2025", "AUC / AUROC", "IoU / mIoU",
        "AP / mAP", "F1 / macro-F1", "MSE / RMSE", "accuracy / top-1 accuracy", "BERT / RoBERTa", "GAN / WGAN",
        "Adam / AdamW", "LoRA / QLoRA", "MMLU / MMLU-Pro", "SNLI / MNLI", "machine translation / NMT", "VQA / VQAv2",
    ],
)  # fmt: skip
def test_what_is_two_things_stays_two(pair: str) -> None:
    one, other = pair.split(" / ")
    for group in ("system", "dataset", "metric", "task"):
        assert known(group, key(one)) != known(group, key(other))


def test_a_name_that_one_type_group_has_is_at_home_there() -> None:
    assert (homes()["imagenet"], homes()["multitasklearning"]) == ("dataset", "task")
    assert "knowledgegraph" not in homes()


def test_ambiguous_short_forms_are_left_to_the_papers() -> None:
    system = {name for group, name in canonical() if group == "system"}
    assert not system & {"lda", "sam", "ssl", "tl", "ga", "ann", "em", "cam", "mpc", "bnn", "cfg", "rf", "gp", "mae"}
